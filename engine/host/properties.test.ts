/**
 * What must hold whatever the numbers are: counts and money scale, order of rows does not matter, more price is never worse and
 * dearer power never better, and a row of a batch is the single projection to the last bit, at every edge of pairs and tiles.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { BUILD_NAMES, loadBuild } from '../vectors/built-engines.ts';
import { listVectorCases } from '../vectors/cases.ts';
import { createRandom, listRandomInputs } from '../vectors/random-inputs.ts';
import type { Engine, Month, Projection, ProjectionSummary, RoiInputs, RoiResult, Today } from './index.ts';

const SEED = 20_120_528;
const RANDOM_CASES = 300;
/** Around the SIMD pair, 256 and 8,192 rows: where a remainder or a tile begins. */
const BATCH_SIZES = [0, 1, 2, 3, 255, 256, 257, 8191, 8192, 8193] as const;

const engines = new Map<string, Engine>();
const goldenA = listVectorCases()[0]!.input;
const randomInputs = listRandomInputs(RANDOM_CASES, SEED);

beforeAll(async () => {
  for (const name of BUILD_NAMES) engines.set(name, await loadBuild(name));
});

function projectOk(engine: Engine, inputs: RoiInputs): RoiResult {
  const result = engine.project(inputs);
  if (result.kind !== 'ok') throw new Error(`valid inputs were refused: ${JSON.stringify(result.errors)}`);
  return result;
}

/** `machines` different machines on the network of `base`. */
function listMachinesOn(base: RoiInputs, machines: number, seed: number): RoiInputs[] {
  const { height, difficulty, feesBtcPerBlock, epochElapsedS, networkHashrateThs, networkGrowthRatioPerMonth } = base;
  const { priceUsdPerBtc, priceGrowthRatioPerMonth, horizonMonths, payoutModel } = base;
  const network = { height, difficulty, feesBtcPerBlock, epochElapsedS, networkHashrateThs, networkGrowthRatioPerMonth };
  const price = { priceUsdPerBtc, priceGrowthRatioPerMonth, horizonMonths, payoutModel };
  return listRandomInputs(machines, seed).map((machine) => ({ ...machine, ...network, ...price, clientPowerUsdPerKwh: null }));
}

function summaryOf({ months: _, ...summary }: Projection): ProjectionSummary {
  return summary;
}

function scaleNumbers<T extends object>(record: T, names: readonly (keyof T)[], factor: number): T {
  const scaled = { ...record };
  for (const name of names) {
    const value = record[name];
    if (typeof value === 'number') scaled[name] = (value * factor) as T[keyof T];
  }
  return scaled;
}

const TODAY_USD: readonly (keyof Today)[] = ['revenueUsdPerDay', 'powerUsdPerDay', 'fixedUsdPerDay', 'netUsdPerDay'];
const SUMMARY_USD: readonly (keyof ProjectionSummary)[] = ['npvUsd', 'profitUsd'];
const MONTH_USD: readonly (keyof Month)[] = ['revenueUsd', 'powerUsd', 'fixedUsd', 'netUsd', 'cumulativeUsd'];

