// The whole timetable of the product in one table. Written to Redis by every worker at its start.
import type { Env } from '#app/platform/env.server.ts';
import { alertSweep } from '#jobs/contracts/alert-sweep.ts';
import { auditStream } from '#jobs/contracts/audit-stream.ts';
import { batchSweep } from '#jobs/contracts/batch-sweep.ts';
import { forecastRefresh } from '#jobs/contracts/forecast-refresh.ts';
import { marketHistory } from '#jobs/contracts/market-history.ts';
import { marketPrice, marketRefresh } from '#jobs/contracts/market-refresh.ts';
import { powerTick } from '#jobs/contracts/power-tick.ts';
import { reportSweep } from '#jobs/contracts/report-sweep.ts';
import { signalJudge } from '#jobs/contracts/signal-judge.ts';
import { telemetryTick } from '#jobs/contracts/telemetry-tick.ts';
import { telemetryUpkeep } from '#jobs/contracts/telemetry-upkeep.ts';
import { type Recurrence, recurring } from './recurrence.ts';

const S_MS = 1_000;
const MINUTE_MS = 60 * S_MS;
/** A candle of an hour is a candle of an hour. */
const HISTORY_MS = 60 * MINUTE_MS;
/** A day's candle is fetched within the hour after it closed, and whoever asked is told a little later. */
const SIGNAL_JUDGE_MS = 15 * MINUTE_MS;
/** What was done a moment ago is in the files before anybody has read about it. */
const AUDIT_STREAM_MS = 5_000;
/** A guest's report lives an hour. */
const REPORT_SWEEP_MS = 10 * MINUTE_MS;
/** Uploads that died are an hour old before they go. */
const BATCH_SWEEP_MS = 30 * MINUTE_MS;
/** Looked at as often as candles come: the first ones of a fresh installation come minutes after its start. Where no day and no epoch is new nothing is computed. */
const FORECAST_REFRESH_MS = HISTORY_MS;

/** Partitions stand three days ahead; what could not be dropped because somebody was reading goes with the next one. */
const TELEMETRY_UPKEEP_MS = 60 * MINUTE_MS;

/** The shortest time between two fetches of a series of power prices. */
const POWER_TICK_MS = 5 * MINUTE_MS;

/** Zero is how the configuration says "never". */
const everyMinutes = (minutes: number) => (minutes === 0 ? null : minutes * MINUTE_MS);
const everySeconds = (seconds: number) => (seconds === 0 ? null : seconds * S_MS);

export function listSchedule(env: Pick<Env, 'MARKET_REFRESH_MINUTES' | 'MARKET_PRICE_SECONDS' | 'AUDIT_DIR'>): Recurrence[] {
  return [
    recurring({ job: marketRefresh, payload: {}, everyMs: everyMinutes(env.MARKET_REFRESH_MINUTES), runsAtStart: true }),
    recurring({
      job: marketPrice,
      payload: {},
      everyMs: env.MARKET_REFRESH_MINUTES === 0 ? null : everySeconds(env.MARKET_PRICE_SECONDS),
      runsAtStart: false,
    }),
    recurring({
      job: marketHistory,
      payload: {},
      everyMs: env.MARKET_REFRESH_MINUTES === 0 ? null : HISTORY_MS,
      runsAtStart: env.MARKET_REFRESH_MINUTES !== 0,
    }),
    recurring({
      job: powerTick,
      payload: {},
      everyMs: env.MARKET_REFRESH_MINUTES === 0 ? null : POWER_TICK_MS,
      runsAtStart: env.MARKET_REFRESH_MINUTES !== 0,
    }),
    recurring({ job: signalJudge, payload: {}, everyMs: SIGNAL_JUDGE_MS, runsAtStart: true }),
    recurring({ job: auditStream, payload: {}, everyMs: env.AUDIT_DIR === undefined ? null : AUDIT_STREAM_MS, runsAtStart: false }),
    recurring({ job: reportSweep, payload: {}, everyMs: REPORT_SWEEP_MS, runsAtStart: false }),
    recurring({ job: batchSweep, payload: {}, everyMs: BATCH_SWEEP_MS, runsAtStart: false }),
    recurring({ job: telemetryTick, payload: {}, everyMs: MINUTE_MS, runsAtStart: true }),
    recurring({ job: telemetryUpkeep, payload: {}, everyMs: TELEMETRY_UPKEEP_MS, runsAtStart: true }),
    recurring({ job: alertSweep, payload: {}, everyMs: MINUTE_MS, runsAtStart: true }),
    // At a start as well: nobody waits an hour for the first result; a fresh one is left alone.
    recurring({ job: forecastRefresh, payload: {}, everyMs: FORECAST_REFRESH_MS, runsAtStart: true }),
  ];
}
