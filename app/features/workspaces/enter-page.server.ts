// What the page of platform staff reads and does: entering a workspace for a while, and leaving it again.
import { data, redirect } from '@remix-run/node';
import { z } from 'zod';
import { listWorkspaces } from '#app/features/accounts/entry/find-person.server.ts';
import { type RouteArgs, requirePerson, type SignedInCaller, toSessionHeaders } from '#app/features/accounts/visit.server.ts';
import { PATHS } from '#app/paths.ts';
import type { AuditOrigin } from '#app/platform/audit/record-audit.server.ts';
import { requireStaff } from '#app/platform/permissions/require-permission.ts';
import { type EnterFault, type EnterResult, findStayFaults } from './enter-result.ts';
import { enterWorkspace, exitWorkspace } from './enter-workspace.server.ts';
import { findCurrentStay, listOwnStays } from './stays.server.ts';

const REFUSED = 422;
/** Longer than any reason that is taken; enough to give back what was typed. */
const MAX_ECHOED = 600;

export async function readEnterPage(args: RouteArgs) {
  const { deps, actor } = await requirePerson(args);
  const at = { db: deps.db, now: deps.now() };
  const [stays, current] = await Promise.all([listOwnStays(actor, at), findCurrentStay(actor, at)]);
  return { csrfToken: args.context.getCsrfToken(), stays, current };
}

export async function actEnterPage(args: RouteArgs) {
  const caller = await requirePerson(args);
  requireStaff(caller.actor);
  const form = await args.request.formData();
  const read = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' ? value.trim() : '';
  };
  switch (read('intent')) {
    case 'enter':
      return enter(args, caller, { workspace: read('workspace'), reason: read('reason'), minutes: read('minutes') });
    case 'leave':
      return leave(args, caller);
    default:
      throw new Response(null, { status: 400 });
  }
}

type Typed = EnterResult['typed'];

const toOrigin = ({ visit }: SignedInCaller): AuditOrigin => ({ address: visit.address, requestId: visit.requestId });

async function enter({ context }: RouteArgs, caller: SignedInCaller, typed: Typed) {
  const { deps, actor, session } = caller;
  const tenantId = z.uuid().safeParse(typed.workspace.toLowerCase()).data ?? null;
  const asked = { reason: typed.reason, minutes: /^\d{1,4}$/.test(typed.minutes) ? Number(typed.minutes) : Number.NaN };
  if (tenantId === null) return refuse(typed, ['workspace', ...findStayFaults(asked)]);
  const stay = { tenantId, ...asked };
  const outcome = await enterWorkspace(actor, stay, toOrigin(caller), { db: deps.db, now: deps.now() });
  if (outcome.kind === 'invalid') return refuse(typed, outcome.fields);
  if (outcome.kind !== 'entered') return refuse(typed, [outcome.kind]);
  // Another workspace is another set of rights: the cookie changes with it.
  return goOnIn(context, caller, session.token, tenantId, PATHS.members);
}

/** Ends the stay; the session goes back to the first workspace of the person's own, or to none. */
async function leave({ context }: RouteArgs, caller: SignedInCaller) {
  const { deps, actor, session } = caller;
  const { tenantId } = session.record;
  if (tenantId !== null) await exitWorkspace(actor, tenantId, toOrigin(caller), { db: deps.db, now: deps.now() });
  const [own] = await listWorkspaces(deps.db, actor.userId);
  return goOnIn(context, caller, session.token, own?.tenantId ?? null, PATHS.enterWorkspace);
}

async function goOnIn(
  context: RouteArgs['context'],
  { deps }: SignedInCaller,
  token: string,
  tenantId: string | null,
  path: string,
): Promise<never> {
  const rotated = await deps.sessions.rotate(token, { tenantId }, deps.now().getTime());
  throw redirect(path, rotated === null ? {} : { headers: toSessionHeaders(context, rotated.token) });
}

function refuse({ workspace, reason, minutes }: Typed, faults: EnterFault[]) {
  const typed = { workspace: workspace.slice(0, 100), reason: reason.slice(0, MAX_ECHOED), minutes: minutes.slice(0, 10) };
  return data({ typed, faults } satisfies EnterResult, { status: REFUSED });
}
