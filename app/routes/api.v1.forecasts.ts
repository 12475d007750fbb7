// POST /api/v1/forecasts; any other method is refused by the use case.
import { answerOwnForecast } from '#app/features/api/forecasts.server.ts';

type RouteArgs = { request: Request };

export function loader({ request }: RouteArgs): Promise<Response> {
  return answerOwnForecast(request);
}

export function action({ request }: RouteArgs): Promise<Response> {
  return answerOwnForecast(request);
}
