/** Writes computed rows and row errors, a slice at a time, each slice in one statement and one transaction with the note how far it came. */

import { Prisma } from '#app/generated/prisma/client.ts';
import { reviveStorable, toStorable } from '#app/platform/storable-text.ts';
import type { TenantClient } from '#app/platform/tenancy.server.ts';
import type { MachineColumns, ResultColumns } from '#engine';
import { computeHostedRow } from '../computing/hosting.ts';
import type { BatchRow } from '../rows/batch-row.ts';
import type { RowError } from '../rows/row-error.ts';

export type ComputedSlice = { rows: readonly BatchRow[]; machines: MachineColumns; results: ResultColumns; status: Uint8Array };

/** Columns of the table with their types, in the order of `toRecord`. */
const COLUMNS = [
  ['row', 'int'],
  ['model', 'text'],
  ['machine', 'text'],
  ['match_kind', 'text'],
  ['count', 'int'],
  ['hashrate_ths', 'float8'],
  ['power_w', 'float8'],
  ['power_usd_per_kwh', 'float8'],
  ['capex_usd', 'float8'],
  ['mined_btc_per_day', 'float8'],
  ['revenue_usd_per_day', 'float8'],
  ['power_usd_per_day', 'float8'],
  ['net_usd_per_day', 'float8'],
  ['break_even_power_usd_per_kwh', 'float8'],
  ['break_even_price_usd_per_btc', 'float8'],
  ['mined_btc', 'float8'],
  ['npv_usd', 'float8'],
  ['irr_ratio_per_year', 'float8'],
  ['payback_months', 'float8'],
  ['profit_usd', 'float8'],
  ['shutdown_month', 'float8'],
  ['client_power_usd_per_kwh', 'float8'],
  ['client_net_usd_per_day', 'float8'],
  ['host_net_usd_per_day', 'float8'],
] as const;

const NAMES = Prisma.raw(COLUMNS.map(([name]) => `"${name}"`).join(', '));
/** c0, c1, ...: a name stands before every value of the parameter, so it is short. */
const SHORT = Prisma.raw(COLUMNS.map(([, type], index) => `c${index} ${type}`).join(', '));

/** NaN is "does not exist" in the columns and null in a row; JSON writes the one as the other. */
function toRecord(slice: ComputedSlice, index: number): string {
  const { rows, machines, results } = slice;
  const row = rows[index]!;
  const hosted = computeHostedRow(slice, index, row.inputs.clientPowerUsdPerKwh);
  const values = [
    row.row,
    row.model === null ? null : toStorable(row.model),
    row.match?.machine.name ?? null,
    row.match?.kind ?? null,
    machines.count[index],
    machines.hashrateThs[index],
    machines.powerW[index],
    machines.powerUsdPerKwh[index],
    machines.capexUsd[index],
    results.minedBtcPerDay[index],
    results.revenueUsdPerDay[index],
    results.powerUsdPerDay[index],
    results.netUsdPerDay[index],
    results.breakEvenPowerUsdPerKwh[index],
    results.breakEvenPriceUsdPerBtc[index],
    results.minedBtc[index],
    results.npvUsd[index],
    results.irrRatioPerYear[index],
    results.paybackMonths[index],
    results.profitUsd[index],
    results.shutdownMonth[index],
    hosted?.clientPowerUsdPerKwh ?? null,
    hosted?.clientNetUsdPerDay ?? null,
    hosted?.hostNetUsdPerDay ?? null,
  ];
  return `{${values.map((value, column) => `"c${column}":${JSON.stringify(value)}`).join()}}`;
}

/**
 * Rows after `storedThroughRow` that were computed, once: a row that is there already stays as it is. One JSON parameter for all columns is what Prisma's driver takes in
 * one statement; COPY would need a connection of its own beside the tenant's transaction (decision 0081).
 */
export async function storeRows(
  tx: TenantClient,
  { tenantId, batchId, storedThroughRow }: { tenantId: string; batchId: string; storedThroughRow: number },
  slice: ComputedSlice,
): Promise<void> {
  const records = slice.rows.flatMap(({ row }, index) =>
    row > storedThroughRow && slice.status[index] === 0 ? [toRecord(slice, index)] : [],
  );
  if (records.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO batch_rows (batch_id, tenant_id, ${NAMES})
    SELECT ${batchId}::uuid, ${tenantId}::uuid, r.* FROM json_to_recordset(${`[${records.join()}]`}::json) AS r(${SHORT})
    ON CONFLICT (batch_id, "row") DO NOTHING`;
}

/** Whatever way a text came, it does not end the work on the list. */
function toStorableJson(error: RowError): Prisma.InputJsonValue {
  return JSON.parse(JSON.stringify(error), reviveStorable);
}

export async function storeErrors(
  tx: TenantClient,
  { tenantId, batchId, storedThroughRow }: { tenantId: string; batchId: string; storedThroughRow: number },
  errors: readonly RowError[],
): Promise<void> {
  const places = new Map<number, number>();
  const data = errors.flatMap((error) => {
    if (error.row <= storedThroughRow) return [];
    const place = places.get(error.row) ?? 0;
    places.set(error.row, place + 1);
    return [{ batchId, tenantId, row: error.row, place, detail: toStorableJson(error) }];
  });
  if (data.length > 0) await tx.batchRowError.createMany({ data, skipDuplicates: true });
}
