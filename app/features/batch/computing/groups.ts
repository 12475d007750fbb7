/** Rows of equal value in a column, and what each such group comes to. Pure. */
import type { ComputedBatch } from './compute-batch.ts';

export type BatchGroup = {
  key: string;
  rows: number;
  machines: number;
  hashrateThs: number;
  powerW: number;
  efficiencyJPerTh: number | null;
  revenueUsdPerDay: number;
  powerUsdPerDay: number;
  netUsdPerDay: number;
  capexUsd: number;
  npvUsd: number;
  profitUsd: number;
  /** Share of the group's machines that lose money today. */
  unprofitableRatio: number | null;
};

export type Grouped = {
  /** Largest loads first. */
  groups: BatchGroup[];
  /** Different values; more than are listed when the column is one of serial numbers. */
  valueCount: number;
  /** All that are not listed, as one; `null`: all are. */
  rest: BatchGroup | null;
};

export const MAX_GROUPS = 200;

type Sums = Omit<BatchGroup, 'efficiencyJPerTh' | 'unprofitableRatio'> & { unprofitableMachines: number };

function emptySums(key: string): Sums {
  return {
    key,
    rows: 0,
    machines: 0,
    hashrateThs: 0,
    powerW: 0,
    revenueUsdPerDay: 0,
    powerUsdPerDay: 0,
    netUsdPerDay: 0,
    capexUsd: 0,
    npvUsd: 0,
    profitUsd: 0,
    unprofitableMachines: 0,
  };
}

function addRow(sums: Sums, { machines, results }: ComputedBatch, row: number): void {
  const count = machines.count[row]!;
  const net = results.netUsdPerDay[row]!;
  sums.rows++;
  sums.machines += count;
  sums.hashrateThs += machines.hashrateThs[row]! * count;
  sums.powerW += machines.powerW[row]! * count;
  sums.revenueUsdPerDay += results.revenueUsdPerDay[row]!;
  sums.powerUsdPerDay += results.powerUsdPerDay[row]!;
  sums.netUsdPerDay += net;
  sums.capexUsd += machines.capexUsd[row]! * count;
  sums.npvUsd += results.npvUsd[row]!;
  sums.profitUsd += results.profitUsd[row]!;
  if (net < 0) sums.unprofitableMachines += count;
}

function addSums(into: Sums, { key: _key, ...from }: Sums): void {
  for (const name of Object.keys(from) as (keyof typeof from)[]) into[name] += from[name];
}

function finish({ unprofitableMachines, ...sums }: Sums): BatchGroup {
  return {
    ...sums,
    efficiencyJPerTh: sums.hashrateThs === 0 ? null : sums.powerW / sums.hashrateThs,
    unprofitableRatio: sums.machines === 0 ? null : unprofitableMachines / sums.machines,
  };
}

/** `keyOf`: the value of a row, by its index in the batch. O(rows). */
export function groupRows(batch: ComputedBatch, keyOf: (row: number) => string, maxGroups = MAX_GROUPS): Grouped {
  const byKey = new Map<string, Sums>();
  for (let row = 0; row < batch.rowCount; row++) {
    if (batch.status[row] !== 0) continue;
    const key = keyOf(row);
    let sums = byKey.get(key);
    if (sums === undefined) {
      sums = emptySums(key);
      byKey.set(key, sums);
    }
    addRow(sums, batch, row);
  }
  const all = [...byKey.values()].sort((a, b) => b.powerW - a.powerW);
  const rest = emptySums('');
  for (const sums of all.slice(maxGroups)) addSums(rest, sums);
  return {
    groups: all.slice(0, maxGroups).map(finish),
    valueCount: all.length,
    rest: all.length > maxGroups ? finish(rest) : null,
  };
}
