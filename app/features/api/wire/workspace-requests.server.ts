/** What the routes of a workspace share: who asks, bodies read by a schema, outcomes of changes as answers, ids of the address. */

import type { z } from 'zod';
import type { ChangeFault, ChangeOutcome } from '#app/features/sites/refused-change.ts';
import { type Caller, toSitesCaller } from '#app/features/sites/scope.server.ts';
import type { RequestContext } from '#app/platform/http/load-context.ts';
import { isUuid } from '#app/platform/identifiers.ts';
import { explainIssues, type Ranges } from './explain-issues.ts';
import { type Fault, toFault } from './fault.ts';
import { answerOrProblem, toProblemResponse } from './problem.server.ts';
import { readJsonBody } from './read-json-body.server.ts';
import { isUniqueViolation } from './unique-violation.ts';

export type WorkspaceArgs = { request: Request; context: RequestContext };
export type WorkspaceRequest = { request: Request; caller: Caller };

/** Ten thousand ids of machines with room to spare. */
const MAX_BODY_BYTES = 1_000_000;

const HEADERS = { 'Content-Type': 'application/json', 'Cache-Control': 'private, no-store' };

/** Numbers of the history are longer than JSON numbers are exact; they travel as texts. */
export const toJson = (value: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(value), { status, headers: { ...HEADERS, ...headers } });

type Work = (asked: WorkspaceRequest) => Promise<Response>;

/** One piece of work for each method; another method is refused. */
export function answerWorkspace(
  args: WorkspaceArgs,
  works: Partial<Record<'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', Work>>,
): Promise<Response> {
  const { request, context } = args;
  return answerOrProblem(request, async () => {
    const method = request.method === 'HEAD' ? 'GET' : request.method;
    const work = Object.entries(works).find(([name]) => name === method)?.[1];
    if (work === undefined) {
      const allowed = Object.keys(works).flatMap((name) => (name === 'GET' ? ['GET', 'HEAD'] : [name]));
      return toProblemResponse(request, { kind: 'method-not-allowed', allowed });
    }
    try {
      return await work({ request, caller: await toSitesCaller(context) });
    } catch (error) {
      if (isUniqueViolation(error)) return answerFaults(request, [toFault('', null, 'taken')]);
      throw error;
    }
  });
}

/** An id that is none leads to nothing, as one that nobody has. */
export function withId(request: Request, ids: readonly (string | undefined)[], work: () => Promise<Response>): Promise<Response> {
  return ids.every((id) => id !== undefined && isUuid(id)) ? work() : answerNotFound(request);
}

export const answerNotFound = (request: Request): Promise<Response> => toProblemResponse(request, { kind: 'not-found' });

export const answerFaults = (request: Request, faults: readonly Fault[]): Promise<Response> =>
  toProblemResponse(request, { kind: 'invalid-request', faults });

/** Reads the body by the schema and works on it, or says what is wrong with it. `ranges` are the numbers of the body by name, so that an error can tell what is allowed. */
export async function withBody<Schema extends z.ZodType>(
  request: Request,
  schema: Schema,
  ranges: Ranges,
  work: (body: z.infer<Schema>) => Promise<Response>,
): Promise<Response> {
  const body = await readJsonBody(request, MAX_BODY_BYTES, ranges);
  if (body.kind === 'refused') return toProblemResponse(request, body.refusal);
  const parsed = schema.safeParse(body.value);
  return parsed.success ? work(parsed.data) : answerFaults(request, explainIssues(parsed.error, body.value, [], ranges));
}

export const toFaults = (faults: readonly ChangeFault[]): Fault[] =>
  faults.map(({ field, value, code, details }) => toFault(field, value, code, details));

export async function answerChange<T>(request: Request, outcome: ChangeOutcome<T>, toResponse: (value: T) => Response): Promise<Response> {
  if (outcome.kind === 'not-found') return answerNotFound(request);
  return outcome.kind === 'refused' ? answerFaults(request, toFaults(outcome.faults)) : toResponse(outcome.value);
}
