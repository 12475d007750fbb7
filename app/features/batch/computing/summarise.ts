/**
 * Totals of a batch: sums over the computed rows. Efficiency, return, payback and IRR come from the sums, never from an average of rows (DOMAIN
 * section 6). Names as in the answer of `POST /api/v1/roi/batch`. Pure.
 */
import type { ComputedBatch } from './compute-batch.ts';

export type BatchSummary = {
  /** Rows that were computed. */
  rows: number;
  /** Rows that the engine refused; they are in no sum. */
  refusedRows: number;
  machines: number;
  hashrateThs: number;
  /** Machines at the wall, and with the site's own use (`pue`). */
  powerW: number;
  sitePowerW: number;
  /** `null` without a machine. */
  efficiencyJPerTh: number | null;
  /** What a kilowatt-hour costs on average: power cost over energy. `null` when no energy is used. */
  meanPowerUsdPerKwh: number | null;
  today: {
    minedBtcPerDay: number;
    revenueUsdPerDay: number;
    energyKwhPerDay: number;
    powerUsdPerDay: number;
    fixedUsdPerDay: number;
    netUsdPerDay: number;
    /** Power price at which all revenue of the day equals the power bill. */
    breakEvenPowerUsdPerKwh: number | null;
    breakEvenPriceUsdPerBtc: number | null;
  };
  projection: {
    minedBtc: number;
    capexUsd: number;
    npvUsd: number;
    profitUsd: number;
    roiRatio: number | null;
    irrRatioPerYear: number | null;
    paybackMonths: number | null;
    staticPaybackMonths: number | null;
    buyBtc: number;
    mineBtc: number;
    netUsdByMonth: number[];
  };
  /** Machines whose revenue of today does not pay power and fixed costs. */
  unprofitable: { rows: number; machines: number; hashrateThs: number; powerW: number; netUsdPerDay: number; machinesRatio: number | null };
  /** Lowest power price among the rows; `null` without one. */
  cheapestPowerUsdPerKwh: number | null;
  /** Rows without a price of the machine: computed as if it were paid already. */
  rowsWithoutCapex: number;
  engineVersion: string;
};

const DAYS_PER_MONTH = 30.4375;

function divide(numerator: number, denominator: number): number | null {
  return denominator === 0 || !Number.isFinite(numerator / denominator) ? null : numerator / denominator;
}

export type Summariser = {
  /** Adds the rows of one part of the batch. O(rows). */
  add(part: Pick<ComputedBatch, 'machines' | 'results' | 'status' | 'rowCount' | 'refusedRows'>): void;
  /** Without a computed row sums are 0 and what rests on them is `null`. */
  finish(whole: Pick<ComputedBatch, 'fleet' | 'engineVersion'>): BatchSummary;
};

