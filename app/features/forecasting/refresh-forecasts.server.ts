/** Computes the back-tests anew, in the thread of forecasts, when a month has passed or the history has changed. Idempotent; says in the table how far it is. */
import type { HistoryDb } from '#app/features/market/history/history-store.server.ts';
import { type Db, getDb } from '#app/platform/db.server.ts';
import { getLog } from '#app/platform/log.server.ts';
import type { Quantiles } from './backtest/forecaster.ts';
import { estimateGrowth } from './difficulty/growth.ts';
import type { ForecastSeries } from './forecast-answer.ts';
import { type ForecastDesk, getForecastDesk } from './forecast-desk.server.ts';
import { readDifficultyHistory, readPriceHistory } from './forecast-history.server.ts';
import type { ForecastResult, ForecastWork } from './forecast-work.ts';
import type { StoredResult } from './stored-backtest.ts';

/** A result of the same history is computed again after so long, at the latest. */
const FRESH_MS = 27 * 86_400_000;
/** Ten times what it takes. */
const BUDGET_MS = 10 * 60_000;
/** A row is written this often, not at every origin. */
const PROGRESS_STEP = 0.05;

export type RefreshForecastsDeps = {
  db: Pick<Db, 'forecastBacktest'> & HistoryDb;
  desk: ForecastDesk;
  nowMs: () => number;
  signal: AbortSignal;
};

type Task = {
  series: ForecastSeries;
  inputsHash: string;
  work: ForecastWork;
  /** `null`: the thread stopped before it was done. */
  toStored: (result: ForecastResult) => StoredResult | null;
};

const isoOf = (ms: number) => new Date(ms).toISOString();

async function listTasks(db: RefreshForecastsDeps['db']): Promise<Task[]> {
  const difficulty = await readDifficultyHistory(db);
  const hashrate = await readDifficultyHistory(db, 'networkHashrate');
  const price = await readPriceHistory(db);
  const copy = (forecasts: readonly Quantiles[]) => forecasts.map((quantiles) => [...quantiles]);
  const dayOf = (index: number) => isoOf(price.startAtMs + index * price.stepMs);
  return [
    {
      series: 'difficulty',
      inputsHash: difficulty.inputsHash,
      work: { kind: 'difficulty', known: difficulty.known },
      toStored: (result) => {
        const growth = estimateGrowth(difficulty.known.difficulties);
        if (result.kind !== 'difficulty' || growth === null) return null;
        const { rows, firstOriginMs, lastOriginMs, naiveChanges } = result.difficulty;
        return {
          rows,
          source: difficulty.source,
          historyEndsAt: isoOf(difficulty.known.startsMs.at(-1)!),
          firstOriginAt: isoOf(firstOriginMs),
          lastOriginAt: isoOf(lastOriginMs),
          naiveChanges: copy(naiveChanges),
          growth,
        };
      },
    },
    {
      series: 'networkHashrate',
      inputsHash: hashrate.inputsHash,
      work: { kind: 'networkHashrate', known: hashrate.known },
      toStored: (result) => {
        if (result.kind !== 'networkHashrate') return null;
        const { rows, firstOriginMs, lastOriginMs, changes } = result.hashrate;
        return {
          rows,
          source: hashrate.source,
          historyEndsAt: isoOf(hashrate.known.startsMs.at(-1)!),
          firstOriginAt: isoOf(firstOriginMs),
          lastOriginAt: isoOf(lastOriginMs),
          changes: { naive: copy(changes.naive), drift: copy(changes.drift) },
        };
      },
    },
    {
      series: 'price',
      inputsHash: price.inputsHash,
      work: { kind: 'price', logs: price.logs },
      toStored: (result) => {
        if (result.kind !== 'price') return null;
        const { rows, firstOrigin, lastOrigin, changes } = result.price;
        return {
          rows,
          source: price.source,
          historyEndsAt: dayOf(price.logs.length - 1),
          firstOriginAt: dayOf(firstOrigin),
          lastOriginAt: dayOf(lastOrigin),
          changes: { naive: copy(changes.naive), drift: copy(changes.drift), arima: copy(changes.arima) },
        };
      },
    },
  ];
}

/** Which series were computed; the others were fresh. Rejects when the thread was stopped before it was done. */
export async function refreshForecasts(deps: RefreshForecastsDeps): Promise<ForecastSeries[]> {
  const computed: ForecastSeries[] = [];
  for (const task of await listTasks(deps.db)) {
    const row = await deps.db.forecastBacktest.findUnique({ where: { series: task.series } });
    const isFresh = row?.inputsHash === task.inputsHash && row.computedAt !== null && deps.nowMs() - row.computedAt.getTime() < FRESH_MS;
    if (isFresh) continue;
    await computeOne(task, deps);
    computed.push(task.series);
  }
  return computed;
}

async function computeOne({ series, inputsHash, work, toStored }: Task, { db, desk, nowMs, signal }: RefreshForecastsDeps): Promise<void> {
  // The last result stays in sight, under its own hash, until the new one is there.
  const started = { progressRatio: 0 };
  await db.forecastBacktest.upsert({ where: { series }, create: { series, inputsHash, ...started }, update: started });
  let told = 0;
  let writing: Promise<unknown> = Promise.resolve();
  const outcome = await desk.ask(work, {
    budgetMs: BUDGET_MS,
    signal,
    onProgress: (done, total) => {
      if (done / total < told + PROGRESS_STEP) return;
      told = done / total;
      writing = writing.then(() => db.forecastBacktest.update({ where: { series }, data: { progressRatio: told } }));
      // Told again at the next step; the result itself is written below and not lost in silence.
      writing = writing.catch((error: unknown) => getLog().warn('forecast.progress-not-written', { series, error: String(error) }));
    },
  });
  await writing;
  const result = outcome.kind === 'ok' ? toStored(outcome.result) : null;
  if (result === null) {
    await db.forecastBacktest.update({ where: { series }, data: { progressRatio: null } });
    throw new Error(`the back-test of ${series} was not finished (${outcome.kind})`);
  }
  await db.forecastBacktest.update({
    where: { series },
    data: { inputsHash, result, computedAt: new Date(nowMs()), progressRatio: null },
  });
}

export async function refreshForecastsNow(signal: AbortSignal): Promise<void> {
  const computed = await refreshForecasts({ db: getDb(), desk: getForecastDesk(), nowMs: Date.now, signal });
  getLog().info('forecast.refreshed', { computed: computed.join(' ') });
}
