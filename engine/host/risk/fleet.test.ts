/** The fleet by prefix sums against the sum of its machines, path by path. */
import { describe, expect, it } from 'vitest';
import { BUILD_NAMES } from '../../vectors/built-engines.ts';
import { createRandom, listRandomInputs } from '../../vectors/random-inputs.ts';
import { createCore } from '../core.ts';
import type { FleetMachine, FleetRiskResult, NetworkInputs, RiskOptions, RoiInputs } from '../index.ts';
import { openModule } from '../open-module.ts';
import { mapRiskMemory } from './memory-map.ts';
import { createRisk } from './risk.ts';

const OPTIONS: RiskOptions = { seed: 11, paths: 200, priceVolatilityPerYear: 0.8, networkVolatilityPerYear: 0.3, correlation: 0.1 };
const DISCOUNT = 0.12;
const random = listRandomInputs(60, 5).map((input) => ({ ...input, discountRatioPerYear: DISCOUNT }));
const NETWORK: RoiInputs = {
  ...random[0]!,
  difficulty: 1.2e14,
  networkHashrateThs: null,
  height: 930_000,
  priceUsdPerBtc: 80_000,
  horizonMonths: 30,
  networkGrowthRatioPerMonth: 0.02,
  priceGrowthRatioPerMonth: 0,
  feesBtcPerBlock: 0.02,
  epochElapsedS: null,
};

function open(build: (typeof BUILD_NAMES)[number]) {
  const wasm = openModule(build);
  return { ...createRisk(createCore(wasm), 'test'), map: mapRiskMemory(wasm) };
}

function fleetOf(risk: ReturnType<typeof open>, machines: readonly FleetMachine[], network: NetworkInputs = NETWORK): FleetRiskResult {
  const result = risk.riskOfFleet({ network, machines, discountRatioPerYear: DISCOUNT }, OPTIONS);
  if (result.kind !== 'ok') throw new Error(`refused: ${JSON.stringify(result.errors)}`);
  return result;
}

function networkWith(machine: RoiInputs): RoiInputs {
  const {
    height,
    difficulty,
    feesBtcPerBlock,
    epochElapsedS,
    networkHashrateThs,
    networkGrowthRatioPerMonth,
    priceUsdPerBtc,
    priceGrowthRatioPerMonth,
    horizonMonths,
    payoutModel,
  } = NETWORK;
  return {
    ...machine,
    height,
    difficulty,
    feesBtcPerBlock,
    epochElapsedS,
    networkHashrateThs,
    networkGrowthRatioPerMonth,
    priceUsdPerBtc,
    priceGrowthRatioPerMonth,
    horizonMonths,
    payoutModel,
  };
}

describe.each(BUILD_NAMES)('a fleet in the %s build', (build) => {
  it('is the sum of its machines on every path, each with its own decision to stop', () => {
    const risk = open(build);
    const npv = new Float64Array(OPTIONS.paths);
    const profit = new Float64Array(OPTIONS.paths);
    const scale = new Float64Array(OPTIONS.paths);
    for (const machine of random) {
      const alone = risk.risk(networkWith(machine), OPTIONS);
      if (alone.kind !== 'ok') throw new Error('refused');
      for (let path = 0; path < OPTIONS.paths; path++) {
        npv[path]! += risk.map.npvUsd[path]!;
        profit[path]! += risk.map.profitUsd[path]!;
        scale[path]! += Math.abs(risk.map.npvUsd[path]!) + Math.abs(risk.map.profitUsd[path]!) + machine.capexUsd * machine.count;
      }
    }
    const fleet = fleetOf(risk, random);
    expect(fleet.groups).toBe(60);
    for (let path = 0; path < OPTIONS.paths; path++) {
      expect(Math.abs(risk.map.npvUsd[path]! - npv[path]!) / scale[path]!, `path ${path}`).toBeLessThan(1e-12);
      expect(Math.abs(risk.map.profitUsd[path]! - profit[path]!) / scale[path]!, `path ${path}`).toBeLessThan(1e-12);
    }
  });

  it('of one machine group is that group', () => {
    const risk = open(build);
    for (const machine of random.slice(0, 20)) {
      const alone = risk.risk(networkWith(machine), OPTIONS);
      if (alone.kind !== 'ok') throw new Error('refused');
      const fleet = fleetOf(risk, [machine]);
      expect(fleet.shutdown.probability).toBe(alone.shutdown.probability);
      expect(fleet.shutdown.meanMonth).toEqual(alone.shutdown.meanMonth);
      // A group without hash rate has no share of it to be off.
      if (machine.uptimeRatio > 0 && machine.poolFeeRatio < 1)
        expect(fleet.shutdown.meanMonthsOff).toBeCloseTo(alone.shutdown.meanMonthsOff, 9);
      expect(fleet.probabilityOfPayback).toBeCloseTo(alone.probabilityOfPayback, 12);
    }
  });

  it('does not mind the order of its groups, nor a group in two halves', () => {
    const risk = open(build);
    const whole = random.slice(0, 30).map((machine) => ({ ...machine, count: 2 * machine.count }));
    const halves = random
      .slice(0, 30)
      .flatMap((machine) => [machine, machine])
      .reverse();
    const a = fleetOf(
      risk,
      whole.filter(({ count }) => count <= 1e6),
    );
    const b = fleetOf(
      risk,
      halves.filter(({ count }) => 2 * count <= 1e6),
    );
    expect(b.machines).toBe(a.machines);
    expect(b.quantiles.npvUsd.p50 / a.quantiles.npvUsd.p50).toBeCloseTo(1, 10);
    expect(b.shutdown.meanMonthsOff).toBeCloseTo(a.shutdown.meanMonthsOff, 9);
  });

  it('computes the good groups and names the bad ones', () => {
    const fleet = fleetOf(open(build), [random[0]!, { ...random[1]!, powerW: -1 }, random[2]!]);
    expect(fleet.groups).toBe(2);
    expect(fleet.refused).toMatchObject([{ index: 1, errors: [{ field: 'powerW', value: -1 }] }]);
  });
});

describe('a fleet', () => {
  it('of more groups than columns joins equal ones, and refuses more different ones', () => {
    const risk = open('simd');
    const kinds = random.slice(0, 3).map((machine) => ({ ...machine, count: 1 }));
    const many = Array.from({ length: 40_000 }, (_, index) => kinds[index % 3]!);
    const joined = fleetOf(risk, many);
    expect([joined.groups, joined.machines]).toEqual([3, 40_000]);
    const draw = createRandom(3);
    const different = many.map((machine) => ({ ...machine, powerW: 1000 + draw() }));
    expect(() => fleetOf(risk, different)).toThrow('32768 different groups');
  });

  it('without any group is refused', () => {
    const result = open('simd').riskOfFleet({ network: NETWORK, machines: [], discountRatioPerYear: 0 }, OPTIONS);
    expect(result).toMatchObject({ kind: 'invalid', errors: [{ field: 'count', code: 'out_of_range' }] });
  });
});
