/** The operation of `GET /api/v1/forecasts/{series}` in the OpenAPI document. Pure. */
import { FORECAST_SERIES } from '#app/features/forecasting/forecast-answer.ts';
import { PATHS } from '#app/paths.ts';
import { type DeveloperTexts, GET_PROBLEMS, jsonResponse, listProblems, lngParameter, type Paths } from './operation-parts.ts';

export function listForecastPaths(t: DeveloperTexts): Paths {
  const series = {
    name: 'series',
    in: 'path',
    required: true,
    description: t('openapi.forecastSeries'),
    schema: { type: 'string', enum: [...FORECAST_SERIES] },
  };
  return {
    [`${PATHS.apiForecasts}/{series}`]: {
      get: {
        operationId: 'getForecast',
        summary: t('endpoints.forecast'),
        parameters: [series, lngParameter(t)],
        responses: {
          200: jsonResponse(t('openapi.ok'), 'SeriesForecast'),
          304: { description: t('openapi.notModified') },
          ...listProblems(t, [...GET_PROBLEMS, 'invalid-request', 'not-found']),
        },
      },
    },
  };
}
