// What tests of accounts stand on: a database of their own, keys of their own in Redis, a clock that they set, and the messages that would have been sent.
import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { signIn } from '#app/features/accounts/entry/sign-in.server.ts';
import { signUp } from '#app/features/accounts/entry/sign-up.server.ts';
import { verifyEmail } from '#app/features/accounts/entry/verify-email.server.ts';
import { acceptInvitation, invite } from '#app/features/accounts/people/invitations.server.ts';
import { listMembers } from '#app/features/accounts/people/members.server.ts';
import type { Member } from '#app/features/accounts/tokens/personal-tokens.server.ts';
import type { AccountDeps, Visit } from '../../app/features/accounts/account-deps.server.ts';
import type { SignUp } from '../../app/features/accounts/account-form.ts';
import { createDb } from '../../app/platform/db.server.ts';
import type { Letter } from '../../app/platform/mail/message.ts';
import { type Actor, GUEST } from '../../app/platform/permissions/actor.ts';
import type { ActorDeps } from '../../app/platform/sessions/actor.server.ts';
import { SessionStore } from '../../app/platform/sessions/session-store.server.ts';
import { createScratchDatabase } from '../../prisma/scratch-database.ts';
import { PASSWORD } from './password.ts';

const SECRET = '4b1f0c9e7d2a8356b1c4d7e0f9a28c3d';

export type AccountStack = {
  deps: AccountDeps;
  actorDeps: ActorDeps;
  ownerUrl: string;
  appUrl: string;
  letters: Letter[];
  /** The secret in the link of the last message to this address. */
  lastToken: (email: string) => string;
  setNow: (at: Date) => void;
  passMinutes: (minutes: number) => void;
  stop: () => Promise<void>;
};

export async function startAccountStack(mode: AccountDeps['mode'] = 'test'): Promise<AccountStack> {
  const redisUrl = process.env.TEST_REDIS_URL;
  if (!redisUrl) throw new Error('TEST_REDIS_URL is not set; run this test through npm test');
  const scratch = await createScratchDatabase(process.env.TEST_DATABASE_OWNER_URL);
  const db = createDb(scratch.appUrl, { maxConnections: 4 });
  const redis = new Redis(redisUrl);
  const keyPrefix = `${randomUUID()}:`;
  const sessions = new SessionStore(redis, { prefix: keyPrefix });
  const letters: Letter[] = [];
  // Redis counts the life of keys by its own clock, so tests begin at the real time.
  let now = new Date();
  const deps: AccountDeps = {
    db,
    redis,
    sessions,
    sendLetter: async (letter) => void letters.push(letter),
    mode,
    secret: SECRET,
    now: () => now,
    keyPrefix,
    leastAnswerMs: 0,
  };
  return {
    deps,
    actorDeps: { db, redis, sessions, mode, secret: SECRET, now: () => now },
    ownerUrl: scratch.ownerUrl,
    appUrl: scratch.appUrl,
    letters,
    lastToken: (email) => {
      const url = letters.findLast(({ to }) => to === email)?.action?.url ?? '';
      const { searchParams } = new URL(url);
      return searchParams.get('token') ?? searchParams.get('change') ?? '';
    },
    setNow: (at) => {
      now = at;
    },
    passMinutes: (minutes) => {
      now = new Date(now.getTime() + minutes * 60_000);
    },
    stop: async () => {
      await db.$disconnect();
      redis.disconnect();
      await scratch.drop();
    },
  };
}

export function aVisit(changes: Partial<Visit> = {}): Visit {
  return {
    origin: 'https://hashinsight.example',
    address: '192.0.2.7',
    userAgent: 'Firefox/140.0',
    browserId: 'this browser',
    language: 'en',
    sessionToken: null,
    requestId: null,
    actor: GUEST,
    ...changes,
  };
}

export function aSignUp(changes: Partial<SignUp> = {}): SignUp {
  return {
    email: `${randomUUID()}@example.org`,
    name: 'Lin Wei',
    password: PASSWORD,
    purpose: 'own',
    workspace: null,
    locale: 'en',
    ...changes,
  };
}

/** Signs up, follows the link and is signed in. Gives the person's id, workspace and cookie. */
export async function openAccount(stack: AccountStack, changes: Partial<SignUp> = {}) {
  const { deps } = stack;
  const input = aSignUp(changes);
  await signUp(deps, aVisit({ address: randomUUID() }), input);
  const outcome = await verifyEmail(deps, aVisit(), { token: stack.lastToken(input.email), password: input.password });
  if (outcome.kind !== 'signed-in') throw new Error(`the account was not opened: ${outcome.kind}`);
  const record = await deps.sessions.find(outcome.token, deps.now().getTime());
  if (record === null) throw new Error('there is no session');
  return { ...input, userId: record.userId, tenantId: record.tenantId, token: outcome.token, record };
}

/** The cookie after signing in with the password. Throws when it does not end there. */
export async function signInAgain({ deps }: AccountStack, { email, password }: { email: string; password: string }): Promise<string> {
  const outcome = await signIn(deps, aVisit(), { email, password });
  if (outcome.kind !== 'signed-in') throw new Error(`not signed in: ${outcome.kind}`);
  return outcome.token;
}

export type TestAccount = Awaited<ReturnType<typeof openAccount>>;

export const toMember = ({ userId }: TestAccount, tenantId: string, role: Actor['role']): Member => ({ ...GUEST, userId, tenantId, role });

/** A company's workspace with its owner. */
export async function aCompany(stack: AccountStack) {
  const owner = await openAccount(stack, { purpose: 'company', workspace: '北方水电矿场', name: 'Zhao' });
  if (owner.tenantId === null) throw new Error('a company has a workspace');
  return { owner, tenantId: owner.tenantId, actor: toMember(owner, owner.tenantId, 'owner') };
}

/** Somebody new in the workspace, by invitation. */
export async function joinCompany(
  stack: AccountStack,
  company: Awaited<ReturnType<typeof aCompany>>,
  role: 'admin' | 'operator' | 'client',
) {
  const account = await openAccount(stack, { purpose: 'invited' });
  const letter = { email: account.email, role, language: 'en', roleName: role } as const;
  await invite(stack.deps, aVisit({ address: randomUUID() }), company.actor, letter);
  const person = { id: account.userId, email: account.email };
  const outcome = await acceptInvitation(stack.deps, aVisit(), person, stack.lastToken(account.email));
  const member = (await listMembers(stack.deps, company.tenantId)).find(({ userId }) => userId === account.userId);
  if (outcome.kind !== 'joined' || member === undefined) throw new Error(`an invited person is ${outcome.kind}`);
  return { ...account, member };
}
