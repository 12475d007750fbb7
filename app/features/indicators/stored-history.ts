/** Lays daily closes and difficulty epochs side by side, day by day. Pure. */
import type { Series } from '#app/features/market/history/series-format.ts';
import type { Epoch } from '#app/features/risk/network-history.ts';
import { BLOCKS_PER_EPOCH, TARGET_BLOCK_S, TARGET_EPOCH_S } from '#engine/units/constants.ts';
import { subsidyBtc as blockSubsidyBtc } from '#engine/units/network.ts';

/** Columns that every history has, and those that it has once whole candles were fetched or imported. */
export const HISTORY_COLUMNS = ['close', 'difficulty', 'subsidyBtc'] as const;
export const CANDLE_COLUMNS = ['open', 'high', 'low', 'volume'] as const;

export type StoredHistory = {
  /** Start of the first day, UTC; the others follow without a gap. */
  startAtMs: number;
  stepMs: number;
  length: number;
  /** NaN where unknown. */
  columns: Readonly<Record<(typeof HISTORY_COLUMNS)[number], Float64Array>> &
    Readonly<Partial<Record<(typeof CANDLE_COLUMNS)[number], Float64Array>>>;
  sources: readonly string[];
};

/** An epoch takes two weeks at the target pace; the retarget of July 2021, the lowest in ten years (-27.94 %), means one of 19.4 days. */
const LONGEST_EPOCH_MS = TARGET_EPOCH_S * 1000 * 1.5;

/**
 * The difficulty of a day is the one in force when the day ends, and the height that decides its subsidy is read off the epoch's own pace: both are facts of that day. `epochs` are finished ones
 * without a gap; the last difficulty is in force from the end of the last of them on, at the target pace, for as long as an epoch may last; then it is unknown. Days before the first epoch have no difficulty.
 */
export function layOutDays(
  closes: Series,
  epochs: readonly Epoch[],
  difficulties: { source: string; values: Float64Array },
): StoredHistory {
  const { startAtMs, values, source } = closes;
  const stepMs = closes.stepS * 1000;
  const difficulty = new Float64Array(values.length).fill(Number.NaN);
  const subsidyBtc = new Float64Array(values.length).fill(Number.NaN);
  const last = epochs.at(-1);
  let current = 0;
  for (let day = 0; day < values.length && last !== undefined; day++) {
    const endMs = startAtMs + (day + 1) * stepMs - 1;
    while (current < epochs.length && epochs[current]!.endMs <= endMs) current += 1;
    const epoch = epochs[current];
    if (epoch === undefined) {
      // Whoever draws the last known difficulty for longer than an epoch lasts draws what nobody said.
      if (endMs - last.endMs > LONGEST_EPOCH_MS) continue;
      difficulty[day] = difficulties.values[last.index + 1] ?? Number.NaN;
      subsidyBtc[day] = blockSubsidyBtc(Math.floor((last.index + 1) * BLOCKS_PER_EPOCH + (endMs - last.endMs) / 1000 / TARGET_BLOCK_S));
    } else if (epoch.startMs <= endMs) {
      difficulty[day] = epoch.difficulty;
      subsidyBtc[day] = blockSubsidyBtc(
        Math.floor((epoch.index + (endMs - epoch.startMs) / (epoch.endMs - epoch.startMs)) * BLOCKS_PER_EPOCH),
      );
    }
  }
  return {
    startAtMs,
    stepMs,
    length: values.length,
    columns: { close: values, difficulty, subsidyBtc },
    sources: [source, difficulties.source],
  };
}
