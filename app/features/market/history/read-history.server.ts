/**
 * History that ships with the project: daily candles of BTC, difficulty of every epoch, one year of hourly power prices.
 * Decoded once per process, on first use. Server only, so that 150 kB of numbers never reach the first view of a page.
 */
import closesFile from './btc-daily-closes.json' with { type: 'json' };
import highsFile from './btc-daily-highs.json' with { type: 'json' };
import lowsFile from './btc-daily-lows.json' with { type: 'json' };
import opensFile from './btc-daily-opens.json' with { type: 'json' };
import volumesFile from './btc-daily-volumes.json' with { type: 'json' };
import difficultyFile from './difficulty-by-epoch.json' with { type: 'json' };
import powerFile from './power-ercot-2022.json' with { type: 'json' };
import { decodeSeries, difficultyOfNBits, type Series } from './series-format.ts';

let closes: Series | undefined;
let candles: ShippedCandles | undefined;
let power: Series | undefined;
let difficulties: Float64Array | undefined;

/** Closes of BTC, USD, one per UTC day from 2010-07-17 to 2025-12-31. Shared: do not write to it. */
export function readDailyClosesUsdPerBtc(): Series {
  closes ??= decodeSeries(closesFile);
  return closes;
}

/** What candles have beside their closes. Each series begins on a day of its own and ends with the closes. */
export type ShippedCandles = { open: Series; high: Series; low: Series; volumeBtc: Series };

/** Open, high and low of BTC, USD, from 2014-09-17, and its volume on one exchange, BTC, from 2017-08-17 on. Shared: do not write to it. */
export function readDailyCandleParts(): ShippedCandles {
  candles ??= {
    open: decodeSeries(opensFile),
    high: decodeSeries(highsFile),
    low: decodeSeries(lowsFile),
    volumeBtc: decodeSeries(volumesFile),
  };
  return candles;
}

/** Day-ahead price of power in Texas (ERCOT hub average), USD/MWh, each hour of 2022 local time. Shared: do not write to it. */
export function readHourlyPowerUsdPerMwh(): Series {
  power ??= decodeSeries(powerFile);
  return power;
}

/** Difficulty of each epoch of 2016 blocks, index = epoch, exact. Shared: do not write to it. */
export function readDifficultyByEpoch(): { source: string; values: Float64Array } {
  difficulties ??= Float64Array.from(
    difficultyFile.nBits.flatMap((line) => line.split(' ')),
    difficultyOfNBits,
  );
  return { source: difficultyFile.source, values: difficulties };
}
