// The whole timetable of the product in one table. Written to Redis by every worker at its start.
import type { Env } from '#app/platform/env.server.ts';
import { auditStream } from '#jobs/contracts/audit-stream.ts';
import { batchSweep } from '#jobs/contracts/batch-sweep.ts';
import { forecastRefresh } from '#jobs/contracts/forecast-refresh.ts';
import { marketRefresh } from '#jobs/contracts/market-refresh.ts';
import { reportSweep } from '#jobs/contracts/report-sweep.ts';
import { type Recurrence, recurring } from './recurrence.ts';

const MINUTE_MS = 60_000;
/** What was done a moment ago is in the files before anybody has read about it. */
const AUDIT_STREAM_MS = 5_000;
/** A guest's report lives an hour. */
const REPORT_SWEEP_MS = 10 * MINUTE_MS;
/** Uploads that died are an hour old before they go. */
const BATCH_SWEEP_MS = 30 * MINUTE_MS;
/** Back-tests are held to a month more of outcomes. */
const FORECAST_REFRESH_MS = 30 * 24 * 60 * MINUTE_MS;

/** Zero is how the configuration says "never". */
const everyMinutes = (minutes: number) => (minutes === 0 ? null : minutes * MINUTE_MS);

export function listSchedule(env: Pick<Env, 'MARKET_REFRESH_MINUTES' | 'AUDIT_DIR'>): Recurrence[] {
  return [
    recurring({ job: marketRefresh, payload: {}, everyMs: everyMinutes(env.MARKET_REFRESH_MINUTES), runsAtStart: true }),
    recurring({ job: auditStream, payload: {}, everyMs: env.AUDIT_DIR === undefined ? null : AUDIT_STREAM_MS, runsAtStart: false }),
    recurring({ job: reportSweep, payload: {}, everyMs: REPORT_SWEEP_MS, runsAtStart: false }),
    recurring({ job: batchSweep, payload: {}, everyMs: BATCH_SWEEP_MS, runsAtStart: false }),
    // At a start as well: the first result must not be a month away; a fresh one is left alone.
    recurring({ job: forecastRefresh, payload: {}, everyMs: FORECAST_REFRESH_MS, runsAtStart: true }),
  ];
}
