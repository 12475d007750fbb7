// Opening an account. The answer is the same whether the address is new or not: what there is to say is said in a message to it.
import { randomUUID } from 'node:crypto';
import { type AccountDeps, answerEvenly, type Visit } from '#app/features/accounts/account-deps.server.ts';
import type { SignUp } from '#app/features/accounts/account-form.ts';
import { takeAttempt } from '#app/features/accounts/attempt-limits.server.ts';
import { toEmailKey } from '#app/features/accounts/email-address.ts';
import { sendAccountLetter, toLink } from '#app/features/accounts/letters.server.ts';
import { createOneTimeToken } from '#app/features/accounts/one-time-tokens.server.ts';
import { hashPassword } from '#app/features/accounts/passwords/password-hash.server.ts';
import { recordAccountEvent } from '#app/features/accounts/record-account-event.server.ts';
import { PATHS } from '#app/paths.ts';
import type { MemberRole } from '#app/platform/permissions/member-role.ts';
import { actInTenant, type TenantClient } from '#app/platform/tenancy.server.ts';
import { findPersonByEmail, type Person } from './find-person.server.ts';

export type SignUpOutcome =
  | { kind: 'sent' }
  | { kind: 'wait'; seconds: number }
  /** The operator has not said under which address the product is reached, so no link can be written. */
  | { kind: 'no-origin' };

/** Whoever opens an account of their own is a customer of this installation; whoever opens a company's is its owner. */
const ROLE_OF: Record<'own' | 'company', MemberRole> = { own: 'customer', company: 'owner' };

export async function signUp(deps: AccountDeps, visit: Visit, input: SignUp): Promise<SignUpOutcome> {
  const { origin } = visit;
  if (origin === null) return { kind: 'no-origin' };
  const seconds = await takeAttempt(deps, 'letter-address', visit.address, deps.now());
  if (seconds !== null) return { kind: 'wait', seconds };
  await answerEvenly(deps, async () => {
    // Hashed in either case: it is the longest part of the work.
    const passwordHash = await hashPassword(input.password);
    const existing = await findPersonByEmail(deps.db, input.email);
    if (existing === null) await openAccount(deps, visit, origin, input, passwordHash);
    else await tellExisting(deps, origin, existing);
  });
  return { kind: 'sent' };
}

async function openAccount(deps: AccountDeps, visit: Visit, origin: string, input: SignUp, passwordHash: string): Promise<void> {
  const { email, name, locale } = input;
  const userId = randomUUID();
  const now = deps.now();
  let token: string;
  try {
    token = await deps.db.$withUser(userId, async (tx) => {
      await tx.user.createMany({ data: { id: userId, email, emailKey: toEmailKey(email), name, locale, createdAt: now } });
      await tx.userCredential.createMany({ data: { userId, passwordHash, passwordChangedAt: now } });
      const link = await createOneTimeToken(tx, { userId, purpose: 'verify-email', email }, now);
      if (input.purpose !== 'invited') await openWorkspace(tx, userId, input, now, visit);
      await recordAccountEvent(tx, { action: 'account.create', userId, email, name }, visit);
      return link;
    });
  } catch (error) {
    // Two sign-ups with one address at the same moment: the other one was quicker and sends the message.
    if ((error as { code?: string }).code === UNIQUE_VIOLATION) return;
    throw error;
  }
  await sendAccountLetter(deps, 'verify', input, toLink(origin, PATHS.verify, { token }));
}

/** Prisma's code for a value that must be unique and is not. */
const UNIQUE_VIOLATION = 'P2002';

async function openWorkspace(
  tx: TenantClient,
  userId: string,
  { purpose, name, workspace }: SignUp,
  now: Date,
  visit: Visit,
): Promise<void> {
  if (purpose === 'invited') return;
  const tenantId = randomUUID();
  await actInTenant(tx, tenantId);
  await tx.tenant.createMany({ data: { id: tenantId, name: workspace ?? name, createdAt: now } });
  await tx.membership.createMany({ data: { tenantId, userId, role: ROLE_OF[purpose], createdAt: now } });
  await recordAccountEvent(tx, { action: 'workspace.create', userId, tenantId, name: workspace ?? name }, visit);
}

/** To the address that is stored, never to the one that was typed: two spellings may be two mailboxes. */
async function tellExisting(deps: AccountDeps, origin: string, person: Person): Promise<void> {
  if ((await takeAttempt(deps, 'letter-account', person.id, deps.now())) !== null) return;
  if (person.isVerified) return sendAccountLetter(deps, 'registered', person, toLink(origin, PATHS.signIn));
  await sendVerification(deps, origin, person);
}

/** Another link for an address that was never confirmed; the earlier ones stop working. */
export async function sendVerification(
  deps: AccountDeps,
  origin: string,
  person: Pick<Person, 'id' | 'email' | 'name' | 'locale'>,
): Promise<void> {
  const token = await deps.db.$withUser(person.id, (tx) =>
    createOneTimeToken(tx, { userId: person.id, purpose: 'verify-email', email: person.email }, deps.now()),
  );
  await sendAccountLetter(deps, 'verify', person, toLink(origin, PATHS.verify, { token }));
}
