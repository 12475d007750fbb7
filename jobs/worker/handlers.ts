// Which processor does which job: one line each.
import { auditStream } from '#jobs/contracts/audit-stream.ts';
import { batchProcess } from '#jobs/contracts/batch-process.ts';
import { batchSweep } from '#jobs/contracts/batch-sweep.ts';
import { forecastRefresh } from '#jobs/contracts/forecast-refresh.ts';
import { mailSend } from '#jobs/contracts/mail-send.ts';
import { marketRefresh } from '#jobs/contracts/market-refresh.ts';
import { reportRender } from '#jobs/contracts/report-render.ts';
import { reportSweep } from '#jobs/contracts/report-sweep.ts';
import { processAuditStream } from '#jobs/processors/audit-stream.ts';
import { processBatch } from '#jobs/processors/batch-process.ts';
import { processBatchSweep } from '#jobs/processors/batch-sweep.ts';
import { processForecastRefresh } from '#jobs/processors/forecast-refresh.ts';
import { processMailSend } from '#jobs/processors/mail-send.ts';
import { processMarketRefresh } from '#jobs/processors/market-refresh.ts';
import { processReportRender } from '#jobs/processors/report-render.ts';
import { processReportSweep } from '#jobs/processors/report-sweep.ts';
import { type Handler, handling } from './handler.ts';

export const HANDLERS: readonly Handler[] = [
  handling(marketRefresh, processMarketRefresh),
  handling(mailSend, processMailSend),
  handling(auditStream, processAuditStream),
  handling(batchProcess, processBatch),
  handling(batchSweep, processBatchSweep),
  handling(reportRender, processReportRender),
  handling(reportSweep, processReportSweep),
  handling(forecastRefresh, processForecastRefresh),
];