describe.each(BUILD_NAMES)('%s build', { timeout: 60_000 }, (build) => {
  it.each(BATCH_SIZES)('answers every row of a batch of %i as it answers the row alone', (size) => {
    const engine = engines.get(build)!;
    // 37 shares no factor with pairs or tiles, so a row read from the wrong place shows.
    const pool = listMachinesOn(goldenA, 37, SEED);
    const singles = pool.map((inputs) => projectOk(engine, inputs));
    const rows = Array.from({ length: size }, (_, index) => pool[index % pool.length]!);
    const batch = engine.projectBatch(rows, { months: false });
    expect(batch.rows.length).toBe(size);
    const wrong = batch.rows.filter((row, index) => {
      const single = singles[index % pool.length]!;
      return (
        row.kind !== 'ok' ||
        !areSame({ today: row.today, projection: row.projection }, { today: single.today, projection: summaryOf(single.projection) })
      );
    });
    expect(wrong).toEqual([]);
    const capexUsd = rows.reduce((sum, row) => sum + row.capexUsd * row.count, 0);
    expect(Math.abs(batch.fleet.capexUsd - capexUsd)).toBeLessThanOrEqual(1e-12 * capexUsd);
  });

  it('answers rows of many networks in one batch, with months, in the order given', () => {
    const engine = engines.get(build)!;
    const singles = randomInputs.map((inputs) => projectOk(engine, inputs));
    const batch = engine.projectBatch(randomInputs, { months: true });
    batch.rows.forEach((row, index) => {
      const { today, projection, inputs } = singles[index]!;
      expect(row, `row ${index}`).toEqual({ kind: 'ok', inputs, today, projection: summaryOf(projection), months: projection.months });
    });
  });

  it('gives the same rows whatever their order, and the same fleet but for rounding', () => {
    const engine = engines.get(build)!;
    const rows = [...listMachinesOn(goldenA, 301, SEED), ...randomInputs.slice(0, 60)];
    const random = createRandom(SEED);
    const order = rows.map((_, index) => ({ index, key: random() })).sort((a, b) => a.key - b.key);
    const straight = engine.projectBatch(rows, { months: true });
    const shuffled = engine.projectBatch(
      order.map(({ index }) => rows[index]!),
      { months: true },
    );
    order.forEach(({ index }, place) => {
      expect(shuffled.rows[place]).toEqual(straight.rows[index]);
    });
    const absoluteUsd = sumAbsoluteNet(straight.rows.map((row) => (row.kind === 'ok' ? row.months! : [])));
    straight.fleet.netUsdByMonth.forEach((netUsd, month) => {
      expect(Math.abs(netUsd - shuffled.fleet.netUsdByMonth[month]!)).toBeLessThanOrEqual(1e-12 * absoluteUsd[month]!);
    });
  });

  it('sums the flows of the good rows into the fleet', () => {
    const engine = engines.get(build)!;
    const rows = listMachinesOn(goldenA, 129, SEED);
    const { fleet } = engine.projectBatch(rows, { months: false });
    const months = rows.map((inputs) => projectOk(engine, inputs).projection.months);
    const absoluteUsd = sumAbsoluteNet(months);
    expect(fleet.netUsdByMonth.length).toBe(goldenA.horizonMonths);
    fleet.netUsdByMonth.forEach((netUsd, month) => {
      const sumUsd = months.reduce((sum, flows) => sum + flows[month]!.netUsd, 0);
      expect(Math.abs(netUsd - sumUsd)).toBeLessThanOrEqual(1e-12 * absoluteUsd[month]!);
    });
  });

  it('returns bad rows in their place; they change neither the others nor the fleet', () => {
    const engine = engines.get(build)!;
    const good = listMachinesOn(goldenA, 9, SEED);
    const refused = { ...goldenA, hashrateThs: Number.NaN };
    const notFinite = { ...goldenA, difficulty: 5e-324, networkHashrateThs: null };
    const rows = [good[0]!, refused, ...good.slice(1, 5), notFinite, ...good.slice(5)];
    const batch = engine.projectBatch(rows, { months: false });
    const alone = engine.projectBatch(good, { months: false });
    expect(batch.rows.map(({ kind }) => kind)).toEqual(['ok', 'invalid', 'ok', 'ok', 'ok', 'ok', 'invalid', 'ok', 'ok', 'ok', 'ok']);
    expect(batch.rows.filter(({ kind }) => kind === 'ok')).toEqual(alone.rows);
    expect(batch.fleet).toEqual(alone.fleet);
  });

  it('scales with the count: every total, no ratio, no time', () => {
    const engine = engines.get(build)!;
    for (const inputs of randomInputs) {
      const one = projectOk(engine, { ...inputs, count: 1 });
      const many = projectOk(engine, { ...inputs, count: 1000 });
      const totals: readonly (keyof ProjectionSummary)[] = [...SUMMARY_USD, 'minedBtc', 'buyBtc', 'mineBtc'];
      const { roiRatio: _one, ...expected } = scaleNumbers(summaryOf(one.projection), totals, 1000);
      const { roiRatio: _many, ...actual } = summaryOf(many.projection);
      expect(actual).toEqual(expected);
      expect(many.projection.months).toEqual(one.projection.months.map((month) => scaleNumbers(month, [...MONTH_USD, 'minedBtc'], 1000)));
      expect(many.today).toEqual(scaleNumbers(one.today, [...TODAY_USD, 'minedBtcPerDay', 'energyKwhPerDay'], 1000));
      const [left, right] = [one.projection.roiRatio, many.projection.roiRatio];
      if (left === null || right === null) expect(right).toBe(left);
      else expect(Math.abs(right - left)).toBeLessThanOrEqual(1e-15 * Math.abs(left));
    }
  });

  it('scales with money: twice every price and cost gives twice every amount, the same coins, rates and times', () => {
    const engine = engines.get(build)!;
    const inUsd: readonly (keyof RoiInputs)[] = [
      ...(['priceUsdPerBtc', 'powerUsdPerKwh', 'hostingFeeUsdPerMonth', 'maintenanceUsdPerMonth', 'capexUsd', 'residualUsd'] as const),
      ...(['clientPowerUsdPerKwh', 'hostCapexUsd'] as const),
    ];
    for (const inputs of randomInputs) {
      // A half and a whole are both in range, and halving a double is exact.
      const half = projectOk(engine, scaleNumbers(inputs, inUsd, 0.5));
      const whole = projectOk(engine, inputs);
      const expected = scaleNumbers(summaryOf(half.projection), SUMMARY_USD, 2);
      expect({ ...summaryOf(whole.projection), irrRatioPerYear: null }).toEqual({ ...expected, irrRatioPerYear: null });
      const [left, right] = [half.projection.irrRatioPerYear, whole.projection.irrRatioPerYear];
      if (left === null || right === null) expect(right).toBe(left);
      else expect(Math.abs(right - left)).toBeLessThanOrEqual(1e-12 * (1 + Math.abs(left)));
      expect(whole.projection.months).toEqual(half.projection.months.map((month) => scaleNumbers(month, MONTH_USD, 2)));
      expect(whole.today).toEqual(scaleNumbers(half.today, [...TODAY_USD, 'breakEvenPowerUsdPerKwh', 'breakEvenPriceUsdPerBtc'], 2));
    }
  });

  it('never earns less at a higher bitcoin price', () => {
    const engine = engines.get(build)!;
    for (const inputs of randomInputs.map(sellingAtOnce)) {
      const profits = [0.25, 0.5, 0.75, 1].map((share) => projectOk(engine, { ...inputs, priceUsdPerBtc: inputs.priceUsdPerBtc * share }));
      expectRising(profits);
    }
  });

  it('never earns more at a higher power price', () => {
    const engine = engines.get(build)!;
    for (const inputs of randomInputs.map(sellingAtOnce)) {
      const profits = [0.3, 0.12, 0.07, 0.04, 0, -0.05].map((powerUsdPerKwh) => projectOk(engine, { ...inputs, powerUsdPerKwh }));
      expectRising(profits);
    }
  });
});

