// Following the link of a message. A new account is confirmed by the link and its password together: whoever opened an account with somebody else's address
// gains nothing when that person follows the link.
import type { AccountDeps, Visit } from '#app/features/accounts/account-deps.server.ts';
import { forgetAttempts, takeAttempt } from '#app/features/accounts/attempt-limits.server.ts';
import { toEmailKey } from '#app/features/accounts/email-address.ts';
import { sendAccountLetter } from '#app/features/accounts/letters.server.ts';
import { findOneTimeToken, spendOneTimeToken } from '#app/features/accounts/one-time-tokens.server.ts';
import { verifyPassword } from '#app/features/accounts/passwords/password-hash.server.ts';
import { recordAccountEvent } from '#app/features/accounts/record-account-event.server.ts';
import { findPersonById } from './find-person.server.ts';
import { admit, type SignInOutcome } from './sign-in.server.ts';

/** `over`: unknown, used or too old; a new one is one form away. */
export type VerifyOutcome = SignInOutcome | { kind: 'over' };

export async function verifyEmail(
  deps: AccountDeps,
  visit: Visit,
  { token, password }: { token: string; password: string },
): Promise<VerifyOutcome> {
  const found = await findOneTimeToken(deps.db, token, 'verify-email', deps.now());
  if (found === null) return { kind: 'over' };
  const person = await findPersonById(deps.db, found.userId);
  if (person === null) return { kind: 'over' };
  const seconds = await takeAttempt(deps, 'sign-in-account', toEmailKey(person.email), deps.now());
  if (seconds !== null) return { kind: 'wait', seconds };
  if (!(await verifyPassword(person.passwordHash, password))) return { kind: 'refused' };
  await forgetAttempts(deps, 'sign-in-account', toEmailKey(person.email));
  const isSpent = await deps.db.$withUser(person.id, async (tx) => {
    if (!(await spendOneTimeToken(tx, found, deps.now()))) return false;
    await tx.user.updateMany({ where: { id: person.id }, data: { emailVerifiedAt: deps.now() } });
    await recordAccountEvent(tx, { action: 'account.verify-email', userId: person.id, email: found.email }, visit);
    return true;
  });
  return isSpent ? admit(deps, visit, { ...person, isVerified: true }, 'link') : { kind: 'over' };
}

export type ChangeEmailOutcome = { kind: 'changed' } | { kind: 'over' } | { kind: 'taken' };

/** The new address is proved by the link; the old one is told. */
export async function confirmNewEmail(deps: AccountDeps, visit: Visit, token: string): Promise<ChangeEmailOutcome> {
  const found = await findOneTimeToken(deps.db, token, 'change-email', deps.now());
  if (found === null) return { kind: 'over' };
  const before = await findPersonById(deps.db, found.userId);
  if (before === null) return { kind: 'over' };
  try {
    const isSpent = await deps.db.$withUser(found.userId, async (tx) => {
      if (!(await spendOneTimeToken(tx, found, deps.now()))) return false;
      const { email } = found;
      await tx.user.updateMany({ where: { id: found.userId }, data: { email, emailKey: toEmailKey(email), emailVerifiedAt: deps.now() } });
      await recordAccountEvent(tx, { action: 'account.change-email', userId: found.userId, email }, visit);
      return true;
    });
    if (!isSpent) return { kind: 'over' };
  } catch (error) {
    // Somebody opened an account with that address since the link was sent.
    if ((error as { code?: string }).code === 'P2002') return { kind: 'taken' };
    throw error;
  }
  await sendAccountLetter(deps, 'emailChanged', before, null, { at: deps.now() });
  return { kind: 'changed' };
}
