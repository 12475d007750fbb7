/** A batch computed in slices is the batch computed at once, whatever the engine does between two slices. */
import { describe, expect, it } from 'vitest';
import { BUILD_NAMES, loadBuild } from '../vectors/built-engines.ts';
import { listRandomInputs } from '../vectors/random-inputs.ts';
import type { BatchRow, RoiInputs } from './types.ts';

const SEED = 20_261_122;
const SLICE_ROWS = 7;

function sliceUp(rows: readonly RoiInputs[]): RoiInputs[][] {
  return Array.from({ length: Math.ceil(rows.length / SLICE_ROWS) }, (_, index) =>
    rows.slice(index * SLICE_ROWS, (index + 1) * SLICE_ROWS),
  );
}

describe.each(BUILD_NAMES)('startBatch of the %s build', (build) => {
  it('gives the rows and sums of one call to the last bit, with other batches in between', async () => {
    const engine = await loadBuild(build);
    const [network] = listRandomInputs(1, SEED);
    // One network: the order of addition is then the same however the rows are cut.
    const rows = listRandomInputs(60, SEED + 1).map((machine, index) => ({
      ...machine,
      height: network!.height,
      difficulty: network!.difficulty,
      feesBtcPerBlock: network!.feesBtcPerBlock,
      epochElapsedS: network!.epochElapsedS,
      networkHashrateThs: network!.networkHashrateThs,
      networkGrowthRatioPerMonth: network!.networkGrowthRatioPerMonth,
      priceUsdPerBtc: network!.priceUsdPerBtc,
      priceGrowthRatioPerMonth: network!.priceGrowthRatioPerMonth,
      horizonMonths: network!.horizonMonths,
      payoutModel: network!.payoutModel,
      hashrateThs: index === 11 ? Number.NaN : machine.hashrateThs,
    }));
    const whole = engine.projectBatch(rows, { months: true });
    const batch = engine.startBatch({ months: true });
    const disturbing = engine.startBatch({ months: false });
    const answered: BatchRow[] = [];
    for (const slice of sliceUp(rows)) {
      answered.push(...batch.add(slice));
      disturbing.add(listRandomInputs(3, SEED + 2));
      engine.project(listRandomInputs(1, SEED + 3)[0]!);
      engine.projectBatch(listRandomInputs(2, SEED + 4), { months: false });
    }
    expect(answered).toEqual(whole.rows);
    expect(batch.finish()).toEqual(whole.fleet);
  });

  it('knows the longest horizon of all slices', async () => {
    const engine = await loadBuild(build);
    const rows = listRandomInputs(40, SEED + 5);
    const batch = engine.startBatch({ months: false });
    for (const slice of sliceUp(rows)) batch.add(slice);
    const whole = engine.projectBatch(rows, { months: false });
    expect(batch.finish().netUsdByMonth).toHaveLength(whole.fleet.netUsdByMonth.length);
    expect(engine.startBatch({ months: false }).finish()).toEqual(engine.projectBatch([], { months: false }).fleet);
  });
});
