/** The figures of a batch: row by row those of the engine, in sum those of DOMAIN section 6. */
import { describe, expect, it } from 'vitest';
import type { RoiInputs } from '#engine';
import { loadBuild } from '#engine/vectors/built-engines.ts';
import { toColumns } from './batch-columns.ts';
import { profitableAt, toBreakEvenCurve } from './break-even-curve.ts';
import { createBatchComputer } from './compute-batch.ts';
import { aRow, computeRows, ROWS, SCENARIO } from './computing.fixture.ts';
import { MAX_RISK_GROUPS, toFleetMachines } from './fleet-risk.ts';
import { groupRows } from './groups.ts';
import { findScenarioErrors } from './scenario.ts';
import { summariseBatch } from './summarise.ts';

const compute = async (...how: Parameters<typeof computeRows> extends [unknown, ...infer Rest] ? Rest : never) =>
  computeRows(await loadBuild('simd'), ...how);

/** The rows as the engine's row-wise facade takes them, what they do not say filled in. */
function toRoiInputs(): RoiInputs[] {
  return ROWS.map(({ inputs }) => {
    const said = Object.fromEntries(Object.entries(inputs).filter(([, value]) => !Number.isNaN(value)));
    return {
      ...SCENARIO.network,
      ...SCENARIO.defaults,
      powerUsdPerKwh: SCENARIO.defaults.powerUsdPerKwh!,
      shutdownWhenUnprofitable: SCENARIO.shutdownWhenUnprofitable,
      ...said,
    } as RoiInputs;
  });
}

describe('a batch', () => {
  it('has the figures that the engine gives each row by itself, to the last bit', async () => {
    const { engine, batch } = await compute();
    const expected = engine.projectBatch(toRoiInputs(), { months: false });
    expected.rows.forEach((row, index) => {
      if (row.kind !== 'ok') throw new Error('refused');
      expect(batch.results.npvUsd[index]).toBe(row.projection.npvUsd);
      expect(batch.results.netUsdPerDay[index]).toBe(row.today.netUsdPerDay);
      expect(batch.results.breakEvenPowerUsdPerKwh[index]).toBe(row.today.breakEvenPowerUsdPerKwh);
      const irr = batch.results.irrRatioPerYear[index]!;
      expect(Number.isNaN(irr) ? null : irr).toBe(row.projection.irrRatioPerYear);
    });
    expect(batch.fleet).toEqual(expected.fleet);
  });

  it('computes a row with its own figure and the others with the scenario, also after the scenario has moved', async () => {
    const engine = await loadBuild('simd');
    const computer = createBatchComputer(engine, toColumns(ROWS));
    computer.compute(SCENARIO, { withIrr: false });
    const dearer = { ...SCENARIO, defaults: { ...SCENARIO.defaults, powerUsdPerKwh: 0.09 } };
    const batch = computer.compute(dearer, { withIrr: false });
    if (batch.kind !== 'ok') throw new Error('refused');
    expect([...batch.machines.powerUsdPerKwh]).toEqual([0.04, 0.07, 0.09]);
    expect([...batch.machines.uptimeRatio]).toEqual([0.97, 0.97, 0.97]);
    expect(batch.results.irrRatioPerYear.every(Number.isNaN)).toBe(true);
  });

  it('keeps a row that cannot be computed out of every sum, and the others in', async () => {
    const { batch } = await compute([...ROWS, aRow({ hashrateThs: Number.NaN })]);
    const { batch: without } = await compute();
    expect(batch.refusedRows).toBe(1);
    expect(batch.status[3]).not.toBe(0);
    expect(batch.results.npvUsd[3]).toBeNaN();
    expect(summariseBatch(batch)).toEqual({ ...summariseBatch(without), refusedRows: 1 });
  });

  it('without rows has sums of 0 and nothing that rests on them', async () => {
    const { batch } = await compute([]);
    const summary = summariseBatch(batch);
    expect(summary).toMatchObject({
      rows: 0,
      machines: 0,
      efficiencyJPerTh: null,
      projection: { paybackMonths: null, irrRatioPerYear: null },
    });
    expect(toBreakEvenCurve(batch)).toEqual([]);
  });

  it('refuses a scenario out of range by field', () => {
    const network = { ...SCENARIO.network, horizonMonths: 121 };
    expect(findScenarioErrors({ ...SCENARIO, network })).toMatchObject([{ field: 'horizonMonths', code: 'out_of_range', max: 120 }]);
    expect(findScenarioErrors(SCENARIO)).toEqual([]);
  });
});

