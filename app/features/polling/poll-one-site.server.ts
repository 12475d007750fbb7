// One site on its way from the poller to the database: readings are gathered for a second, stored, and told to whoever looks and whoever judges.
import type { Redis } from 'ioredis';
import { type Sample, toSample } from '#app/features/telemetry/store/sample.server.ts';
import { judgeState, OBSERVATIONS, toStateCode } from '#app/features/telemetry/store/sample-state.ts';
import { type Stored, storeReadings } from '#app/features/telemetry/store/store-readings.server.ts';
import type { BulkDb } from '#app/platform/bulk-db.server.ts';
import type { Log } from '#app/platform/log.server.ts';
import type { MachineReading, ReadMachine } from '#collectors/cgminer/reading.ts';
import type { CycleSummary } from '#collectors/poller/cycles.ts';
import { createPoller, type PollerStatistics } from '#collectors/poller/poller.ts';
import type { PollSite } from './list-poll-sites.server.ts';
import { toLiveCells } from './live-cells.ts';
import { publishLive } from './live-stream.server.ts';
import { isLostCause } from './storage-trouble.ts';
import { createWaitingReadings } from './waiting-readings.ts';

/** Longest time from a reading to the statement that stores it, while the database keeps up. */
const GATHER_MS = 1_000;
const MAX_BATCH = 2_000;
/** Cycles that wait for a database that is away; of a small site more. */
const WAITING_CYCLES = 3;
const LEAST_WAITING = 2_000;
const FIRST_RETRY_MS = 500;
const LONGEST_RETRY_MS = 5_000;
/** A batch that the database refuses for what it says, and not because it is away, is given up after so many attempts. */
const MAX_REFUSALS = 3;

export type StoredReading = { machineNumber: number; reading: MachineReading; sample: Sample };

/** What was stored in one go. */
export type StoredBatch = { tenantId: string; siteNumber: number; readings: readonly StoredReading[] };

/** Told of every batch after it was stored; what it rejects with is logged and stops nothing. */
export type BatchHook = (batch: StoredBatch) => Promise<unknown>;

export type SitePollerDeps = {
  bulkDb: BulkDb;
  redis: Redis;
  log: Log;
  read: ReadMachine;
  hooks: readonly BatchHook[];
  /** TELEMETRY_RAW_DAYS. */
  rawDays: number;
};

export type SiteCounts = Stored & {
  /** Readings handed over by the poller. */
  received: number;
  /** Readings that were never stored: too many waited, or the database refused them. */
  lost: number;
  waiting: number;
  /** From a reading to the end of the transaction that stored it, ms: the last batch's oldest. */
  lastStoreLagMs: number | null;
};

export type SitePoller = {
  /** Takes over changes of the site. False: the cadence is another, and a poller has one. */
  update(site: PollSite): boolean;
  counts(): SiteCounts;
  statistics(): PollerStatistics;
  /** Ends every question, then stores what waits; gives up when `signal` is aborted. What is not stored then is lost, and counted. */
  stop(signal: AbortSignal): Promise<void>;
};

type Waiting = { machineNumber: number; reading: MachineReading; receivedAtMs: number };

