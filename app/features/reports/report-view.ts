/** One report as pages show it: plain data. */
import type { ReportRow } from './report-store.server.ts';

export type ReportView = Pick<
  ReportRow,
  'id' | 'kind' | 'format' | 'language' | 'name' | 'status' | 'progressRatio' | 'errorCode' | 'errorDetail' | 'sizeBytes'
> & { createdAt: string; expiresAt: string };

export function toReportView({ createdAt, expiresAt, fileName: _file, hash: _hash, ...report }: ReportRow): ReportView {
  return { ...report, createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() };
}
