/** The curtailment routes as use cases over HTTP: method, type, size, body, query, then the engine, then the answer. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { answerOrProblem, toProblemResponse } from '#app/features/api/wire/problem.server.ts';
import { readJsonBody } from '#app/features/api/wire/read-json-body.server.ts';
import { findQueryFaults } from '#app/features/api/wire/read-query.ts';
import { getPlanDesk } from '#app/features/curtailment/plan-desk.server.ts';
import { toShedAnswer } from '#app/features/curtailment/shed-answer.ts';
import { getCurtailment } from '#app/platform/engine.server.ts';
import { MAX_BODY_BYTES } from '#app/platform/http/request-guard.ts';
import { fromPlanError, PLAN_RANGES, readPlanRequest } from './read-plan-request.ts';
import { fromShedError, readShedRequest, SHED_RANGES } from './read-shed-request.ts';

export const MAX_CURTAILMENT_BODY_BYTES = MAX_BODY_BYTES;

const JSON_HEADERS = { 'Content-Type': 'application/json', 'Cache-Control': 'no-store' };

/** `POST /api/v1/curtailment/shed`. The engine's budget of states ends far below the 5 s a caller may take. */
export function answerShed(request: Request): Promise<Response> {
  return answerOrProblem(request, async () => {
    if (request.method !== 'POST') return toProblemResponse(request, { kind: 'method-not-allowed', allowed: ['POST'] });
    const body = await readJsonBody(request, MAX_CURTAILMENT_BODY_BYTES, SHED_RANGES);
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

/** `POST /api/v1/curtailment/plan`. Computed in a thread of its own; a caller who closes the connection cancels it. */
export function answerPlan(request: Request): Promise<Response> {
  return answerOrProblem(request, async () => {
    if (request.method !== 'POST') return toProblemResponse(request, { kind: 'method-not-allowed', allowed: ['POST'] });
    const body = await readJsonBody(request, MAX_CURTAILMENT_BODY_BYTES, PLAN_RANGES);
    if (body.kind === 'refused') return toProblemResponse(request, body.refusal);
    const queryFaults = findQueryFaults(request.url);
    await nextTurn();
    const read = readPlanRequest(body.value);
    const faults = [...queryFaults, ...(read.kind === 'invalid' ? read.faults : [])];
    if (read.kind === 'invalid' || faults.length > 0) return toProblemResponse(request, { kind: 'invalid-request', faults });
    const { problem, options } = read;
    await nextTurn();
    const outcome = await getPlanDesk().compute(problem, options, request.signal);
    switch (outcome.kind) {
      case 'ok':
        return new Response(outcome.answer, { headers: JSON_HEADERS });
      case 'invalid':
        return toProblemResponse(request, {
          kind: 'invalid-request',
          faults: outcome.errors.map((error) => fromPlanError(error, problem)),
        });
      case 'busy':
        return toProblemResponse(request, outcome);
      case 'cancelled':
        // Nobody is there to read it.
        return new Response(null, { status: 499 });
    }
  });
}
