/** Difficulties of epochs with the times of their first blocks, within a range of time. Pure. */

export type EpochPoint = { time: string | null; epoch: number; value: number };

export type EpochTimes = {
  /** Finished epochs that ship, ascending and without a gap: laid out from their difficulties, so right to some hours. */
  shipped: readonly { index: number; startMs: number; endMs: number }[];
  /** Times of first blocks as they were fetched. */
  fetched: ReadonlyMap<number, number>;
};

/**
 * `difficulty[epoch]` of the epochs that began in `[fromMs, toMs]`, ascending. The first epochs have no known time: they lie before all others, so they are there when nothing bounds the range
 * from below (`fromMs <= 0`) and it reaches the first time that is known. O(epochs).
 */
export function layOutEpochPoints(
  difficulty: ArrayLike<number>,
  { shipped, fetched }: EpochTimes,
  { fromMs, toMs }: { fromMs: number; toMs: number },
): EpochPoint[] {
  const startsMs = new Map(shipped.map(({ index, startMs }) => [index, startMs]));
  const last = shipped.at(-1);
  // The epoch after the last finished one began where that ended.
  if (last !== undefined) startsMs.set(last.index + 1, last.endMs);
  for (const [epoch, startMs] of fetched) startsMs.set(epoch, startMs);
  const firstKnownMs = Math.min(...startsMs.values());
  return Array.from(difficulty, (value, epoch) => ({ epoch, value, startMs: startsMs.get(epoch) }))
    .filter(({ startMs }) => (startMs === undefined ? fromMs <= 0 && toMs >= firstKnownMs : startMs >= fromMs && startMs <= toMs))
    .map(({ epoch, value, startMs }) => ({ time: startMs === undefined ? null : new Date(startMs).toISOString(), epoch, value }));
}
