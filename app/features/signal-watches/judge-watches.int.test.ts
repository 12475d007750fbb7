/** From a person's wish to the letter, through the tables and the queue: what is told, to whom, and that it is told once. */
import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { followSignal, listChanges } from '#app/features/indicators/signals/follow-signal.ts';
import { findSignal } from '#app/features/indicators/signals/signals.ts';
import { readShippedDays } from '#app/features/indicators/stored-history.server.ts';
import type { StoredHistory } from '#app/features/indicators/stored-history.ts';
import { createDb, type Db } from '#app/platform/db.server.ts';
import type { Letter } from '#app/platform/mail/message.ts';
import { type Actor, GUEST } from '#app/platform/permissions/actor.ts';
import { Queues } from '#app/platform/queues.server.ts';
import { mailSend } from '#jobs/contracts/mail-send.ts';
import { withClient } from '../../../prisma/prepare-database.ts';
import { createScratchDatabase, type ScratchDatabase } from '../../../prisma/scratch-database.ts';
import { type JudgeDeps, judgeWatchesWith } from './judge-watches.server.ts';
import { readWatches, setWatch } from './watch-store.server.ts';

const SIGNAL = 'macd-cross-up';
const shipped = readShippedDays();

/** The history as it was when the day `last` had closed. */
function until(last: number): StoredHistory {
  const columns = Object.fromEntries(Object.entries(shipped.columns).map(([name, column]) => [name, column.subarray(0, last + 1)]));
  return { ...shipped, length: last + 1, columns: columns as StoredHistory['columns'] };
}
const signal = findSignal(SIGNAL)!;
const turns = listChanges(
  followSignal(signal.find(shipped.columns, shipped.length), signal.findEnd(shipped.columns, shipped.length)),
  shipped.length - 400,
);
const on = turns.find(({ isOn, day }, turn) => isOn && turns[turn + 1]!.day - day > 3 && day - (turns[turn - 1]?.day ?? day) > 3)!.day;
const off = turns.find(({ day }) => day > on)!.day;
const dayOf = (day: number) => new Date(shipped.startAtMs + day * shipped.stepMs).toISOString();

let scratch: ScratchDatabase;
let db: Db;
let letters: { letter: Letter; id: string }[];
let troubles: string[];
let deps: JudgeDeps;

beforeAll(async () => {
  scratch = await createScratchDatabase(process.env.TEST_DATABASE_OWNER_URL);
  db = createDb(scratch.appUrl, { maxConnections: 6 });
});
afterAll(async () => {
  await db?.$disconnect();
  await scratch?.drop();
});
beforeEach(async () => {
  await withClient(scratch.ownerUrl, (owner) => owner.query('DELETE FROM signal_watches'));
  letters = [];
  troubles = [];
  deps = {
    db,
    origin: 'https://mine.example',
    sendLetter: async (letter, id) => void letters.push({ letter, id }),
    onTrouble: (_tenantId, error) => void troubles.push(String(error)),
  };
});

type PersonOptions = { tenantId?: string; locale?: string; isVerified?: boolean; isSuspended?: boolean };

function aPerson({ tenantId, locale = 'en', isVerified = true, isSuspended = false }: PersonOptions = {}): Promise<Actor> {
  return withClient(scratch.ownerUrl, async (owner) => {
    const tenant = tenantId ?? (await owner.query<{ id: string }>(`INSERT INTO tenants (name) VALUES ('A mine') RETURNING id`)).rows[0]!.id;
    const email = `${randomUUID()}@mine.example`;
    const { rows } = await owner.query<{ id: string }>(
      `INSERT INTO users (email, email_key, name, locale, email_verified_at) VALUES ($1, $1, 'Lin', $2, $3) RETURNING id`,
      [email, locale, isVerified ? new Date() : null],
    );
    const userId = rows[0]!.id;
    await owner.query(`INSERT INTO memberships (tenant_id, user_id, role, suspended_at) VALUES ($1, $2, 'operator', $3)`, [
      tenant,
      userId,
      isSuspended ? new Date() : null,
    ]);
    return { ...GUEST, userId, tenantId: tenant, role: 'operator' };
  });
}

