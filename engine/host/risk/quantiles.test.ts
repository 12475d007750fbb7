/** Quantiles, their standard errors and the probabilities: against full sorts, and against what many seeds really do. */
import { beforeAll, describe, expect, it } from 'vitest';
import { loadBuild } from '../../vectors/built-engines.ts';
import { listVectorCases } from '../../vectors/cases.ts';
import { createCore } from '../core.ts';
import type { Engine, Quantiles, RiskOptions, RiskResult, RoiInputs } from '../index.ts';
import { openModule } from '../open-module.ts';
import { mapRiskMemory } from './memory-map.ts';
import { createRisk } from './risk.ts';

const INPUTS: RoiInputs = {
  ...listVectorCases()[0]!.input,
  horizonMonths: 36,
  capexUsd: 2000,
  shutdownWhenUnprofitable: true,
  heldRatio: 0.1,
};
const OPTIONS: RiskOptions = { seed: 7, paths: 2000, priceVolatilityPerYear: 0.6, networkVolatilityPerYear: 0.2, correlation: 0.2 };
const PERCENT = { p5: 5, p10: 10, p50: 50, p90: 90, p95: 95 } as const;
const NAMES = Object.keys(PERCENT) as (keyof typeof PERCENT)[];

let engine: Engine;
beforeAll(async () => {
  engine = await loadBuild('simd');
});

function riskOf(inputs: RoiInputs, options: RiskOptions): RiskResult {
  const result = engine.risk(inputs, options);
  if (result.kind !== 'ok') throw new Error(`refused: ${JSON.stringify(result.errors)}`);
  return result;
}

/** The smallest value that at least p % do not exceed. */
function quantileOf(sorted: readonly number[], percent: number): number {
  return sorted[Math.ceil((percent * sorted.length) / 100) - 1]!;
}

describe('quantiles', () => {
  it.each([2, 3, 19, 20, 2000, 9999, 10_000])('of %i paths are those of a full sort', (paths) => {
    const wasm = openModule('simd');
    const map = mapRiskMemory(wasm);
    const result = createRisk(createCore(wasm), 'test').risk(INPUTS, { ...OPTIONS, paths });
    if (result.kind !== 'ok') throw new Error('refused');
    const sorted = (values: Float64Array) => Array.from(values.subarray(0, paths)).sort((a, b) => a - b);
    const [npv, profit, payback] = [sorted(map.npvUsd), sorted(map.profitUsd), sorted(map.paybackMonths)];
    for (const name of NAMES) {
      expect(result.quantiles.npvUsd[name]).toBe(quantileOf(npv, PERCENT[name]));
      expect(result.quantiles.roiRatio[name]).toBeCloseTo(quantileOf(profit, PERCENT[name]) / 2000, 12);
      const months = quantileOf(payback, PERCENT[name]);
      expect(result.quantiles.paybackMonths[name]).toBe(months === Infinity ? null : months);
    }
    // The fan's last month is the profit.
    expect(result.fan.at(-1)).toEqual({
      month: 36,
      p5: quantileOf(profit, 5),
      p25: quantileOf(profit, 25),
      p50: quantileOf(profit, 50),
      p75: quantileOf(profit, 75),
      p95: quantileOf(profit, 95),
    });
    expect(result.probabilityOfPayback).toBe(payback.filter((months) => months !== Infinity).length / paths);
    const off = Array.from(map.shutdownMonth.subarray(0, paths)).filter((month) => month > 0);
    expect(result.shutdown.probability).toBe(off.length / paths);
    const meanMonth = off.reduce((sum, month) => sum + month, 0) / off.length;
    if (off.length > 0) expect(result.shutdown.meanMonth).toBeCloseTo(meanMonth, 10);
  });

  it('have no standard error where the sample does not reach', () => {
    const { standardErrors } = riskOf(INPUTS, { ...OPTIONS, paths: 10 });
    expect(standardErrors.npvUsd.p5).toBeNull();
    expect(riskOf(INPUTS, { ...OPTIONS, paths: 2 }).standardErrors).toMatchObject({ meanNpvUsd: null, probabilityOfPayback: null });
  });

  it('have the standard errors that many seeds show', () => {
    const seeds = 150;
    const results = Array.from({ length: seeds }, (_, seed) => riskOf(INPUTS, { ...OPTIONS, paths: 1000, seed }));
    const spreadOf = (pick: (result: RiskResult) => number) => {
      const values = results.map(pick);
      const mean = values.reduce((sum, value) => sum + value, 0) / seeds;
      return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (seeds - 1));
    };
    const meanOf = (pick: (result: RiskResult) => number | null) => results.reduce((sum, result) => sum + pick(result)!, 0) / seeds;
    // The spread of 150 seeds is itself known to 1 / sqrt(300), 6 %; a standard error read off order statistics is a little too wide.
    const ratioOf = (stated: (result: RiskResult) => number | null, actual: (result: RiskResult) => number) =>
      meanOf(stated) / spreadOf(actual);
    for (const name of NAMES) {
      const ratio = ratioOf(
        (result) => result.standardErrors.npvUsd[name],
        (result) => result.quantiles.npvUsd[name],
      );
      expect(ratio, name).toBeGreaterThan(0.75);
      expect(ratio, name).toBeLessThan(1.35);
    }
    const mean = ratioOf(
      (result) => result.standardErrors.meanNpvUsd,
      (result) => result.meanNpvUsd,
    );
    expect(mean).toBeGreaterThan(0.75);
    expect(mean).toBeLessThan(1.35);
    const payback = ratioOf(
      (result) => result.standardErrors.probabilityOfPayback,
      (result) => result.probabilityOfPayback,
    );
    expect(payback).toBeGreaterThan(0.75);
    expect(payback).toBeLessThan(1.35);
  });

  it('rise with p, and fall with the price of power', () => {
    const rising = (values: Quantiles<number>) => NAMES.every((name, index) => index === 0 || values[NAMES[index - 1]!] <= values[name]);
    const cheap = riskOf(INPUTS, OPTIONS);
    const dear = riskOf({ ...INPUTS, powerUsdPerKwh: INPUTS.powerUsdPerKwh + 0.02 }, OPTIONS);
    expect(rising(cheap.quantiles.npvUsd)).toBe(true);
    for (const name of NAMES) expect(dear.quantiles.npvUsd[name]).toBeLessThan(cheap.quantiles.npvUsd[name]);
    expect(dear.probabilityOfPayback).toBeLessThanOrEqual(cheap.probabilityOfPayback);
    expect(dear.shutdown.probability).toBeGreaterThanOrEqual(cheap.shutdown.probability);
  });

  it('scale with the number of machines', () => {
    const one = riskOf(INPUTS, OPTIONS);
    const seven = riskOf({ ...INPUTS, count: 7 }, OPTIONS);
    for (const name of NAMES) {
      expect(seven.quantiles.npvUsd[name] / one.quantiles.npvUsd[name]).toBeCloseTo(7, 10);
      expect(seven.quantiles.roiRatio[name]).toBeCloseTo(one.quantiles.roiRatio[name]!, 10);
      expect(seven.quantiles.paybackMonths[name]).toBe(one.quantiles.paybackMonths[name]);
    }
  });
});

