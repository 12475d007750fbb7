/** The epochs that ship with the product, continued by those that were fetched with the times of their first blocks. Pure. */
import type { FetchedEpoch } from '#app/features/market/history/history-store.server.ts';
import type { Epoch } from '#app/features/risk/network-history.ts';
import { BLOCKS_PER_EPOCH, HASHES_PER_DIFFICULTY_ONE, HASHES_PER_TH } from '#engine/units/constants.ts';

type Shipped = { source: string; values: Float64Array };
/** `sources`: who said each value. `source`: all of them in one text. */
export type Difficulties = Shipped & { sources: readonly string[] };

/** Finished epochs without a gap, and the difficulties up to the epoch that runs: as far as no epoch and no time is missing. */
export function continueEpochs(
  shipped: readonly Epoch[],
  { source, values }: Shipped,
  fetched: readonly FetchedEpoch[],
): { epochs: Epoch[]; difficulties: Difficulties } {
  const byIndex = new Map(fetched.map((epoch) => [epoch.epoch, epoch]));
  const epochs = [...shipped];
  const all = [...values];
  const said = all.map(() => source);
  let running = { index: all.length - 1, startMs: byIndex.get(all.length - 1)?.beganAtMs ?? shipped.at(-1)?.endMs ?? null };
  for (let next = byIndex.get(running.index + 1); next !== undefined && next.beganAtMs !== null && running.startMs !== null; ) {
    const difficulty = all[running.index]!;
    const durationS = (next.beganAtMs - running.startMs) / 1000;
    if (durationS <= 0) break;
    const hashrateThs = (BLOCKS_PER_EPOCH * difficulty * HASHES_PER_DIFFICULTY_ONE) / durationS / HASHES_PER_TH;
    epochs.push({ index: running.index, startMs: running.startMs, endMs: next.beganAtMs, difficulty, hashrateThs });
    all.push(next.difficulty);
    said.push(next.source);
    running = { index: next.epoch, startMs: next.beganAtMs };
    next = byIndex.get(running.index + 1);
  }
  return { epochs, difficulties: { source: [...new Set(said)].join('; '), sources: said, values: Float64Array.from(all) } };
}
