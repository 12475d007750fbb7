/** The histories that forecasts are made from, with the hash that names them. */
import { createHash } from 'node:crypto';
import { continueEpochs } from '#app/features/indicators/continue-epochs.ts';
import { listPriceSources } from '#app/features/market/history/candle-history.ts';
import { type HistoryDb, readDailyHistory, readFetchedEpochs } from '#app/features/market/history/history-store.server.ts';
import { readDifficultyByEpoch } from '#app/features/market/history/read-history.server.ts';
import { readShippedEpochs } from '#app/features/risk/shipped-motion.server.ts';
import { PRICE_PLAN } from './backtest/price-backtest.ts';
import { type KnownEpochs, toKnownEpochs } from './difficulty/difficulty-backtest.ts';
import type { ForecastSeries } from './forecast-answer.ts';
import { METHOD_VERSION } from './stored-backtest.ts';

const DAY_MS = 86_400_000;

export type PriceHistory = { logs: Float64Array; startAtMs: number; stepMs: number; source: string; inputsHash: string };
export type DifficultyHistory = { known: KnownEpochs; source: string; inputsHash: string };

/** Values to the last bit, settings and version of the method: what a stored result must have been made from. */
function hashInputs(series: ForecastSeries, settings: unknown, values: ArrayLike<number>): string {
  const hash = createHash('sha256').update(JSON.stringify({ METHOD_VERSION, series, settings }));
  return hash.update(new Uint8Array(Float64Array.from(values).buffer)).digest('hex');
}

/** Closes of days up to the first that is missing: a forecast is made from a history without holes. */
export async function readPriceHistory(db: HistoryDb): Promise<PriceHistory> {
  const history = await readDailyHistory(db);
  const { timesMs, close } = history;
  const hole = close.findIndex((value) => !Number.isFinite(value));
  const values = hole < 0 ? close : close.subarray(0, hole);
  const startAtMs = timesMs[0]!;
  const inputsHash = hashInputs('price', { PRICE_PLAN, startAtMs, stepS: DAY_MS / 1000 }, values);
  return { logs: values.map(Math.log), startAtMs, stepMs: DAY_MS, source: listPriceSources(history).join('; '), inputsHash };
}

/** Of the difficulty, and of the hash rate that it implies: the shipped epochs, continued by the fetched ones as far as none is missing. */
export async function readDifficultyHistory(
  db: HistoryDb,
  series: 'difficulty' | 'networkHashrate' = 'difficulty',
): Promise<DifficultyHistory> {
  const { epochs, difficulties } = continueEpochs(readShippedEpochs(), readDifficultyByEpoch(), await readFetchedEpochs(db));
  const { values, source } = difficulties;
  const known = toKnownEpochs(epochs, values[values.length - 1]!);
  const inputsHash = hashInputs(series, {}, [...known.startsMs, ...known.difficulties]);
  return { known, source, inputsHash };
}