const watchFrom = (actor: Actor, day: number) =>
  setWatch({ db, readHistory: async () => until(day) }, actor, { signal: SIGNAL, isWatched: true });
const judge = (day: number, given: JudgeDeps = deps) => judgeWatchesWith(given, until(day));

describe('a watched signal', () => {
  it('is told on the day it turns on, with what happens anyway beside it, and again when it turns off', async () => {
    const person = await aPerson();
    await watchFrom(person, on - 1);
    expect(await judge(on - 1)).toEqual({ changes: 0, letters: 0 });
    expect(await judge(on)).toEqual({ changes: 1, letters: 1 });
    const { letter } = letters[0]!;
    expect(letter.subject).toBe('Signal on: MACD rises above its signal');
    expect(letter.paragraphs[1]).toMatch(/^7 days later the price was higher in \d+% of \d+ cases; after any day it was in \d+%\.$/);
    expect(letter.action?.url).toBe('https://mine.example/market/indicators?indicator=macd&candles=1d&span=1y');
    await judge(off);
    expect(letters.map((one) => one.letter.subject)).toEqual([
      'Signal on: MACD rises above its signal',
      'Signal off: MACD rises above its signal',
    ]);
    const { news } = await readWatches({ db }, person);
    expect(news.map(({ at, isOn }) => [at, isOn])).toEqual([
      [dayOf(off), false],
      [dayOf(on), true],
    ]);
    expect(news[1]!.facts.outcomes.map(({ baseRatio }) => baseRatio)).toEqual([expect.any(Number), expect.any(Number), expect.any(Number)]);
  });

  it('is told once, however often and however many at once judge the same day', async () => {
    await watchFrom(await aPerson(), on - 1);
    const sent = new Set<string>();
    const counting: JudgeDeps = { ...deps, sendLetter: async (_letter, id) => void sent.add(id) };
    const runs = await Promise.all([judge(on, counting), judge(on, counting), judge(on, counting)]);
    expect(runs.reduce((sum, { changes }) => sum + changes, 0)).toBe(1);
    expect(sent.size).toBe(1);
    expect(await judge(on, counting)).toEqual({ changes: 0, letters: 0 });
    expect(await judge(on + 1, counting)).toEqual({ changes: 0, letters: 0 });
  });

  it('is told after all when the run died before its letter was on the way', async () => {
    await watchFrom(await aPerson(), on - 1);
    await watchFrom(await aPerson(), on - 1);
    await judge(on, { ...deps, sendLetter: () => Promise.reject(new Error('the queue is gone')) });
    // Each workspace by itself: the second is judged although the first could not be told.
    expect(troubles).toEqual(['Error: the queue is gone', 'Error: the queue is gone']);
    expect(letters).toEqual([]);
    expect(await judge(on)).toEqual({ changes: 0, letters: 2 });
    expect(await judge(on)).toEqual({ changes: 0, letters: 0 });
  });

  it('is sent once when the run died after its letter was on the way and before that was written down', async () => {
    await watchFrom(await aPerson(), on - 1);
    const queues = new Queues(new Redis(process.env.TEST_REDIS_URL!, { maxRetriesPerRequest: null }), {
      prefix: `signals-${randomUUID()}`,
    });
    try {
      const enqueue: JudgeDeps['sendLetter'] = (letter, id) => queues.enqueue(mailSend, { id, sealed: letter.subject });
      const dying: JudgeDeps['sendLetter'] = async (letter, id) => {
        await enqueue(letter, id);
        throw new Error('killed');
      };
      await judge(on, { ...deps, sendLetter: dying });
      await judge(on, { ...deps, sendLetter: dying });
      expect(await judge(on, { ...deps, sendLetter: enqueue })).toEqual({ changes: 0, letters: 1 });
      expect(await queues.get('mail').getJobCounts('waiting', 'completed', 'failed')).toMatchObject({ waiting: 1 });
    } finally {
      await queues.get('mail').obliterate({ force: true });
      await queues.close();
    }
  });

  it('that is on already is no news, and what turned while nobody watched is none either', async () => {
    const person = await aPerson();
    await watchFrom(person, on + 1);
    await judge(on + 2);
    expect(letters).toEqual([]);
    await setWatch({ db, readHistory: async () => until(on + 2) }, person, { signal: SIGNAL, isWatched: false });
    expect(await judge(off)).toEqual({ changes: 0, letters: 0 });
    await watchFrom(person, off);
    await judge(off);
    expect((await readWatches({ db }, person)).news).toEqual([]);
  });

  it('is not told weeks late, when candles come after a long silence', async () => {
    const person = await aPerson();
    const long = turns.find(({ day }, turn) => (turns[turn + 1]?.day ?? 0) - day > 12)!.day;
    await watchFrom(person, long - 1);
    expect(await judge(long + 10)).toEqual({ changes: 0, letters: 0 });
  });

  it('is judged on no history that is shorter than the one before', async () => {
    await watchFrom(await aPerson(), on);
    expect(await judge(on - 20)).toEqual({ changes: 0, letters: 0 });
    expect(await judge(on)).toEqual({ changes: 0, letters: 0 });
  });
});

