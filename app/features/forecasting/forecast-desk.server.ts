/** Where forecasts are asked for: a bounded queue before one thread of this process. */
import { processSingleton } from '#app/platform/process-singleton.server.ts';
import { startThread } from '#app/platform/thread.server.ts';
import { createThreadDesk, type ThreadDesk } from '#app/platform/thread-desk.server.ts';
import type { ForecastResult, ForecastWork } from './forecast-work.ts';

/** Forecasts that wait behind the one being computed. */
const MAX_WAITING = 12;
/** Beyond its budget a forecast may take this long to be started and handed over; then the thread is taken for dead. */
const GRACE_MS = 20_000;

export type ForecastDesk = ThreadDesk<ForecastWork, ForecastResult>;

export function getForecastDesk(): ForecastDesk {
  return processSingleton('forecast-desk', () =>
    createThreadDesk<ForecastWork, ForecastResult>(
      () => startThread('forecast-thread', new URL('./forecast-thread.server.ts', import.meta.url)),
      {
        maxWaiting: MAX_WAITING,
        graceMs: GRACE_MS,
      },
    ),
  );
}
