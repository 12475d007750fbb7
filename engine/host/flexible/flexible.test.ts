/** Curtailment inside ROI: against every plan there is, against its plain twin, against the projection it becomes on a flat curve, and against its other build. */
import { beforeAll, describe, expect, it } from 'vitest';
import { listHours, planReferenceHours, reckonPlan } from '../../reference/flexible.ts';
import { BUILD_NAMES, type BuildName, loadBuild } from '../../vectors/built-engines.ts';
import { listVectorCases } from '../../vectors/cases.ts';
import { createRandom, listRandomInputs } from '../../vectors/random-inputs.ts';
import type { Engine, FlexibleResult, PowerCurve, RestartCost, RoiInputs } from '../index.ts';
import { openModule } from '../open-module.ts';
import { mapFlexibleMemory } from './memory-map.ts';

const inputs = [...listVectorCases().map(({ input }) => input), ...listRandomInputs(120, 9)].map((input) => ({ ...input, count: 1 }));
const FREE: RestartCost = { restartUsd: 0, bootMinutes: 0 };

const engines = new Map<BuildName, Engine>();
beforeAll(async () => {
  for (const name of BUILD_NAMES) engines.set(name, await loadBuild(name));
});

/** Prices that wander around what the machine can pay, with spikes and negative hours. */
function aCurve(partHours: number, seed: number, around: number): PowerCurve {
  const random = createRandom(seed);
  const usdPerKwh = Array.from({ length: 12 * partHours }, (_, hour) => {
    const spike = random() < 0.05 ? 10 * random() : 1;
    return Math.max(-1, Math.min(10, around * (1 + 0.8 * Math.sin(hour / 4) + random() - 0.5) * spike - (random() < 0.03 ? 0.05 : 0)));
  });
  return { usdPerKwh, firstPart: Math.floor(12 * random()) };
}

/** Power price at which the first month's revenue just pays. */
function breakEvenOf(engine: Engine, input: RoiInputs): number {
  const result = engine.project(input);
  const price = result.kind === 'ok' ? result.today.breakEvenPowerUsdPerKwh : null;
  return price === null ? 0.05 : Math.min(5, price);
}

function flexibleOf(engine: Engine, input: RoiInputs, curve: PowerCurve, restart: RestartCost): FlexibleResult | null {
  const result = engine.flexible(input, curve, restart);
  return result.kind === 'ok' ? result : null;
}

function restartOf(index: number, input: RoiInputs): RestartCost {
  const random = createRandom(index);
  return index % 3 === 0 ? FREE : { restartUsd: (input.powerW / 1000) * 0.3 * random(), bootMinutes: Math.floor(40 * random()) };
}

/** `|a - b| <= 1e-9 allowed` */
function isClose(a: number, b: number, allowed: number): boolean {
  return a === b || Math.abs(a - b) <= 1e-9 * allowed;
}