describe('who is told', () => {
  it('is the person who asked, in the own language, and nobody else of the workspace or of another', async () => {
    const asking = await aPerson({ locale: 'zh' });
    const colleague = await aPerson({ tenantId: asking.tenantId! });
    const stranger = await aPerson();
    await watchFrom(asking, on - 1);
    await judge(on);
    expect(letters.map(({ letter }) => [letter.language, letter.subject])).toEqual([['zh', '信号出现：MACD 上穿信号线']]);
    for (const other of [colleague, stranger]) {
      const view = await readWatches({ db }, other);
      expect(view.news).toEqual([]);
      expect(view.watches.some(({ isWatched }) => isWatched)).toBe(false);
    }
    await setWatch({ db, readHistory: async () => until(on) }, stranger, { signal: SIGNAL, isWatched: false });
    expect((await readWatches({ db }, asking)).watches.find((watch) => watch.signal === SIGNAL)!.isWatched).toBe(true);
  });

  it('finds it on the page alone where the address is not known to be theirs, and gets no letter while suspended', async () => {
    const people = await Promise.all([aPerson({ isVerified: false }), aPerson({ isSuspended: true })]);
    for (const person of people) await watchFrom(person, on - 1);
    expect(await judge(on)).toEqual({ changes: 2, letters: 0 });
    for (const person of people) expect((await readWatches({ db }, person)).news).toHaveLength(1);
    expect(await judge(on)).toEqual({ changes: 0, letters: 0 });
  });

  it('is nobody who has left the workspace', async () => {
    const person = await aPerson();
    await watchFrom(person, on - 1);
    await withClient(scratch.ownerUrl, (owner) => owner.query('DELETE FROM memberships WHERE user_id = $1', [person.userId]));
    expect(await judge(on)).toEqual({ changes: 0, letters: 0 });
  });

  it('is no guest', () => {
    expect(() => readWatches({ db }, GUEST)).toThrow('refused: sign-in');
  });
});

describe('a switch', () => {
  it('pressed twice is pressed once, and there is none for a signal that there is not', async () => {
    const person = await aPerson();
    await Promise.all([watchFrom(person, on), watchFrom(person, on)]);
    expect((await readWatches({ db }, person)).watches.filter(({ isWatched }) => isWatched)).toEqual([{ signal: SIGNAL, isWatched: true }]);
    const asked = { signal: 'toString', isWatched: true };
    expect(await setWatch({ db, readHistory: async () => until(on) }, person, asked)).toBeNull();
  });
});
