/** A small batch, for tests of this room. Only tests import this. */
import type { Engine } from '#engine';
import type { RowInputs } from '../rows/batch-row.ts';
import { type BatchColumns, toColumns } from './batch-columns.ts';
import { type ComputedBatch, createBatchComputer } from './compute-batch.ts';
import { API_SCENARIO_DEFAULTS, type BatchScenario, toReadingDefaults } from './scenario.ts';

export const SCENARIO: BatchScenario = {
  network: {
    height: 925_000,
    difficulty: 119.12e12,
    feesBtcPerBlock: 0.03,
    epochElapsedS: null,
    networkHashrateThs: null,
    networkGrowthRatioPerMonth: 0.02,
    priceUsdPerBtc: 80_000,
    priceGrowthRatioPerMonth: 0.01,
    horizonMonths: 48,
    payoutModel: 'FPPS',
  },
  defaults: { ...API_SCENARIO_DEFAULTS, powerUsdPerKwh: 0.05, discountRatioPerYear: 0.1, uptimeRatio: 0.97, poolFeeRatio: 0.02 },
  shutdownWhenUnprofitable: true,
};

/** A row as the file gives it: what is not given the file does not say. */
export function aRow(given: Partial<RowInputs>): { inputs: RowInputs } {
  return { inputs: { ...toReadingDefaults(true), hashrateThs: 200, powerW: 3500, ...given } as RowInputs };
}

export const ROWS = [
  aRow({ count: 10, capexUsd: 3000, powerUsdPerKwh: 0.04 }),
  aRow({ count: 5, hashrateThs: 110, powerW: 3250, capexUsd: 600, powerUsdPerKwh: 0.07 }),
  aRow({ count: 1, hashrateThs: 95, powerW: 3250 }),
];

export function computeRows(
  engine: Engine,
  rows: readonly { inputs: RowInputs }[] = ROWS,
  scenario: BatchScenario = SCENARIO,
): { engine: Engine; columns: BatchColumns; batch: ComputedBatch } {
  const columns = toColumns(rows);
  const batch = createBatchComputer(engine, columns).compute(scenario, { withIrr: true });
  if (batch.kind !== 'ok') throw new Error('the scenario was refused');
  return { engine, columns, batch };
}
