/** What the rolling-origin test says about the model, as facts without words. Pure. */
import type { CalibratedSeries, Calibration, CalibrationRow } from './calibrate.ts';

export type CalibrationFinding = {
  row: CalibrationRow;
  /** Share of outcomes between P5 and P95; 0.9 when the model is right. */
  insideWideRatio: number;
  /** Between P25 and P75; 0.5 when it is right. */
  insideNarrowRatio: number;
  /** Of all horizons tested for the series: on how many the model with the history's drift lost less than the walk without drift. */
  betterHorizons: number;
  horizons: number;
  verdict: 'better' | 'mixed' | 'notBetter';
};

export function insideWide({ coverage }: CalibrationRow): number {
  return coverage.p95 - coverage.p5;
}

export function insideNarrow({ coverage }: CalibrationRow): number {
  return coverage.p75 - coverage.p25;
}

/** `null` when the calibration holds no row of the series; the longest horizon otherwise. */
export function findCalibrationFinding(calibration: Calibration, series: CalibratedSeries): CalibrationFinding | null {
  const rows = calibration.rows.filter((row) => row.series === series).sort((a, b) => b.horizonMonths - a.horizonMonths);
  const row = rows[0];
  if (row === undefined) return null;
  const betterHorizons = rows.filter(({ isBetterThanNaive }) => isBetterThanNaive).length;
  return {
    row,
    insideWideRatio: insideWide(row),
    insideNarrowRatio: insideNarrow(row),
    betterHorizons,
    horizons: rows.length,
    verdict: betterHorizons === rows.length ? 'better' : betterHorizons === 0 ? 'notBetter' : 'mixed',
  };
}
