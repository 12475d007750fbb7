/**
 * History that ships with the project: daily closes of BTC, difficulty of every epoch, one year of hourly power prices.
 * Decoded once per process, on first use. Server only, so that 70 kB of numbers never reach the first view of a page.
 */
import closesFile from './btc-daily-closes.json' with { type: 'json' };
import difficultyFile from './difficulty-by-epoch.json' with { type: 'json' };
import powerFile from './power-ercot-2022.json' with { type: 'json' };
import { decodeSeries, difficultyOfNBits, type Series } from './series-format.ts';

let closes: Series | undefined;
let power: Series | undefined;
let difficulties: Float64Array | undefined;

/** Closes of BTC, USD, one per UTC day from 2010-07-17 to 2025-12-31. Shared: do not write to it. */
export function readDailyClosesUsdPerBtc(): Series {
  closes ??= decodeSeries(closesFile);
  return closes;
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
