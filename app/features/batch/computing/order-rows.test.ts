import { describe, expect, it } from 'vitest';
import { loadBuild } from '#engine/vectors/built-engines.ts';
import { computeRows } from './computing.fixture.ts';
import { FIRST_QUERY, orderRows, type RowTexts } from './order-rows.ts';

const compute = async (...how: Parameters<typeof computeRows> extends [unknown, ...infer Rest] ? Rest : never) =>
  computeRows(await loadBuild('simd'), ...how);

const NAMES = ['S21', 'S9', 'S19 Pro'];
const TEXTS: RowTexts = {
  textOf: (row) => `${NAMES[row]} rack ${row}`.toLowerCase(),
  modelOf: (row) => NAMES[row]!,
  isNoted: (row) => row === 1,
  isDoubled: () => false,
  isAdvised: () => true,
};

async function order(query: Partial<typeof FIRST_QUERY>): Promise<number[]> {
  const { batch } = await compute();
  return [...orderRows(batch, { ...FIRST_QUERY, ...query }, TEXTS)];
}

describe('orderRows', () => {
  it('keeps the order of the file, or its reverse', async () => {
    expect(await order({})).toEqual([0, 1, 2]);
    expect(await order({ descending: true })).toEqual([2, 1, 0]);
  });

  it('sorts figures both ways and leaves unknown ones at the end', async () => {
    const { batch } = await compute();
    const known = [0, 1, 2].filter((row) => !Number.isNaN(batch.results.irrRatioPerYear[row]));
    expect(known.length).toBeLessThan(3);
    for (const descending of [true, false]) {
      const rows = await order({ sort: 'irrRatioPerYear', descending });
      expect(rows.slice(0, known.length).sort()).toEqual(known);
    }
    expect(await order({ sort: 'hashrateThs' })).toEqual([2, 1, 0]);
  });

  it('sorts models as people do: S9 before S19 before S21', async () => {
    expect(await order({ sort: 'model' })).toEqual([1, 2, 0]);
  });

  it('finds rows by several words in any order and case, and by what they are', async () => {
    expect(await order({ search: 'RACK s19' })).toEqual([2]);
    expect(await order({ search: 'rack' })).toEqual([0, 1, 2]);
    expect(await order({ filter: 'noted' })).toEqual([1]);
    expect(await order({ filter: 'doubled' })).toEqual([]);
    expect(await order({ filter: 'unprofitable', search: 'nothing' })).toEqual([]);
  });
});
