/** Compares the shipped history with the tables it was derived from. They lie outside the project; with CI=true their absence is a failure. */
import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readDailyCandleParts, readDailyClosesUsdPerBtc, readDifficultyByEpoch, readHourlyPowerUsdPerMwh } from './read-history.server.ts';
import { type Series, valueAt } from './series-format.ts';

const FOLDER = resolve(process.cwd(), '../shared/data');
const isPresent = existsSync(join(FOLDER, 'btc'));

function rowsOf(file: string): string[][] {
  return readFileSync(join(FOLDER, file), 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => line.split(','));
}

describe('the tables the history was derived from', () => {
  it('are there when the tests run in CI', () => {
    if (!isPresent) console.info('../shared/data is absent: the shipped history is not compared with its tables');
    expect(isPresent || process.env.CI !== 'true').toBe(true);
  });

  if (!isPresent) return;
  describe('agree', () => {
    it('with every close, to half a cent (to the last digit before 2014-09-17)', () => {
      const series = readDailyClosesUsdPerBtc();
      const late = rowsOf('btc/btc_usd_daily_yahoo_2014_2025.csv');
      const early = rowsOf('btc/btc_usd_price_daily_2010_2021.csv').filter(([day]) => day!.replaceAll('/', '-') < late[0]![0]!);
      expect(early.length + late.length).toBe(series.values.length);
      const worst = (rows: string[][]) =>
        Math.max(
          ...rows.map(([day, close]) => Math.abs(valueAt(series, Date.parse(`${day!.replaceAll('/', '-')}T00:00:00Z`))! - Number(close))),
        );
      expect(worst(early)).toBeLessThanOrEqual(0.00005);
      expect(worst(late)).toBeLessThanOrEqual(0.005 + 1e-9);
    });

    it('with every other figure of a candle, to half a cent and half a hundredth of a coin', () => {
      const { open, high, low, volumeBtc } = readDailyCandleParts();
      const check = (series: Series, file: string, column: number) => {
        const rows = rowsOf(file);
        expect(rows.length).toBe(series.values.length);
        const apart = rows.map((row) => Math.abs(valueAt(series, Date.parse(`${row[0]}T00:00:00Z`))! - Number(row[column])));
        expect(Math.max(...apart), series.name).toBeLessThanOrEqual(0.005 + 1e-9);
      };
      check(high, 'btc/btc_usd_daily_yahoo_2014_2025.csv', 2);
      check(low, 'btc/btc_usd_daily_yahoo_2014_2025.csv', 3);
      check(open, 'btc/btc_usd_daily_yahoo_2014_2025.csv', 4);
      check(volumeBtc, 'btc/btcusdt_daily_binance_2017_2025.csv', 5);
    });

    it('with every difficulty, to the last bit the table prints', () => {
      const { values } = readDifficultyByEpoch();
      const rows = rowsOf('btc/btc_difficulty_by_epoch.csv');
      expect(rows.length).toBe(values.length);
      rows.forEach((row, epoch) => {
        const printed = Number(row[5]);
        // The table prints at most eight decimals; above that a double's own last bit.
        const halfLastDigit = Math.max(0.5e-8, printed * 2 ** -52);
        expect(Math.abs(values[epoch]! - printed), `epoch ${epoch}`).toBeLessThanOrEqual(halfLastDigit);
      });
    });

    it('with every hour of power', () => {
      const series = readHourlyPowerUsdPerMwh();
      const rows = rowsOf('power/us-tex-erco_dam_hourly_2022.csv');
      expect(rows.length).toBe(series.values.length);
      for (const [stamp, price] of rows) expect(valueAt(series, Date.parse(stamp!.replace(' ', 'T'))), stamp).toBe(Number(price));
    });
  });
});