describe.each(BUILD_NAMES)('%s build', { timeout: 120_000 }, (build) => {
  it('finds the best of all plans of ten hours', () => {
    const engine = engines.get(build)!;
    let checked = 0;
    for (const [index, input] of inputs.entries()) {
      const short = {
        ...input,
        horizonMonths: 1,
        heldRatio: 0,
        capexUsd: 0,
        residualUsd: 0,
        hostingFeeUsdPerMonth: 0,
        maintenanceUsdPerMonth: 0,
      };
      const curve = aCurve(10, index, breakEvenOf(engine, short));
      const restart = restartOf(index, short);
      const result = flexibleOf(engine, short, curve, restart);
      if (!result) continue;
      const hours = listHours(short, curve, restart);
      let best = Number.NEGATIVE_INFINITY;
      for (let plan = 0; plan < 1 << 10; plan++) {
        let value = 0;
        for (let hour = 0; hour < 10; hour++) {
          if (((plan >> hour) & 1) === 0) continue;
          const isStart = hour > 0 && ((plan >> (hour - 1)) & 1) === 0;
          value += hours[hour]!.revenueUsd - hours[hour]!.costUsd - (isStart ? hours[hour]!.startUsd : 0);
        }
        best = Math.max(best, value);
      }
      const allowed = hours.reduce((sum, hour) => sum + Math.abs(hour.revenueUsd) + Math.abs(hour.costUsd), 0) * 73.05;
      expect(isClose(result.flexible.profitUsd, best * 73.05, allowed), `case ${index}`).toBe(true);
      checked += 1;
    }
    expect(checked).toBeGreaterThan(100);
  });

  it('agrees with its plain twin to 1e-9 of the flows', () => {
    const engine = engines.get(build)!;
    let checked = 0;
    for (const [index, input] of inputs.slice(0, 60).entries()) {
      const short = { ...input, horizonMonths: Math.min(input.horizonMonths, 30) };
      const curve = aCurve(index % 2 === 0 ? 168 : 31, index, breakEvenOf(engine, short));
      const restart = restartOf(index, short);
      const result = flexibleOf(engine, short, curve, restart);
      if (!result) continue;
      const hours = listHours(short, curve, restart);
      const plan = planReferenceHours(hours);
      const allOn = plan.map(() => true);
      for (const [side, expected] of [
        [result.flexible, reckonPlan(short, curve, restart, plan)],
        [result.alwaysOn, reckonPlan(short, curve, restart, allOn)],
      ] as const) {
        const allowed =
          short.capexUsd +
          result.months.reduce(
            (sum, { revenueUsd, powerUsd, netUsd }) => sum + Math.abs(revenueUsd) + Math.abs(powerUsd) + Math.abs(netUsd),
            0,
          ) +
          Math.abs(side.powerUsd);
        const where = `case ${index} ${side === result.flexible ? 'flexible' : 'always on'}`;
        expect(isClose(side.npvUsd, expected.npvUsd, allowed), where).toBe(true);
        expect(isClose(side.profitUsd, expected.profitUsd, allowed), where).toBe(true);
        expect(isClose(side.powerUsd, expected.powerUsd, allowed), where).toBe(true);
        expect(side.energyKwh, where).toBeCloseTo(expected.energyKwh, 5);
        expect(isClose(side.minedBtc, expected.minedBtc, Math.abs(expected.minedBtc)), where).toBe(true);
        if (expected.paybackMonths === null) expect(side.paybackMonths, where).toBeNull();
        else expect(side.paybackMonths, where).toBeCloseTo(expected.paybackMonths, 6);
      }
      const twin = reckonPlan(short, curve, restart, plan);
      expect(result.hoursOff, `case ${index}`).toBeCloseTo(twin.hoursOff, 6);
      expect(result.starts, `case ${index}`).toBeCloseTo(twin.starts, 6);
      checked += 1;
    }
    expect(checked).toBeGreaterThan(50);
  });

  it('is the projection on a flat curve: always on, or off in the months that lose money', () => {
    const engine = engines.get(build)!;
    for (const [index, input] of inputs.entries()) {
      const curve = { usdPerKwh: new Array(2016).fill(input.powerUsdPerKwh) as number[], firstPart: index % 12 };
      const result = flexibleOf(engine, input, curve, FREE);
      if (!result) continue;
      for (const [side, shutdownWhenUnprofitable] of [
        [result.flexible, true],
        [result.alwaysOn, false],
      ] as const) {
        const expected = engine.project({ ...input, shutdownWhenUnprofitable });
        if (expected.kind !== 'ok') throw new Error('refused');
        const { projection } = expected;
        const allowed =
          input.capexUsd +
          projection.months.reduce((sum, month) => sum + month.revenueUsd + Math.abs(month.powerUsd) + Math.abs(month.netUsd), 0);
        expect(isClose(side.npvUsd, projection.npvUsd, allowed), `case ${index}`).toBe(true);
        expect(isClose(side.profitUsd, projection.profitUsd, allowed), `case ${index}`).toBe(true);
      }
    }
  });
});

