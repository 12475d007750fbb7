// What the pages of a signed-in person read and do: profile, security, sessions, API tokens, and leaving.
import { data, redirect } from '@remix-run/node';
import { z } from 'zod';
import { type Faults, readName, readText } from '#app/features/accounts/account-form.ts';
import { parseEmail } from '#app/features/accounts/email-address.ts';
import { findPersonById, listWorkspaces } from '#app/features/accounts/entry/find-person.server.ts';
import { type Flash, putFlash, takeFlash } from '#app/features/accounts/flash.server.ts';
import { sendAccountLetter, toLink } from '#app/features/accounts/letters.server.ts';
import { leaveWorkspace } from '#app/features/accounts/people/members.server.ts';
import { recordAccountEventAlone } from '#app/features/accounts/record-account-event.server.ts';
import { toQrPath } from '#app/features/accounts/second-factor/qr-path.server.ts';
import {
  beginSecondFactor,
  confirmSecondFactor,
  disableSecondFactor,
  findSecondFactorSetup,
  renewRecoveryCodes,
} from '#app/features/accounts/second-factor/second-factor.server.ts';
import {
  hasDevMail,
  type RouteArgs,
  requirePerson,
  type SignedInCaller,
  toSessionHeaders,
  toSignedOutHeaders,
} from '#app/features/accounts/visit.server.ts';
import { unlinkWallet } from '#app/features/accounts/wallets/wallets.server.ts';
import { PATHS } from '#app/paths.ts';
import { findLanguage } from '#app/platform/i18n/languages.ts';
import { findMemberRole, needsSecondFactor } from '#app/platform/permissions/member-role.ts';
import { describeDevice } from '#app/platform/sessions/describe-device.ts';
import { type Confirmation, changePassword, changeProfile, confirmPassword, requestNewEmail } from './change-account.server.ts';
import { deleteAccount } from './own-data.server.ts';

const REFUSED = 422;

/** A form's result as the page shows it: which section it belongs to, and what to say there. */
const refuse = <Intent extends string>(intent: Intent, faults: Faults<string>) =>
  data({ intent, kind: 'faults', faults } as const, { status: REFUSED });
const done = <Intent extends string>(intent: Intent) => data({ intent, kind: 'done' } as const);

function refuseConfirmation<Intent extends string>(intent: Intent, confirmation: Exclude<Confirmation, { kind: 'confirmed' }>) {
  if (confirmation.kind === 'wait') return data({ intent, kind: 'wait', seconds: confirmation.seconds } as const, { status: 429 });
  return refuse(intent, { current: { kind: 'password-wrong' } });
}

const readId = (form: FormData) => z.uuid().safeParse(readText(form, 'id')).data ?? null;

export async function signOut(args: RouteArgs) {
  const caller = await requirePerson(args);
  await caller.deps.sessions.end(caller.session.token);
  await recordAccountEventAlone(caller.deps.db, { action: 'session.sign-out', userId: caller.actor.userId }, caller.visit);
  return redirect(PATHS.calculator, { headers: toSignedOutHeaders(args.context) });
}

export async function readProfilePage(args: RouteArgs) {
  const { deps, actor, session } = await requirePerson(args);
  const [person, workspaces] = await Promise.all([findPersonById(deps.db, actor.userId), listWorkspaces(deps.db, actor.userId)]);
  if (person === null) throw redirect(PATHS.signIn);
  const { email, name, locale } = person;
  const tenantId = session.record.tenantId;
  return { csrfToken: args.context.getCsrfToken(), email, name, locale, workspaces, tenantId, hasDevMail: hasDevMail() };
}

export async function actProfile(args: RouteArgs) {
  const caller = await requirePerson(args);
  const form = await args.request.formData();
  switch (readText(form, 'intent')) {
    case 'profile':
      return saveProfile(caller, form);
    case 'email':
      return askForNewEmail(caller, form);
    case 'enter':
      return enterWorkspace(args, caller, form);
    case 'leave':
      return leave(caller, form);
    case 'delete':
      return removeAccount(args, caller, form);
    default:
      throw new Response(null, { status: 400 });
  }
}

async function saveProfile({ deps, visit, actor }: SignedInCaller, form: FormData) {
  const name = readName(readText(form, 'name'));
  const locale = findLanguage(readText(form, 'locale'));
  if ('fault' in name) return refuse('profile', { name: name.fault });
  if (locale === null) return refuse('profile', { locale: { kind: 'choice-missing' } });
  await changeProfile(deps, visit, actor.userId, { name: name.name, locale });
  return done('profile');
}

