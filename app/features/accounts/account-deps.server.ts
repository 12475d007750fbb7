// What the use cases of this room stand on. Tests hand over their own.
import type { Redis } from 'ioredis';
import { type Db, getDb } from '#app/platform/db.server.ts';
import { type Env, getEnv } from '#app/platform/env.server.ts';
import type { Language } from '#app/platform/i18n/languages.ts';
import { enqueueLetter, type SendLetter } from '#app/platform/mail/send-message.server.ts';
import type { Actor } from '#app/platform/permissions/actor.ts';
import { getRedis } from '#app/platform/redis.server.ts';
import { SessionStore } from '#app/platform/sessions/session-store.server.ts';

export type AccountDeps = {
  db: Db;
  redis: Redis;
  sessions: SessionStore;
  sendLetter: SendLetter;
  mode: Env['HASHINSIGHT_MODE'];
  /** Seals second factors. */
  secret: string;
  now: () => Date;
  /** Keeps the keys of tests apart that share a Redis. */
  keyPrefix: string;
  /** Answers that must not tell whether an address exists take at least this long. */
  leastAnswerMs: number;
};

/** Above what a hash and two transactions take on a busy machine. */
const LEAST_ANSWER_MS = 400;

export function getAccountDeps(): AccountDeps {
  const { HASHINSIGHT_MODE, SESSION_SECRET } = getEnv();
  const redis = getRedis();
  return {
    db: getDb(),
    redis,
    sessions: new SessionStore(redis),
    sendLetter: enqueueLetter,
    mode: HASHINSIGHT_MODE,
    secret: SESSION_SECRET,
    now: () => new Date(),
    keyPrefix: '',
    leastAnswerMs: LEAST_ANSWER_MS,
  };
}

/** Where a request came from, and who sent it. */
export type Visit = {
  /** Address of the product for links in messages; null: none that could be trusted. */
  origin: string | null;
  address: string;
  /** Names the request in logs; null for commands. */
  requestId: string | null;
  /** A guest where nobody is signed in yet. */
  actor: Actor;
  userAgent: string;
  /** Names the browser across its requests; null: it was shown no form yet. */
  browserId: string | null;
  language: Language;
  /** Cookie of a session that the browser came with; a new one takes its place. */
  sessionToken: string | null;
};

/** Runs the work and answers no sooner than the others of its kind: time tells nobody which path was taken. */
export async function answerEvenly<T>({ leastAnswerMs }: Pick<AccountDeps, 'leastAnswerMs'>, work: () => Promise<T>): Promise<T> {
  const [result] = await Promise.allSettled([work(), new Promise((resolve) => setTimeout(resolve, leastAnswerMs))]);
  if (result.status === 'rejected') throw result.reason;
  return result.value;
}
