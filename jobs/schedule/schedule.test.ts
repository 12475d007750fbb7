import { describe, expect, it } from 'vitest';
import { listSchedule } from './schedule.ts';

const ENV = { MARKET_REFRESH_MINUTES: 15, MARKET_PRICE_SECONDS: 60 };

describe('listSchedule', () => {
  it('asks for prices every minute, and not at all when the market is switched off', () => {
    expect(listSchedule(ENV)[1]).toMatchObject({ job: { name: 'market.price' }, everyMs: 60_000 });
    expect(listSchedule({ ...ENV, MARKET_PRICE_SECONDS: 0 })[1]).toMatchObject({ everyMs: null });
  });

  it('refreshes the market at the configured interval and at the start of a worker', () => {
    // 15 min x 60 s x 1000 ms = 900,000 ms
    expect(listSchedule(ENV)[0]).toMatchObject({
      job: { name: 'market.refresh' },
      everyMs: 900_000,
      runsAtStart: true,
    });
  });

  it('switches the refresh off at zero', () => {
    expect(listSchedule({ ...ENV, MARKET_REFRESH_MINUTES: 0 }).slice(0, 2)).toMatchObject([{ everyMs: null }, { everyMs: null }]);
  });

  it('carries the audit log into files only where a folder is named', () => {
    const everyMs = (env: Parameters<typeof listSchedule>[0]) => listSchedule(env).find(({ job }) => job.name === 'audit.stream')?.everyMs;
    expect(everyMs(ENV)).toBeNull();
    expect(everyMs({ ...ENV, AUDIT_DIR: 'audit' })).toBe(5_000);
  });

  it('looks at the forecasts as often as candles come: those of a fresh installation do not rest on the shipped days for a month', () => {
    const find = (name: string) => listSchedule(ENV).find(({ job }) => job.name === name);
    expect(find('forecast.refresh')).toMatchObject({ everyMs: find('market.history')?.everyMs, runsAtStart: true });
  });

  it('has payloads that fit their contracts, and one line a job', () => {
    const schedule = listSchedule(ENV);
    for (const { job, payload } of schedule) expect(job.payload.safeParse(payload).success).toBe(true);
    expect(new Set(schedule.map(({ job }) => job.name)).size).toBe(schedule.length);
  });
});
