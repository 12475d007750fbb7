// GET and POST /api/v1/indicators/{name}; any other method is refused by the use case.
import { answerIndicator } from '#app/features/api/market/indicators.server.ts';

type RouteArgs = { request: Request; params: { name?: string } };

export function loader({ request, params }: RouteArgs): Promise<Response> {
  return answerIndicator(request, params.name ?? '');
}

export function action({ request, params }: RouteArgs): Promise<Response> {
  return answerIndicator(request, params.name ?? '');
}