/** For a batch that is computed in parts and never held whole. */
export function createSummariser(): Summariser {
  const sums = {
    rows: 0,
    machines: 0,
    hashrateThs: 0,
    powerW: 0,
    sitePowerW: 0,
    minedBtcPerDay: 0,
    revenueUsdPerDay: 0,
    energyKwhPerDay: 0,
    powerUsdPerDay: 0,
    fixedUsdPerDay: 0,
    netUsdPerDay: 0,
    minedBtc: 0,
    npvUsd: 0,
    profitUsd: 0,
    buyBtc: 0,
    mineBtc: 0,
    rowsWithoutCapex: 0,
  };
  let cheapestUsdPerKwh = Number.POSITIVE_INFINITY;
  const bad = { rows: 0, machines: 0, hashrateThs: 0, powerW: 0, netUsdPerDay: 0 };
  let refusedRows = 0;
  return { add, finish };

  function add(part: Parameters<Summariser['add']>[0]): void {
    const { machines, results, status, rowCount } = part;
    refusedRows += part.refusedRows;
    for (let row = 0; row < rowCount; row++) {
      if (status[row] !== 0) continue;
      const count = machines.count[row]!;
      const powerW = machines.powerW[row]! * count;
      const hashrateThs = machines.hashrateThs[row]! * count;
      const net = results.netUsdPerDay[row]!;
      sums.rows++;
      sums.machines += count;
      sums.hashrateThs += hashrateThs;
      sums.powerW += powerW;
      sums.sitePowerW += powerW * machines.pue[row]!;
      sums.minedBtcPerDay += results.minedBtcPerDay[row]!;
      sums.revenueUsdPerDay += results.revenueUsdPerDay[row]!;
      sums.energyKwhPerDay += results.energyKwhPerDay[row]!;
      sums.powerUsdPerDay += results.powerUsdPerDay[row]!;
      sums.fixedUsdPerDay += results.fixedUsdPerDay[row]!;
      sums.netUsdPerDay += net;
      sums.minedBtc += results.minedBtc[row]!;
      sums.npvUsd += results.npvUsd[row]!;
      sums.profitUsd += results.profitUsd[row]!;
      sums.buyBtc += results.buyBtc[row]!;
      sums.mineBtc += results.mineBtc[row]!;
      cheapestUsdPerKwh = Math.min(cheapestUsdPerKwh, machines.powerUsdPerKwh[row]!);
      if (machines.capexUsd[row] === 0) sums.rowsWithoutCapex++;
      if (net < 0) {
        bad.rows++;
        bad.machines += count;
        bad.hashrateThs += hashrateThs;
        bad.powerW += powerW;
        bad.netUsdPerDay += net;
      }
    }
  }

  function finish({ fleet, engineVersion }: Parameters<Summariser['finish']>[0]): BatchSummary {
    const { capexUsd } = fleet;
    const hasRows = sums.rows > 0;
    return {
      rows: sums.rows,
      refusedRows,
      machines: sums.machines,
      hashrateThs: sums.hashrateThs,
      powerW: sums.powerW,
      sitePowerW: sums.sitePowerW,
      efficiencyJPerTh: divide(sums.powerW, sums.hashrateThs),
      meanPowerUsdPerKwh: divide(sums.powerUsdPerDay, sums.energyKwhPerDay),
      today: {
        minedBtcPerDay: sums.minedBtcPerDay,
        revenueUsdPerDay: sums.revenueUsdPerDay,
        energyKwhPerDay: sums.energyKwhPerDay,
        powerUsdPerDay: sums.powerUsdPerDay,
        fixedUsdPerDay: sums.fixedUsdPerDay,
        netUsdPerDay: sums.netUsdPerDay,
        breakEvenPowerUsdPerKwh: divide(sums.revenueUsdPerDay, sums.energyKwhPerDay),
        breakEvenPriceUsdPerBtc: divide(sums.powerUsdPerDay, sums.minedBtcPerDay),
      },
      projection: {
        minedBtc: sums.minedBtc,
        capexUsd,
        npvUsd: sums.npvUsd,
        profitUsd: sums.profitUsd,
        roiRatio: divide(sums.profitUsd, capexUsd),
        irrRatioPerYear: hasRows ? fleet.irrRatioPerYear : null,
        paybackMonths: hasRows ? fleet.paybackMonths : null,
        staticPaybackMonths: sums.netUsdPerDay > 0 ? capexUsd / (sums.netUsdPerDay * DAYS_PER_MONTH) : null,
        buyBtc: sums.buyBtc,
        mineBtc: sums.mineBtc,
        netUsdByMonth: [...fleet.netUsdByMonth],
      },
      unprofitable: { ...bad, machinesRatio: divide(bad.machines, sums.machines) },
      cheapestPowerUsdPerKwh: hasRows ? cheapestUsdPerKwh : null,
      rowsWithoutCapex: sums.rowsWithoutCapex,
      engineVersion,
    };
  }
}

export function summariseBatch(batch: ComputedBatch): BatchSummary {
  const summariser = createSummariser();
  summariser.add(batch);
  return summariser.finish(batch);
}