describe('the two builds', { timeout: 120_000 }, () => {
  it('give the same bits', () => {
    const answers = BUILD_NAMES.map((name) => {
      const engine = engines.get(name)!;
      return inputs.map((input, index) => engine.flexible(input, aCurve(168, index, 0.05), restartOf(index, input)));
    });
    expect(answers[0]).toEqual(answers[1]);
  });
});

describe('a machine that follows the price', () => {
  const input = { ...listVectorCases()[0]!.input, horizonMonths: 24, capexUsd: 2000 };
  const curve = aCurve(730, 3, 0.06);

  it('never earns less than one that is always on, nor less for cheaper starts', () => {
    const engine = engines.get('simd')!;
    // Undiscounted: the plan looks at money, not at when it comes.
    const at = (restartUsd: number) => flexibleOf(engine, { ...input, discountRatioPerYear: 0 }, curve, { restartUsd, bootMinutes: 10 })!;
    const [free, cheap, dear] = [at(0), at(0.2), at(50)];
    expect(free.flexible.profitUsd).toBeGreaterThan(cheap.flexible.profitUsd);
    expect(cheap.flexible.profitUsd).toBeGreaterThanOrEqual(dear.flexible.profitUsd);
    expect(dear.flexible.profitUsd).toBeGreaterThanOrEqual(dear.alwaysOn.profitUsd);
    expect(free.starts).toBeGreaterThan(cheap.starts);
    expect(free.flexible.powerUsdPerKwh!).toBeLessThan(free.alwaysOn.powerUsdPerKwh!);
    expect(free.valueUsd).toBe(free.flexible.npvUsd - free.alwaysOn.npvUsd);
  });

  it('accounts for every hour and every dollar month by month', () => {
    const { months, hoursOff, flexible } = flexibleOf(engines.get('simd')!, input, curve, { restartUsd: 0.1, bootMinutes: 15 })!;
    const sumOf = (name: 'hoursOff' | 'powerUsd' | 'minedBtc' | 'netUsd') => months.reduce((sum, month) => sum + month[name], 0);
    expect(sumOf('hoursOff')).toBeCloseTo(hoursOff, 8);
    expect(sumOf('powerUsd')).toBeCloseTo(flexible.powerUsd, 8);
    expect(sumOf('minedBtc')).toBeCloseTo(flexible.minedBtc, 12);
    expect(sumOf('netUsd') - input.capexUsd * input.count).toBeCloseTo(flexible.profitUsd, 7);
    expect(months.at(-1)!.cumulativeUsd).toBeCloseTo(flexible.profitUsd, 8);
  });

  it('begins in the part of the year it is told', () => {
    const engine = engines.get('simd')!;
    const winter = { usdPerKwh: Array.from({ length: 144 }, (_, hour) => (hour < 12 ? 0.01 : 5)), firstPart: 0 };
    const one = { ...input, horizonMonths: 1 };
    expect(flexibleOf(engine, one, winter, FREE)!.hoursOff).toBe(0);
    expect(flexibleOf(engine, one, { ...winter, firstPart: 11 }, FREE)!.hoursOff).toBeCloseTo(730.5, 9);
  });
});

