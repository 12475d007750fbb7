/** Writes computed rows and row errors, a slice at a time, each slice in one statement and one transaction with the note how far it came. */

import type { Prisma } from '#app/generated/prisma/client.ts';
import type { TenantClient } from '#app/platform/tenancy.server.ts';
import type { MachineColumns, ResultColumns } from '#engine';
import type { BatchRow } from '../rows/batch-row.ts';
import type { RowError } from '../rows/row-error.ts';

export type ComputedSlice = { rows: readonly BatchRow[]; machines: MachineColumns; results: ResultColumns; status: Uint8Array };

/** NaN is "does not exist" in the columns and null in a row; JSON writes the one as the other. */
function toRecord({ rows, machines, results }: ComputedSlice, index: number) {
  const row = rows[index]!;
  return {
    row: row.row,
    model: row.model,
    machine: row.match?.machine.name ?? null,
    match_kind: row.match?.kind ?? null,
    count: machines.count[index],
    hashrate_ths: machines.hashrateThs[index],
    power_w: machines.powerW[index],
    power_usd_per_kwh: machines.powerUsdPerKwh[index],
    capex_usd: machines.capexUsd[index],
    mined_btc_per_day: results.minedBtcPerDay[index],
    revenue_usd_per_day: results.revenueUsdPerDay[index],
    power_usd_per_day: results.powerUsdPerDay[index],
    net_usd_per_day: results.netUsdPerDay[index],
    break_even_power_usd_per_kwh: results.breakEvenPowerUsdPerKwh[index],
    break_even_price_usd_per_btc: results.breakEvenPriceUsdPerBtc[index],
    mined_btc: results.minedBtc[index],
    npv_usd: results.npvUsd[index],
    irr_ratio_per_year: results.irrRatioPerYear[index],
    payback_months: results.paybackMonths[index],
    profit_usd: results.profitUsd[index],
    shutdown_month: results.shutdownMonth[index],
  };
}

/**
 * Rows after `storedThroughRow`, once: a row that is there already stays as it is. One JSON parameter for all columns is what Prisma's driver takes in
 * one statement; COPY would need a connection of its own beside the tenant's transaction (decision 0081).
 */
export async function storeRows(
  tx: TenantClient,
  { tenantId, batchId, storedThroughRow }: { tenantId: string; batchId: string; storedThroughRow: number },
  slice: ComputedSlice,
): Promise<void> {
  const records = slice.rows.flatMap(({ row }, index) => (row > storedThroughRow ? [toRecord(slice, index)] : []));
  if (records.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO batch_rows (batch_id, tenant_id, "row", model, machine, match_kind, count, hashrate_ths, power_w, power_usd_per_kwh, capex_usd,
      mined_btc_per_day, revenue_usd_per_day, power_usd_per_day, net_usd_per_day, break_even_power_usd_per_kwh, break_even_price_usd_per_btc,
      mined_btc, npv_usd, irr_ratio_per_year, payback_months, profit_usd, shutdown_month)
    SELECT ${batchId}::uuid, ${tenantId}::uuid, r.*
    FROM json_to_recordset(${JSON.stringify(records)}::json) AS r("row" int, model text, machine text, match_kind text, count int,
      hashrate_ths float8, power_w float8, power_usd_per_kwh float8, capex_usd float8, mined_btc_per_day float8, revenue_usd_per_day float8,
      power_usd_per_day float8, net_usd_per_day float8, break_even_power_usd_per_kwh float8, break_even_price_usd_per_btc float8,
      mined_btc float8, npv_usd float8, irr_ratio_per_year float8, payback_months float8, profit_usd float8, shutdown_month float8)
    ON CONFLICT (batch_id, "row") DO NOTHING`;
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
    return [{ batchId, tenantId, row: error.row, place, detail: error as unknown as Prisma.InputJsonValue }];
  });
  if (data.length > 0) await tx.batchRowError.createMany({ data, skipDuplicates: true });
}
