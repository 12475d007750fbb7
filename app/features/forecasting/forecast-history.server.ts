/** The histories that forecasts are made from, with the hash that names them. */
import { createHash } from 'node:crypto';
import { readDailyClosesUsdPerBtc, readDifficultyByEpoch } from '#app/features/market/history/read-history.server.ts';
import { readShippedEpochs } from '#app/features/risk/shipped-motion.server.ts';
import { PRICE_PLAN } from './backtest/price-backtest.ts';
import { type KnownEpochs, toKnownEpochs } from './difficulty/difficulty-backtest.ts';
import type { ForecastSeries } from './forecast-answer.ts';
import { METHOD_VERSION } from './stored-backtest.ts';

export type PriceHistory = { logs: Float64Array; startAtMs: number; stepMs: number; source: string; inputsHash: string };
export type DifficultyHistory = { known: KnownEpochs; source: string; inputsHash: string };

/** Values to the last bit, settings and version of the method: what a stored result must have been made from. */
function hashInputs(series: ForecastSeries, settings: unknown, values: ArrayLike<number>): string {
  const hash = createHash('sha256').update(JSON.stringify({ METHOD_VERSION, series, settings }));
  return hash.update(new Uint8Array(Float64Array.from(values).buffer)).digest('hex');
}

export function readPriceHistory(): PriceHistory {
  const { values, startAtMs, stepS, source } = readDailyClosesUsdPerBtc();
  const inputsHash = hashInputs('price', { PRICE_PLAN, startAtMs, stepS }, values);
  return { logs: values.map(Math.log), startAtMs, stepMs: stepS * 1000, source, inputsHash };
}

export function readDifficultyHistory(): DifficultyHistory {
  const { values, source } = readDifficultyByEpoch();
  const known = toKnownEpochs(readShippedEpochs(), values[values.length - 1]!);
  const inputsHash = hashInputs('difficulty', {}, [...known.startsMs, ...known.difficulties]);
  return { known, source, inputsHash };
}
