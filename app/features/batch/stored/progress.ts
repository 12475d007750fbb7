/** How far a list is and when it will be done. Pure. */
import type { StoredBatch } from './batch-store.server.ts';

export type StoredProgress = {
  status: StoredBatch['status'];
  read: number;
  matched: number;
  computed: number;
  stored: number;
  failed: number;
  skipped: number;
  /** Share of the file that is read, 0..1; `null`: not begun, or a workbook, whose bytes do not tell. */
  doneRatio: number | null;
  rowsPerSecond: number | null;
  elapsedMs: number;
  /** `null`: it cannot be told. */
  leftMs: number | null;
};

export type Progressing = Pick<
  StoredBatch,
  'status' | 'rowsTotal' | 'rowsOk' | 'rowsFailed' | 'rowsSkipped' | 'doneRatio' | 'startedAt' | 'finishedAt'
>;

/** Rows are read, matched, computed and stored slice by slice, so the four are one number behind each other by a slice at the most. */
export function toProgress(batch: Progressing, now: Date): StoredProgress {
  const { status, rowsTotal, rowsOk, rowsFailed, rowsSkipped, doneRatio, startedAt, finishedAt } = batch;
  const elapsedMs = startedAt === null ? 0 : Math.max(0, (finishedAt ?? now).getTime() - startedAt.getTime());
  const isMeasurable = status === 'running' && doneRatio !== null && doneRatio > 0;
  return {
    status,
    read: rowsTotal,
    matched: rowsOk,
    computed: rowsOk,
    stored: rowsOk,
    failed: rowsFailed,
    skipped: rowsSkipped,
    doneRatio,
    rowsPerSecond: elapsedMs > 0 && rowsTotal > 0 ? Math.round((rowsTotal / elapsedMs) * 1000) : null,
    elapsedMs,
    leftMs: isMeasurable ? Math.round(elapsedMs * (1 / doneRatio - 1)) : null,
  };
}
