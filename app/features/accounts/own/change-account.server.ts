// What signed-in people change about their own account. Everything that could lock them out, or let somebody else in, asks for the password again.

import type { AccountDeps, Visit } from '#app/features/accounts/account-deps.server.ts';
import { type FieldFault, findPasswordFault } from '#app/features/accounts/account-form.ts';
import { forgetAttempts, takeAttempt } from '#app/features/accounts/attempt-limits.server.ts';
import { toEmailKey } from '#app/features/accounts/email-address.ts';
import { findPersonByEmail, findPersonById, type Person } from '#app/features/accounts/entry/find-person.server.ts';
import { sendAccountLetter, toLink } from '#app/features/accounts/letters.server.ts';
import { createOneTimeToken } from '#app/features/accounts/one-time-tokens.server.ts';
import { isCommonPassword } from '#app/features/accounts/passwords/common-passwords.server.ts';
import { hashPassword, verifyPassword } from '#app/features/accounts/passwords/password-hash.server.ts';
import { recordAccountEvent } from '#app/features/accounts/record-account-event.server.ts';
import { PATHS } from '#app/paths.ts';
import type { Language } from '#app/platform/i18n/languages.ts';

export type Confirmation = { kind: 'confirmed'; person: Person } | { kind: 'wrong' } | { kind: 'wait'; seconds: number };

/** The password once more, from somebody who is signed in already: a browser left open is not enough. */
export async function confirmPassword(deps: AccountDeps, userId: string, password: string): Promise<Confirmation> {
  const seconds = await takeAttempt(deps, 'confirm-password', userId, deps.now());
  if (seconds !== null) return { kind: 'wait', seconds };
  const person = await findPersonById(deps.db, userId);
  if (!(await verifyPassword(person?.passwordHash ?? null, password)) || person === null) return { kind: 'wrong' };
  await forgetAttempts(deps, 'confirm-password', userId);
  return { kind: 'confirmed', person };
}

export async function changeProfile(
  deps: AccountDeps,
  visit: Visit,
  userId: string,
  { name, locale }: { name: string; locale: Language },
): Promise<void> {
  await deps.db.$withUser(userId, async (tx) => {
    await tx.user.updateMany({ where: { id: userId }, data: { name, locale } });
    await recordAccountEvent(tx, { action: 'account.change-profile', userId, name, locale }, visit);
  });
}

/**
 * Sends a link to the new address; nothing changes before it is followed. Says the same when the address belongs to somebody else, who is told instead.
 * The password was confirmed before.
 */
export async function requestNewEmail(deps: AccountDeps, visit: Visit, person: Person, email: string): Promise<'sent' | 'no-origin'> {
  const { origin } = visit;
  if (origin === null) return 'no-origin';
  if ((await takeAttempt(deps, 'letter-account', person.id, deps.now())) !== null) return 'sent';
  const other = await findPersonByEmail(deps.db, email);
  if (other !== null && other.id !== person.id) {
    await sendAccountLetter(deps, 'registered', other, toLink(origin, PATHS.signIn));
    return 'sent';
  }
  const token = await deps.db.$withUser(person.id, (tx) =>
    createOneTimeToken(tx, { userId: person.id, purpose: 'change-email', email }, deps.now()),
  );
  await sendAccountLetter(deps, 'changeEmail', { ...person, email }, toLink(origin, PATHS.verify, { change: token }));
  return 'sent';
}

/** The other browsers are signed out, this one gets a new cookie from the caller. Null: changed. */
export async function changePassword(
  deps: AccountDeps,
  visit: Visit,
  { person, sessionId, password }: { person: Person; sessionId: string; password: string },
): Promise<FieldFault | null> {
  const fault = findPasswordFault(password, { ...person, isCommon: isCommonPassword });
  if (fault !== null) return fault;
  const passwordHash = await hashPassword(password);
  const now = deps.now();
  await deps.db.$withUser(person.id, async (tx) => {
    await tx.userCredential.updateMany({ where: { userId: person.id }, data: { passwordHash, passwordChangedAt: now } });
    await tx.oneTimeToken.updateMany({ where: { userId: person.id, purpose: 'reset-password', usedAt: null }, data: { usedAt: now } });
    await recordAccountEvent(tx, { action: 'account.change-password', userId: person.id, because: 'changed' }, visit);
  });
  await deps.sessions.endAll(person.id, sessionId);
  await forgetAttempts(deps, 'sign-in-account', toEmailKey(person.email));
  if (visit.origin !== null) await sendAccountLetter(deps, 'passwordChanged', person, toLink(visit.origin, PATHS.reset), { at: now });
  return null;
}