describe('a fleet on a curve', () => {
  const network = { ...listVectorCases()[0]!.input, horizonMonths: 12 };
  const curve = aCurve(168, 4, 0.05);
  const machines = inputs.slice(-30).map((machine, index) => ({ ...machine, count: 1 + (index % 5), ...restartOf(index, machine) }));

  it('gives every group what it has alone, and plans equal ones once', () => {
    const engine = engines.get('simd')!;
    const fleet = engine.flexibleFleet({ network, machines: [...machines, ...machines], discountRatioPerYear: 0.1 }, curve);
    if (fleet.kind !== 'ok') throw new Error('refused');
    expect(fleet.classes).toBe(30);
    let npvUsd = 0;
    fleet.groups.forEach((group, index) => {
      const machine = machines[index % 30]!;
      const {
        horizonMonths,
        height,
        difficulty,
        feesBtcPerBlock,
        epochElapsedS,
        networkHashrateThs,
        networkGrowthRatioPerMonth,
        priceUsdPerBtc,
        priceGrowthRatioPerMonth,
        payoutModel,
      } = network;
      const alone = engine.flexible(
        {
          ...machine,
          horizonMonths,
          height,
          difficulty,
          feesBtcPerBlock,
          epochElapsedS,
          networkHashrateThs,
          networkGrowthRatioPerMonth,
          priceUsdPerBtc,
          priceGrowthRatioPerMonth,
          payoutModel,
          discountRatioPerYear: 0.1,
        },
        curve,
        machine,
      );
      expect(group.kind).toBe(alone.kind);
      if (group.kind !== 'ok' || alone.kind !== 'ok') return;
      expect(group.flexible.npvUsd).toBeCloseTo(alone.flexible.npvUsd, 6);
      expect(group.starts).toBe(alone.starts);
      npvUsd += group.flexible.npvUsd;
    });
    expect(fleet.totals.npvUsd).toBeCloseTo(npvUsd, 6);
  });

  it('names the groups it cannot take and computes the others', () => {
    const fleet = engines
      .get('simd')!
      .flexibleFleet({ network, machines: [machines[0]!, { ...machines[1]!, bootMinutes: -1 }], discountRatioPerYear: 0 }, curve);
    expect(fleet).toMatchObject({
      kind: 'ok',
      classes: 1,
      groups: [{ kind: 'ok' }, { kind: 'invalid', errors: [{ field: 'bootMinutes', value: -1 }] }],
    });
  });
});

describe('what cannot be planned', () => {
  it('is refused by field', () => {
    const engine = engines.get('simd')!;
    const fieldsOf = (curve: PowerCurve, restart: RestartCost) => {
      const result = engine.flexible(inputs[0]!, curve, restart);
      return result.kind === 'invalid' ? result.errors.map(({ field, value }) => [field, value]) : [];
    };
    expect(fieldsOf({ usdPerKwh: [], firstPart: 0 }, FREE)).toEqual([['curveHours', 0]]);
    expect(fieldsOf({ usdPerKwh: new Array(8761).fill(0) as number[], firstPart: 12 }, FREE)).toEqual([
      ['curveHours', 8761],
      ['firstPart', 12],
    ]);
    const prices = new Array(24).fill(0.05) as number[];
    expect(fieldsOf({ usdPerKwh: [...prices.slice(2), Number.NaN, 11], firstPart: 0 }, { restartUsd: -1, bootMinutes: 1e9 })).toEqual([
      ['restartUsd', -1],
      ['bootMinutes', 1e9],
      ['hourUsdPerKwh', Number.NaN],
      ['hourUsdPerKwh', 11],
    ]);
  });

  it.each(BUILD_NAMES)('is refused inside the %s module too, without a trap', (build) => {
    const wasm = openModule(build);
    const map = mapFlexibleMemory(wasm);
    expect([
      wasm.projectFlexible(8193, 0, 730),
      wasm.projectFlexible(1, 12, 730),
      wasm.projectFlexible(1, -1, 1),
      wasm.projectFlexible(1, 0, 733),
      wasm.projectFlexible(1, 0, 0),
      wasm.projectFlexible(1, 0, 730),
    ]).toEqual([1, 5, 5, 5, 5, 3]);
    for (const value of [Number.NaN, Infinity, -1e300]) {
      map.prices.fill(value);
      map.restartUsd.fill(value);
      map.bootHours.fill(value);
      expect(wasm.projectFlexible(2, 0, 730)).toBe(3);
    }
  });
});
