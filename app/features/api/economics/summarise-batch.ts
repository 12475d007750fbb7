/**
 * Totals of a batch over the rows that were computed. Totals are sums; the fleet's efficiency, return and payback come from the
 * sums, never from an average of rows (DOMAIN section 6). Pure.
 */
import type { BatchResult, ProjectionSummary, ResolvedRoiInputs, Today } from '#engine';

export type ComputedRow = { inputs: ResolvedRoiInputs; today: Today; projection: ProjectionSummary };

const TODAY_SUMS = ['minedBtcPerDay', 'revenueUsdPerDay', 'energyKwhPerDay', 'powerUsdPerDay', 'fixedUsdPerDay', 'netUsdPerDay'] as const;

export type BatchSummary = {
  rowCount: number;
  okRows: number;
  failedRows: number;
  machines: number;
  hashrateThs: number | null;
  powerW: number | null;
  efficiencyJPerTh: number | null;
  today: Record<(typeof TODAY_SUMS)[number], number | null>;
  projection: {
    minedBtc: number | null;
    npvUsd: number | null;
    irrRatioPerYear: number | null;
    paybackMonths: number | null;
    profitUsd: number | null;
    capexUsd: number | null;
    roiRatio: number | null;
    buyBtc: number | null;
    mineBtc: number | null;
  };
  engineVersion: string;
};

/** `rows`: those computed; `rowCount`: those asked for. Without a computed row sums are 0 and what rests on them is `null`. */
export function summariseBatch(
  rows: readonly ComputedRow[],
  fleet: BatchResult['fleet'],
  rowCount: number,
  engineVersion: string,
): BatchSummary {
  const sum = (pick: (row: ComputedRow) => number): number | null => {
    const total = rows.reduce((subtotal, row) => subtotal + pick(row), 0);
    // Rows are finite, yet thousands of them at the edge of a double need not be: then the sum is not known.
    return Number.isFinite(total) ? total : null;
  };
  const hashrateThs = sum(({ inputs }) => inputs.hashrateThs * inputs.count);
  const powerW = sum(({ inputs }) => inputs.powerW * inputs.count);
  const capexUsd = sum(({ inputs }) => inputs.capexUsd * inputs.count);
  const profitUsd = sum(({ projection }) => projection.profitUsd);
  const hasRows = rows.length > 0;
  return {
    rowCount,
    okRows: rows.length,
    failedRows: rowCount - rows.length,
    machines: rows.reduce((subtotal, { inputs }) => subtotal + inputs.count, 0),
    hashrateThs,
    powerW,
    efficiencyJPerTh: divide(powerW, hashrateThs),
    today: Object.fromEntries(TODAY_SUMS.map((name) => [name, sum(({ today }) => today[name])])) as BatchSummary['today'],
    projection: {
      minedBtc: sum(({ projection }) => projection.minedBtc),
      npvUsd: sum(({ projection }) => projection.npvUsd),
      irrRatioPerYear: hasRows ? fleet.irrRatioPerYear : null,
      paybackMonths: hasRows ? fleet.paybackMonths : null,
      profitUsd,
      capexUsd,
      roiRatio: divide(profitUsd, capexUsd),
      buyBtc: sum(({ projection }) => projection.buyBtc),
      mineBtc: sum(({ projection }) => projection.mineBtc),
    },
    engineVersion,
  };
}

function divide(numerator: number | null, denominator: number | null): number | null {
  return numerator === null || denominator === null || denominator === 0 ? null : numerator / denominator;
}
