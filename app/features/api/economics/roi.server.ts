/**
 * The two computing routes as use cases over HTTP: method, type, size, body, query, then the pure work, then the answer.
 * Answers are never cached: they rest on the market of the moment.
 */

import { toFault } from '#app/features/api/wire/fault.ts';
import { answerOrProblem, getApiErrorTexts, toProblemResponse } from '#app/features/api/wire/problem.server.ts';
import { readJsonBody } from '#app/features/api/wire/read-json-body.server.ts';
import { findQueryFaults, readMonthsQuery } from '#app/features/api/wire/read-query.ts';
import { findMachine, suggestMachines } from '#app/features/catalogue/find-machine.ts';
import { getMarketSnapshot } from '#app/features/market/market.server.ts';
import { getEngine } from '#app/platform/engine.server.ts';
import type { Engine } from '#engine';
import { computeRoi } from './compute-roi.ts';
import { readBatchRequest } from './read-batch-request.ts';
import type { RequestContext } from './read-roi-request.ts';
import { computeBatch, countMonthRows, writeBatch } from './roi-batch.server.ts';
import { MAX_BATCH_MONTH_ROWS } from './roi-request.ts';

/** A request of one machine group has some thirty fields; 64 kB is far above it. */
export const MAX_ROI_BODY_BYTES = 64 * 1024;
export const MAX_BATCH_BODY_BYTES = 8 * 1024 * 1024;

export const JSON_HEADERS = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' };

/** `POST /api/v1/roi` */
export function answerRoi(request: Request): Promise<Response> {
  return answerOrProblem(request, async () => {
    if (request.method !== 'POST') return toProblemResponse(request, { kind: 'method-not-allowed', allowed: ['POST'] });
    const body = await readJsonBody(request, MAX_ROI_BODY_BYTES);
    if (body.kind === 'refused') return toProblemResponse(request, body.refusal);
    const queryFaults = findQueryFaults(request.url);
    const computed = computeRoi(body.value, await getContext());
    const faults = [...queryFaults, ...(computed.kind === 'invalid' ? computed.faults : [])];
    if (computed.kind === 'invalid' || faults.length > 0) return toProblemResponse(request, { kind: 'invalid-request', faults });
    return new Response(JSON.stringify(computed.answer), { headers: JSON_HEADERS });
  });
}

/** `POST /api/v1/roi/batch` */
export function answerBatch(request: Request): Promise<Response> {
  return answerOrProblem(request, async () => {
    if (request.method !== 'POST') return toProblemResponse(request, { kind: 'method-not-allowed', allowed: ['POST'] });
    const body = await readJsonBody(request, MAX_BATCH_BODY_BYTES);
    if (body.kind === 'refused') return toProblemResponse(request, body.refusal);
    const query = readMonthsQuery(request.url);
    const batch = readBatchRequest(body.value);
    const faults = [...query.faults, ...(batch.kind === 'invalid' ? batch.faults : [])];
    if (batch.kind === 'invalid' || faults.length > 0) return toProblemResponse(request, { kind: 'invalid-request', faults });
    const context = await getContext();
    const computed = await computeBatch(batch, context);
    const monthRows = query.months ? countMonthRows(computed) : 0;
    if (monthRows > MAX_BATCH_MONTH_ROWS) {
      const fault = { ...toFault('months', monthRows, 'too_many_months'), min: 0, max: MAX_BATCH_MONTH_ROWS };
      return toProblemResponse(request, { kind: 'invalid-request', faults: [fault] });
    }
    const texts = await getApiErrorTexts(request);
    const slices = writeBatch(computed, { months: query.months, engine: context.engine, texts });
    return new Response(toByteStream(slices), { headers: JSON_HEADERS });
  });
}

/** What every computing route works with. */
export async function getContext(): Promise<RequestContext & { engine: Engine }> {
  const [engine, snapshot] = await Promise.all([getEngine(), getMarketSnapshot()]);
  return { engine, snapshot, findMachine, suggestMachines };
}

/** Slices are made only as fast as the caller reads them; a caller who goes away stops them. */
function toByteStream(slices: AsyncGenerator<string, void, void>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream({
    async pull(controller) {
      const { done, value } = await slices.next();
      if (done === true) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    async cancel() {
      await slices.return();
    },
  });
}
