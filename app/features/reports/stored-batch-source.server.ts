/**
 * A stored list as what a report is made from. Its file is read again the way the job read it, with the scenario and the market of the upload, so that the report comes to
 * the totals that the list shows; stored rows do not hold every input of a machine.
 */
import type { UsedMarket } from '#app/features/api/economics/resolve-market.ts';
import { createFilled, toColumns } from '#app/features/batch/computing/batch-columns.ts';
import { createResults } from '#app/features/batch/computing/compute-batch.ts';
import { openList } from '#app/features/batch/mapping/open-list.ts';
import type { BatchRow } from '#app/features/batch/rows/batch-row.ts';
import { readBatch } from '#app/features/batch/rows/read-batch.ts';
import { createLedger, enter } from '#app/features/batch/rows/row-ledger.ts';
import type { StoredRequest } from '#app/features/batch/stored/batch-request.ts';
import { openStoredFile } from '#app/features/batch/stored/stored-file.server.ts';
import { readStoredMapping } from '#app/features/batch/stored/stored-mapping.ts';
import { mapColumns, toReadingOptions } from '#app/features/batch/stored/stored-reading.ts';
import type { Db } from '#app/platform/db.server.ts';
import type { Engine, MachineColumns } from '#engine';
import type { FleetRow, FleetSource } from './model/fleet-source.ts';

export type StoredBatchSource =
  | { kind: 'ok'; source: FleetSource }
  /** Deleted, never computed, or its file is no longer kept. */
  | { kind: 'gone' }
  /** No row was computed. */
  | { kind: 'empty' }
  /** A report reckons with one rate; these rows have several. */
  | { kind: 'mixed-discount' };

/** `reports.inputs` of a report of a stored list. */
export type StoredBatchInputs = { batchId: string };

export function isStoredBatchInputs(inputs: unknown): inputs is StoredBatchInputs {
  return typeof inputs === 'object' && inputs !== null && 'batchId' in inputs && typeof inputs.batchId === 'string';
}

/** Rows in memory: a report holds them all anyhow. `name`: of the report. */
export async function readStoredBatch(
  { db, engine }: { db: Db; engine: Engine },
  { tenantId, batchId, name }: { tenantId: string; batchId: string; name: string },
): Promise<StoredBatchSource> {
  const batch = await db.$withTenant(tenantId, (tx) =>
    tx.batch.findUnique({
      where: { id: batchId, status: 'done' },
      include: { parts: { where: { part: 0 }, select: { part: true }, take: 1 } },
    }),
  );
  if (batch === null || batch.parts.length === 0) return { kind: 'gone' };
  const request = batch.request as unknown as StoredRequest;
  const { scenario } = request;
  const opened = await openList(openStoredFile(db, tenantId, batchId, { name: batch.fileName, sizeBytes: batch.fileBytes }), request.table);
  if (opened.kind === 'refused') throw new Error(`a list that was computed is refused now: ${opened.code}`);
  const run = engine.startColumns(scenario.network, { withIrr: false });
  if ('kind' in run) throw new Error('the engine refuses a network that it computed with');

  const ledger = createLedger();
  const rows: FleetRow[] = [];
  const discounts = new Set<number>();
  let refusedRows = 0;
  let hostedRows = 0;
  // Memory for the answers, taken again only for a larger block.
  let results = createResults(engine, 0);
  let status = new Uint8Array(0);
  // What the columns were understood as then, not what they would be today.
  const mapping = readStoredMapping(batch.mapping).mapping ?? (await mapColumns(opened.table, request));
  for await (const block of readBatch(opened.table, toReadingOptions(mapping, request))) {
    const good: BatchRow[] = [];
    for (const outcome of block) {
      enter(ledger, outcome);
      if (outcome.kind === 'ok') good.push(outcome.row);
    }
    const machines = createFilled(toColumns(good)).fill(scenario);
    if (good.length > status.length) {
      results = createResults(engine, good.length);
      status = new Uint8Array(good.length);
    }
    refusedRows += run.add(machines, results, status, 0, good.length);
    for (const [index, row] of good.entries()) {
      if (status[index] !== 0) continue;
      discounts.add(machines.discountRatioPerYear[index]!);
      rows.push(toFleetRow(row, machines, index));
      if (row.inputs.clientPowerUsdPerKwh !== null) hostedRows += 1;
    }
  }
  const [discountRatioPerYear] = discounts;
  if (discountRatioPerYear === undefined) return { kind: 'empty' };
  if (discounts.size > 1) return { kind: 'mixed-discount' };
  const source: FleetSource = {
    kind: 'batch',
    name,
    network: scenario.network,
    discountRatioPerYear,
    shutdownWhenUnprofitable: scenario.shutdownWhenUnprofitable,
    rows,
    rowsFailed: ledger.rowsInError + refusedRows,
    rowsSkipped: ledger.rowsSkipped,
    hostedRows,
    market: toUsedMarket(request.market),
  };
  return { kind: 'ok', source };
}

function toFleetRow(row: BatchRow, machines: MachineColumns, index: number): FleetRow {
  const of = (column: keyof MachineColumns) => machines[column][index]!;
  return {
    model: row.match?.machine.name ?? row.model,
    line: row.line,
    count: of('count'),
    hashrateThs: of('hashrateThs'),
    powerW: of('powerW'),
    powerUsdPerKwh: of('powerUsdPerKwh'),
    poolFeeRatio: of('poolFeeRatio'),
    uptimeRatio: of('uptimeRatio'),
    pue: of('pue'),
    hashrateDecayRatioPerMonth: of('hashrateDecayRatioPerMonth'),
    hostingFeeUsdPerMonth: of('hostingFeeUsdPerMonth'),
    maintenanceUsdPerMonth: of('maintenanceUsdPerMonth'),
    capexUsd: of('capexUsd'),
    residualUsd: of('residualUsd'),
    heldRatio: of('heldRatio'),
  };
}

function toUsedMarket(market: StoredRequest['market']): UsedMarket {
  return {
    height: market.height ?? null,
    difficulty: market.difficulty ?? null,
    feesBtcPerBlock: market.feesBtcPerBlock ?? null,
    priceUsdPerBtc: market.priceUsdPerBtc ?? null,
    networkHashrateThs: market.networkHashrateThs ?? null,
    epochElapsedS: market.epochElapsedS ?? null,
  };
}
