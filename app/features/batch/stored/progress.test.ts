import { describe, expect, it } from 'vitest';
import { type Progressing, toProgress } from './progress.ts';

const STARTED = new Date('2026-11-22T12:00:00Z');
const NOW = new Date('2026-11-22T12:00:04Z');
const RUNNING: Progressing = {
  status: 'running',
  rowsTotal: 20_000,
  rowsOk: 19_000,
  rowsFailed: 900,
  rowsSkipped: 100,
  doneRatio: 0.25,
  startedAt: STARTED,
  finishedAt: null,
};

describe('toProgress', () => {
  it('says rows a second and the time that is left', () => {
    expect(toProgress(RUNNING, NOW)).toMatchObject({ rowsPerSecond: 5_000, elapsedMs: 4_000, leftMs: 12_000, doneRatio: 0.25 });
  });

  it('tells no time where it cannot know it', () => {
    expect(toProgress({ ...RUNNING, doneRatio: null }, NOW)).toMatchObject({ rowsPerSecond: 5_000, leftMs: null });
    const waiting = toProgress({ ...RUNNING, status: 'queued', rowsTotal: 0, doneRatio: null, startedAt: null }, NOW);
    expect(waiting).toMatchObject({ rowsPerSecond: null, elapsedMs: 0, leftMs: null });
  });

  it('stands still once the list is done', () => {
    const done = { ...RUNNING, status: 'done' as const, doneRatio: 1, finishedAt: NOW };
    expect(toProgress(done, new Date('2026-11-23T12:00:00Z'))).toMatchObject({ elapsedMs: 4_000, leftMs: null });
  });
});
