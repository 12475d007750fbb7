// The desk with its real thread.
import { afterEach, describe, expect, it } from 'vitest';
import { startThread } from '#app/platform/thread.server.ts';
import { createThreadDesk } from '#app/platform/thread-desk.server.ts';
import { normalNumbers, simulateArma } from './arima/dense-likelihood.fixture.ts';
import { OwnForecastSchema } from './forecast-answer.ts';
import type { ForecastDesk } from './forecast-desk.server.ts';
import { FORECAST_EXAMPLE } from './forecast-request.ts';
import type { ForecastResult, ForecastWork } from './forecast-work.ts';
import type { OwnSeries } from './own-series.ts';

const SMALL: OwnSeries = { ...FORECAST_EXAMPLE, order: [1, 1, 0], seasonal: null };
/** Seasons of 60 values over 5,000: minutes. */
const LONG: OwnSeries = {
  values: simulateArma(5000, [0.5], [0.3], 3),
  order: 'auto',
  seasonal: [2, 0, 2, 60],
  trend: null,
  log: false,
  horizon: 1,
};

let desk: ForecastDesk | null = null;

function openDesk(limits: { maxWaiting?: number; graceMs?: number } = {}): ForecastDesk {
  const start = () => startThread('forecast-thread', new URL('./forecast-thread.server.ts', import.meta.url));
  desk = createThreadDesk<ForecastWork, ForecastResult>(start, { maxWaiting: 12, graceMs: 20_000, ...limits });
  return desk;
}

const never = () => new AbortController().signal;

afterEach(async () => {
  await desk?.close();
  desk = null;
});

describe('forecast desk', () => {
  it('computes forecasts in a thread, one after another', async () => {
    const { ask } = openDesk();
    const outcomes = await Promise.all([1, 2, 3].map(() => ask({ kind: 'own', series: SMALL }, { budgetMs: 20_000, signal: never() })));
    for (const outcome of outcomes) {
      if (outcome.kind !== 'ok' || outcome.result.kind !== 'own' || outcome.result.outcome.kind !== 'ok') throw new Error(outcome.kind);
      expect(OwnForecastSchema.parse(outcome.result.outcome.forecast).forecast).toHaveLength(3);
    }
  });

  it('ends a forecast that spends its budget, and serves the next', async () => {
    const { ask } = openDesk();
    const long = ask({ kind: 'own', series: LONG }, { budgetMs: 50, signal: never() });
    const next = ask({ kind: 'own', series: SMALL }, { budgetMs: 20_000, signal: never() });
    expect(await long).toEqual({ kind: 'ok', result: { kind: 'stopped' } });
    expect(await next).toMatchObject({ kind: 'ok', result: { kind: 'own' } });
  });

  it('gives one caller two places, and the others theirs', async () => {
    const { ask } = openDesk();
    const long = { kind: 'own', series: LONG } as const;
    const small = { kind: 'own', series: SMALL } as const;
    const gone = new AbortController();
    const options = { budgetMs: 60_000, signal: gone.signal };
    const own = [ask(long, { ...options, caller: 'a' }), ask(long, { ...options, caller: 'a' })];
    expect(await ask(small, { ...options, caller: 'a' })).toMatchObject({ kind: 'busy' });
    const other = ask(small, { budgetMs: 60_000, signal: never(), caller: 'b' });
    gone.abort();
    expect(await Promise.all(own)).toEqual([{ kind: 'cancelled' }, { kind: 'cancelled' }]);
    expect(await other).toMatchObject({ kind: 'ok' });
  });

  it('cancels the forecast of a caller who goes away, waiting or running', async () => {
    const { ask } = openDesk();
    const caller = new AbortController();
    const gone = new AbortController();
    const long = ask({ kind: 'own', series: LONG }, { budgetMs: 60_000, signal: caller.signal });
    const waiting = ask({ kind: 'own', series: SMALL }, { budgetMs: 20_000, signal: gone.signal });
    const next = ask({ kind: 'own', series: SMALL }, { budgetMs: 20_000, signal: never() });
    gone.abort();
    expect(await waiting).toEqual({ kind: 'cancelled' });
    caller.abort();
    expect(await long).toEqual({ kind: 'cancelled' });
    expect(await next).toMatchObject({ kind: 'ok' });
    expect(await ask({ kind: 'own', series: SMALL }, { budgetMs: 20_000, signal: gone.signal })).toEqual({ kind: 'cancelled' });
  });

  it('sends callers away when too many wait, and says for how long', async () => {
    const { ask } = openDesk({ maxWaiting: 1 });
    const caller = new AbortController();
    const long = ask({ kind: 'own', series: LONG }, { budgetMs: 30_000, signal: caller.signal });
    const waiting = ask({ kind: 'own', series: SMALL }, { budgetMs: 10_000, signal: caller.signal });
    expect(await ask({ kind: 'own', series: SMALL }, { budgetMs: 10_000, signal: never() })).toEqual({ kind: 'busy', retryAfterS: 40 });
    caller.abort();
    await Promise.all([long, waiting]);
  });

  it('replaces a thread that failed, and tells the caller', async () => {
    const { ask } = openDesk();
    const broken = ask({ kind: 'price', logs: Float64Array.of(1, 2) }, { budgetMs: 20_000, signal: never() });
    await expect(broken).rejects.toThrow('too short');
    expect(await ask({ kind: 'own', series: SMALL }, { budgetMs: 20_000, signal: never() })).toMatchObject({ kind: 'ok' });
  });

  it('tells the progress of a back-test', async () => {
    let level = 10;
    const logs = Float64Array.from(normalNumbers(1700, 4), (step) => {
      level += 0.02 * step;
      return level;
    });
    const told: number[] = [];
    const { ask } = openDesk();
    const outcome = await ask(
      { kind: 'price', logs },
      { budgetMs: 60_000, signal: never(), onProgress: (done, total) => told.push(done / total) },
    );
    expect(outcome).toMatchObject({ kind: 'ok', result: { kind: 'price' } });
    expect(told[0]).toBe(0);
    expect(told.length).toBeGreaterThan(10);
  });
});
