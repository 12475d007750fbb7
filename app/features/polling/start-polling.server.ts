// The pollers of this worker process: it finds out what is to be polled, takes sites for itself that no other worker has, and keeps a poller for each.
import { randomUUID } from 'node:crypto';
import type { Redis } from 'ioredis';
import type { BulkDb } from '#app/platform/bulk-db.server.ts';
import type { Db } from '#app/platform/db.server.ts';
import type { DatabaseListener } from '#app/platform/listen-database.server.ts';
import type { Log } from '#app/platform/log.server.ts';
import type { ReadMachine } from '#collectors/cgminer/reading.ts';
import { askInTurn } from './ask-in-turn.server.ts';
import { guardRead } from './guarded-read.server.ts';
import { listPollSites, listPollTenants, type PollSite } from './list-poll-sites.server.ts';
import { type BatchHook, type SiteCounts, type SitePoller, startSitePoller } from './poll-one-site.server.ts';
import { createSiteLeases, LEASE_MS, LEASE_TICK_MS } from './site-leases.server.ts';

/** What is to be polled is read anew at least so often, notices or not. */
const REFRESH_MS = 60_000;
/** Many changes that come together are read once. */
const NOTICE_MS = 500;

export type PollingDeps = {
  db: Db;
  bulkDb: BulkDb;
  /** For commands: fails while Redis is away instead of waiting. */
  redis: Redis;
  log: Log;
  read: ReadMachine;
  hooks: readonly BatchHook[];
  /** POLL_LOOPBACK: sites of the demonstration may always lie on this computer. */
  allowsLoopback: boolean;
  /** TELEMETRY_RAW_DAYS. */
  rawDays: number;
  /** Tells of committed changes: the id of the workspace, or null when something may have been missed. */
  listen: (onNotice: (tenantId: string | null) => void) => DatabaseListener;
  leaseMs?: number;
  leaseTickMs?: number;
};

export type PolledSite = { tenantId: string; siteNumber: number; machines: number; counts: SiteCounts };

export type Polling = {
  sites(): PolledSite[];
  /** Stores what waits, for `graceMs` at most, and gives the sites back. */
  stop(graceMs: number): Promise<void>;
};

type Running = { tenantId: string; siteNumber: number; poller: SitePoller };

export function startPolling(deps: PollingDeps): Polling {
  const { db, redis, log, leaseMs = LEASE_MS, leaseTickMs = LEASE_TICK_MS } = deps;
  /** Under the rule of addresses, which turns names into addresses: whatever the sites call a machine, it is asked by one poller at a time. */
  const readInTurn = askInTurn(deps.read);
  const leases = createSiteLeases(redis, randomUUID(), { leaseMs, tickMs: leaseTickMs });
  /** By workspace, as last read. */
  const wanted = new Map<string, PollSite[]>();
  const running = new Map<string, Running>();
  const stopping = new Set<Promise<void>>();
  const noticed = new Set<string>();
  let isAllNoticed = true;
  let isStopping = false;
  let areListsAway = false;
  let noticeTimer: NodeJS.Timeout | null = null;
  let work: Promise<void> = Promise.resolve();
  const grace = new AbortController();

  /** One thing after the other: reading lists and taking sites change the same maps. */
  function enqueue(act: () => Promise<void>): Promise<void> {
    work = work.then(act).catch((error) => log.error('polling.failed', { error }));
    return work;
  }

  async function refresh(): Promise<void> {
    if (isStopping) return;
    const isAll = isAllNoticed;
    const some = [...noticed];
    noticed.clear();
    isAllNoticed = false;
    try {
      const tenants = isAll ? await listPollTenants(db) : some;
      for (const tenantId of isAll ? [...wanted.keys()].filter((known) => !tenants.includes(known)) : []) wanted.delete(tenantId);
      for (const tenantId of tenants) wanted.set(tenantId, await listPollSites(db, tenantId));
      if (areListsAway) log.info('polling.lists-back');
      areListsAway = false;
    } catch (error) {
      // What was known goes on being polled; the next notice or minute tries again.
      isAllNoticed = true;
      if (!areListsAway) log.warn('polling.lists-away', { error });
      areListsAway = true;
      return;
    }
    await takeSites();
  }

  async function takeSites(): Promise<void> {
    if (isStopping) return;
    const sites = [...wanted.values()].flat();
    const held = await leases.round(sites.map(({ siteId }) => siteId));
    const toPoll = new Map(sites.filter(({ siteId }) => held.has(siteId)).map((site) => [site.siteId, site]));
    for (const [siteId, { poller, ...rest }] of running) {
      const site = toPoll.get(siteId);
      if (site !== undefined && poller.update(site)) continue;
      running.delete(siteId);
      log.info('polling.site-left', { ...rest });
      const stop = poller.stop(grace.signal).finally(() => stopping.delete(stop));
      stopping.add(stop);
    }
    for (const [siteId, site] of toPoll) if (!running.has(siteId)) begin(site);
  }

  function begin(site: PollSite) {
    const { tenantId, siteNumber, cadenceS, twins } = site;
    log.info('polling.site-taken', { tenantId, site: siteNumber, machines: site.targets.length, cadenceS });
    if (twins > 0) log.warn('polling.same-address', { tenantId, site: siteNumber, machines: twins });
    const read = guardRead(readInTurn, { allowsLoopback: deps.allowsLoopback || site.isDemo });
    running.set(site.siteId, { tenantId, siteNumber, poller: startSitePoller(site, { ...deps, read }) });
  }

  function notice(tenantId: string | null) {
    // An empty one comes from work that was in nobody's workspace.
    if (tenantId === null || tenantId === '') isAllNoticed = true;
    else noticed.add(tenantId);
    noticeTimer ??= setTimeout(() => {
      noticeTimer = null;
      void enqueue(refresh);
    }, NOTICE_MS);
  }

  const listener = deps.listen(notice);
  const refreshTimer = setInterval(() => notice(null), REFRESH_MS);
  const leaseTimer = setInterval(() => void enqueue(takeSites), leaseTickMs);
  void enqueue(refresh);

  return {
    sites: () =>
      [...running.values()].map(({ tenantId, siteNumber, poller }) => {
        return { tenantId, siteNumber, machines: poller.statistics().targets, counts: poller.counts() };
      }),
    async stop(graceMs) {
      isStopping = true;
      for (const timer of [refreshTimer, leaseTimer]) clearInterval(timer);
      if (noticeTimer !== null) clearTimeout(noticeTimer);
      const timer = setTimeout(() => grace.abort(), graceMs);
      await listener.close();
      await work;
      await Promise.all([...stopping, ...[...running.values()].map(({ poller }) => poller.stop(grace.signal))]);
      await leases.release();
      clearTimeout(timer);
    },
  };
}
