/** The routes of `/api/v1/indicators` as use cases over HTTP. */

import { JSON_HEADERS } from '#app/features/api/economics/roi.server.ts';
import { toCacheableJson } from '#app/features/api/wire/cacheable-json.server.ts';
import { answerOrProblem, toProblemResponse } from '#app/features/api/wire/problem.server.ts';
import { readJsonBody } from '#app/features/api/wire/read-json-body.server.ts';
import { findQueryFaults } from '#app/features/api/wire/read-query.ts';
import { CANDLE_FIELDS } from '#app/features/indicators/candles.ts';
import { findIndicator } from '#app/features/indicators/registry.ts';
import { readStoredHistory } from '#app/features/indicators/stored-history.server.ts';
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';
import { answerOnCandles, answerOverHistory, listIndicators } from './answer-indicator.ts';

/** 20,000 candles of seven figures with all their digits. */
export const MAX_INDICATOR_BODY_BYTES = 8 * 1024 * 1024;

/** The list changes with a release, the history once a day. */
const LIST_MAX_AGE_S = 300;
const HISTORY_MAX_AGE_S = 300;

/** `GET /api/v1/indicators`, titles in the caller's language. */
export function answerIndicators(request: Request): Promise<Response> {
  return answerOrProblem(request, async () => {
    if (!isReading(request)) return toProblemResponse(request, { kind: 'method-not-allowed', allowed: ['GET', 'HEAD'] });
    const [t, history] = await Promise.all([i18nServer.getFixedT(request, 'indicators'), readStoredHistory()]);
    const list = listIndicators(t, history);
    return toCacheableJson(request, list, { maxAgeS: LIST_MAX_AGE_S, varyOn: ['Accept-Language', 'Cookie'] });
  });
}

/** `GET` (the stored history) and `POST` (the caller's candles) of `/api/v1/indicators/{name}`. */
export function answerIndicator(request: Request, name: string): Promise<Response> {
  return answerOrProblem(request, async () => {
    const indicator = findIndicator(name);
    if (indicator === null) return toProblemResponse(request, { kind: 'not-found' });
    if (isReading(request)) {
      const answered = answerOverHistory(request.url, indicator, await readStoredHistory());
      if (answered.kind === 'invalid') return toProblemResponse(request, { kind: 'invalid-request', faults: answered.faults });
      return toCacheableJson(request, answered.answer, { maxAgeS: HISTORY_MAX_AGE_S });
    }
    if (request.method !== 'POST') return toProblemResponse(request, { kind: 'method-not-allowed', allowed: ['GET', 'HEAD', 'POST'] });
    const body = await readJsonBody(request, MAX_INDICATOR_BODY_BYTES, CANDLE_FIELDS);
    if (body.kind === 'refused') return toProblemResponse(request, body.refusal);
    const queryFaults = findQueryFaults(request.url);
    const answered = answerOnCandles(body.value, indicator);
    const faults = [...queryFaults, ...(answered.kind === 'invalid' ? answered.faults : [])];
    if (answered.kind === 'invalid' || faults.length > 0) return toProblemResponse(request, { kind: 'invalid-request', faults });
    return new Response(JSON.stringify(answered.answer), { headers: JSON_HEADERS });
  });
}

function isReading({ method }: Request): boolean {
  return method === 'GET' || method === 'HEAD';
}