async function askForNewEmail({ deps, visit, actor }: SignedInCaller, form: FormData) {
  const email = parseEmail(readText(form, 'email'));
  if (email === null) return refuse('email', { email: { kind: 'email-unreadable' } });
  const confirmation = await confirmPassword(deps, actor.userId, readText(form, 'current'));
  if (confirmation.kind !== 'confirmed') return refuseConfirmation('email', confirmation);
  const outcome = await requestNewEmail(deps, visit, confirmation.person, email);
  return outcome === 'no-origin' ? data({ intent: 'email', kind: 'no-origin' } as const) : done('email');
}

/** Another workspace is another set of rights: the cookie changes with it. */
async function enterWorkspace({ context }: RouteArgs, { deps, actor, session }: SignedInCaller, form: FormData) {
  const tenantId = readId(form);
  const isOwn = (await listWorkspaces(deps.db, actor.userId)).some((workspace) => workspace.tenantId === tenantId);
  if (tenantId === null || !isOwn) throw new Response(null, { status: 404 });
  const rotated = await deps.sessions.rotate(session.token, { tenantId }, deps.now().getTime());
  throw redirect(PATHS.profile, rotated === null ? {} : { headers: toSessionHeaders(context, rotated.token) });
}

async function leave({ deps, visit, actor }: SignedInCaller, form: FormData) {
  const tenantId = readId(form);
  const outcome = tenantId === null ? 'not-found' : await leaveWorkspace(deps, visit, { userId: actor.userId, tenantId });
  if (outcome === 'not-found') throw new Response(null, { status: 404 });
  return outcome === 'left' ? done('leave') : data({ intent: 'leave', kind: 'owner-stays' } as const, { status: REFUSED });
}

async function removeAccount({ context }: RouteArgs, { deps, visit, actor }: SignedInCaller, form: FormData) {
  const confirmation = await confirmPassword(deps, actor.userId, readText(form, 'current'));
  if (confirmation.kind !== 'confirmed') return refuseConfirmation('delete', confirmation);
  const outcome = await deleteAccount(deps, visit, actor.userId);
  if (outcome.kind === 'hand-over-first')
    return data({ intent: 'delete', kind: 'hand-over-first', workspaces: outcome.workspaces } as const, { status: REFUSED });
  throw redirect(PATHS.calculator, { headers: toSignedOutHeaders(context) });
}

export async function readSecurityPage(args: RouteArgs) {
  const { deps, actor, session } = await requirePerson(args);
  const { userId } = actor;
  const nowMs = deps.now().getTime();
  const [person, setup, sessions, workspaces, own] = await Promise.all([
    findPersonById(deps.db, userId),
    findSecondFactorSetup(deps, userId),
    deps.sessions.list(userId, nowMs),
    listWorkspaces(deps.db, userId),
    deps.db.$withUser(userId, async (tx) => ({
      wallets: await tx.wallet.findMany({ where: { userId }, orderBy: [{ linkedAt: 'asc' }, { id: 'asc' }] }),
      unusedCodes: await tx.recoveryCode.count({ where: { userId, usedAt: null } }),
    })),
  ]);
  if (person === null) throw redirect(PATHS.signIn);
  const isRequired = deps.mode !== 'demo' && workspaces.some(({ role }) => needsSecondFactor(findMemberRole(role) ?? 'guest'));
  return {
    csrfToken: args.context.getCsrfToken(),
    flash: await takeFlash(deps, session.token),
    secondFactor: {
      isOn: person.hasSecondFactor,
      isRequired,
      unusedCodes: own.unusedCodes,
      setup: setup === null ? null : { secret: setup.secret, ...toQrPath(setup.uri) },
    },
    sessions: sessions
      .filter(({ stage }) => stage === 'complete')
      .map(({ id, userAgent, address, createdAtMs, lastSeenAtMs }) => ({
        id,
        ...describeDevice(userAgent),
        address,
        createdAtMs,
        lastSeenAtMs,
        isThis: id === session.record.id,
      })),
    wallets: own.wallets.map(({ id, address, linkedAt, lastUsedAt }) => ({
      id,
      address,
      linkedAtMs: linkedAt.getTime(),
      lastUsedAtMs: lastUsedAt?.getTime() ?? null,
    })),
  };
}

export async function actSecurity(args: RouteArgs) {
  const caller = await requirePerson(args);
  const form = await args.request.formData();
  switch (readText(form, 'intent')) {
    case 'password':
      return savePassword(args, caller, form);
    case 'factor-begin':
      return beginFactor(caller, form);
    case 'factor-confirm':
      return confirmFactor(args, caller, form);
    case 'factor-codes':
      return renewCodes(args, caller, form);
    case 'factor-off':
      return switchFactorOff(args, caller, form);
    case 'session':
      return endSession(args, caller, form);
    case 'sessions':
      return endOtherSessions(caller);
    case 'wallet-unlink':
      return removeWallet(caller, form);
    default:
      throw new Response(null, { status: 400 });
  }
}

