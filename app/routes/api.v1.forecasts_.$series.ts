// GET /api/v1/forecasts/{series}; any other method is refused by the use case.
import { answerSeriesForecast } from '#app/features/api/market/forecasts.server.ts';

type RouteArgs = { request: Request; params: { series?: string } };

export function loader({ request, params }: RouteArgs): Promise<Response> {
  return answerSeriesForecast(request, params.series ?? '');
}

export function action({ request, params }: RouteArgs): Promise<Response> {
  return answerSeriesForecast(request, params.series ?? '');
}
