/** Drift and volatility estimated from the history that ships with the project; made once per process. Server only, like the history. */
import { readDailyClosesUsdPerBtc, readDifficultyByEpoch } from '#app/features/market/history/read-history.server.ts';
import { estimateMotion, type ShippedMotion } from './estimate-motion.ts';
import { type Epoch, layOutEpochs } from './network-history.ts';

/** Months an estimate looks back: one halving cycle, so that the rise after a halving and the fall before the next weigh alike. */
export const MOTION_WINDOW_MONTHS = 48;

/**
 * The history's last epoch began on the day of the published retarget of -0.74 % to 148.2 T (block 927,360). To be renewed together with difficulty-by-epoch.json; half a day
 * more or less moves no estimate in a digit that is shown.
 */
const LAST_EPOCH = { index: 460, startMs: Date.parse('2025-12-11T00:00:00Z') };

let epochs: Epoch[] | undefined;
let motion: ShippedMotion | undefined;

/** Finished epochs of the shipped history. */
export function readShippedEpochs(): readonly Epoch[] {
  if (epochs === undefined) {
    const { values } = readDifficultyByEpoch();
    if (values.length !== LAST_EPOCH.index + 1)
      throw new Error('the last epoch of the shipped history is another one than the one dated here');
    epochs = layOutEpochs(values, LAST_EPOCH.startMs);
  }
  return epochs;
}

/** The estimate as of the end of the shipped history. */
export function readShippedMotion(): ShippedMotion {
  if (motion === undefined) {
    const closes = readDailyClosesUsdPerBtc();
    const estimate = estimateMotion(
      closes,
      readShippedEpochs(),
      closes.startAtMs + closes.values.length * closes.stepS * 1000,
      MOTION_WINDOW_MONTHS,
    );
    if (estimate === null) throw new Error('the shipped history is too short to estimate from');
    motion = { ...estimate, sources: { price: closes.source, network: readDifficultyByEpoch().source } };
  }
  return motion;
}
