/**
 * The job of an uploaded list: read, match, compute, store, in slices with room for other work between them. Another attempt reads the whole file again, which is
 * cheap, and stores only what the one before it had not; the sums are then those of the whole list.
 */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Prisma } from '#app/generated/prisma/client.ts';
import { type Db, getDb } from '#app/platform/db.server.ts';
import { getEngine } from '#app/platform/engine.server.ts';
import type { ColumnsRun, Engine } from '#engine';
import { createFilled, toColumns } from '../computing/batch-columns.ts';
import { createCurveBuilder } from '../computing/break-even-curve.ts';
import { createResults } from '../computing/compute-batch.ts';
import { findScenarioErrors } from '../computing/scenario.ts';
import { createSummariser } from '../computing/summarise.ts';
import { listMissing, type Mapping } from '../mapping/mapping.ts';
import { openList } from '../mapping/open-list.ts';
import type { Table, TableFormat } from '../reading/open-table.ts';
import { toRefusal } from '../reading/unreadable-file.ts';
import { watchSource } from '../reading/watch-source.ts';
import type { BatchRow } from '../rows/batch-row.ts';
import { type RowOutcome, readBatch } from '../rows/read-batch.ts';
import type { RowError } from '../rows/row-error.ts';
import { createLedger, enter } from '../rows/row-ledger.ts';
import type { BatchFailure, StoredRequest } from './batch-request.ts';
import { storeErrors, storeRows } from './store-rows.server.ts';
import { openStoredFile } from './stored-file.server.ts';
import { toStoredMapping } from './stored-mapping.ts';
import { mapColumns, toReadingOptions } from './stored-reading.ts';
import type { StoredSummary } from './stored-summary.ts';

/** Rows between two transactions: some 5 ms of work, and what a worker that dies has to do again. */
const SLICE_ROWS = 500;
const TRANSACTION_MS = 15_000;

export type ProcessDeps = {
  db: Db;
  engine: Engine;
  now: () => Date;
  /** Told after each slice; a test stops a worker here. */
  onStored?: (throughRow: number) => Promise<void> | void;
};

type Job = { tenantId: string; batchId: string };

export async function processStoredBatch(job: Job, signal: AbortSignal): Promise<void> {
  await processBatchWith(job, signal, { db: getDb(), engine: await getEngine(), now: () => new Date() });
}

/** Throws when the worker is told to stop or the database is away: then another attempt goes on. */
export async function processBatchWith(job: Job, signal: AbortSignal, deps: ProcessDeps): Promise<void> {
  const { db, now } = deps;
  const { tenantId, batchId } = job;
  const batch = await db.$withTenant(tenantId, async (tx) => {
    await tx.batch.updateMany({ where: { id: batchId, status: 'queued' }, data: { status: 'running', startedAt: now() } });
    return tx.batch.findUnique({ where: { id: batchId } });
  });
  // Deleted, cancelled or finished by another attempt.
  if (batch === null || batch.status !== 'running') return;
  const request = batch.request as unknown as StoredRequest;
  const watched = watchSource(openStoredFile(db, tenantId, batchId, { name: batch.fileName, sizeBytes: batch.fileBytes }));
  const { source } = watched;
  const fail = (failure: BatchFailure, known: Known | null) => finishFailed(deps, job, failure, known);

  const fields = findScenarioErrors(request.scenario).map(({ field }) => field);
  if (fields.length > 0) return fail({ kind: 'invalid_scenario', fields }, null);
  const opened = await openList(source, request.table);
  if (opened.kind === 'refused') return fail({ ...opened }, null);
  const { format } = opened.table;
  try {
    const mapping = await mapColumns(opened.table, request);
    const missing = listMissing(mapping, { powerUsdPerKwh: request.scenario.defaults.powerUsdPerKwh });
    if (mapping.columns.some(({ questions }) => questions.length > 0)) return await fail({ kind: 'mapping_asks' }, { format, mapping });
    if (missing.length > 0) return await fail({ kind: 'fields_missing', fields: missing }, { format, mapping });
    await computeAndStore(job, signal, deps, {
      table: opened.table,
      mapping,
      request,
      storedThroughRow: batch.storedThroughRow,
      // A workbook is read here and there, so its bytes say nothing about its rows.
      doneRatio: opened.table.format.kind === 'csv' ? watched.ratio : () => null,
    });
  } catch (error) {
    const refusal = toRefusal(error);
    await fail({ ...refusal }, { format, mapping: null });
  }
}

/** How far the file was understood. */
type Known = { format: TableFormat; mapping: Mapping | null };

async function finishFailed(
  { db, now }: ProcessDeps,
  { tenantId, batchId }: Job,
  failure: BatchFailure,
  known: Known | null,
): Promise<void> {
  await db.$withTenant(tenantId, (tx) =>
    tx.batch.updateMany({
      where: { id: batchId, status: 'running' },
      data: {
        status: 'failed',
        failure: failure as unknown as Prisma.InputJsonValue,
        ...(known === null ? {} : { mapping: toJson(known) }),
        finishedAt: now(),
      },
    }),
  );
}

