/** The reading routes: catalogue, market and the API's own description. `GET` (and `HEAD`) only. */

import { toMarketAnswer } from '#app/features/api/market/to-market-answer.ts';
import { buildOpenApi } from '#app/features/api/openapi/build-openapi.ts';
import { toCacheableJson } from '#app/features/api/wire/cacheable-json.server.ts';
import { answerOrProblem, toProblemResponse } from '#app/features/api/wire/problem.server.ts';
import { MACHINES } from '#app/features/catalogue/machines.ts';
import { getMarketSnapshot } from '#app/features/market/market.server.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';

/** The catalogue changes with a release. */
const MODELS_MAX_AGE_S = 300;
/** Well under the interval of the market job. */
const MARKET_MAX_AGE_S = 30;
const OPENAPI_MAX_AGE_S = 300;

/** `GET /api/v1/models`: the whole catalogue, unpaged. */
export function answerModels(request: Request): Promise<Response> {
  return answerReading(request, async () => {
    const models = MACHINES.map(({ name, maker, hashrateThs, powerW, efficiencyJPerTh, releasedAt, cooling, source }) => {
      return { name, maker, hashrateThs, powerW, efficiencyJPerTh, releasedAt, cooling, source };
    });
    return toCacheableJson(request, { models }, { maxAgeS: MODELS_MAX_AGE_S });
  });
}

/** `GET /api/v1/market`: every figure of the snapshot with its source and time, and whether it is only the last known one. */
export function answerMarket(request: Request): Promise<Response> {
  return answerReading(request, async () =>
    toCacheableJson(request, toMarketAnswer(await getMarketSnapshot(), Date.now()), { maxAgeS: MARKET_MAX_AGE_S }),
  );
}

/** `GET /api/v1/openapi.json`, its descriptions in the caller's language. */
export function answerOpenApi(request: Request): Promise<Response> {
  return answerReading(request, async () => {
    const document = buildOpenApi(await i18nServer.getFixedT(request, 'developers'));
    return toCacheableJson(request, document, { maxAgeS: OPENAPI_MAX_AGE_S, varyOn: ['Accept-Language', 'Cookie'] });
  });
}

/** Any other address under `/api/v1/`. */
export function answerUnknownAddress(request: Request): Promise<Response> {
  return answerOrProblem(request, () => toProblemResponse(request, { kind: 'not-found' }));
}

function answerReading(request: Request, read: () => Promise<Response>): Promise<Response> {
  return answerOrProblem(request, async () => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return toProblemResponse(request, { kind: 'method-not-allowed', allowed: ['GET', 'HEAD'] });
    }
    return read();
  });
}
