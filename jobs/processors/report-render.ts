// Runs report.render; everything it does is in the reports room.
import { makeReportNow } from '#app/features/reports/make-report.server.ts';
import type { JobContext } from '#jobs/contracts/queue.ts';
import { type ReportRenderPayload, reportRender } from '#jobs/contracts/report-render.ts';

export async function processReportRender(payload: ReportRenderPayload, { attempt, signal }: JobContext): Promise<void> {
  await makeReportNow(payload, { isLastAttempt: attempt >= reportRender.attempts, signal });
}
