/** Grids and tornado against the reference: every cell and every bar is a whole projection with one or two inputs replaced. */
import { beforeAll, describe, expect, it } from 'vitest';
import { projectReference } from '../reference/project.ts';
import { BUILD_NAMES, loadBuild } from '../vectors/built-engines.ts';
import { listVectorCases } from '../vectors/cases.ts';
import { FLOW_TOLERANCE } from '../vectors/compare-results.ts';
import { listRandomInputs } from '../vectors/random-inputs.ts';
import type { Engine, Grid, RoiInputs, TornadoField, TornadoSwing } from './index.ts';

const SEED = 20_160_709;
const cases = [...listVectorCases().map(({ input }) => input), ...listRandomInputs(150, SEED)];
const goldenA = listVectorCases().find(({ name }) => name === 'golden case A in full')!.input;
const engines = new Map<string, Engine>();

beforeAll(async () => {
  for (const name of BUILD_NAMES) engines.set(name, await loadBuild(name));
});

const SWINGS: Record<TornadoField, readonly [number, number]> = {
  priceUsdPerBtc: [40_000, 160_000],
  priceGrowthRatioPerMonth: [-0.02, 0.03],
  networkGrowthRatioPerMonth: [-0.01, 0.05],
  difficulty: [9e13, 1.6e14],
  powerUsdPerKwh: [0, 0.2],
  capexUsd: [0, 5000],
  hashrateDecayRatioPerMonth: [0, 0.05],
  uptimeRatio: [0.5, 1],
  poolFeeRatio: [0, 0.1],
  pue: [1, 1.5],
  residualUsd: [0, 100],
  hostingFeeUsdPerMonth: [0, 50],
  discountRatioPerYear: [0, 0.4],
};

/** A measured network hash rate moves with the difficulty, so that blocks keep their times. */
function atDifficulty(inputs: RoiInputs, difficulty: number): RoiInputs {
  const { networkHashrateThs } = inputs;
  return {
    ...inputs,
    difficulty,
    networkHashrateThs: networkHashrateThs === null ? null : networkHashrateThs * (difficulty / inputs.difficulty),
  };
}

/** Deviation of the NPV in shares of the tolerance, and whether payback is (not) there in both. */
function compare(inputs: RoiInputs, npvUsd: number, paybackMonths: number | null): { share: number; samePayback: boolean } {
  const { projection } = projectReference(inputs);
  const flowsUsd = projection.months.reduce(
    (sum, month) => sum + Math.abs(month.revenueUsd) + Math.abs(month.powerUsd) + Math.abs(month.fixedUsd),
    inputs.capexUsd * inputs.count + Math.abs(projection.months.at(-1)!.netUsd),
  );
  const difference = Math.abs(npvUsd - projection.npvUsd);
  const samePayback =
    paybackMonths === null || projection.paybackMonths === null
      ? paybackMonths === projection.paybackMonths
      : Math.abs(paybackMonths - projection.paybackMonths) <= 1e-9;
  return { share: difference === 0 ? 0 : difference / (FLOW_TOLERANCE * flowsUsd), samePayback };
}

/** Cells of a grid that are not what the reference says of their inputs. */
function listWrongCells(grid: Grid, y: readonly number[], x: readonly number[], inputsAt: (y: number, x: number) => RoiInputs) {
  return y.flatMap((yValue, row) =>
    x.flatMap((xValue, column) => {
      const cell = row * x.length + column;
      const payback = grid.paybackMonths[cell]!;
      const { share, samePayback } = compare(inputsAt(yValue, xValue), grid.npvUsd[cell]!, Number.isNaN(payback) ? null : payback);
      return share <= 1 && samePayback ? [] : [{ yValue, xValue, share, samePayback }];
    }),
  );
}

/** Largest difficulty whose implied hash rate, 1e12 TH/s, would itself be accepted as a measured one. */
const PLAUSIBLE_DIFFICULTY = (1e12 * 600 * 1e12) / 2 ** 32;

