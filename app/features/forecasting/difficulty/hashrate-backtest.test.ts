import { describe, expect, it } from 'vitest';
import { readDifficultyByEpoch } from '#app/features/market/history/read-history.server.ts';
import { readShippedEpochs } from '#app/features/risk/shipped-motion.server.ts';
import { HORIZONS_DAYS } from '../backtest/forecaster.ts';
import { type KnownEpochs, toKnownEpochs } from './difficulty-backtest.ts';
import { backtestHashrate, hashrateForecastsAt } from './hashrate-backtest.ts';
import { createRandom } from './random.ts';

const goOn = () => undefined;

/** Epochs of a network that grows by `mean` from one to the next, give or take `spread`. */
function grow(mean: number, spread: number): KnownEpochs {
  const random = createRandom(7);
  const startsMs = [Date.UTC(2015, 0, 1)];
  const difficulties = [1e11];
  for (let epoch = 1; epoch < 120; epoch += 1) {
    const change = mean + spread * random.normal();
    startsMs.push(startsMs[epoch - 1]! + 1_209_600_000 / Math.exp(change));
    difficulties.push(difficulties[epoch - 1]! * Math.exp(change));
  }
  return { startsMs, difficulties };
}
const usedOf = (all: KnownEpochs) => backtestHashrate(all, goOn, goOn).rows.flatMap(({ isUsed, model }) => (isUsed ? [model] : []));

describe('the back-test of the hash rate', () => {
  it('uses drift of a network that grows steadily, and naive of one that goes nowhere', () => {
    expect(usedOf(grow(0.03, 0.02))).toEqual(['drift', 'drift', 'drift', 'drift']);
    expect(usedOf(grow(0, 0.05))).toContain('naive');
  });

  it('forecasts the same whatever came after the origin', () => {
    const all = grow(0.02, 0.03);
    const origin = 80;
    const changed = {
      startsMs: all.startsMs.map((at, i) => (i <= origin ? at : at + 5e8)),
      difficulties: all.difficulties.map((value, i) => (i <= origin ? value : value * 7)),
    };
    expect(hashrateForecastsAt(changed, origin)).toEqual(hashrateForecastsAt(all, origin));
    expect(hashrateForecastsAt(changed, origin + 1)).not.toEqual(hashrateForecastsAt(all, origin + 1));
  });

  it('holds a forecast to the mean of the epoch in which the day lies', () => {
    // Every epoch takes its fortnight and finds 2 % more: a day and a week ahead lie in the running epoch, 30 days two epochs further.
    const startsMs = Array.from({ length: 80 }, (_, i) => Date.UTC(2015, 0, 1) + i * 1_209_600_000);
    const steady = { startsMs, difficulties: startsMs.map((_, i) => 1e11 * 1.02 ** i) };
    const { rows } = backtestHashrate(steady, goOn, goOn);
    const naive = rows.filter(({ model }) => model === 'naive').map(({ meanAbsoluteError }) => meanAbsoluteError / Math.log(1.02));
    naive.forEach((steps, h) => {
      expect(steps).toBeCloseTo([1, 1, 3, 7][h]!, 9);
    });
  });

  it('is honest on the shipped history: drift is used where it beats naive, and its intervals hold about what they promise', () => {
    const { values } = readDifficultyByEpoch();
    const { rows } = backtestHashrate(toKnownEpochs(readShippedEpochs(), values[values.length - 1]!), goOn, goOn);
    expect(rows.filter(({ model }) => model === 'drift').map(({ origins }) => origins)).toEqual(HORIZONS_DAYS.map(() => 260));
    for (const { model, skill, skillError, isUsed } of rows)
      if (model === 'drift') expect(isUsed).toBe(skill > 1.6448536269514722 * skillError);
    for (const { coverage80 } of rows) expect(Math.abs(coverage80 - 0.8)).toBeLessThan(0.15);
  });
});
