// Which processor does which job: one line each.
import { alertNotify } from '#jobs/contracts/alert-notify.ts';
import { alertSweep } from '#jobs/contracts/alert-sweep.ts';
import { alertWebhook } from '#jobs/contracts/alert-webhook.ts';
import { auditStream } from '#jobs/contracts/audit-stream.ts';
import { batchProcess } from '#jobs/contracts/batch-process.ts';
import { batchSweep } from '#jobs/contracts/batch-sweep.ts';
import { forecastRefresh } from '#jobs/contracts/forecast-refresh.ts';
import { mailSend } from '#jobs/contracts/mail-send.ts';
import { marketHistory } from '#jobs/contracts/market-history.ts';
import { marketPrice, marketRefresh } from '#jobs/contracts/market-refresh.ts';
import { powerFetch } from '#jobs/contracts/power-fetch.ts';
import { powerTick } from '#jobs/contracts/power-tick.ts';
import { reportRender } from '#jobs/contracts/report-render.ts';
import { reportSweep } from '#jobs/contracts/report-sweep.ts';
import { signalJudge } from '#jobs/contracts/signal-judge.ts';
import { telemetryRollUp } from '#jobs/contracts/telemetry-roll-up.ts';
import { telemetryTick } from '#jobs/contracts/telemetry-tick.ts';
import { telemetryUpkeep } from '#jobs/contracts/telemetry-upkeep.ts';
import { processAlertNotify } from '#jobs/processors/alert-notify.ts';
import { processAlertSweep } from '#jobs/processors/alert-sweep.ts';
import { processAlertWebhook } from '#jobs/processors/alert-webhook.ts';
import { processAuditStream } from '#jobs/processors/audit-stream.ts';
import { processBatch } from '#jobs/processors/batch-process.ts';
import { processBatchSweep } from '#jobs/processors/batch-sweep.ts';
import { processForecastRefresh } from '#jobs/processors/forecast-refresh.ts';
import { processMailSend } from '#jobs/processors/mail-send.ts';
import { processMarketHistory } from '#jobs/processors/market-history.ts';
import { processMarketPrice, processMarketRefresh } from '#jobs/processors/market-refresh.ts';
import { processPowerFetch } from '#jobs/processors/power-fetch.ts';
import { processPowerTick } from '#jobs/processors/power-tick.ts';
import { processReportRender } from '#jobs/processors/report-render.ts';
import { processReportSweep } from '#jobs/processors/report-sweep.ts';
import { processSignalJudge } from '#jobs/processors/signal-judge.ts';
import { processTelemetryRollUp } from '#jobs/processors/telemetry-roll-up.ts';
import { processTelemetryTick } from '#jobs/processors/telemetry-tick.ts';
import { processTelemetryUpkeep } from '#jobs/processors/telemetry-upkeep.ts';
import { type Handler, handling } from './handler.ts';

export const HANDLERS: readonly Handler[] = [
  handling(marketRefresh, processMarketRefresh),
  handling(marketPrice, processMarketPrice),
  handling(marketHistory, processMarketHistory),
  handling(powerTick, processPowerTick),
  handling(powerFetch, processPowerFetch),
  handling(signalJudge, processSignalJudge),
  handling(mailSend, processMailSend),
  handling(auditStream, processAuditStream),
  handling(batchProcess, processBatch),
  handling(batchSweep, processBatchSweep),
  handling(reportRender, processReportRender),
  handling(reportSweep, processReportSweep),
  handling(telemetryTick, processTelemetryTick),
  handling(telemetryRollUp, processTelemetryRollUp),
  handling(telemetryUpkeep, processTelemetryUpkeep),
  handling(forecastRefresh, processForecastRefresh),
  handling(alertSweep, processAlertSweep),
  handling(alertNotify, processAlertNotify),
  handling(alertWebhook, processAlertWebhook),
];
