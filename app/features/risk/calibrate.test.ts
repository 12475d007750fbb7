/** The calibration: its file is that of today's code and history, and on a made-up history the model that is right is found right. */
import { describe, expect, it } from 'vitest';
import type { Series } from '#app/features/market/history/series-format.ts';
import { getEngine } from '#app/platform/engine.server.ts';
import { S_PER_MONTH } from '#engine/units/constants.ts';
import { calibrateRisk } from './calibrate.ts';
import { CALIBRATION } from './calibration.ts';
import { layOutEpochs } from './network-history.ts';
import { calibrateOverShippedHistory } from './shipped-calibration.server.ts';

describe('calibration.json', () => {
  it('is what npm run calibrate:risk writes today', { timeout: 30_000 }, async () => {
    const now = calibrateOverShippedHistory(await getEngine());
    // Logarithms of another processor may differ in the last digit.
    const rounded = (value: unknown) =>
      JSON.parse(JSON.stringify(value, (_, item) => (typeof item === 'number' ? Number(item.toPrecision(9)) : item)));
    expect(rounded(CALIBRATION)).toEqual(rounded(now));
  });

  it('covers three series at four horizons, each over more than a hundred origins', () => {
    expect(CALIBRATION.rows).toHaveLength(12);
    for (const row of CALIBRATION.rows) {
      expect(row.origins).toBeGreaterThan(100);
      const shares = Object.values(row.coverage);
      expect([...shares].sort((a, b) => a - b)).toEqual(shares);
      expect(row.isBetterThanNaive).toBe(row.pinballModel < row.pinballNaive);
    }
  });
});

describe('calibrateRisk', () => {
  it('finds a model with drift better on a history that only rises', { timeout: 30_000 }, async () => {
    const months = 60;
    const days = Math.floor((months * S_PER_MONTH) / 86_400);
    // 3 % a month, with a ripple so that there is some volatility to scale the forecasts.
    const values = Float64Array.from({ length: days }, (_, day) => 20_000 * Math.exp((0.03 * day) / 30.4375 + 0.02 * Math.sin(day)));
    const closes: Series = { name: 'x', unit: '', meaning: '', source: '', startAtMs: 0, stepS: 86_400, values };
    // Every retarget adds 1 %.
    const difficulties = Array.from({ length: 140 }, (_, index) => 1e13 * 1.01 ** index);
    const epochs = layOutEpochs(difficulties, days * 86_400_000);
    const calibration = calibrateRisk(
      { closes, epochs, engine: await getEngine() },
      { windowMonths: 24, horizonsMonths: [6], paths: 200, seed: 1 },
    );
    expect(calibration.rows.map(({ series, isBetterThanNaive }) => [series, isBetterThanNaive])).toEqual([
      ['priceUsdPerBtc', true],
      ['networkHashrateThs', true],
      ['incomeUsdPerTh', true],
    ]);
  });

  it('refuses a history without a single forecast', async () => {
    const closes: Series = {
      name: 'x',
      unit: '',
      meaning: '',
      source: '',
      startAtMs: 0,
      stepS: 86_400,
      values: new Float64Array(100).fill(1),
    };
    const engine = await getEngine();
    expect(() => calibrateRisk({ closes, epochs: [], engine }, { windowMonths: 24, horizonsMonths: [1], paths: 10, seed: 1 })).toThrow(
      'too short',
    );
  });
});
