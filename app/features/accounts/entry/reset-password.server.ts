// A new password for whoever can read the mailbox. Asking is answered alike for every address; setting it signs every browser out.

import { type AccountDeps, answerEvenly, type Visit } from '#app/features/accounts/account-deps.server.ts';
import { type FieldFault, findPasswordFault } from '#app/features/accounts/account-form.ts';
import { forgetAttempts, takeAttempt } from '#app/features/accounts/attempt-limits.server.ts';
import { toEmailKey } from '#app/features/accounts/email-address.ts';
import { sendAccountLetter, toLink } from '#app/features/accounts/letters.server.ts';
import { createOneTimeToken, findOneTimeToken, spendOneTimeToken } from '#app/features/accounts/one-time-tokens.server.ts';
import { isCommonPassword } from '#app/features/accounts/passwords/common-passwords.server.ts';
import { hashPassword } from '#app/features/accounts/passwords/password-hash.server.ts';
import { recordAccountEvent } from '#app/features/accounts/record-account-event.server.ts';
import { PATHS } from '#app/paths.ts';
import { findPersonByEmail, findPersonById } from './find-person.server.ts';

export type RequestResetOutcome = { kind: 'sent' } | { kind: 'wait'; seconds: number } | { kind: 'no-origin' };

export async function requestReset(deps: AccountDeps, visit: Visit, email: string): Promise<RequestResetOutcome> {
  const { origin } = visit;
  if (origin === null) return { kind: 'no-origin' };
  const seconds = await takeAttempt(deps, 'letter-address', visit.address, deps.now());
  if (seconds !== null) return { kind: 'wait', seconds };
  await answerEvenly(deps, async () => {
    const person = await findPersonByEmail(deps.db, email.trim());
    // A suspended account gets no link: it would lead nowhere.
    if (person === null || person.isSuspended) return;
    if ((await takeAttempt(deps, 'letter-account', person.id, deps.now())) !== null) return;
    const token = await deps.db.$withUser(person.id, async (tx) => {
      const link = await createOneTimeToken(tx, { userId: person.id, purpose: 'reset-password', email: person.email }, deps.now());
      await recordAccountEvent(tx, { action: 'account.request-reset', userId: person.id, email: person.email }, visit);
      return link;
    });
    await sendAccountLetter(deps, 'reset', person, toLink(origin, PATHS.reset, { token }));
  });
  return { kind: 'sent' };
}

export type ResetOutcome = { kind: 'changed' } | { kind: 'refused'; fault: FieldFault } | { kind: 'over' };

/** The link proves the address too. The second factor stays: a mailbox alone opens nothing that has one. */
export async function resetPassword(
  deps: AccountDeps,
  visit: Visit,
  { token, password }: { token: string; password: string },
): Promise<ResetOutcome> {
  const found = await findOneTimeToken(deps.db, token, 'reset-password', deps.now());
  const person = found === null ? null : await findPersonById(deps.db, found.userId);
  if (found === null || person === null) return { kind: 'over' };
  const fault = findPasswordFault(password, { ...person, isCommon: isCommonPassword });
  if (fault !== null) return { kind: 'refused', fault };
  const passwordHash = await hashPassword(password);
  const now = deps.now();
  const isSpent = await deps.db.$withUser(person.id, async (tx) => {
    if (!(await spendOneTimeToken(tx, found, now))) return false;
    await tx.userCredential.updateMany({ where: { userId: person.id }, data: { passwordHash, passwordChangedAt: now } });
    if (!person.isVerified) await tx.user.updateMany({ where: { id: person.id }, data: { emailVerifiedAt: now } });
    // Links that wait in the mailbox belong to the time before.
    await tx.oneTimeToken.updateMany({ where: { userId: person.id, usedAt: null }, data: { usedAt: now } });
    await recordAccountEvent(tx, { action: 'account.change-password', userId: person.id, because: 'reset' }, visit);
    return true;
  });
  if (!isSpent) return { kind: 'over' };
  await deps.sessions.endAll(person.id);
  await forgetAttempts(deps, 'sign-in-account', toEmailKey(person.email));
  if (visit.origin !== null) await sendAccountLetter(deps, 'passwordChanged', person, toLink(visit.origin, PATHS.reset), { at: now });
  return { kind: 'changed' };
}
