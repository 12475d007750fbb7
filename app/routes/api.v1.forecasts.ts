// POST /api/v1/forecasts; any other method is refused by the use case.
import type { ActionFunctionArgs, LoaderFunctionArgs } from '@remix-run/node';
import { answerOwnForecast } from '#app/features/api/market/forecasts.server.ts';

export function loader(args: LoaderFunctionArgs): Promise<Response> {
  return answerOwnForecast(args);
}

export function action(args: ActionFunctionArgs): Promise<Response> {
  return answerOwnForecast(args);
}
