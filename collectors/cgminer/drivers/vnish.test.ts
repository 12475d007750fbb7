import { describe, expect, it } from 'vitest';
import { changed, readNamed, readReplies } from '../fixture-reading.ts';

describe('Vnish', () => {
  it("sums the boards' power, knows which board failed, and does not count its own pool as the owner's", () => {
    const snapshot = readNamed('vnish-s19');
    // 1510 W + 1525 W + 0 W of the failed board
    expect(snapshot).toMatchObject({
      model: 'Antminer S19j Pro',
      firmware: 'Vnish',
      firmwareVersion: '1.2.6',
      powerW: 3035,
      powerSource: 'machine',
      activePool: 0,
    });
    expect(snapshot.boards.map(({ isAlive }) => isAlive)).toEqual([true, true, false]);
    expect(snapshot.pools.map(({ isDeveloperFee }) => isDeveloperFee)).toEqual([false, true]);
  });

  it('has no power when a board has none, and none of 0 W while hashing', () => {
    expect(readReplies(changed('vnish-s19', 'stats', 'STATS', 1, { chain_consumption2: undefined })).powerW).toBeNull();
    const idle = { chain_consumption1: 0, chain_consumption2: 0 };
    const snapshot = readReplies(changed('vnish-s19', 'stats', 'STATS', 1, idle));
    expect(snapshot).toMatchObject({
      powerW: null,
      powerSource: 'unknown',
      notes: expect.arrayContaining([{ field: 'powerW', value: '0', reason: 'contradiction' }]),
    });
  });

  it.each([
    ['stopped', 'sleeping'],
    ['initializing', 'starting'],
    ['failure', 'idle'],
    ['a new word', 'hashing'],
  ])('reads its word "%s" as %s', (word, state) => {
    expect(readReplies(changed('vnish-s19', 'stats', 'STATS', 1, { state: word })).state).toBe(state);
  });
});
