/** The watches of one person in one workspace. */
import { findSignal, SIGNALS } from '#app/features/indicators/signals/signals.ts';
import { readFreshHistory } from '#app/features/indicators/stored-history.server.ts';
import type { StoredHistory } from '#app/features/indicators/stored-history.ts';
import { type Db, getDb } from '#app/platform/db.server.ts';
import type { Actor } from '#app/platform/permissions/actor.ts';
import { PermissionError, requirePermission, requireSignedIn } from '#app/platform/permissions/require-permission.ts';
import { judgeSignals } from './judge-signal.ts';
import { NewsFactsSchema } from './news-facts.ts';
import type { WatchesView, WatchView } from './watch-view.ts';

/** News that a page shows. */
const SHOWN_NEWS = 20;

export type WatchDeps = { db: Db; readHistory: () => Promise<StoredHistory> };

/** Read anew: the shipped days in place of an unreadable history would make news of all that turned since. */
export const getWatchDeps = (): WatchDeps => ({ db: getDb(), readHistory: () => readFreshHistory() });

/** Whose watches these are. Throws PermissionError for a guest, and for somebody who is in no workspace. */
function requireMember(actor: Actor): { userId: string; tenantId: string } {
  requirePermission(actor, 'signals.watch');
  requireSignedIn(actor);
  if (actor.tenantId === null) throw new PermissionError('signals.watch', 'workspace');
  return { userId: actor.userId, tenantId: actor.tenantId };
}

/** Every signal with whether it is watched, and the latest that was told. */
export function readWatches({ db }: Pick<WatchDeps, 'db'>, actor: Actor): Promise<WatchesView> {
  const { userId, tenantId } = requireMember(actor);
  return db.$withTenant(tenantId, async (tx) => {
    const watches = await tx.signalWatch.findMany({ where: { userId }, select: { signal: true } });
    const news = await tx.signalNews.findMany({
      where: { watch: { userId } },
      orderBy: [{ at: 'desc' }, { id: 'asc' }],
      take: SHOWN_NEWS,
      include: { watch: { select: { signal: true } } },
    });
    const watched = new Set(watches.map(({ signal }) => signal));
    return {
      watches: SIGNALS.map(({ name }) => ({ signal: name, isWatched: watched.has(name) })),
      news: news.map(({ at, isOn, facts, watch }) => ({
        signal: watch.signal,
        at: at.toISOString(),
        isOn,
        facts: NewsFactsSchema.parse(facts),
      })),
    };
  });
}

/** Null: there is no such signal. What is on already is no news: only what turns from now on is told. May be repeated. */
export async function setWatch({ db, readHistory }: WatchDeps, actor: Actor, { signal, isWatched }: WatchView): Promise<WatchView | null> {
  const { userId, tenantId } = requireMember(actor);
  if (findSignal(signal) === null) return null;
  const judgement = isWatched ? judgeSignals(await readHistory()).get(signal) : undefined;
  await db.$withTenant(tenantId, async (tx) => {
    if (!isWatched) {
      await tx.signalWatch.deleteMany({ where: { userId, signal } });
      return;
    }
    const judgedAt = new Date(judgement?.judgedMs ?? Date.now());
    await tx.signalWatch.createMany({
      data: [{ tenantId, userId, signal, isOn: judgement?.isOn ?? null, judgedAt }],
      skipDuplicates: true,
    });
  });
  return { signal, isWatched };
}