type Work = { table: Table; mapping: Mapping; request: StoredRequest; storedThroughRow: number; doneRatio: () => number | null };

async function computeAndStore(job: Job, signal: AbortSignal, deps: ProcessDeps, work: Work): Promise<void> {
  const { db, engine, now } = deps;
  const { tenantId, batchId } = job;
  const { table, mapping, request, storedThroughRow } = work;
  const { scenario } = request;
  const run = engine.startColumns(scenario.network, { withIrr: true });
  if ('kind' in run) {
    await finishFailed(
      deps,
      job,
      { kind: 'invalid_scenario', fields: run.errors.map(({ field }) => field) },
      { format: table.format, mapping },
    );
    return;
  }
  const ledger = createLedger();
  const summariser = createSummariser();
  const curve = createCurveBuilder();
  const buffers: Buffers = { results: createResults(engine, SLICE_ROWS), status: new Uint8Array(SLICE_ROWS) };
  const options = toReadingOptions(mapping, request);

  const settle = async (outcomes: readonly RowOutcome[]): Promise<boolean> => {
    const rows = outcomes.flatMap((outcome) => (outcome.kind === 'ok' ? [outcome.row] : []));
    const part = computePart(run, rows, scenario, buffers);
    const errors: RowError[] = [];
    let place = 0;
    for (const outcome of outcomes) {
      const settled = outcome.kind === 'ok' && part.status[place++] !== 0 ? toRefused(outcome.row) : outcome;
      enter(ledger, settled);
      if (settled.kind === 'error') errors.push(...settled.errors);
    }
    summariser.add(part);
    curve.add(part);
    const last = outcomes.at(-1);
    const throughRow = last === undefined ? 0 : last.kind === 'ok' ? last.row.row : last.rowNumber;
    const target = { tenantId, batchId, storedThroughRow };
    const isRunning = await db.$withTenant(
      tenantId,
      async (tx) => {
        const { count } = await tx.batch.updateMany({
          where: { id: batchId, status: 'running' },
          data: {
            rowsTotal: ledger.rowsIn,
            rowsOk: ledger.rowsOk,
            rowsFailed: ledger.rowsInError,
            rowsSkipped: ledger.rowsSkipped,
            storedThroughRow: Math.max(storedThroughRow, throughRow),
            doneRatio: work.doneRatio(),
          },
        });
        // Cancelled or deleted meanwhile.
        if (count === 0) return false;
        await storeRows(tx, target, { rows, ...part });
        await storeErrors(tx, target, errors);
        return true;
      },
      { timeoutMs: TRANSACTION_MS },
    );
    if (isRunning) await deps.onStored?.(throughRow);
    return isRunning;
  };

  let waiting: RowOutcome[] = [];
  for await (const block of readBatch(table, options)) {
    for (const outcome of block) {
      waiting.push(outcome);
      if (waiting.length < SLICE_ROWS) continue;
      signal.throwIfAborted();
      if (!(await settle(waiting))) return;
      waiting = [];
      await nextTurn();
    }
  }
  if (!(await settle(waiting))) return;

  const summary = summariser.finish({ fleet: run.finish(), engineVersion: engine.engineVersion });
  const stored: StoredSummary = {
    ...summary,
    breakEvenCurve: curve.finish(),
    errors: ledger.errors,
    skipped: ledger.skipped,
    matches: ledger.matches,
    notes: ledger.notes,
  };
  await db.$withTenant(tenantId, (tx) =>
    tx.batch.updateMany({
      where: { id: batchId, status: 'running' },
      data: {
        status: 'done',
        doneRatio: 1,
        summary: stored as unknown as Prisma.InputJsonValue,
        mapping: toJson({ format: table.format, mapping }),
        finishedAt: now(),
      },
    }),
  );
}

/** A row that was read and that the engine refuses: it is in error like any other, not computed with nothing in it. */
function toRefused({ row, line }: BatchRow): RowOutcome {
  const error: RowError = {
    row,
    line,
    column: null,
    header: '',
    field: null,
    value: '',
    code: 'not_computed',
    range: null,
    suggestion: null,
  };
  return { kind: 'error', rowNumber: row, errors: [error] };
}

function toJson({ format, mapping }: Known): Prisma.InputJsonValue {
  return toStoredMapping(format, mapping) as Prisma.InputJsonValue;
}

/** Memory for the results of a slice, taken once: what is freed late would look like a leak. */
type Buffers = { results: ReturnType<typeof createResults>; status: Uint8Array };

function computePart(run: ColumnsRun, rows: readonly BatchRow[], scenario: StoredRequest['scenario'], { results, status }: Buffers) {
  const columns = toColumns(rows);
  const { rowCount } = columns;
  const machines = createFilled(columns).fill(scenario);
  const refusedRows = run.add(machines, results, status, 0, rowCount);
  return { machines, results, status, rowCount, refusedRows };
}
