import { describe, expect, it } from 'vitest';
import { listSchedule } from './schedule.ts';

describe('listSchedule', () => {
  it('refreshes the market at the configured interval and at the start of a worker', () => {
    // 15 min x 60 s x 1000 ms = 900,000 ms
    expect(listSchedule({ MARKET_REFRESH_MINUTES: 15 })[0]).toMatchObject({
      job: { name: 'market.refresh' },
      everyMs: 900_000,
      runsAtStart: true,
    });
  });

  it('switches the refresh off at zero', () => {
    expect(listSchedule({ MARKET_REFRESH_MINUTES: 0 })[0]).toMatchObject({ everyMs: null });
  });

  it('carries the audit log into files only where a folder is named', () => {
    const everyMs = (env: Parameters<typeof listSchedule>[0]) => listSchedule(env).find(({ job }) => job.name === 'audit.stream')?.everyMs;
    expect(everyMs({ MARKET_REFRESH_MINUTES: 15 })).toBeNull();
    expect(everyMs({ MARKET_REFRESH_MINUTES: 15, AUDIT_DIR: 'audit' })).toBe(5_000);
  });

  it('has payloads that fit their contracts, and one line a job', () => {
    const schedule = listSchedule({ MARKET_REFRESH_MINUTES: 15 });
    for (const { job, payload } of schedule) expect(job.payload.safeParse(payload).success).toBe(true);
    expect(new Set(schedule.map(({ job }) => job.name)).size).toBe(schedule.length);
  });
});
