/** `POST /api/v1/risk`. Answers are never cached: they rest on the market of the moment. */

import { NUMBER_FIELDS } from '#app/features/api/wire/fault.ts';
import { answerOrProblem, toProblemResponse } from '#app/features/api/wire/problem.server.ts';
import { readJsonBody } from '#app/features/api/wire/read-json-body.server.ts';
import { findQueryFaults } from '#app/features/api/wire/read-query.ts';
import { readShippedMotion } from '#app/features/risk/shipped-motion.server.ts';
import { computeRisk } from './compute-risk.ts';
import { getContext, JSON_HEADERS, MAX_ROI_BODY_BYTES } from './roi.server.ts';

export function answerRisk(request: Request): Promise<Response> {
  return answerOrProblem(request, async () => {
    if (request.method !== 'POST') return toProblemResponse(request, { kind: 'method-not-allowed', allowed: ['POST'] });
    const body = await readJsonBody(request, MAX_ROI_BODY_BYTES, NUMBER_FIELDS);
    if (body.kind === 'refused') return toProblemResponse(request, body.refusal);
    const queryFaults = findQueryFaults(request.url);
    const computed = computeRisk(body.value, { ...(await getContext()), motion: readShippedMotion() });
    const faults = [...queryFaults, ...(computed.kind === 'invalid' ? computed.faults : [])];
    if (computed.kind === 'invalid' || faults.length > 0) return toProblemResponse(request, { kind: 'invalid-request', faults });
    return new Response(JSON.stringify(computed.answer), { headers: JSON_HEADERS });
  });
}
