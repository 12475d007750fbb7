import { describe, expect, it } from 'vitest';
import { boardsOf, changed, readNamed, readReplies, speedsOf } from '../fixture-reading.ts';
import { readFixture } from '../fixtures.ts';

describe('Avalon', () => {
  it('reads the bracket format by board, with the power from the wall', () => {
    const snapshot = readNamed('avalon-a12');
    expect(snapshot).toMatchObject({
      make: 'Canaan',
      model: 'AvalonMiner 1246',
      firmwareVersion: '21042001_invented',
      macAddress: '02:00:00:00:00:04',
      state: 'hashing',
      mode: '1',
      hashrateThs: 89.5000005,
      hashrate5mThs: 89.3,
      ratedHashrateThs: 92.32042,
      powerW: 3581,
      powerLimitW: 3420,
      inletTemperatureC: 31,
      chipTemperatureC: 78,
      clockSkewS: null,
    });
    expect(boardsOf(snapshot)).toEqual([
      [0, 29.4595, null, null, 77],
      [1, 29.40775, null, null, 78],
      [2, 29.13975, null, null, null],
    ]);
    expect(speedsOf(snapshot)).toEqual([
      [0, 4275],
      [1, 4282],
    ]);
    // A clock that counts from the start is none.
    expect(snapshot.notes).toContainEqual({ field: 'clockSkewS', value: '990', reason: 'out-of-range' });
  });

  const module = (from: string, to: string) => {
    const text = (readFixture('avalon-a12').stats!.STATS as Record<string, string>[])[0]!['MM ID0']!;
    expect(text).toContain(from);
    return readReplies(changed('avalon-a12', 'stats', 'STATS', 0, { 'MM ID0': text.replace(from, to) }));
  };

  it('tells rest that was ordered from rest that was not', () => {
    expect(module('In Work, Hash Board: 3 ] Elapsed', 'In Idle, Hash Board: 3 ] SoftOFF[4] Elapsed').state).toBe('sleeping');
    expect(module('In Work', 'In Idle').state).toBe('idle');
  });

  it('does not take what the supply gives out for what it draws', () => {
    expect(module('PS[0 1209 1187 297 3400 1188 3581]', 'PS[0 1209 1187 297 3400 1188]').powerW).toBeNull();
    expect(module('PS[0 ', 'WALLPOWER[3600] PS[0 ').powerW).toBe(3600);
    expect(module('PS[0 ', 'PS[257 ').errorCodes).toEqual([{ code: 'PS 257', message: null }]);
  });

  it('takes no average for the rate of a board that rests', () => {
    const snapshot = readReplies(changed('avalon-a12', 'summary', 'SUMMARY', 0, { 'MHS 30s': 0 }));
    expect(snapshot.boards.map(({ hashrateThs }) => hashrateThs)).toEqual([null, null, null]);
  });

  it('counts the modules of an A8 as boards', () => {
    const snapshot = readNamed('avalon-a8-modules');
    expect(snapshot).toMatchObject({
      model: 'Avalon 841',
      hashrateThs: 27.5670945,
      ratedHashrateThs: null,
      inletTemperatureC: 38,
      chipTemperatureC: 85,
    });
    expect(boardsOf(snapshot)).toEqual([
      [0, null, 104, null, 84],
      [1, null, 104, null, 85],
    ]);
    expect(speedsOf(snapshot)).toEqual([
      [0, 5730],
      [1, 5850],
    ]);
  });
});
