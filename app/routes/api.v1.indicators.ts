// GET /api/v1/indicators; any other method is refused by the use case.
import { answerIndicators } from '#app/features/api/market/indicators.server.ts';

type RouteArgs = { request: Request };

export function loader({ request }: RouteArgs): Promise<Response> {
  return answerIndicators(request);
}

export function action({ request }: RouteArgs): Promise<Response> {
  return answerIndicators(request);
}