async function savePassword({ context }: RouteArgs, caller: SignedInCaller, form: FormData) {
  const { deps, visit, actor, session } = caller;
  const confirmation = await confirmPassword(deps, actor.userId, readText(form, 'current'));
  if (confirmation.kind !== 'confirmed') return refuseConfirmation('password', confirmation);
  const { person } = confirmation;
  const fault = await changePassword(deps, visit, { person, sessionId: session.record.id, password: readText(form, 'password') });
  if (fault !== null) return refuse('password', { password: fault });
  return goOnUnderNewCookie(context, caller, { intent: 'password', kind: 'done' });
}

/** What proves who somebody is has changed: this browser goes on under another cookie, on a page of its own. */
async function goOnUnderNewCookie(context: RouteArgs['context'], { deps, session }: SignedInCaller, flash: Flash): Promise<never> {
  const rotated = await deps.sessions.rotate(session.token, {}, deps.now().getTime());
  if (rotated === null) throw redirect(PATHS.signIn);
  await putFlash(deps, rotated.token, flash);
  throw redirect(PATHS.security, { headers: toSessionHeaders(context, rotated.token) });
}

async function tellFactorChanged({ deps, visit }: SignedInCaller, userId: string): Promise<void> {
  const person = await findPersonById(deps.db, userId);
  if (person !== null && visit.origin !== null) {
    await sendAccountLetter(deps, 'secondFactorChanged', person, toLink(visit.origin, PATHS.security), { at: deps.now() });
  }
}

async function beginFactor({ deps, actor }: SignedInCaller, form: FormData) {
  const confirmation = await confirmPassword(deps, actor.userId, readText(form, 'current'));
  if (confirmation.kind !== 'confirmed') return refuseConfirmation('factor-begin', confirmation);
  await beginSecondFactor(deps, actor.userId);
  throw redirect(`${PATHS.security}#second-factor`);
}

async function confirmFactor({ context }: RouteArgs, caller: SignedInCaller, form: FormData) {
  const { deps, visit, actor } = caller;
  const codes = await confirmSecondFactor(deps, visit, actor.userId, readText(form, 'code').slice(0, 100));
  if (codes === null) return refuse('factor-confirm', { code: { kind: 'code-wrong' } });
  await deps.sessions.endAll(actor.userId, caller.session.record.id);
  await tellFactorChanged(caller, actor.userId);
  return goOnUnderNewCookie(context, caller, { intent: 'factor-confirm', kind: 'codes', codes });
}

async function renewCodes({ context }: RouteArgs, caller: SignedInCaller, form: FormData) {
  const { deps, visit, actor } = caller;
  const confirmation = await confirmPassword(deps, actor.userId, readText(form, 'current'));
  if (confirmation.kind !== 'confirmed') return refuseConfirmation('factor-codes', confirmation);
  const codes = await renewRecoveryCodes(deps, visit, actor.userId);
  if (codes === null) throw new Response(null, { status: 404 });
  await tellFactorChanged(caller, actor.userId);
  return goOnUnderNewCookie(context, caller, { intent: 'factor-codes', kind: 'codes', codes });
}

async function switchFactorOff({ context }: RouteArgs, caller: SignedInCaller, form: FormData) {
  const { deps, visit, actor } = caller;
  const confirmation = await confirmPassword(deps, actor.userId, readText(form, 'current'));
  if (confirmation.kind !== 'confirmed') return refuseConfirmation('factor-off', confirmation);
  await disableSecondFactor(deps, visit, actor.userId);
  await tellFactorChanged(caller, actor.userId);
  return goOnUnderNewCookie(context, caller, { intent: 'factor-off', kind: 'done' });
}

async function endSession({ context }: RouteArgs, { deps, visit, actor, session }: SignedInCaller, form: FormData) {
  const id = readId(form);
  if (id === null || !(await deps.sessions.endById(actor.userId, id))) throw new Response(null, { status: 404 });
  await recordAccountEventAlone(deps.db, { action: 'session.sign-out', userId: actor.userId, endedSessionId: id }, visit);
  if (id === session.record.id) throw redirect(PATHS.calculator, { headers: toSignedOutHeaders(context) });
  return done('session');
}

async function endOtherSessions({ deps, visit, actor, session }: SignedInCaller) {
  const sessions = await deps.sessions.endAll(actor.userId, session.record.id);
  await recordAccountEventAlone(deps.db, { action: 'session.sign-out-everywhere', userId: actor.userId, sessions }, visit);
  return done('sessions');
}

async function removeWallet({ deps, visit, actor }: SignedInCaller, form: FormData) {
  const id = readId(form);
  if (id === null || !(await unlinkWallet(deps, visit, actor.userId, id))) throw new Response(null, { status: 404 });
  return done('wallet-unlink');
}