/**
 * Held coins are left out of the monotone properties on purpose: the shutdown rule looks at the price of the month, so with a falling
 * price a machine that stays off can end better than one that mines and holds.
 */
function sellingAtOnce(inputs: RoiInputs): RoiInputs {
  return { ...inputs, heldRatio: 0 };
}

function expectRising(results: readonly RoiResult[]): void {
  results.slice(1).forEach((result, index) => {
    const before = results[index]!;
    const slackUsd = 1e-12 * sumAbsoluteFlows(before) + 1e-12 * sumAbsoluteFlows(result);
    expect(result.projection.profitUsd - before.projection.profitUsd).toBeGreaterThanOrEqual(-slackUsd);
    expect(result.projection.npvUsd - before.projection.npvUsd).toBeGreaterThanOrEqual(-slackUsd);
    expect(result.today.netUsdPerDay - before.today.netUsdPerDay).toBeGreaterThanOrEqual(-slackUsd);
  });
}

function sumAbsoluteFlows({ inputs, projection }: RoiResult): number {
  return projection.months.reduce(
    (sum, month) => sum + Math.abs(month.revenueUsd) + Math.abs(month.powerUsd) + Math.abs(month.fixedUsd),
    inputs.capexUsd * inputs.count + Math.abs(projection.months.at(-1)!.netUsd),
  );
}

/** Month by month, what the rows' nets are made of. */
function sumAbsoluteNet(rows: readonly (readonly Month[])[]): number[] {
  const longest = Math.max(0, ...rows.map((months) => months.length));
  return Array.from({ length: longest }, (_, index) => rows.reduce((sum, months) => sum + Math.abs(months[index]?.netUsd ?? 0), 0));
}

/** Bit for bit; JSON tells every two finite doubles apart but 0 and -0, which are the same amount. */
function areSame(left: unknown, right: unknown): boolean {
  return JSON.stringify(left) === JSON.stringify(right);
}
