import { describe, expect, it } from 'vitest';
import { readRoiRequest } from './read-roi-request.ts';
import { aContext } from './sample-context.ts';
import { type ComputedRow, summariseBatch } from './summarise-batch.ts';

function aRow(fields: { hashrateThs: number; powerW: number; count?: number; capexUsd?: number }, profitUsd: number): ComputedRow {
  const read = readRoiRequest({ powerUsdPerKwh: 0.05, ...fields }, aContext());
  if (read.kind !== 'ok') throw new Error('refused');
  return {
    inputs: { ...read.inputs, epochElapsedS: 0, networkHashrateThs: 1 },
    today: {
      hashpriceBtcPerThDay: 1,
      minedBtcPerDay: 2,
      revenueUsdPerDay: 3,
      energyKwhPerDay: 4,
      powerUsdPerDay: 5,
      fixedUsdPerDay: 6,
      netUsdPerDay: 7,
      breakEvenPowerUsdPerKwh: null,
      breakEvenPriceUsdPerBtc: null,
    },
    projection: {
      minedBtc: 1,
      npvUsd: 2,
      irrRatioPerYear: null,
      paybackMonths: 5,
      staticPaybackMonths: null,
      profitUsd,
      roiRatio: null,
      shutdownMonth: null,
      buyBtc: 3,
      mineBtc: 4,
    },
  };
}

const FLEET = { netUsdByMonth: new Float64Array(0), capexUsd: 0, paybackMonths: 12.5, irrRatioPerYear: 0.3 };

describe('summariseBatch', () => {
  it('reckons efficiency from the sums, not from the mean of rows', () => {
    // (100 x 3000 W + 1 x 1000 W) / (100 x 100 TH/s + 1 x 10 TH/s) = 301000 / 10010; the mean of 30 and 100 J/TH would be 65.
    const rows = [aRow({ hashrateThs: 100, powerW: 3000, count: 100 }, 0), aRow({ hashrateThs: 10, powerW: 1000 }, 0)];
    const summary = summariseBatch(rows, FLEET, 3, '1.0.0');
    expect(summary).toMatchObject({ rowCount: 3, okRows: 2, failedRows: 1, machines: 101, hashrateThs: 10_010, powerW: 301_000 });
    expect(summary.efficiencyJPerTh).toBe(301_000 / 10_010);
    expect(summary.today.netUsdPerDay).toBe(14);
  });

  it('takes payback and return of the fleet from the summed cash flow', () => {
    const summary = summariseBatch([aRow({ hashrateThs: 1, powerW: 1, count: 10, capexUsd: 100 }, 250)], FLEET, 1, '1.0.0');
    expect(summary.projection).toMatchObject({ paybackMonths: 12.5, irrRatioPerYear: 0.3, capexUsd: 1000, roiRatio: 0.25 });
  });

  it('knows no ratio, payback or return of no rows, and no return on nothing paid', () => {
    const empty = summariseBatch([], FLEET, 0, '1.0.0');
    expect(empty).toMatchObject({ rowCount: 0, machines: 0, hashrateThs: 0, efficiencyJPerTh: null });
    expect(empty.projection).toMatchObject({ roiRatio: null, paybackMonths: null, irrRatioPerYear: null, profitUsd: 0 });
    expect(summariseBatch([aRow({ hashrateThs: 1, powerW: 1 }, 5)], FLEET, 1, '1.0.0').projection.roiRatio).toBeNull();
  });

  it('does not call a sum beyond the range of a double a number', () => {
    const huge = aRow({ hashrateThs: 1, powerW: 1 }, 1e308);
    expect(summariseBatch([huge, huge], FLEET, 2, '1.0.0').projection.profitUsd).toBeNull();
  });
});