describe.each(BUILD_NAMES)('%s build', { timeout: 60_000 }, (build) => {
  it('computes every cell of the price by power grid as a projection of its own', () => {
    for (const [index, inputs] of cases.entries()) {
      const y = [0.4, 1, 1.7].map((step) => Math.min(1e9, inputs.priceUsdPerBtc * step));
      const x = [-0.01, inputs.powerUsdPerKwh, 0.06, 0.1, 0.3];
      const grid = engines.get(build)!.priceByPowerGrid(inputs, { priceUsdPerBtc: y, powerUsdPerKwh: x });
      if (grid.kind !== 'ok') throw new Error(`case ${index} was refused`);
      const wrong = listWrongCells(grid, y, x, (priceUsdPerBtc, powerUsdPerKwh) => ({ ...inputs, priceUsdPerBtc, powerUsdPerKwh }));
      expect(wrong, `case ${index}`).toEqual([]);
    }
  });

  it('computes every cell of the price by difficulty grid as a projection of its own, block times kept', () => {
    for (const [index, inputs] of cases.entries()) {
      const y = [0.4, 1, 1.7].map((step) => Math.min(1e9, inputs.priceUsdPerBtc * step));
      const x = [0.5, 1, 1.3].map((step) => Math.min(1e20, inputs.difficulty * step));
      const grid = engines.get(build)!.priceByDifficultyGrid(inputs, { priceUsdPerBtc: y, difficulty: x });
      if (grid.kind !== 'ok') throw new Error(`case ${index} was refused`);
      const wrong = listWrongCells(grid, y, x, (priceUsdPerBtc, difficulty) => ({ ...atDifficulty(inputs, difficulty), priceUsdPerBtc }));
      expect(wrong, `case ${index}`).toEqual([]);
    }
  });

  it('fills grids of 64 x 64 and of one cell', () => {
    const engine = engines.get(build)!;
    const axis = Array.from({ length: 64 }, (_, index) => 0.01 + index * 0.003);
    const prices = axis.map((value) => value * 1e6);
    const large = engine.priceByPowerGrid(goldenA, { priceUsdPerBtc: prices, powerUsdPerKwh: axis });
    if (large.kind !== 'ok') throw new Error('the grid was refused');
    expect(large.npvUsd.length).toBe(64 * 64);
    const corner = { ...goldenA, priceUsdPerBtc: prices[63]!, powerUsdPerKwh: axis[63]! };
    expect(compare(corner, large.npvUsd[64 * 64 - 1]!, projectReference(corner).projection.paybackMonths).share).toBeLessThanOrEqual(1);
    const small = engine.priceByPowerGrid(goldenA, { priceUsdPerBtc: [goldenA.priceUsdPerBtc], powerUsdPerKwh: [goldenA.powerUsdPerKwh] });
    if (small.kind !== 'ok') throw new Error('the grid was refused');
    expect(compare(goldenA, small.npvUsd[0]!, null)).toEqual({ share: expect.any(Number), samePayback: true });
  });

  it('computes both ends of every bar as a projection of its own', () => {
    const swings = (Object.keys(SWINGS) as TornadoField[]).map((field) => ({ field, low: SWINGS[field][0], high: SWINGS[field][1] }));
    for (const [index, inputs] of cases.entries()) {
      const tornado = engines.get(build)!.tornado(inputs, swings);
      if (tornado.kind !== 'ok') throw new Error(`case ${index} was refused`);
      expect(compare(inputs, tornado.baseNpvUsd, null).share, `case ${index} base`).toBeLessThanOrEqual(1);
      for (const bar of tornado.bars) {
        const at = (value: number): RoiInputs =>
          bar.field === 'difficulty' ? atDifficulty(inputs, value) : { ...inputs, [bar.field]: value };
        expect(compare(at(bar.low), bar.npvAtLowUsd, null).share, `case ${index} ${bar.field} low`).toBeLessThanOrEqual(1);
        expect(compare(at(bar.high), bar.npvAtHighUsd, null).share, `case ${index} ${bar.field} high`).toBeLessThanOrEqual(1);
      }
    }
  });

  it('computes or refuses a bar at a difficulty beyond any measured hash rate, and never repeats an older answer', () => {
    const engine = engines.get(build)!;
    const beyond = PLAUSIBLE_DIFFICULTY * 1.01;
    const swings: TornadoSwing[] = [{ field: 'difficulty', low: 1e14, high: beyond }];
    for (const inputs of [goldenA, { ...goldenA, difficulty: beyond }]) {
      const tornado = engine.tornado(inputs, swings);
      if (tornado.kind === 'invalid') continue;
      expect(compare(inputs, tornado.baseNpvUsd, null).share).toBeLessThanOrEqual(1);
      expect(compare(atDifficulty(inputs, beyond), tornado.bars[0]!.npvAtHighUsd, null).share).toBeLessThanOrEqual(1);
    }
  });
});
