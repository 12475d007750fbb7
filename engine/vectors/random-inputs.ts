/**
 * Valid inputs by chance, from a generator of our own with a seed: the same list on every machine and in every run, so that a case
 * that fails can be named by its number. Most draws of a field are ordinary values, the rest lie on the edges of its range, where
 * formulas break and chance alone never goes.
 */
import type { RoiInputs } from '../host/types.ts';
import { PAYOUT_MODELS } from '../units/fields.ts';

/** Numbers in [0, 1), 32 bits each. Mulberry32 (Tommy Ettinger, public domain algorithm): small, and good enough to scatter tests. */
export function createRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** `count` valid inputs of the given seed. */
export function listRandomInputs(count: number, seed: number): RoiInputs[] {
  const random = createRandom(seed);
  return Array.from({ length: count }, () => drawInputs(random));
}

function drawInputs(random: () => number): RoiInputs {
  const between = (low: number, high: number) => low + (high - low) * random();
  const logBetween = (low: number, high: number) => Math.exp(between(Math.log(low), Math.log(high)));
  const oneOf = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  const chance = (ratio: number) => random() < ratio;
  const wholeBetween = (low: number, high: number) => Math.floor(between(low, high + 1));

  const difficulty = chance(0.7) ? between(5e13, 2e14) : logBetween(1e3, 1e19);
  const impliedThs = (difficulty * 2 ** 32) / 600 / 1e12;
  const hashrateThs = chance(0.8) ? between(50, 500) : logBetween(0.01, 1e5);
  const powerW = chance(0.8) ? Math.min(1e6, hashrateThs * between(12, 40)) : logBetween(1, 1e5);
  const powerUsdPerKwh = chance(0.85) ? between(0.01, 0.12) : oneOf([0, -0.05, -1, 0.5, 10]);
  const epochBlocks = 2016;
  const halvingHeight = oneOf([840_000, 1_050_000, 1_260_000]);
  const height = chance(0.5)
    ? wholeBetween(840_000, 1_100_000)
    : oneOf([
        0,
        10_000_000,
        wholeBetween(0, 10_000_000),
        halvingHeight - wholeBetween(0, 3),
        458 * epochBlocks + wholeBetween(0, 1),
        459 * epochBlocks - 1,
      ]);
  return {
    height,
    difficulty,
    feesBtcPerBlock: chance(0.7) ? between(0, 0.5) : oneOf([0, 1, 25, 1000]),
    epochElapsedS: chance(0.6) ? null : oneOf([0, between(0, 1.3e6), between(0, 1e8)]),
    networkHashrateThs: chance(0.6) ? null : Math.min(1e12, impliedThs * (chance(0.7) ? between(0.8, 1.2) : logBetween(0.01, 100))),
    networkGrowthRatioPerMonth: chance(0.7) ? between(-0.05, 0.08) : oneOf([0, 1e-12, -1e-9, -0.89, -0.5, 0.5, 1]),
    priceUsdPerBtc: chance(0.8) ? between(20_000, 300_000) : logBetween(0.01, 1e9),
    priceGrowthRatioPerMonth: chance(0.7) ? between(-0.05, 0.06) : oneOf([0, 1e-12, -1e-9, -0.5, 0.3]),
    horizonMonths: chance(0.7) ? wholeBetween(12, 60) : oneOf([1, 2, 3, 119, 120]),
    payoutModel: oneOf(PAYOUT_MODELS),
    hashrateThs,
    powerW,
    count: chance(0.6) ? 1 : oneOf([2, 7, 1000, 1_000_000]),
    powerUsdPerKwh,
    poolFeeRatio: chance(0.85) ? between(0, 0.04) : oneOf([0, 1, 0.5]),
    uptimeRatio: chance(0.85) ? between(0.85, 1) : oneOf([0, 1, 0.1]),
    pue: chance(0.7) ? between(1, 1.2) : oneOf([1, 3]),
    hashrateDecayRatioPerMonth: chance(0.7) ? between(0, 0.01) : oneOf([0, 0.5, 0.1]),
    hostingFeeUsdPerMonth: chance(0.5) ? 0 : between(0, 30),
    maintenanceUsdPerMonth: chance(0.5) ? 0 : between(0, 10),
    capexUsd: chance(0.85) ? hashrateThs * between(2, 25) : oneOf([0, 1, 1e6]),
    residualUsd: chance(0.6) ? 0 : hashrateThs * between(0, 5),
    heldRatio: chance(0.6) ? 0 : oneOf([1, between(0, 1)]),
    discountRatioPerYear: chance(0.8) ? between(0, 0.3) : oneOf([0, 10]),
    shutdownWhenUnprofitable: chance(0.5),
    clientPowerUsdPerKwh: chance(0.5) ? null : Math.max(-1, Math.min(10, powerUsdPerKwh + between(-0.01, 0.04))),
    hostCapexUsd: chance(0.5) ? 0 : between(50, 800),
  };
}
