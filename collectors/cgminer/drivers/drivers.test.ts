/** What every driver promises, asked on replies of our own invention. What real machines sent is in `shared-recordings.test.ts`. */
import { describe, expect, it } from 'vitest';
import { DIALECT_ENTRIES } from '../dialects.ts';
import { OBSERVED_AT_MS, readNamed, readReplies } from '../fixture-reading.ts';
import { FIXTURE_NAMES, readFixture } from '../fixtures.ts';
import { listBrokenByMutation, withoutZeros } from '../reply-mutations.ts';
import { DIALECTS } from '../snapshot.ts';
import { findBrokenPromises, listLeaves } from '../snapshot-promises.ts';

describe('every driver', () => {
  it.each(FIXTURE_NAMES)('%s: keeps the promises, and says the same twice', (name) => {
    const snapshot = readNamed(name);
    expect(findBrokenPromises(snapshot)).toEqual([]);
    expect(readNamed(name)).toEqual(snapshot);
    expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot);
  });

  it.each(FIXTURE_NAMES)('%s: keeps them when replies are damaged', (name) => {
    expect(listBrokenByMutation(readFixture(name), readReplies, { seed: name, rounds: 120 })).toEqual([]);
  });

  it.each(FIXTURE_NAMES)('%s: invents no zero', (name) => {
    const leaves = listLeaves(readReplies(withoutZeros(readFixture(name))));
    const zeros = leaves.filter(({ path, value }) => value === 0 && !/position$|^activePool$|^clockSkewS$/.test(path));
    expect(zeros).toEqual([]);
  });

  it.each(DIALECTS)('%s: reads nothing out of nothing', (dialect) => {
    const snapshot = DIALECT_ENTRIES[dialect].read({}, OBSERVED_AT_MS);
    expect(listLeaves(snapshot).filter(({ value }) => typeof value === 'number')).toEqual([
      { path: 'observedAtMs', value: OBSERVED_AT_MS },
    ]);
    expect(snapshot).toMatchObject({
      dialect,
      state: 'unknown',
      powerSource: 'unknown',
      boards: [],
      fans: [],
      pools: [],
      errorCodes: [],
      notes: [],
    });
  });
});
