// Signing in: the password, the second factor where there is one, and the session at the end. Every refusal costs the same time and says the same.

import { type AccountDeps, answerEvenly, type Visit } from '#app/features/accounts/account-deps.server.ts';
import { MAX_TYPED_PASSWORD_CHARACTERS } from '#app/features/accounts/account-form.ts';
import { forgetAttempts, takeAttempt } from '#app/features/accounts/attempt-limits.server.ts';
import { MAX_EMAIL_CHARACTERS, toEmailKey } from '#app/features/accounts/email-address.ts';
import { hashPassword, needsRehash, verifyPassword } from '#app/features/accounts/passwords/password-hash.server.ts';
import { recordAccountEventAlone } from '#app/features/accounts/record-account-event.server.ts';
import { checkSecondFactor } from '#app/features/accounts/second-factor/second-factor.server.ts';
import { PATHS } from '#app/paths.ts';
import type { SessionRecord } from '#app/platform/sessions/session-record.ts';
import { findPersonByEmail, findPersonById, listWorkspaces, type Person } from './find-person.server.ts';
import { sendVerification } from './sign-up.server.ts';

export type SignInOutcome =
  | { kind: 'signed-in'; token: string }
  /** The password was right; the code is asked for next. */
  | { kind: 'second-factor-due'; token: string }
  /** Wrong address, wrong password or both: nobody is told which. */
  | { kind: 'refused' }
  /** The rest is said only to whoever knows the password. */
  | { kind: 'suspended' }
  | { kind: 'unverified' }
  | { kind: 'wait'; seconds: number };

type Method = 'password' | 'wallet' | 'link';

/** Anything may be typed here: what is no address is looked up and written down as one of nobody's, and never longer than an address can be. */
function toTypedEmail(text: string): string {
  return text
    .trim()
    .slice(0, MAX_EMAIL_CHARACTERS)
    .replace(/[\p{Cc}\p{Cs}]/gu, '\ufffd');
}

export async function signIn(deps: AccountDeps, visit: Visit, typed: { email: string; password: string }): Promise<SignInOutcome> {
  const email = toTypedEmail(typed.email);
  const password = typed.password.slice(0, MAX_TYPED_PASSWORD_CHARACTERS);
  const key = toEmailKey(email);
  const seconds =
    (await takeAttempt(deps, 'sign-in-address', visit.address, deps.now())) ??
    (await takeAttempt(deps, 'sign-in-account', key, deps.now()));
  if (seconds !== null) {
    await recordAccountEventAlone(
      deps.db,
      { action: 'session.sign-in', outcome: 'refused', userId: null, email, because: 'locked' },
      visit,
    );
    return { kind: 'wait', seconds };
  }
  return answerEvenly(deps, async () => {
    const person = await findPersonByEmail(deps.db, key);
    if (!(await verifyPassword(person?.passwordHash ?? null, password)) || person === null) {
      await recordAccountEventAlone(
        deps.db,
        { action: 'session.sign-in', outcome: 'refused', userId: person?.id ?? null, email, because: 'wrong' },
        visit,
      );
      return { kind: 'refused' };
    }
    await forgetAttempts(deps, 'sign-in-account', key);
    if (needsRehash(person.passwordHash)) await rehash(deps, person.id, password);
    return admit(deps, visit, person, 'password');
  });
}

/** The person has proved to be who they are, but for the second factor. */
export async function admit(deps: AccountDeps, visit: Visit, person: Person, method: Method): Promise<SignInOutcome> {
  if (person.isSuspended) {
    await recordAccountEventAlone(
      deps.db,
      { action: 'session.sign-in', outcome: 'refused', userId: person.id, email: null, because: 'suspended' },
      visit,
    );
    return { kind: 'suspended' };
  }
  if (!person.isVerified) {
    const isTooMuch = (await takeAttempt(deps, 'letter-account', person.id, deps.now())) !== null;
    if (visit.origin !== null && !isTooMuch) await sendVerification(deps, visit.origin, person);
    await recordAccountEventAlone(
      deps.db,
      { action: 'session.sign-in', outcome: 'refused', userId: person.id, email: null, because: 'unverified' },
      visit,
    );
    return { kind: 'unverified' };
  }
  if (person.hasSecondFactor) return { kind: 'second-factor-due', token: await beginSession(deps, visit, person.id, 'second-factor-due') };
  const token = await beginSession(deps, visit, person.id, 'complete');
  await recordAccountEventAlone(deps.db, { action: 'session.sign-in', outcome: 'succeeded', userId: person.id, method }, visit);
  return { kind: 'signed-in', token };
}

/** A new cookie in any case; the session that the browser came with ends. */
async function beginSession(deps: AccountDeps, visit: Visit, userId: string, stage: SessionRecord['stage']): Promise<string> {
  if (visit.sessionToken !== null) await deps.sessions.end(visit.sessionToken);
  const [first] = await listWorkspaces(deps.db, userId);
  const { userAgent, address } = visit;
  const { token } = await deps.sessions.create(
    { userId, tenantId: first?.tenantId ?? null, stage, userAgent, address },
    deps.now().getTime(),
  );
  return token;
}

export type CodeOutcome =
  | { kind: 'signed-in'; token: string; usedRecoveryCode: boolean }
  | { kind: 'refused' }
  | { kind: 'wait'; seconds: number }
  /** The ten minutes for the code are over, or the account has changed meanwhile: begin again. */
  | { kind: 'over' };

/** The second step: `session` is the one that only asks for the code. */
export async function completeSignIn(deps: AccountDeps, visit: Visit, session: SessionRecord, code: string): Promise<CodeOutcome> {
  const { userId } = session;
  if (session.stage !== 'second-factor-due' || visit.sessionToken === null) return { kind: 'over' };
  const seconds = await takeAttempt(deps, 'second-factor', userId, deps.now());
  if (seconds !== null) return { kind: 'wait', seconds };
  const person = await findPersonById(deps.db, userId);
  if (person === null || person.isSuspended) return { kind: 'over' };
  const used = await checkSecondFactor(deps, userId, code);
  if (used === null) {
    await recordAccountEventAlone(deps.db, { action: 'session.second-factor', outcome: 'refused', userId, method: null }, visit);
    return { kind: 'refused' };
  }
  await forgetAttempts(deps, 'second-factor', userId);
  const rotated = await deps.sessions.rotate(visit.sessionToken, { stage: 'complete' }, deps.now().getTime());
  if (rotated === null) return { kind: 'over' };
  await recordAccountEventAlone(deps.db, { action: 'session.second-factor', outcome: 'succeeded', userId, method: used }, visit);
  return { kind: 'signed-in', token: rotated.token, usedRecoveryCode: used === 'recovery-code' };
}

async function rehash(deps: AccountDeps, userId: string, password: string): Promise<void> {
  const passwordHash = await hashPassword(password);
  await deps.db.$withUser(userId, (tx) => tx.userCredential.updateMany({ where: { userId }, data: { passwordHash } }));
}

/** Where somebody who signed in goes, when the form named no place. */
export const HOME_AFTER_SIGN_IN = PATHS.profile;
