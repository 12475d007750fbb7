// The watches of this process, one a site: loaded when first needed, bounded, written under the revision of the site, and thrown away when a write fails.
import type { Db } from '#app/platform/db.server.ts';
import type { TenantClient } from '#app/platform/tenancy.server.ts';
import { findWatchedSite, type LoadedWatch, loadWatch, readHeard, readRuleBook, readWatchedMachines } from './store/load-watch.server.ts';
import { saveMemories, WatchOutdated, writeChanges } from './store/write-changes.server.ts';
import type { SiteWatch } from './watch/site-watch.ts';

/** Machines that may be watched at once; the sites that were not asked for longest go first. */
const MAX_MACHINES = 100_000;
/** Settings, places and announcements are looked at anew after so long. */
const REFRESH_S = 30;
/** What a crash may cost the baselines; saved by whoever takes the readings, since nobody else knows them. */
const SAVE_S = 900;
const TIMEOUT_MS = 30_000;

/** `takesReadings`: the work gives the watch what was just read; without, another process may be the one that does. */
export type Asked = { tenantId: string; siteNumber: number; nowS: number; takesReadings: boolean };
type Kept = LoadedWatch & { tenantId: string; refreshedAtS: number; savedAtS: number };
export type Worked = { changed: number; open: number; hasNews: boolean };
const NOTHING: Worked = { changed: 0, open: 0, hasNews: false };

export class SiteWatches {
  readonly #kept = new Map<string, Kept>();
  /** One piece of work a site at a time. */
  readonly #queues = new Map<string, Promise<unknown>>();

  constructor(private readonly db: Db) {}

  /** Loads or takes the watch, works on it and writes what came of it. A site that is not there has no alerts. */
  run(asked: Asked, work: (watch: SiteWatch) => void): Promise<Worked> {
    const { tenantId, siteNumber } = asked;
    const key = `${tenantId} ${siteNumber}`;
    const queued = (this.#queues.get(key) ?? Promise.resolve()).catch(() => undefined).then(() => this.#runTwice(key, asked, work));
    this.#queues.set(key, queued);
    const clear = () => {
      if (this.#queues.get(key) === queued) this.#queues.delete(key);
    };
    queued.then(clear, clear);
    return queued;
  }

  async #runTwice(key: string, asked: Asked, work: (watch: SiteWatch) => void): Promise<Worked> {
    try {
      return await this.#runOnce(key, asked, work);
    } catch (error) {
      this.#kept.delete(key);
      // Another process wrote: from the tables as they are now, the same readings once more.
      if (error instanceof WatchOutdated) return this.#runOnce(key, asked, work);
      throw error;
    }
  }

  #runOnce(key: string, asked: Asked, work: (watch: SiteWatch) => void): Promise<Worked> {
    const { tenantId, siteNumber, nowS, takesReadings } = asked;
    return this.db.$withTenant(
      tenantId,
      async (tx) => {
        const kept = await this.#load(tx, key, tenantId, siteNumber, nowS);
        if (kept === null) return NOTHING;
        const { watch } = kept;
        if (!takesReadings) watch.hear(await readHeard(tx, kept.site));
        work(watch);
        const changes = watch.drain();
        const hasNews = await writeChanges(tx, tenantId, kept, changes);
        if (changes.length > 0) kept.revision += 1;
        if (takesReadings && nowS - kept.savedAtS >= SAVE_S) {
          await saveMemories(tx, tenantId, kept.ids, watch.memories());
          kept.savedAtS = nowS;
        }
        return { changed: new Set(changes.map(({ alert }) => alert.id)).size, open: watch.openAlerts.length, hasNews };
      },
      { timeoutMs: TIMEOUT_MS },
    );
  }

  async #load(tx: TenantClient, key: string, tenantId: string, siteNumber: number, nowS: number): Promise<Kept | null> {
    const known = this.#kept.get(key);
    this.#kept.delete(key);
    if (known === undefined) {
      const site = await findWatchedSite(tx, siteNumber);
      if (site === null) return null;
      const kept = { ...(await loadWatch(tx, site, nowS)), tenantId, refreshedAtS: nowS, savedAtS: nowS };
      this.#kept.set(key, kept);
      this.#shrink(key);
      return kept;
    }
    // At the end: who was asked for last goes last.
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
