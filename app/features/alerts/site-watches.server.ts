// The watches of this process, one a site: loaded when first needed, bounded, written under the revision of the site; what a failed write leaves behind is written with the next.
import type { Db } from '#app/platform/db.server.ts';
import type { TenantClient } from '#app/platform/tenancy.server.ts';
import { findWatchedSite, type LoadedWatch, loadWatch, readHeard, readRuleBook, readWatchedMachines } from './store/load-watch.server.ts';
import { lockRevision, saveMemories, writeChanges } from './store/write-changes.server.ts';
import type { AlertChange } from './watch/site-alert.ts';
import type { SiteWatch } from './watch/site-watch.ts';

/** Machines that may be watched at once; the sites that were not asked for longest go first. */
const MAX_MACHINES = 100_000;
/** Settings, places and announcements are looked at anew after so long. */
const REFRESH_S = 30;
/** What a crash may cost the baselines; saved by whoever takes the readings, since nobody else knows them. */
const SAVE_S = 900;
const TIMEOUT_MS = 30_000;
/** Batches that wait for a database that cannot be read; the oldest go first. */
const MAX_UNDONE = 20;
/** Writes that may fail in a row before a watch is given up. */
const MAX_FAILURES = 5;

/** `takesReadings`: the work gives the watch what was just read; without, another process may be the one that does. */
export type Asked = { tenantId: string; siteNumber: number; nowS: number; takesReadings: boolean };
type Kept = LoadedWatch & {
  tenantId: string;
  refreshedAtS: number;
  savedAtS: number;
  /** Found, and not in the tables yet: the last write failed. */
  unwritten: AlertChange[];
  failures: number;
};
type Work = (watch: SiteWatch) => void;
export type Worked = { changed: number; open: number; hasNews: boolean };
const NOTHING: Worked = { changed: 0, open: 0, hasNews: false };

export class SiteWatches {
  readonly #kept = new Map<string, Kept>();
  /** One piece of work a site at a time. */
  readonly #queues = new Map<string, Promise<unknown>>();
  /** Readings that no watch has seen, because the tables could not be read. */
  readonly #undone = new Map<string, Work[]>();

  constructor(private readonly db: Pick<Db, '$withTenant'>) {}

  /** Loads or takes the watch, works on it and writes what came of it. A site that is not there has no alerts. Throws when the database refuses; nothing is lost by that. */
  run(asked: Asked, work: Work): Promise<Worked> {
    const { tenantId, siteNumber } = asked;
    const key = `${tenantId} ${siteNumber}`;
    const queued = (this.#queues.get(key) ?? Promise.resolve()).catch(() => undefined).then(() => this.#runOnce(key, asked, work));
    this.#queues.set(key, queued);
    const clear = () => {
      if (this.#queues.get(key) === queued) this.#queues.delete(key);
    };
    queued.then(clear, clear);
    return queued;
  }

  /** Work is done once: what it found is written with the next work if the transaction fails, and readings that no watch could take are given to it then. */
  async #runOnce(key: string, { tenantId, siteNumber, nowS, takesReadings }: Asked, work: Work): Promise<Worked> {
    let worked: Kept | null = null;
    try {
      const outcome = await this.db.$withTenant(
        tenantId,
        async (tx) => {
          const kept = await this.#load(tx, key, tenantId, siteNumber, nowS);
          if (kept === null) return NOTHING;
          const { watch } = kept;
          if (!takesReadings) watch.hear(await readHeard(tx, kept.site));
          const undone = this.#undone.get(key) ?? [];
          this.#undone.delete(key);
          worked = kept;
          for (const one of undone) one(watch);
          work(watch);
          kept.unwritten.push(...watch.drain());
          const changes = kept.unwritten;
          const hasNews = await writeChanges(tx, tenantId, kept, changes);
          if (takesReadings && nowS - kept.savedAtS >= SAVE_S) {
            await saveMemories(tx, tenantId, kept.ids, watch.memories());
            kept.savedAtS = nowS;
          }
          return { changed: new Set(changes.map(({ alert }) => alert.id)).size, open: watch.openAlerts.length, hasNews };
        },
        { timeoutMs: TIMEOUT_MS },
      );
      if (worked !== null) settle(worked);
      return outcome;
    } catch (error) {
      if (worked === null && takesReadings) this.#undone.set(key, [...(this.#undone.get(key) ?? []), work].slice(-MAX_UNDONE));
      if (worked !== null && countFailure(worked) >= MAX_FAILURES) this.#kept.delete(key);
      throw error;
    }
  }

  /** The watch as the tables know it, which nobody else changes before this transaction ends. */
  async #load(tx: TenantClient, key: string, tenantId: string, siteNumber: number, nowS: number): Promise<Kept | null> {
    const known = this.#kept.get(key);
    const isCurrent = known !== undefined && (await lockRevision(tx, tenantId, known.site.id)) === known.revision;
    if (!isCurrent) {
      const site = await findWatchedSite(tx, siteNumber);
      if (site === null) return null;
      await lockRevision(tx, tenantId, site.id);
      const loaded = await loadWatch(tx, site, nowS);
      // Another process wrote. What is pending stands in no table, and readings teach only whoever takes them.
      if (known !== undefined) loaded.watch.takeOver(known.watch);
      const kept = { ...loaded, tenantId, refreshedAtS: nowS, savedAtS: known?.savedAtS ?? nowS, unwritten: [], failures: 0 };
      this.#kept.delete(key);
      this.#kept.set(key, kept);
      this.#shrink(key);
      return kept;
    }
    // At the end: who was asked for last goes last.
    this.#kept.delete(key);
    this.#kept.set(key, known);
    if (nowS - known.refreshedAtS >= REFRESH_S) {
      const site = await findWatchedSite(tx, siteNumber);
      if (site === null) return null;
      const machines = await readWatchedMachines(tx, site);
      // Machines that leave are written by their ids once more.
      for (const { number, id } of machines) known.ids.set(number, id);
      known.watch.setRules(await readRuleBook(tx, site.id), nowS);
      known.watch.setMachines(machines, nowS);
      known.refreshedAtS = nowS;
    }
    return known;
  }

  #shrink(current: string): void {
    let machines = 0;
    for (const { watch } of this.#kept.values()) machines += watch.size;
    for (const [key, { watch }] of this.#kept) {
      if (machines <= MAX_MACHINES || key === current) return;
      machines -= watch.size;
      this.#kept.delete(key);
    }
  }
}

function settle(kept: Kept): void {
  if (kept.unwritten.length > 0) kept.revision += 1;
  kept.unwritten = [];
  kept.failures = 0;
}

/** What the database refuses again and again must not hold up what comes after it: the watch is then loaded anew. */
function countFailure(kept: Kept): number {
  kept.failures += 1;
  return kept.failures;
}
