import { beforeAll, describe, expect, it } from 'vitest';
import { getEngine } from '#app/platform/engine.server.ts';
import type { Engine } from '#engine';
import { computeFleet, type Fleet, toRoiInputs } from './compute-fleet.ts';
import { aBatch, aScenario } from './fixtures.ts';
import type { FleetSource } from './fleet-source.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await getEngine();
});

function compute(source: FleetSource): Fleet {
  const computed = computeFleet(engine, source);
  if (computed.kind !== 'ok') throw new Error(`refused: ${computed.field} of row ${computed.row}`);
  return computed.fleet;
}

describe('computeFleet', () => {
  it('gives a scenario of one row the figures that the calculator gives it', () => {
    const source = aScenario();
    const fleet = compute(source);
    const result = engine.project(toRoiInputs(source, source.rows[0]!));
    if (result.kind !== 'ok') throw new Error('refused');
    expect(fleet.npvUsd).toBe(result.projection.npvUsd);
    expect(fleet.paybackMonths).toBeCloseTo(result.projection.paybackMonths!, 10);
    expect(fleet.irrRatioPerYear).toBeCloseTo(result.projection.irrRatioPerYear!, 10);
    expect(fleet.today.netUsdPerDay).toBe(result.today.netUsdPerDay);
    expect(fleet.months.at(-1)!.cumulativeUsd / result.projection.profitUsd).toBeCloseTo(1, 10);
    // Residual value and held coins come in the last month alone.
    expect(fleet.months.slice(0, -1).every(({ endUsd }) => Math.abs(endUsd) < 1e-6)).toBe(true);
    expect(fleet.months.at(-1)!.endUsd).toBeGreaterThan(150 * 100);
  });

  it('sums a batch over the border of its slices', () => {
    const source = aBatch(251);
    const fleet = compute(source);
    const alone = source.rows.map((row) => compute({ ...source, rows: [row] }));
    const sum = (pick: (one: Fleet) => number) => alone.reduce((total, one) => total + pick(one), 0);
    expect(fleet.npvUsd / sum(({ npvUsd }) => npvUsd)).toBeCloseTo(1, 10);
    expect(fleet.machines).toBe(sum(({ machines }) => machines));
    expect(fleet.months[7]!.powerUsd / sum(({ months }) => months[7]!.powerUsd)).toBeCloseTo(1, 10);
    expect(fleet.models.reduce((total, { machines }) => total + machines, 0)).toBe(fleet.machines);
  });

  it('has the unmoved fleet in the middle of its sensitivity', () => {
    const fleet = compute(aBatch(40));
    expect(fleet.sensitivity.npvUsd[2]![2]! / fleet.npvUsd).toBeCloseTo(1, 10);
    // Dearer power and cheaper coins are never better.
    expect(fleet.sensitivity.npvUsd[2]![3]!).toBeLessThan(fleet.npvUsd);
    expect(fleet.sensitivity.npvUsd[1]![2]!).toBeLessThan(fleet.npvUsd);
    const widths = fleet.sensitivity.swings.map(({ npvAtLowUsd, npvAtHighUsd }) => Math.abs(npvAtHighUsd - npvAtLowUsd));
    expect(widths).toEqual([...widths].sort((a, b) => b - a));
  });

  it('says which row the engine refused', () => {
    const source = aBatch(3);
    const rows = source.rows.map((row, index) => (index === 2 ? { ...row, uptimeRatio: 2 } : row));
    expect(computeFleet(engine, { ...source, rows })).toEqual({ kind: 'refused', row: 2, field: 'uptimeRatio' });
  });

  it('counts the load that still earns at each power price', () => {
    const { breakEven, powerKw } = compute(aBatch(40));
    expect(breakEven[0]!.earningKw).toBeCloseTo(powerKw, 6);
    expect(breakEven.every((point, index) => index === 0 || point.earningKw <= breakEven[index - 1]!.earningKw)).toBe(true);
  });
});
