/** Makes one report, from the stored request to the stored file: what the worker runs. */
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readPlanRequest } from '#app/features/api/curtailment/read-plan-request.ts';
import type { RequestContext } from '#app/features/api/economics/read-roi-request.ts';
import type { Fault } from '#app/features/api/wire/fault.ts';
import { findMachine, suggestMachines } from '#app/features/catalogue/find-machine.ts';
import { PlanAnswerSchema } from '#app/features/curtailment/plan-answer.ts';
import { getPlanDesk } from '#app/features/curtailment/plan-desk.server.ts';
import type { MarketSnapshot } from '#app/features/market/snapshot.ts';
import { type Db, getDb } from '#app/platform/db.server.ts';
import { getEngine } from '#app/platform/engine.server.ts';
import type { Language } from '#app/platform/i18n/languages.ts';
import { getLog } from '#app/platform/log.server.ts';
import { processSingleton } from '#app/platform/process-singleton.server.ts';
import type { Engine } from '#engine';
import type { Logo } from './logo/logo-store.server.ts';
import { computeFleet } from './model/compute-fleet.ts';
import { computePlanFigures } from './model/compute-plan.ts';
import type { CoverLogo, ReportDocument } from './model/document.ts';
import type { FleetSource } from './model/fleet-source.ts';
import { type BrowserPool, createBrowserPool } from './pdf/browser-pool.server.ts';
import { findChromium } from './pdf/find-chromium.server.ts';
import { openPrintRoom } from './pdf/print-room.server.ts';
import { type PdfDeps, renderPdf } from './pdf/render-pdf.server.ts';
import { renderPptx } from './pptx/render-pptx.ts';
import { storeFile } from './report-content.server.ts';
import { type ReportFormat, toFileName } from './report-file.ts';
import { noteFailure, noteProgress, type ReportError, type ReportKey, takeReport } from './report-store.server.ts';
import { readBatch, readScenario } from './report-subject.ts';
import { isStoredBatchInputs, readStoredBatch } from './stored-batch-source.server.ts';
import { type DocumentOptions, toFleetDocument } from './wording/fleet-document.ts';
import { toPlanDocument } from './wording/plan-document.ts';
import { type WriteOptions, writeFleetWorkbook } from './xlsx/fleet-workbook.ts';
import { writePlanWorkbook } from './xlsx/plan-workbook.ts';

/** One report may take this long, whatever it is. */
export const TIME_LIMIT_MS = 180_000;
/** How often a running report looks whether it was cancelled. */
const LOOK_MS = 1_000;
/** Shares of the work: figures, then the file. */
const COMPUTED_RATIO = 0.3;
const WRITTEN_RATIO = 0.9;

/** A report that no other attempt would make. */
class Unmakeable extends Error {
  override readonly name = 'Unmakeable';
  constructor(
    readonly code: ReportError,
    readonly detail: string | null,
  ) {
    super(code);
  }
}

type Made = {
  document: ReportDocument;
  writeWorkbook: (target: ReturnType<typeof createWriteStream>, options: WriteOptions) => Promise<void>;
};
type Taken = NonNullable<Awaited<ReturnType<typeof takeReport>>>;

/** Resolves when the report is made, cancelled or can never be made; rejects when another attempt may help. `db`: for tests. */
export async function makeReportNow(
  key: ReportKey,
  { isLastAttempt, signal, db }: { isLastAttempt: boolean; signal: AbortSignal; db?: Db },
): Promise<void> {
  const taken = await takeReport(key, db);
  if (taken === null) return;
  const cancelled = new AbortController();
  const limit = AbortSignal.timeout(TIME_LIMIT_MS);
  const all = AbortSignal.any([signal, cancelled.signal, limit]);
  let ratio = 0;
  const look = setInterval(() => {
    noteProgress(key, ratio, db).then(
      (isWanted) => {
        if (!isWanted) cancelled.abort(new Error('cancelled'));
      },
      (error: unknown) => getLog().warn('report.progress-lost', { id: key.id, error }),
    );
  }, LOOK_MS);
  try {
    const made = await compute(key, taken, all, db ?? getDb());
    ratio = COMPUTED_RATIO;
    const format = taken.format as ReportFormat;
    const onProgress = (share: number) => {
      ratio = COMPUTED_RATIO + share * (WRITTEN_RATIO - COMPUTED_RATIO);
    };
    await withFile(async (path) => {
      await write(format, made, path, { signal: all, onProgress });
      all.throwIfAborted();
      await storeFile(key, path, toFileName(made.document.title, made.document.madeAt, format), db);
    });
  } catch (error) {
    if (cancelled.signal.aborted) return;
    if (error instanceof Unmakeable) return await noteFailure(key, error.code, error.detail, db);
    if (limit.aborted) return await noteFailure(key, 'time-limit', null, db);
    if (isLastAttempt && !signal.aborted) await noteFailure(key, 'failed', null, db);
    throw error;
  } finally {
    clearInterval(look);
  }
}

