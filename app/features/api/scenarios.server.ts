/** Saved scenarios over HTTP: the list, and what changed since one was saved. `GET` (and `HEAD`) only; private, so nothing is kept on the way. */
import { readExplanation, toScenarioCaller } from '#app/features/scenarios/scenario-pages.server.ts';
import { listScenarios } from '#app/features/scenarios/scenario-store.server.ts';
import { getDb } from '#app/platform/db.server.ts';
import type { RequestContext } from '#app/platform/http/load-context.ts';
import { toJson } from './fleet-requests.server.ts';
import { answerOrProblem, toProblemResponse } from './problem.server.ts';

type Args = { request: Request; context: RequestContext };

function answerReading({ request }: Args, read: () => Promise<Response | null>): Promise<Response> {
  return answerOrProblem(request, async () => {
    if (request.method !== 'GET' && request.method !== 'HEAD') {
      return toProblemResponse(request, { kind: 'method-not-allowed', allowed: ['GET', 'HEAD'] });
    }
    return (await read()) ?? toProblemResponse(request, { kind: 'not-found' });
  });
}

export function answerScenarios(args: Args): Promise<Response> {
  return answerReading(args, async () => toJson({ scenarios: await listScenarios({ db: getDb() }, await toScenarioCaller(args.context)) }));
}

export function answerScenarioExplanation(args: Args, id = ''): Promise<Response> {
  return answerReading(args, async () => {
    const explanation = await readExplanation(new URL(args.request.url), await toScenarioCaller(args.context), id);
    return explanation === null ? null : toJson(explanation);
  });
}
