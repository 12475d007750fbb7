// GET /api/v1/market; any other method is refused by the use case.
import { answerMarket } from '#app/features/api/reading.server.ts';

type RouteArgs = { request: Request };

export function loader({ request }: RouteArgs): Promise<Response> {
  return answerMarket(request);
}

export function action({ request }: RouteArgs): Promise<Response> {
  return answerMarket(request);
}
