/**
 * Judges every watched signal on the newest stored days and tells who asked. Twice or side by side it comes to the same: the watch is locked while its changes are written, a change is a row by its
 * day, and its letter has the row's name, under which the queue takes it once.
 */
import { readFreshHistory } from '#app/features/indicators/stored-history.server.ts';
import type { StoredHistory } from '#app/features/indicators/stored-history.ts';
import { type Db, getDb } from '#app/platform/db.server.ts';
import { getEnv } from '#app/platform/env.server.ts';
import { LANGUAGES } from '#app/platform/i18n/languages.ts';
import { getLog } from '#app/platform/log.server.ts';
import type { Letter } from '#app/platform/mail/message.ts';
import { enqueueLetter } from '#app/platform/mail/send-message.server.ts';
import { type Judgement, judgeSignals, listNews } from './judge-signal.ts';
import { NewsFactsSchema } from './news-facts.ts';
import { writeSignalLetter } from './signal-letter.ts';

/** Letters of one go and workspace; the next run takes the rest. */
const MAX_LETTERS = 1_000;
const TIMEOUT_MS = 30_000;

export type JudgeDeps = {
  db: Db;
  /** PUBLIC_ORIGIN. */
  origin: string | undefined;
  /** `id` names the letter: the same name is sent once. */
  sendLetter: (letter: Letter, id: string) => Promise<void>;
  /** A workspace could not be judged or told. */
  onTrouble: (tenantId: string, error: unknown) => void;
};

export type JudgeResult = { changes: number; letters: number };

/** One run with the process's own database and mail. */
export async function judgeWatches(signal: AbortSignal): Promise<JudgeResult> {
  const onTrouble: JudgeDeps['onTrouble'] = (tenantId, error) => getLog().error('signals.judge', { tenantId, error });
  const deps = { db: getDb(), origin: getEnv().PUBLIC_ORIGIN, sendLetter: enqueueLetter, onTrouble };
  return judgeWatchesWith(deps, await readFreshHistory(), signal);
}

/** One workspace that cannot be judged is no reason to leave out the others; the next run is its retry. */
export async function judgeWatchesWith(deps: JudgeDeps, history: StoredHistory, signal?: AbortSignal): Promise<JudgeResult> {
  const judgements = judgeSignals(history);
  const result = { changes: 0, letters: 0 };
  for (const { id } of await deps.db.signalTenant.findMany({ orderBy: { id: 'asc' } })) {
    if (signal?.aborted) break;
    try {
      result.changes += await noteChanges(deps.db, id, history, judgements);
      result.letters += await sendLetters(deps, id);
    } catch (error) {
      deps.onTrouble(id, error);
    }
  }
  return result;
}

type WatchRow = { id: string; signal: string; judgedAt: Date };

function noteChanges(db: Db, tenantId: string, history: StoredHistory, judgements: ReadonlyMap<string, Judgement>): Promise<number> {
  return db.$withTenant(
    tenantId,
    async (tx) => {
      const watches = await tx.$queryRaw<WatchRow[]>`
        SELECT id, signal, judged_at AS "judgedAt" FROM signal_watches ORDER BY id FOR UPDATE`;
      let changes = 0;
      for (const { id, signal, judgedAt } of watches) {
        const judgement = judgements.get(signal);
        // Nothing newer, or a history that is shorter for once because the database did not answer.
        if (judgement === undefined || judgement.judgedMs <= judgedAt.getTime()) continue;
        const news = listNews(judgement, history, judgedAt.getTime());
        const rows = news.map(({ atMs, isOn, facts }) => ({ tenantId, watchId: id, at: new Date(atMs), isOn, facts }));
        changes += (await tx.signalNews.createMany({ data: rows, skipDuplicates: true })).count;
        await tx.signalWatch.update({ where: { id }, data: { isOn: judgement.isOn, judgedAt: new Date(judgement.judgedMs) } });
      }
      return changes;
    },
    { timeoutMs: TIMEOUT_MS },
  );
}

/** Also those of a run that died before it came to them. */
async function sendLetters({ db, origin, sendLetter }: JudgeDeps, tenantId: string): Promise<number> {
  const untold = await db.$withTenant(tenantId, (tx) =>
    tx.signalNews.findMany({
      where: { toldAt: null },
      orderBy: [{ at: 'asc' }, { id: 'asc' }],
      take: MAX_LETTERS,
      include: { watch: { include: { membership: { include: { user: true } } } } },
    }),
  );
  let letters = 0;
  for (const { id, at, isOn, facts, watch } of untold) {
    const { user, suspendedAt } = watch.membership;
    // The page has it for everybody; a letter goes only to an address that is known to be the person's.
    const isReachable = suspendedAt === null && user.suspendedAt === null && user.emailVerifiedAt !== null;
    if (isReachable) {
      const language = LANGUAGES.find((one) => one === user.locale) ?? 'en';
      const news = { signal: watch.signal, at: at.toISOString(), isOn, facts: NewsFactsSchema.parse(facts) };
      await sendLetter(writeSignalLetter(user.email, language, news, origin), id);
      letters += 1;
    }
    await db.$withTenant(tenantId, (tx) => tx.signalNews.updateMany({ where: { id, toldAt: null }, data: { toldAt: new Date() } }));
  }
  return letters;
}
