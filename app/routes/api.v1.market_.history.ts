// GET /api/v1/market/history; any other method is refused by the use case.
import { answerMarketHistory } from '#app/features/api/market/market-history.server.ts';

type RouteArgs = { request: Request };

export function loader({ request }: RouteArgs): Promise<Response> {
  return answerMarketHistory(request);
}

export function action({ request }: RouteArgs): Promise<Response> {
  return answerMarketHistory(request);
}