describe('the summary', () => {
  it('sums machines, not rows, and takes efficiency and power price from the sums', async () => {
    const { batch } = await compute();
    const summary = summariseBatch(batch);
    expect(summary.machines).toBe(16);
    expect(summary.hashrateThs).toBe(2000 + 550 + 95);
    expect(summary.powerW).toBe(35_000 + 16_250 + 3250);
    expect(summary.efficiencyJPerTh).toBeCloseTo(54_500 / 2645, 12);
    expect(summary.meanPowerUsdPerKwh).toBeCloseTo((35_000 * 0.04 + 16_250 * 0.07 + 3250 * 0.05) / 54_500, 12);
    expect(summary.rowsWithoutCapex).toBe(1);
  });

  it('takes payback from the summed flow and never from an average', async () => {
    const { batch } = await compute();
    const { paybackMonths, netUsdByMonth, capexUsd } = summariseBatch(batch).projection;
    let left = capexUsd;
    const month = netUsdByMonth.findIndex((net) => {
      left -= net;
      return left <= 0;
    });
    expect(month).toBeGreaterThan(0);
    expect(Math.floor(paybackMonths!)).toBe(month);
  });

  it('counts the machines that lose money today, and what they lose', async () => {
    const { batch } = await compute();
    const summary = summariseBatch(batch);
    const losing = [...batch.results.netUsdPerDay]
      .map((net, row) => ({ net, count: batch.machines.count[row]! }))
      .filter(({ net }) => net < 0);
    expect(losing.length).toBeGreaterThan(0);
    expect(summary.unprofitable.machines).toBe(losing.reduce((sum, { count }) => sum + count, 0));
    expect(summary.unprofitable.netUsdPerDay).toBeCloseTo(
      losing.reduce((sum, { net }) => sum + net, 0),
      9,
    );
  });
});

describe('the break-even curve', () => {
  it('says how much load earns its power at a price, and falls with it', async () => {
    const { batch } = await compute();
    const curve = toBreakEvenCurve(batch);
    const prices = [...batch.results.breakEvenPowerUsdPerKwh];
    expect(profitableAt(curve, 0)).toBe(54_500);
    expect(profitableAt(curve, Math.max(...prices) + 0.001)).toBe(0);
    expect(profitableAt(curve, (prices[0]! + prices[1]!) / 2)).toBe(35_000);
    expect(curve.every((step, index) => index === 0 || step.profitableW < curve[index - 1]!.profitableW)).toBe(true);
  });

  it('of many machines is thinned without ever promising more than the machines bear', async () => {
    const rows = Array.from({ length: 500 }, (_, index) => aRow({ hashrateThs: 90 + index, powerW: 3000 + ((index * 37) % 800) }));
    const { batch } = await compute(rows);
    const full = toBreakEvenCurve(batch, 10_000);
    const thin = toBreakEvenCurve(batch, 50);
    expect(full.length).toBeGreaterThan(200);
    expect(thin.length).toBeLessThanOrEqual(50);
    for (const { powerUsdPerKwh } of full)
      expect(profitableAt(thin, powerUsdPerKwh)).toBeLessThanOrEqual(profitableAt(full, powerUsdPerKwh));
    expect(profitableAt(thin, 0)).toBe(profitableAt(full, 0));
  });
});

describe('groups', () => {
  it('add up to the batch, the largest load first, and what is not listed is one group more', async () => {
    const { batch } = await compute();
    const grouped = groupRows(batch, (row) => (row === 0 ? 'a' : row === 1 ? 'b' : 'c'), 2);
    expect(grouped.groups.map(({ key, machines }) => [key, machines])).toEqual([
      ['a', 10],
      ['b', 5],
    ]);
    expect(grouped.valueCount).toBe(3);
    const npvUsd = grouped.groups.reduce((sum, group) => sum + group.npvUsd, grouped.rest!.npvUsd);
    expect(npvUsd).toBeCloseTo(summariseBatch(batch).projection.npvUsd, 6);
  });
});

describe('the fleet for the simulation', () => {
  it('joins equal groups and keeps their machines', async () => {
    const { batch } = await compute([...ROWS, ROWS[0]!]);
    const fleet = toFleetMachines(batch)!;
    expect(fleet.map(({ count }) => count)).toEqual([20, 5, 1]);
    expect(fleet[2]).toMatchObject({ powerUsdPerKwh: 0.05, capexUsd: 0, shutdownWhenUnprofitable: true });
  });

  it('is none when more groups differ than the engine takes', async () => {
    const rows = Array.from({ length: MAX_RISK_GROUPS + 1 }, (_, index) => aRow({ powerW: 3000 + index / 100 }));
    const { batch } = await compute(rows);
    expect(toFleetMachines(batch)).toBeNull();
  });
});