/** The solver's own budget is far below the report's. */
async function computePlan(taken: Taken, signal: AbortSignal): Promise<Made> {
  const read = readPlanRequest(taken.inputs);
  if (read.kind === 'invalid') throw new Unmakeable('refused-inputs', sayFaults(read.faults));
  const outcome = await getPlanDesk().compute(read.problem, read.options, signal);
  if (outcome.kind === 'invalid') throw new Unmakeable('refused-inputs', outcome.errors.map(({ path }) => path).join(', '));
  if (outcome.kind !== 'ok') throw new Error(`the plan was not computed: ${outcome.kind}`);
  const plan = computePlanFigures(read.problem, PlanAnswerSchema.parse(JSON.parse(outcome.answer)));
  if (plan === null) throw new Unmakeable('no-plan', null);
  const document = toPlanDocument(plan, toOptions(taken));
  return { document, writeWorkbook: (target, options) => writePlanWorkbook(plan, document, target, options.signal) };
}

function toOptions({ language, workspace, logo, createdAt }: Taken): DocumentOptions {
  return { language: language as Language, workspace, logo: logo === null ? null : toCoverLogo(logo), madeAt: createdAt.toISOString() };
}

function toCoverLogo({ mediaType, widthPx, heightPx, bytes }: Logo): CoverLogo {
  return { dataUri: `data:${mediaType};base64,${Buffer.from(bytes).toString('base64')}`, widthPx, heightPx };
}

async function readSource({ tenantId }: ReportKey, taken: Taken, deps: { db: Db; engine: Engine }): Promise<FleetSource> {
  if (taken.kind === 'batch' && tenantId !== null && isStoredBatchInputs(taken.inputs)) {
    const stored = await readStoredBatch(deps, { tenantId, batchId: taken.inputs.batchId, name: taken.name });
    if (stored.kind === 'ok') return stored.source;
    throw new Unmakeable(`list-${stored.kind}`, null);
  }
  const context: RequestContext = { snapshot: taken.market as unknown as MarketSnapshot, findMachine, suggestMachines };
  const read = taken.kind === 'scenario' ? readScenario(taken.inputs, context) : readBatch(taken.inputs, taken.name, context);
  if (read.kind === 'invalid') throw new Unmakeable('refused-inputs', sayFaults(read.faults));
  return read.source;
}

async function compute(key: ReportKey, taken: Taken, signal: AbortSignal, db: Db): Promise<Made> {
  if (taken.kind === 'plan') return computePlan(taken, signal);
  const engine = await getEngine();
  const source = await readSource(key, taken, { db, engine });
  const computed = computeFleet(engine, source);
  if (computed.kind === 'refused') throw new Unmakeable('refused-inputs', `${computed.field} (${computed.row + 1})`);
  signal.throwIfAborted();
  const document = toFleetDocument(computed.fleet, toOptions(taken));
  return { document, writeWorkbook: (target, options) => writeFleetWorkbook(computed.fleet, document, target, options) };
}

function sayFaults(faults: readonly Fault[]): string {
  return faults
    .map(({ field, code }) => `${field} ${code}`)
    .join(', ')
    .slice(0, 500);
}

/** Through the disk: a workbook of 100,000 rows is written as it is made and stored piece by piece. */
async function withFile(work: (path: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'hashinsight-report-'));
  try {
    await work(join(folder, 'report'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function write(format: ReportFormat, made: Made, path: string, options: WriteOptions): Promise<void> {
  switch (format) {
    case 'pdf':
      return renderPdf(await getPdfDeps(), made.document, path, options.signal);
    case 'pptx':
      return writeFile(path, await renderPptx(made.document));
    case 'xlsx':
      return made.writeWorkbook(createWriteStream(path), options);
  }
}

function getPdfDeps(): Promise<PdfDeps> {
  const chromium = findChromium();
  if (chromium === null) throw new Unmakeable('no-chromium', null);
  return processSingleton('report-pdf', async () => {
    const pool: BrowserPool = createBrowserPool(chromium);
    return { pool, room: await openPrintRoom() };
  });
}
