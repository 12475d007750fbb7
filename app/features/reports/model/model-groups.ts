/** Rows by model: what each contributes today. Pure. */
import { W_PER_KW } from '#engine/units/constants.ts';
import type { ComputedRows } from './day-columns.ts';

export type ModelGroup = {
  /** Null: rows whose model nobody named. */
  model: string | null;
  machines: number;
  hashrateThs: number;
  powerKw: number;
  netUsdPerDay: number;
  revenueUsdPerDay: number;
  energyKwhPerDay: number;
};

/** Most machines first; ties in the order of first appearance. */
export function groupByModel(rows: ComputedRows): ModelGroup[] {
  const groups = new Map<string | null, ModelGroup>();
  for (const { row, today } of rows) {
    const group = groups.get(row.model) ?? {
      model: row.model,
      machines: 0,
      hashrateThs: 0,
      powerKw: 0,
      netUsdPerDay: 0,
      revenueUsdPerDay: 0,
      energyKwhPerDay: 0,
    };
    group.machines += row.count;
    group.hashrateThs += row.hashrateThs * row.count;
    group.powerKw += (row.powerW * row.pue * row.count) / W_PER_KW;
    group.netUsdPerDay += today.netUsdPerDay;
    group.revenueUsdPerDay += today.revenueUsdPerDay;
    group.energyKwhPerDay += today.energyKwhPerDay;
    groups.set(row.model, group);
  }
  return [...groups.values()].sort((a, b) => b.machines - a.machines);
}
