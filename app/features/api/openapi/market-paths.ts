/** The operation of `/api/v1/market/history` in the OpenAPI document. Pure. */

import { HISTORY_SERIES } from '#app/features/api/market/market-history-answer.ts';
import { PATHS } from '#app/paths.ts';
import { type DeveloperTexts, GET_PROBLEMS, jsonResponse, listProblems, lngParameter, type Paths } from './operation-parts.ts';

export function listMarketPaths(t: DeveloperTexts): Paths {
  const query = (name: string, description: string, schema: object = { type: 'string' }) => ({ name, in: 'query', description, schema });
  return {
    [PATHS.apiMarketHistory]: {
      get: {
        operationId: 'getMarketHistory',
        summary: t('endpoints.marketHistory'),
        parameters: [
          query('series', t('openapi.historySeries'), { type: 'string', enum: [...HISTORY_SERIES], default: 'price' }),
          query('interval', t('openapi.historyInterval')),
          query('from', t('openapi.historyFrom')),
          query('to', t('openapi.historyTo')),
          query('after', t('openapi.historyAfter')),
          lngParameter(t),
        ],
        responses: {
          200: jsonResponse(t('openapi.ok'), 'MarketHistory'),
          304: { description: t('openapi.notModified') },
          ...listProblems(t, [...GET_PROBLEMS, 'invalid-request']),
        },
      },
    },
  };
}