export function startSitePoller(first: PollSite, { bulkDb, redis, log, read, hooks, rawDays }: SitePollerDeps): SitePoller {
  let site = first;
  const { tenantId, siteNumber } = site;
  const waiting = createWaitingReadings<Waiting>(() => Math.max(LEAST_WAITING, WAITING_CYCLES * site.targets.length));
  const counts = { received: 0, refused: 0, stored: 0, duplicate: 0, foreign: 0, tooOld: 0, ahead: 0 };
  let lastStoreLagMs: number | null = null;
  let cycleLagMs: number | null = null;
  let reportedLost = 0;
  let gathering: NodeJS.Timeout | null = null;
  let storing: Promise<void> | null = null;
  let isDatabaseAway = false;
  let isStopping = false;
  const wake = new AbortController();

  const poller = createPoller({
    read,
    cadenceMs: site.cadenceS * 1_000,
    onCycle: report,
    onReading(target, reading) {
      counts.received += 1;
      // The bytes are of no use past here and weigh more than all the rest.
      waiting.push({ machineNumber: Number(target.key), reading: { ...reading, raw: [] }, receivedAtMs: Date.now() });
      if (waiting.size() >= MAX_BATCH) beginStoring();
      else gathering ??= setTimeout(beginStoring, GATHER_MS);
    },
  });

  function beginStoring() {
    if (gathering !== null) clearTimeout(gathering);
    gathering = null;
    if (storing !== null) return;
    storing = storeWaiting(null).finally(() => {
      storing = null;
      if (!isStopping && waiting.size() > 0) gathering ??= setTimeout(beginStoring, GATHER_MS);
    });
  }

  /** Stores batch after batch until nothing waits. While the database is away it tries again, until `signal` says that there is no more time. */
  async function storeWaiting(signal: AbortSignal | null): Promise<void> {
    let refusals = 0;
    let retryMs = FIRST_RETRY_MS;
    while (waiting.size() > 0 && !signal?.aborted && (signal !== null || !isStopping)) {
      const batch = waiting.take(MAX_BATCH);
      try {
        await storeBatch(batch);
        refusals = 0;
        retryMs = FIRST_RETRY_MS;
        if (isDatabaseAway) log.info('polling.database-back', { tenantId, site: siteNumber, waiting: waiting.size() });
        isDatabaseAway = false;
        await tell(batch);
      } catch (error) {
        refusals = isLostCause(error) ? refusals + 1 : 0;
        if (refusals === MAX_REFUSALS) {
          counts.refused += batch.length;
          refusals = 0;
          log.error('polling.refused', { tenantId, site: siteNumber, readings: batch.length, error });
          continue;
        }
        waiting.putBack(batch);
        if (!isDatabaseAway) log.warn('polling.database-away', { tenantId, site: siteNumber, waiting: waiting.size(), error });
        isDatabaseAway = true;
        await pause(retryMs, signal ?? wake.signal);
        retryMs = Math.min(LONGEST_RETRY_MS, 2 * retryMs);
      }
    }
  }

  async function storeBatch(batch: readonly Waiting[]): Promise<void> {
    const outcome = await storeReadings(
      bulkDb,
      tenantId,
      batch.map(({ machineNumber, reading }) => ({ machine: machineNumber, reading })),
      { nowMs: Date.now(), rawDays },
    );
    for (const name of ['stored', 'duplicate', 'foreign', 'tooOld', 'ahead'] as const) counts[name] += outcome[name];
    lastStoreLagMs = Date.now() - batch[0]!.receivedAtMs;
    cycleLagMs = Math.max(cycleLagMs ?? 0, lastStoreLagMs);
  }

  /** Whoever looks and whoever judges come after storing, so that nobody is told of what is not there. */
  async function tell(batch: readonly Waiting[]): Promise<void> {
    const readings = batch.map(({ machineNumber, reading }) => ({ machineNumber, reading, sample: toSample(reading) }));
    const cells = readings.map(({ machineNumber, sample }) => ({
      machineNumber,
      atS: sample.atS,
      state: toStateCode(judgeState(OBSERVATIONS[sample.observation]!, site.announcements.get(machineNumber) ?? 'running')),
      hashrateThs: sample.hashrateThs,
      powerW: sample.powerW,
      chipTemperatureC: sample.chipTemperatureC,
    }));
    const works: [name: string, work: () => Promise<unknown>][] = [
      [
        'live',
        () =>
          publishLive(
            redis,
            site,
            toLiveCells(cells).map((data) => ({ event: 'cells' as const, data })),
          ),
      ],
      ...hooks.map((hook): [string, () => Promise<unknown>] => ['hook', () => hook({ tenantId, siteNumber, readings })]),
    ];
    for (const [name, work] of works) {
      try {
        await work();
      } catch (error) {
        log.warn('polling.not-told', { tenantId, site: siteNumber, to: name, error });
      }
    }
  }

  const countLost = () => waiting.lost() + counts.refused + poller.statistics().readings.lost;

  function report({ number, due, answered, failed, backedOff, missed, lastAnswerMs }: CycleSummary) {
    const lost = countLost();
    const fields = {
      tenantId,
      site: siteNumber,
      cycle: number,
      due,
      answered,
      failed,
      backedOff,
      missed,
      stored: counts.stored,
      waiting: waiting.size(),
      lastAnswerMs,
      // From the oldest reading of a batch to the end of its transaction: the longest of the cycle.
      storeLagMs: cycleLagMs,
    };
    cycleLagMs = null;
    if (lost > reportedLost) log.error('polling.lost', { ...fields, readings: lost - reportedLost });
    else if (missed > 0) log.warn('polling.missed', fields);
    else log.debug('polling.cycle', fields);
    reportedLost = lost;
  }

  poller.setTargets(site.targets);
  poller.start();

  return {
    update(next) {
      if (next.cadenceS !== site.cadenceS) return false;
      site = next;
      poller.setTargets(next.targets);
      return true;
    },
    counts: () => {
      const { refused: _, ...rest } = counts;
      return { ...rest, lost: countLost(), waiting: waiting.size(), lastStoreLagMs };
    },
    statistics: () => poller.statistics(),
    async stop(signal) {
      isStopping = true;
      await poller.stop();
      if (gathering !== null) clearTimeout(gathering);
      gathering = null;
      wake.abort();
      await storing;
      await storeWaiting(signal);
      const given = waiting.size();
      if (given > 0) log.error('polling.lost', { tenantId, site: siteNumber, readings: given, because: 'the worker stopped' });
      waiting.take(given);
      counts.refused += given;
    },
  };
}

/** Ends early when the signal is aborted; never rejects. */
function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done, { once: true });
    function done() {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    }
  });
}
