/** The closed forms of engine/units/network.ts are the module's own: same bits, over every halving and the whole range of difficulties. */
import { describe, expect, it } from 'vitest';
import { BLOCKS_PER_HALVING } from '../units/constants.ts';
import { hashpriceBtcPerThDay, impliedNetworkHashrateThs, subsidyBtc } from '../units/network.ts';
import { BUILD_NAMES, loadBuild } from '../vectors/built-engines.ts';
import { openModule } from './open-module.ts';
import type { RoiInputs } from './types.ts';

const INPUTS: RoiInputs = {
  height: 927_360,
  difficulty: 148_195_306_640_204.72,
  feesBtcPerBlock: 0.0173,
  epochElapsedS: null,
  networkHashrateThs: null,
  networkGrowthRatioPerMonth: 0,
  priceUsdPerBtc: 80_000,
  priceGrowthRatioPerMonth: 0,
  horizonMonths: 1,
  payoutModel: 'FPPS',
  hashrateThs: 200,
  powerW: 3500,
  count: 1,
  powerUsdPerKwh: 0.05,
  poolFeeRatio: 0,
  uptimeRatio: 1,
  pue: 1,
  hashrateDecayRatioPerMonth: 0,
  hostingFeeUsdPerMonth: 0,
  maintenanceUsdPerMonth: 0,
  capexUsd: 0,
  residualUsd: 0,
  heldRatio: 0,
  discountRatioPerYear: 0,
  shutdownWhenUnprofitable: false,
  clientPowerUsdPerKwh: null,
  hostCapexUsd: 0,
};
const DIFFICULTIES = [0.1, 1, 3, 119.12e12, 148_195_306_640_204.72, 1e14 / 3, 7e19];

describe.each(BUILD_NAMES)('the closed forms and the %s build', (build) => {
  it('give every subsidy alike', () => {
    const wasm = openModule(build);
    for (let halving = 0; halving <= 47; halving++) {
      for (const height of [halving * BLOCKS_PER_HALVING, (halving + 1) * BLOCKS_PER_HALVING - 1]) {
        expect(subsidyBtc(height), `${height}`).toBe(wasm.subsidyBtc(height));
      }
    }
  });

  it('give hash price and implied hash rate alike, to the last bit', async () => {
    const engine = await loadBuild(build);
    for (const difficulty of DIFFICULTIES) {
      const result = engine.project({ ...INPUTS, difficulty });
      if (result.kind !== 'ok') throw new Error(`difficulty ${difficulty} was refused`);
      const rewardBtc = subsidyBtc(INPUTS.height) + INPUTS.feesBtcPerBlock;
      expect(result.today.hashpriceBtcPerThDay, `${difficulty}`).toBe(hashpriceBtcPerThDay(difficulty, rewardBtc));
      expect(result.inputs.networkHashrateThs, `${difficulty}`).toBe(impliedNetworkHashrateThs(difficulty));
    }
  });
});

describe('the closed forms', () => {
  it('agree with the domain', () => {
    expect([0, 839_999, 840_000, 1_049_999, 1_050_000].map(subsidyBtc)).toEqual([50, 6.25, 3.125, 3.125, 1.5625]);
    expect(subsidyBtc(210_000 * 33)).toBe(0);
    // D 1e14 -> 715.828 EH/s
    expect(impliedNetworkHashrateThs(1e14) / 1e6).toBeCloseTo(715.828, 3);
    expect(hashpriceBtcPerThDay(119.12e12, 3.125)).toBeCloseTo(5.277390344740161e-7, 20);
  });
});