describe('what cannot be simulated', () => {
  it('is refused by field, all at once', () => {
    const bad = { seed: -1, paths: 2.5, priceVolatilityPerYear: Number.NaN, networkVolatilityPerYear: 5.1, correlation: -2 };
    const result = engine.risk({ ...INPUTS, powerW: 0 }, bad);
    expect(result.kind === 'invalid' && result.errors.map(({ field }) => field)).toEqual(['powerW', ...Object.keys(bad)]);
  });

  it.each(['simd', 'scalar'] as const)('is refused inside the %s module too, without a trap', (build) => {
    const wasm = openModule(build);
    const core = createCore(wasm);
    const map = mapRiskMemory(wasm);
    const valid = Object.values(OPTIONS);
    expect([wasm.evaluateMachine(), wasm.evaluateFleet(1, 0, 0), wasm.evaluateFleet(0, 0, 0), wasm.evaluateFleet(32_769, 0, 0)]).toEqual([
      4, 4, 1, 1,
    ]);
    wasm.summariseOutcomes();
    core.runPath(INPUTS);
    valid.forEach((_, index) => {
      for (const value of [Number.NaN, Infinity, -Infinity, -1e300, 1e300]) {
        map.inputs.set(valid);
        map.inputs[index] = value;
        expect(wasm.simulatePaths()).toBe(32 + index);
      }
    });
    map.inputs.set(valid);
    expect(wasm.simulatePaths()).toBe(0);
    for (const value of [Number.NaN, Infinity, -Infinity, -1e300, 1e300]) {
      for (const column of Object.values(core.map.machines)) column.fill(value, 0, 2);
      for (const column of Object.values(map.fleet)) column.fill(value, 0, 5);
      expect([wasm.evaluateMachine(), wasm.evaluateFleet(5, value, value)]).toEqual([0, 0]);
      wasm.summariseOutcomes();
    }
  });

  it('is refused when a path has more retargets than are foreseen, not cut short', () => {
    const result = engine.risk(
      { ...INPUTS, difficulty: 1e-6, networkHashrateThs: 1e9, networkGrowthRatioPerMonth: 1, horizonMonths: 120 },
      { ...OPTIONS, paths: 4, networkVolatilityPerYear: 5 },
    );
    if (result.kind === 'ok') expect(result.fan).toHaveLength(120);
    else expect(result.errors).toMatchObject([{ field: 'difficulty', code: 'not_finite' }]);
  });
});
