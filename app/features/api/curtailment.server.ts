/** The curtailment routes as use cases over HTTP: method, type, size, body, query, then the engine, then the answer. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { toShedAnswer } from '#app/features/curtailment/shed-answer.ts';
import { getCurtailment } from '#app/platform/engine.server.ts';
import { MAX_BODY_BYTES } from '#app/platform/http/request-guard.ts';
import { answerOrProblem, toProblemResponse } from './problem.server.ts';
import { readJsonBody } from './read-json-body.server.ts';
import { findQueryFaults } from './read-query.ts';
import { fromShedError, readShedRequest, SHED_RANGES } from './read-shed-request.ts';

export const MAX_SHED_BODY_BYTES = MAX_BODY_BYTES;

const JSON_HEADERS = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' };

/** `POST /api/v1/curtailment/shed`. The engine's budget of states ends far below the 5 s a caller may take. */
export function answerShed(request: Request): Promise<Response> {
  return answerOrProblem(request, async () => {
    if (request.method !== 'POST') return toProblemResponse(request, { kind: 'method-not-allowed', allowed: ['POST'] });
    const body = await readJsonBody(request, MAX_SHED_BODY_BYTES, SHED_RANGES);
    if (body.kind === 'refused') return toProblemResponse(request, body.refusal);
    const queryFaults = findQueryFaults(request.url);
    await nextTurn();
    const read = readShedRequest(body.value);
    const faults = [...queryFaults, ...(read.kind === 'invalid' ? read.faults : [])];
    if (read.kind === 'invalid' || faults.length > 0) return toProblemResponse(request, { kind: 'invalid-request', faults });
    const curtailment = await getCurtailment();
    // Reading and solving are each some 100 ms at the largest; other requests pass between them.
    await nextTurn();
    const result = curtailment.shed(read.problem);
    if (result.kind === 'invalid') return toProblemResponse(request, { kind: 'invalid-request', faults: result.errors.map(fromShedError) });
    await nextTurn();
    return new Response(JSON.stringify(toShedAnswer(result, read.problem)), { headers: JSON_HEADERS });
  });
}
