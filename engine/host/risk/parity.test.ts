/**
 * The risk family against its plain twin, against the deterministic projection it must become when nothing moves, and against its own other build.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { computeMachineFlows, computeProjection } from '../../reference/cashflow.ts';
import { drawSteps, simulateReferencePath } from '../../reference/risk-paths.ts';
import { BUILD_NAMES, type BuildName, loadBuild } from '../../vectors/built-engines.ts';
import { listVectorCases } from '../../vectors/cases.ts';
import { listRandomInputs } from '../../vectors/random-inputs.ts';
import { listRandomOptions } from '../../vectors/risk-inputs.ts';
import { createCore } from '../core.ts';
import type { Engine, RiskOptions, RoiInputs } from '../index.ts';
import { openModule } from '../open-module.ts';
import { mapRiskMemory } from './memory-map.ts';
import { createRisk } from './risk.ts';

const PATHS = 12;
const CASES = 150;
const inputs = [...listVectorCases().map(({ input }) => input), ...listRandomInputs(CASES, 1)];
const options = listRandomOptions(inputs.length, 2, PATHS);
const STILL: RiskOptions = { seed: 1, paths: 4, priceVolatilityPerYear: 0, networkVolatilityPerYear: 0, correlation: 0 };
const RELATIVE = 1e-9;

const engines = new Map<BuildName, Engine>();
beforeAll(async () => {
  for (const name of BUILD_NAMES) engines.set(name, await loadBuild(name));
});

/** The facade beside the raw arrays of the same module. */
function openRisk(build: BuildName) {
  const wasm = openModule(build);
  return { facade: createRisk(createCore(wasm), 'test'), map: mapRiskMemory(wasm), maxPaths: wasm.MAX_PATHS.value };
}

/** `|a - b| <= 1e-9 allowed`, and equal nulls. */
function isClose(a: number | null, b: number | null, allowed: number): boolean {
  return a === null || b === null ? a === b : a === b || Math.abs(a - b) <= RELATIVE * allowed;
}

