// Sessions in Redis. The key is the hash of the cookie, so that a dump of Redis signs nobody in. A session that was ended is never written again: last use
// is noted with XX, which does nothing when the key is gone.
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import { createOpaqueToken, hashOpaqueToken } from '../opaque-token.server.ts';
import {
  ABSOLUTE_LIMIT_MS,
  computeRemainingMs,
  MAX_USER_AGENT_CHARACTERS,
  type SessionRecord,
  SessionRecordSchema,
  TOUCH_INTERVAL_MS,
} from './session-record.ts';

export type NewSession = Pick<SessionRecord, 'userId' | 'tenantId' | 'stage' | 'userAgent' | 'address'>;

/** `prefix` keeps the keys of tests apart that share a Redis. */
export class SessionStore {
  readonly #redis: Redis;
  readonly #prefix: string;

  constructor(redis: Redis, { prefix = '' }: { prefix?: string } = {}) {
    this.#redis = redis;
    this.#prefix = prefix;
  }

  #keyOf(tokenHash: string): string {
    return `${this.#prefix}session:${tokenHash}`;
  }

  /** Hash of session id -> hash of its cookie, for lists and for signing out everywhere. */
  #indexOf(userId: string): string {
    return `${this.#prefix}sessions-of:${userId}`;
  }

  /** Always a new cookie: one that somebody planted before sign-in is worth nothing afterwards. */
  async create(session: NewSession, nowMs: number): Promise<{ token: string; record: SessionRecord }> {
    const token = createOpaqueToken();
    const record: SessionRecord = {
      ...session,
      userAgent: session.userAgent.slice(0, MAX_USER_AGENT_CHARACTERS),
      id: randomUUID(),
      createdAtMs: nowMs,
      lastSeenAtMs: nowMs,
    };
    const tokenHash = hashOpaqueToken(token);
    const index = this.#indexOf(session.userId);
    const results = await this.#redis
      .multi()
      .set(this.#keyOf(tokenHash), JSON.stringify(record), 'PX', computeRemainingMs(record, nowMs))
      .hset(index, record.id, tokenHash)
      .pexpire(index, ABSOLUTE_LIMIT_MS)
      .exec();
    for (const [error] of results ?? []) if (error) throw error;
    return { token, record };
  }

  /** Null: unknown, ended or over. Notes the use. */
  async find(token: string, nowMs: number): Promise<SessionRecord | null> {
    const key = this.#keyOf(hashOpaqueToken(token));
    const record = await this.#read(key, nowMs);
    if (record === null || nowMs - record.lastSeenAtMs < TOUCH_INTERVAL_MS) return record;
    const touched = { ...record, lastSeenAtMs: nowMs };
    await this.#redis.set(key, JSON.stringify(touched), 'PX', computeRemainingMs(touched, nowMs), 'XX');
    return touched;
  }

  async #read(key: string, nowMs: number): Promise<SessionRecord | null> {
    const text = await this.#redis.get(key);
    if (text === null) return null;
    const record = SessionRecordSchema.parse(JSON.parse(text));
    return computeRemainingMs(record, nowMs) > 0 ? record : null;
  }

  /** The same browser under a new cookie, after its rights have changed; the old cookie is worth nothing at once. Starts the absolute limit anew only with the stage. */
  async rotate(
    token: string,
    changes: Partial<Pick<SessionRecord, 'stage' | 'tenantId'>>,
    nowMs: number,
  ): Promise<{ token: string; record: SessionRecord } | null> {
    const old = await this.find(token, nowMs);
    if (old === null || !(await this.end(token))) return null;
    const { id: _, createdAtMs, lastSeenAtMs: __, ...kept } = old;
    const created = await this.create({ ...kept, ...changes }, nowMs);
    if (changes.stage !== undefined && changes.stage !== old.stage) return created;
    const record = { ...created.record, createdAtMs };
    await this.#redis.set(
      this.#keyOf(hashOpaqueToken(created.token)),
      JSON.stringify(record),
      'PX',
      Math.max(1, computeRemainingMs(record, nowMs)),
      'XX',
    );
    return { token: created.token, record };
  }

  /** True when there was something to end: of two that rotate one cookie at once, one succeeds. */
  async end(token: string): Promise<boolean> {
    const tokenHash = hashOpaqueToken(token);
    const text = await this.#redis.getdel(this.#keyOf(tokenHash));
    if (text === null) return false;
    const { userId, id } = SessionRecordSchema.parse(JSON.parse(text));
    await this.#redis.hdel(this.#indexOf(userId), id);
    return true;
  }

  /** Ends one of the person's own sessions by its listed id; false when the person has no such session. */
  async endById(userId: string, id: string): Promise<boolean> {
    const tokenHash = await this.#redis.hget(this.#indexOf(userId), id);
    if (tokenHash === null) return false;
    const [ended] = await Promise.all([this.#redis.del(this.#keyOf(tokenHash)), this.#redis.hdel(this.#indexOf(userId), id)]);
    return ended === 1;
  }

  /** Signs the person out everywhere, but for the session `exceptId`. Returns how many ended. */
  async endAll(userId: string, exceptId: string | null = null): Promise<number> {
    const all = await this.#redis.hgetall(this.#indexOf(userId));
    const ended = await Promise.all(
      Object.keys(all)
        .filter((id) => id !== exceptId)
        .map((id) => this.endById(userId, id)),
    );
    return ended.filter(Boolean).length;
  }

  /** The person's living sessions, last used first. Forgets those that are over. */
  async list(userId: string, nowMs: number): Promise<SessionRecord[]> {
    const all = await this.#redis.hgetall(this.#indexOf(userId));
    const records: SessionRecord[] = [];
    for (const [id, tokenHash] of Object.entries(all)) {
      const record = await this.#read(this.#keyOf(tokenHash), nowMs);
      if (record === null) await this.#redis.hdel(this.#indexOf(userId), id);
      else records.push(record);
    }
    return records.sort((a, b) => b.lastSeenAtMs - a.lastSeenAtMs);
  }
}
