import { describe, expect, it } from 'vitest';
import { loadBuild } from '#engine/vectors/built-engines.ts';
import { type AdviceOptions, createAdviser, keepUsd } from './advise.ts';
import { aRow, computeRows, ROWS, SCENARIO } from './computing.fixture.ts';

const compute = async (...how: Parameters<typeof computeRows> extends [unknown, ...infer Rest] ? Rest : never) =>
  computeRows(await loadBuild('simd'), ...how);

const NOTHING: AdviceOptions = { sell: null, move: null, underclock: null };

async function advise(options: AdviceOptions, scenario = SCENARIO) {
  const { engine, batch } = await compute(ROWS, scenario);
  const advice = createAdviser(engine, batch.rowCount).advise(batch, scenario, options);
  if (advice.kind !== 'ok') throw new Error('the scenario was refused');
  return { advice, batch };
}

describe('advice', () => {
  it('without assumptions advises nothing and looks at nothing', async () => {
    const { advice } = await advise(NOTHING);
    expect(advice.alone).toEqual({ sell: null, switch_off: null, move: null, underclock: null });
    expect(advice.bestGainUsd).toBe(0);
  });

  it('sells what fetches more than it still brings, and gains exactly the difference', async () => {
    const { advice, batch } = await advise({ ...NOTHING, sell: { usdPerThs: 3 } });
    const expected = [0, 1, 2].map((row) => 3 * batch.machines.hashrateThs[row]! * batch.machines.count[row]! - keepUsd(batch, row));
    const sold = expected.filter((gain, row) => gain >= batch.machines.count[row]!);
    expect(sold.length).toBeGreaterThan(0);
    expect(sold.length).toBeLessThan(3);
    expect(advice.alone.sell!.gainUsd).toBeCloseTo(
      sold.reduce((sum, gain) => sum + gain, 0),
      6,
    );
  });

  it('does not count what a machine once cost: a dearer purchase changes no advice', async () => {
    const cheap = await compute([aRow({ capexUsd: 0 })]);
    const dear = await compute([aRow({ capexUsd: 9000 })]);
    expect(keepUsd(dear.batch, 0)).toBeCloseTo(keepUsd(cheap.batch, 0), 6);
  });

  it('moves what gains more by cheaper power than the way costs, and asks no fare of what stands there already', async () => {
    const { advice } = await advise({ ...NOTHING, move: { powerUsdPerKwh: 0.04, costUsdPerMachine: 30 } });
    expect(advice.alone.move!.machines).toBeLessThanOrEqual(6);
    expect(advice.alone.move!.machines).toBeGreaterThan(0);
    expect(advice.actOfRow[0]).toBe(0);
    const free = await advise({ ...NOTHING, move: { powerUsdPerKwh: 0.04, costUsdPerMachine: 0 } });
    const { machines, gainUsd } = free.advice.alone.move!;
    expect(gainUsd - advice.alone.move!.gainUsd).toBeGreaterThanOrEqual(30 * Math.min(machines, advice.alone.move!.machines) - 1e-6);
    const unaffordable = await advise({ ...NOTHING, move: { powerUsdPerKwh: 0.04, costUsdPerMachine: 1e6 } });
    expect(unaffordable.advice.alone.move!.machines).toBe(0);
  });

  it('underclocks only what earns more with less', async () => {
    const { advice } = await advise({ ...NOTHING, underclock: { hashrateRatio: 0.9, powerRatio: 0.75 } });
    expect(advice.alone.underclock!.gainUsd).toBeGreaterThan(0);
    const pointless = await advise({ ...NOTHING, underclock: { hashrateRatio: 0.75, powerRatio: 0.9 } });
    expect(pointless.advice.alone.underclock!.rows).toBe(0);
  });

  it('says what switching off saves only where the scenario lets machines run at a loss', async () => {
    const { advice } = await advise(NOTHING, { ...SCENARIO, shutdownWhenUnprofitable: false });
    expect(advice.alone.switch_off!.gainUsd).toBeGreaterThan(0);
    expect(advice.worthless.machines).toBeGreaterThan(0);
  });

  it('gives each machine one act, so that the best acts add up', async () => {
    const { advice } = await advise({
      sell: { usdPerThs: 3 },
      move: { powerUsdPerKwh: 0.04, costUsdPerMachine: 0 },
      underclock: { hashrateRatio: 0.9, powerRatio: 0.75 },
    });
    const sum = Object.values(advice.best).reduce((total, { gainUsd }) => total + gainUsd, 0);
    expect(sum).toBeCloseTo(advice.bestGainUsd, 6);
    const alone = Object.values(advice.alone).reduce((total, part) => total + (part?.gainUsd ?? 0), 0);
    expect(alone).toBeGreaterThan(sum);
    expect(advice.rows.map(({ gainUsd }) => gainUsd)).toEqual([...advice.rows.map(({ gainUsd }) => gainUsd)].sort((a, b) => b - a));
  });
});
