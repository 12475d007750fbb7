/** Saved scenarios over HTTP: the list, and what changed since one was saved. `GET` (and `HEAD`) only; private, so nothing is kept on the way. */

import { answerOrProblem, toProblemResponse } from '#app/features/api/wire/problem.server.ts';
import { findSingleFaults } from '#app/features/api/wire/read-query.ts';
import { toJson } from '#app/features/api/wire/workspace-requests.server.ts';
import { FORM_FIELD_NAMES } from '#app/features/calculator/inputs/calculator-form.ts';
import { TYPED_IN, WITHOUT_SCRIPT } from '#app/features/calculator/inputs/calculator-url.ts';
import { readExplanation, toScenarioCaller } from '#app/features/scenarios/scenario-pages.server.ts';
import { listScenarios } from '#app/features/scenarios/scenario-store.server.ts';
import { NOW_PARAM } from '#app/paths.ts';
import { getDb } from '#app/platform/db.server.ts';
import type { RequestContext } from '#app/platform/http/load-context.ts';

type Args = { request: Request; context: RequestContext };

/** What the calculator's own address may hold beside its fields, which are the parameters of `now=form`. */
const EXPLANATION_PARAMS: readonly string[] = [NOW_PARAM, TYPED_IN, WITHOUT_SCRIPT, ...FORM_FIELD_NAMES];

function answerReading({ request }: Args, params: readonly string[], read: () => Promise<Response | null>): Promise<Response> {
  return answerOrProblem(request, async () => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return toProblemResponse(request, { kind: 'method-not-allowed', allowed: ['GET', 'HEAD'] });
    }
    const faults = findSingleFaults(request.url, params);
    if (faults.length > 0) return toProblemResponse(request, { kind: 'invalid-request', faults });
    return (await read()) ?? toProblemResponse(request, { kind: 'not-found' });
  });
}

export function answerScenarios(args: Args): Promise<Response> {
  return answerReading(args, [], async () =>
    toJson({ scenarios: await listScenarios({ db: getDb() }, await toScenarioCaller(args.context)) }),
  );
}

export function answerScenarioExplanation(args: Args, id = ''): Promise<Response> {
  return answerReading(args, EXPLANATION_PARAMS, async () => {
    const explanation = await readExplanation(new URL(args.request.url), await toScenarioCaller(args.context), id);
    return explanation === null ? null : toJson(explanation);
  });
}
