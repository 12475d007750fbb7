/**
 * What else could be: NPV by price and power price, NPV by price and difficulty, and the swing of each input (C5). Streams after the
 * answer on the server, runs in the frame of the input in the browser.
 */

import type { Answer } from '#app/features/calculator/answer/compute-answer.ts';
import { toOwnerInputs } from '#app/features/calculator/answer/compute-answer.ts';
import type { Engine, TornadoBar } from '#engine';
import { chooseDifficultyAxis, choosePowerAxis, choosePriceAxis, chooseTornadoSwings } from './default-axes.ts';

/** NPV in USD by row (price, ascending) then column: `npvUsd[y * columns.length + x]`. */
export type HeatGrid = { pricesUsdPerBtc: number[]; columns: number[]; npvUsd: number[] };

export type Sensitivity = {
  power: HeatGrid | null;
  difficulty: HeatGrid | null;
  tornado: { baseNpvUsd: number; bars: TornadoBar[] } | null;
};

/** Of the machine's owner. `null` where the engine refuses a corner of the grid. */
export function computeSensitivity(engine: Engine, answer: Answer): Sensitivity {
  const inputs = toOwnerInputs(answer);
  const prices = choosePriceAxis(inputs.priceUsdPerBtc);
  const powers = choosePowerAxis(inputs.powerUsdPerKwh, answer.moneyPerUsd);
  const difficulties = chooseDifficultyAxis(inputs.difficulty);

  const byPower = engine.priceByPowerGrid(inputs, { priceUsdPerBtc: prices, powerUsdPerKwh: powers });
  // Copied at once: the engine lends a view that the next call overwrites.
  const power = byPower.kind === 'ok' ? { pricesUsdPerBtc: prices, columns: powers, npvUsd: [...byPower.npvUsd] } : null;
  const byDifficulty = engine.priceByDifficultyGrid(inputs, { priceUsdPerBtc: prices, difficulty: difficulties });
  const difficulty =
    byDifficulty.kind === 'ok' ? { pricesUsdPerBtc: prices, columns: difficulties, npvUsd: [...byDifficulty.npvUsd] } : null;
  const swung = engine.tornado(inputs, chooseTornadoSwings(inputs));
  const tornado = swung.kind === 'ok' ? { baseNpvUsd: swung.baseNpvUsd, bars: swung.bars } : null;
  return { power, difficulty, tornado };
}
