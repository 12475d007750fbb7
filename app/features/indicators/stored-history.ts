/** Lays candles and difficulty epochs side by side, candle by candle. Pure. */
import { type CandleHistory, listParts } from '#app/features/market/history/candle-history.ts';
import type { Epoch } from '#app/features/risk/network-history.ts';
import { BLOCKS_PER_EPOCH, TARGET_BLOCK_S, TARGET_EPOCH_S } from '#engine/units/constants.ts';
import { subsidyBtc as blockSubsidyBtc } from '#engine/units/network.ts';
import type { Difficulties } from './continue-epochs.ts';
import type { Column } from './indicator.ts';

/** Columns that every history has, and those that it may have. */
export const HISTORY_COLUMNS = ['close', 'difficulty', 'subsidyBtc'] as const;
export const CANDLE_COLUMNS = ['open', 'high', 'low', 'volume'] as const;

export type StoredHistory = {
  /** Start of the first candle, UTC; the others follow without a gap. */
  startAtMs: number;
  stepMs: number;
  length: number;
  /** NaN where unknown. */
  columns: Readonly<Record<(typeof HISTORY_COLUMNS)[number], Float64Array>> &
    Readonly<Partial<Record<(typeof CANDLE_COLUMNS)[number], Float64Array>>>;
  /** Who said the difficulty of a candle, and with it the subsidy: a place in `difficultySources`; -1 where unknown. */
  difficultySource: Int16Array;
  difficultySources: readonly string[];
  /** What it was laid out from: says of every candle who said it. */
  candles: CandleHistory;
};

/** An epoch takes two weeks at the target pace; the retarget of July 2021, the lowest in ten years (-27.94 %), means one of 19.4 days. */
const LONGEST_EPOCH_MS = TARGET_EPOCH_S * 1000 * 1.5;

/**
 * The difficulty of a candle is the one in force when it ends, and the height that decides its subsidy is read off the epoch's own pace: both are facts of that time. `epochs` are finished ones
 * without a gap; the last difficulty is in force from the end of the last of them on, at the target pace, for as long as an epoch may last; then it is unknown. Candles before the first epoch have no
 * difficulty. Columns without a single value are left out. O(candles).
 */
export function layOutStored(
  candles: CandleHistory,
  epochs: readonly Epoch[],
  difficulties: Pick<Difficulties, 'sources' | 'values'>,
): StoredHistory {
  const { stepMs, close } = candles;
  const startAtMs = candles.timesMs[0]!;
  const { length } = close;
  const difficulty = new Float64Array(length).fill(Number.NaN);
  const subsidyBtc = new Float64Array(length).fill(Number.NaN);
  const difficultySources = [...new Set(difficulties.sources)];
  const difficultySource = new Int16Array(length).fill(-1);
  const setDifficulty = (step: number, value: number, index: number) => {
    difficulty[step] = value;
    difficultySource[step] = difficultySources.indexOf(difficulties.sources[index] ?? '');
  };
  const last = epochs.at(-1);
  let current = 0;
  for (let step = 0; step < length && last !== undefined; step++) {
    const endMs = startAtMs + (step + 1) * stepMs - 1;
    while (current < epochs.length && epochs[current]!.endMs <= endMs) current += 1;
    const epoch = epochs[current];
    if (epoch === undefined) {
      // Whoever draws the last known difficulty for longer than an epoch lasts draws what nobody said.
      if (endMs - last.endMs > LONGEST_EPOCH_MS) continue;
      setDifficulty(step, difficulties.values[last.index + 1] ?? Number.NaN, last.index + 1);
      subsidyBtc[step] = blockSubsidyBtc(Math.floor((last.index + 1) * BLOCKS_PER_EPOCH + (endMs - last.endMs) / 1000 / TARGET_BLOCK_S));
    } else if (epoch.startMs <= endMs) {
      setDifficulty(step, epoch.difficulty, epoch.index);
      subsidyBtc[step] = blockSubsidyBtc(
        Math.floor((epoch.index + (endMs - epoch.startMs) / (epoch.endMs - epoch.startMs)) * BLOCKS_PER_EPOCH),
      );
    }
  }
  const parts = { open: candles.open, high: candles.high, low: candles.low, volume: candles.volumeBtc };
  const known = Object.entries(parts).filter(([, column]) => column.some((value) => Number.isFinite(value)));
  return {
    startAtMs,
    stepMs,
    length,
    columns: { close, difficulty, subsidyBtc, ...Object.fromEntries(known) },
    difficultySource,
    difficultySources,
    candles,
  };
}

/** Who said the difficulties of candles `from` to `to` (excluded), the oldest first. */
export function listDifficultySources({ difficultySource, difficultySources }: StoredHistory, from: number, to: number): string[] {
  return [...new Set(difficultySource.subarray(from, to))].flatMap((index) => difficultySources[index] ?? []);
}

const PRICES: readonly Column[] = ['open', 'high', 'low', 'close'];
const NETWORK: readonly Column[] = ['difficulty', 'subsidyBtc'];

/** Who said what `columns` hold from candle `from` to `to` (excluded), the oldest first. O(candles). */
export function listSources(history: StoredHistory, columns: readonly Column[], from: number, to: number): string[] {
  const reads = (names: readonly Column[]) => names.some((name) => columns.includes(name));
  const parts = listParts(history.candles, from, to).filter(({ what }) => reads(what === 'volumes' ? ['volume'] : PRICES));
  return [...new Set([...parts.map(({ source }) => source), ...(reads(NETWORK) ? listDifficultySources(history, from, to) : [])])];
}
