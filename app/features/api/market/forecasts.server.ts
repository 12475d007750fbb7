/** `POST /api/v1/forecasts` on a caller's own series, and `GET /api/v1/forecasts/{series}` of the market. */

import { JSON_HEADERS } from '#app/features/api/economics/roi.server.ts';
import { toCacheableJson } from '#app/features/api/wire/cacheable-json.server.ts';
import { toFault } from '#app/features/api/wire/fault.ts';
import { answerOrProblem, toProblemResponse } from '#app/features/api/wire/problem.server.ts';
import { readJsonBody } from '#app/features/api/wire/read-json-body.server.ts';
import { findQueryFaults } from '#app/features/api/wire/read-query.ts';
import { FORECAST_SERIES } from '#app/features/forecasting/forecast-answer.ts';
import { getForecastDesk } from '#app/features/forecasting/forecast-desk.server.ts';
import { VALUE_RANGE } from '#app/features/forecasting/forecast-request.ts';
import { readForecast } from '#app/features/forecasting/read-forecast.server.ts';
import type { RequestContext } from '#app/platform/http/load-context.ts';
import { toAddressSubject } from '#app/platform/rate-limit/limits.ts';
import { fromOutcome, readForecastRequest } from './read-forecast-request.ts';

/** 5,000 values of 17 digits with signs and exponents. */
export const MAX_FORECAST_BODY_BYTES = 256 * 1024;
/** What one caller may take of the thread. Ten years of daily values with a search take two to six seconds. */
export const FORECAST_BUDGET_MS = 20_000;
/** Under the interval of the market job. */
const FORECAST_MAX_AGE_S = 30;

/** Computed in a thread of its own, two of one address at most at a time; a caller who closes the connection cancels it. */
export function answerOwnForecast({ request, context }: { request: Request; context: Pick<RequestContext, 'address'> }): Promise<Response> {
  return answerOrProblem(request, async () => {
    if (request.method !== 'POST') return toProblemResponse(request, { kind: 'method-not-allowed', allowed: ['POST'] });
    const body = await readJsonBody(request, MAX_FORECAST_BODY_BYTES, { values: VALUE_RANGE });
    if (body.kind === 'refused') return toProblemResponse(request, body.refusal);
    const queryFaults = findQueryFaults(request.url);
    const read = readForecastRequest(body.value);
    const faults = [...queryFaults, ...(read.kind === 'invalid' ? read.faults : [])];
    if (read.kind === 'invalid' || faults.length > 0) return toProblemResponse(request, { kind: 'invalid-request', faults });
    const answer = await getForecastDesk().ask(
      { kind: 'own', series: read.series },
      { budgetMs: FORECAST_BUDGET_MS, signal: request.signal, caller: toAddressSubject(context.address) },
    );
    // Nobody is there to read it.
    if (answer.kind === 'cancelled') return new Response(null, { status: 499 });
    if (answer.kind === 'busy') return toProblemResponse(request, answer);
    if (answer.result.kind !== 'own') {
      const fault = toFault('values', read.series.values.length, 'takes_too_long', { seconds: FORECAST_BUDGET_MS / 1000 });
      return toProblemResponse(request, { kind: 'invalid-request', faults: [fault] });
    }
    const { outcome } = answer.result;
    if (outcome.kind !== 'ok') return toProblemResponse(request, { kind: 'invalid-request', faults: [fromOutcome(outcome, read.series)] });
    return new Response(JSON.stringify(outcome.forecast), { headers: JSON_HEADERS });
  });
}

export function answerSeriesForecast(request: Request, name: string): Promise<Response> {
  return answerOrProblem(request, async () => {
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return toProblemResponse(request, { kind: 'method-not-allowed', allowed: ['GET', 'HEAD'] });
    const series = FORECAST_SERIES.find((known) => known === name);
    if (series === undefined) return toProblemResponse(request, { kind: 'not-found' });
    const faults = findQueryFaults(request.url);
    if (faults.length > 0) return toProblemResponse(request, { kind: 'invalid-request', faults });
    const answer = await readForecast(series);
    // A computation under way changes from second to second.
    return toCacheableJson(request, answer, { maxAgeS: answer.status === 'computing' ? 1 : FORECAST_MAX_AGE_S });
  });
}