describe.each(BUILD_NAMES)('%s build', { timeout: 120_000 }, (build) => {
  it('walks the paths of the plain twin, epoch by epoch, to 1e-9', () => {
    const { facade, map, maxPaths } = openRisk(build);
    let compared = 0;
    for (const [index, input] of inputs.entries()) {
      const option = options[index]!;
      if (facade.risk(input, option).kind !== 'ok') continue;
      for (const path of [0, 1, PATHS - 1]) {
        const expected = simulateReferencePath(input, option, path);
        const where = `case ${index} path ${path}`;
        expected.months.forEach((month, k) => {
          expect(isClose(map.usdPerThs[k * maxPaths + path]!, month.usdPerThs, month.usdPerThs), `${where} month ${k}`).toBe(true);
          expect(isClose(map.btcPerThs[k * maxPaths + path]!, month.btcPerThs, month.btcPerThs), `${where} month ${k}`).toBe(true);
        });
        expect(isClose(map.exitPriceUsdPerBtc[path]!, expected.exitPriceUsdPerBtc, expected.exitPriceUsdPerBtc), where).toBe(true);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(300);
  });

  it('reckons every path as a cash flow of section 4', () => {
    const { facade, map, maxPaths } = openRisk(build);
    for (const [index, input] of inputs.entries()) {
      if (facade.risk(input, options[index]!).kind !== 'ok') continue;
      for (let path = 0; path < PATHS; path++) {
        const months = Array.from({ length: input.horizonMonths }, (_, k) => ({
          btcPerThs: map.btcPerThs[k * maxPaths + path]!,
          usdPerThs: map.usdPerThs[k * maxPaths + path]!,
          meanPriceUsdPerBtc: 1,
        }));
        const flows = computeMachineFlows(input, { months, exitPriceUsdPerBtc: map.exitPriceUsdPerBtc[path]! }, 0);
        const expected = computeProjection(flows, input.count, input.discountRatioPerYear, input.priceUsdPerBtc);
        const flowsUsd =
          input.capexUsd * input.count +
          expected.months.reduce((sum, month) => sum + Math.abs(month.revenueUsd) + Math.abs(month.powerUsd) + Math.abs(month.netUsd), 0);
        const where = `case ${index} path ${path}`;
        expect(isClose(map.npvUsd[path]!, expected.npvUsd, flowsUsd), where).toBe(true);
        expect(isClose(map.profitUsd[path]!, expected.profitUsd, flowsUsd), where).toBe(true);
        const payback = map.paybackMonths[path]!;
        expect(isClose(payback === Infinity ? null : payback, expected.paybackMonths, 120), where).toBe(true);
        expect(map.shutdownMonth[path], where).toBe(expected.shutdownMonth ?? 0);
      }
    }
  });

  it('is the deterministic projection when nothing moves, to 1e-9 of the flows', () => {
    const engine = engines.get(build)!;
    let compared = 0;
    for (const [index, input] of inputs.entries()) {
      const expected = engine.project(input);
      const actual = engine.risk(input, STILL);
      if (expected.kind !== 'ok' || actual.kind !== 'ok') continue;
      const { projection } = expected;
      const flowsUsd = projection.months.reduce(
        (sum, month) => sum + month.revenueUsd + Math.abs(month.powerUsd) + Math.abs(month.netUsd),
        input.capexUsd * input.count,
      );
      for (const name of ['p5', 'p50', 'p95'] as const) {
        const where = `case ${index} ${name}`;
        expect(isClose(actual.quantiles.npvUsd[name], projection.npvUsd, flowsUsd), where).toBe(true);
        expect(isClose(actual.quantiles.roiRatio[name], projection.roiRatio, flowsUsd / (input.capexUsd * input.count)), where).toBe(true);
        expect(isClose(actual.quantiles.paybackMonths[name], projection.paybackMonths, 120), where).toBe(true);
      }
      expect([actual.shutdown.probability, actual.shutdown.meanMonth]).toEqual(
        projection.shutdownMonth === null ? [0, null] : [1, projection.shutdownMonth],
      );
      const fanIsOff = projection.months.findIndex((month, k) => !isClose(actual.fan[k]!.p25, month.cumulativeUsd, flowsUsd));
      expect(fanIsOff, `case ${index}`).toBe(-1);
      compared += 1;
    }
    expect(compared).toBeGreaterThan(130);
  });
});

describe('the two builds', { timeout: 120_000 }, () => {
  it('give the same bits, for one machine and for a fleet', () => {
    const answers = BUILD_NAMES.map((name) => {
      const engine = engines.get(name)!;
      return inputs.flatMap((input, index) => [
        engine.risk(input, { ...options[index]!, paths: 41 }),
        engine.riskOfFleet(
          { network: input, machines: inputs.slice(0, 1 + (index % 40)), discountRatioPerYear: 0.1 },
          { ...options[index]!, paths: 41 },
        ),
      ]);
    });
    expect(answers[0]).toEqual(answers[1]);
  });
});

describe('simulated paths', () => {
  const input: RoiInputs = { ...inputs[0]!, horizonMonths: 24 };
  const option: RiskOptions = { seed: 5, paths: 4000, priceVolatilityPerYear: 0.6, networkVolatilityPerYear: 0.25, correlation: 0.4 };

  it('come in antithetic twins around the median path', () => {
    const { facade, map } = openRisk('simd');
    facade.risk(input, option);
    const median = input.priceUsdPerBtc * (1 + input.priceGrowthRatioPerMonth) ** input.horizonMonths;
    for (let path = 0; path < option.paths; path += 2) {
      expect(Math.sqrt(map.exitPriceUsdPerBtc[path]! * map.exitPriceUsdPerBtc[path + 1]!) / median).toBeCloseTo(1, 11);
    }
  });

  it('spread as the volatility says', () => {
    const { facade, map } = openRisk('simd');
    facade.risk(input, option);
    const median = Math.log(input.priceUsdPerBtc) + input.horizonMonths * Math.log1p(input.priceGrowthRatioPerMonth);
    const squares = Array.from({ length: option.paths }, (_, path) => (Math.log(map.exitPriceUsdPerBtc[path]!) - median) ** 2);
    const variance = squares.reduce((sum, square) => sum + square, 0) / option.paths;
    // 0.6^2 a year for two years; twins have equal squares, so 2,000 independent ones: standard error of the variance is sqrt(2 / 2000) of it.
    expect(Math.abs(variance / 0.72 - 1)).toBeLessThan(4 * Math.sqrt(2 / 2000));
  });

  it('correlate as asked', () => {
    const pairs = 3000;
    const sums = { price: 0, network: 0, both: 0 };
    for (let pair = 0; pair < pairs; pair++) {
      const steps = drawSteps({ ...input, priceGrowthRatioPerMonth: 0, networkGrowthRatioPerMonth: 0 }, option, 2 * pair, 0);
      sums.price += steps.price ** 2;
      sums.network += steps.network ** 2;
      sums.both += steps.price * steps.network;
    }
    expect(sums.both / Math.sqrt(sums.price * sums.network)).toBeCloseTo(0.4, 1);
  });

  it('do not depend on how many others there are', () => {
    const { facade, map, maxPaths } = openRisk('simd');
    facade.risk(input, { ...option, paths: 500 });
    const few = Array.from({ length: 500 }, (_, path) => map.usdPerThs[20 * maxPaths + path]);
    facade.risk(input, { ...option, paths: 10_000 });
    expect(Array.from({ length: 500 }, (_, path) => map.usdPerThs[20 * maxPaths + path])).toEqual(few);
  });
});
