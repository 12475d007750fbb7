// Runs report.sweep; everything it does is in the reports room.
import { removeExpiredReports } from '#app/features/reports/report-store.server.ts';
import type { ReportSweepPayload } from '#jobs/contracts/report-sweep.ts';

export async function processReportSweep(_payload: ReportSweepPayload): Promise<void> {
  await removeExpiredReports();
}
