/** Every dialect on replies of our own invention. What real machines sent is in `shared-recordings.test.ts`. */
import { describe, expect, it } from 'vitest';
import { DIALECT_ENTRIES } from '../dialects.ts';
import { FIXTURE_NAMES, type FixtureName, readFixture } from '../fixtures.ts';
import { identify } from '../identify.ts';
import type { Replies } from '../parsing/replies.ts';
import { listBrokenByMutation, withoutZeros } from '../reply-mutations.ts';
import { DIALECTS, type MachineSnapshot } from '../snapshot.ts';
import { findBrokenPromises, listLeaves } from '../snapshot-promises.ts';
import { parseSensorList } from './antminer-chains.ts';

const OBSERVED_AT_MS = 1_793_000_000_000;
const read = (replies: Replies) => DIALECT_ENTRIES[identify(replies) ?? 'cgminer'].read(replies, OBSERVED_AT_MS);
const readNamed = (name: FixtureName) => read(readFixture(name));

/** The fixture with one field of one of its records changed. */
function changed(name: FixtureName, command: keyof Replies, section: string, index: number, fields: Record<string, unknown>): Replies {
  const replies = readFixture(name);
  const records = [...(replies[command]![section] as Record<string, unknown>[])];
  records[index] = { ...records[index], ...fields };
  return { ...replies, [command]: { ...replies[command], [section]: records } };
}

const boardsOf = ({ boards }: MachineSnapshot) =>
  boards.map(({ position, hashrateThs, chips, boardTemperatureC, chipTemperatureC }) => [
    position,
    hashrateThs,
    chips,
    boardTemperatureC,
    chipTemperatureC,
  ]);
const speedsOf = ({ fans }: MachineSnapshot) => fans.map(({ position, speedRpm }) => [position, speedRpm]);

describe('every driver', () => {
  it.each(FIXTURE_NAMES)('%s: keeps the promises, and says the same twice', (name) => {
    const snapshot = readNamed(name);
    expect(findBrokenPromises(snapshot)).toEqual([]);
    expect(readNamed(name)).toEqual(snapshot);
    expect(JSON.parse(JSON.stringify(snapshot))).toEqual(snapshot);
  });

  it.each(FIXTURE_NAMES)('%s: keeps them when replies are damaged', (name) => {
    expect(listBrokenByMutation(readFixture(name), read, { seed: name, rounds: 300 })).toEqual([]);
  });

  it.each(FIXTURE_NAMES)('%s: invents no zero', (name) => {
    const leaves = listLeaves(read(withoutZeros(readFixture(name))));
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

describe('stock Antminer', () => {
  it('reads hash rates, boards with sensors below zero, fans that stand still, and leaves the empty pool out', () => {
    const snapshot = readNamed('antminer-s19');
    expect(snapshot).toMatchObject({
      make: 'Bitmain',
      model: 'Antminer S19',
      firmware: 'Bitmain',
      firmwareVersion: 'Mon Jan  6 10:00:00 CST 2025',
      clockSkewS: 0,
      state: 'hashing',
      hashrateThs: 95.2505,
      hashrate5mThs: null,
      hashrateAverageThs: 94.80025,
      ratedHashrateThs: 95,
      powerW: null,
      powerSource: 'unknown',
      acceptedShares: 5000,
      rejectedShares: 12,
      staleShares: 3,
      hardwareErrors: 41,
      uptimeS: 86_400,
      chipTemperatureC: 74,
      activePool: 0,
    });
    expect(boardsOf(snapshot)).toEqual([
      [0, 47.6001, 76, 60, 72],
      [1, expect.closeTo(47.6504, 10), 76, 61, 74],
      [2, 0, 76, null, 3],
    ]);
    expect(speedsOf(snapshot)).toEqual([
      [0, 4320],
      [1, 4380],
      [2, 0],
      [3, 4260],
    ]);
    expect(snapshot.pools.map(({ url }) => url)).toEqual(['stratum+tcp://pool.example:3333', 'stratum+tcp://backup.example:3333']);
  });

  it('takes the unit that the reply states over the name of its fields', () => {
    const snapshot = read(changed('antminer-s19', 'stats', 'STATS', 1, { rate_unit: 'MH' }));
    // 47,600.10 MH/s
    expect(snapshot.boards[0]!.hashrateThs).toBeCloseTo(0.0476001, 12);
    expect(snapshot.hashrateThs).toBeCloseTo(0.0952505, 12);
  });

  it('knows sleep by its mode, and otherwise tells only that nothing is hashed', () => {
    const still = { 'GHS 5s': 0, 'GHS av': 0 };
    const resting = (fields: Record<string, unknown>, uptimeS: number) => {
      const replies = changed('antminer-s19', 'stats', 'STATS', 1, fields);
      return read({ ...replies, summary: { ...replies.summary, SUMMARY: [{ ...still, Elapsed: uptimeS }] } }).state;
    };
    expect(resting({ ...still, Mode: 254 }, 86_400)).toBe('sleeping');
    expect(resting(still, 86_400)).toBe('idle');
    expect(resting(still, 599)).toBe('starting');
    expect(resting(still, 600)).toBe('idle');
  });

  it('reads lists of sensors with negative numbers', () => {
    expect(parseSensorList('2--1-20-22')).toEqual([2, -1, 20, 22]);
    expect(parseSensorList('-8--11-10-12')).toEqual([-8, -11, 10, 12]);
    expect([parseSensorList('-'), parseSensorList('m-m'), parseSensorList(''), parseSensorList(7)]).toEqual([[], [], [], []]);
    expect(parseSensorList('1-'.repeat(500_000))).toEqual([]);
  });

  it('takes an uptime since 1970 for what it is', () => {
    const replies = changed('antminer-s19', 'summary', 'SUMMARY', 0, { Elapsed: 1_793_000_000 });
    const snapshot = read({ ...replies, stats: { ...replies.stats, STATS: [{ Type: 'Antminer S19' }] } });
    expect(snapshot.uptimeS).toBeNull();
    expect(snapshot.notes).toContainEqual({ field: 'uptimeS', value: '1793000000', reason: 'out-of-range' });
  });
});

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
    expect(read(changed('vnish-s19', 'stats', 'STATS', 1, { chain_consumption2: undefined })).powerW).toBeNull();
    const idle = { chain_consumption1: 0, chain_consumption2: 0 };
    const snapshot = read(changed('vnish-s19', 'stats', 'STATS', 1, idle));
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
    expect(read(changed('vnish-s19', 'stats', 'STATS', 1, { state: word })).state).toBe(state);
  });
});

describe('Whatsminer', () => {
  it('reads v1, with the power beside the sentinel, and codes of errors but not of the factory', () => {
    const snapshot = readNamed('whatsminer-v1');
    expect(snapshot).toMatchObject({
      make: 'MicroBT',
      model: 'M20S',
      firmwareVersion: '20200917.22.REL',
      macAddress: '02:00:00:00:00:01',
      mode: 'Normal',
      state: 'hashing',
      hashrateThs: 68.50000025,
      hashrate5mThs: 68.3,
      hashrate15mThs: 68.2,
      ratedHashrateThs: 68.765832,
      powerW: 3400,
      powerSource: 'machine',
      powerLimitW: 3500,
      inletTemperatureC: 28.5,
      chipTemperatureC: 90.5,
      boardTemperatureC: 72.5,
      uptimeS: 3600,
      activePool: 0,
    });
    expect(boardsOf(snapshot)).toEqual([
      [0, 22.7, 111, 70.5, 88.5],
      [1, 22.9, 111, 72.5, 90.5],
      [2, 22.90000025, 111, null, 88],
    ]);
    expect(speedsOf(snapshot)).toEqual([
      [0, 4950],
      [1, 4920],
      [2, 8880],
    ]);
    expect(snapshot.errorCodes.map(({ code }) => code)).toEqual(['206', '2320']);
    expect(snapshot.notes).toEqual([{ field: 'boards.2.boardTemperatureC', value: '-273', reason: 'sentinel' }]);
  });

  it('never takes the rated power for what it draws', () => {
    const snapshot = read(changed('whatsminer-v1', 'summary', 'SUMMARY', 0, { Power: undefined }));
    expect(snapshot).toMatchObject({ powerW: null, powerSource: 'unknown', powerLimitW: 3500 });
    expect(snapshot.notes).toContainEqual({ field: 'powerW', value: '4294967295', reason: 'sentinel' });
  });

  it('has no fans in or out when cooled by liquid', () => {
    const fields = { 'Liquid Cooling': true, 'Fan Speed In': 0, 'Fan Speed Out': 0 };
    expect(speedsOf(read(changed('whatsminer-v1', 'summary', 'SUMMARY', 0, fields)))).toEqual([[2, 8880]]);
  });

  it('reads a machine that is switched off from what it still answers', () => {
    const snapshot = readNamed('whatsminer-v2-off');
    expect(snapshot).toMatchObject({
      model: 'M50_INVENTED',
      serial: 'INVENTED0001',
      macAddress: '02:00:00:00:00:02',
      state: 'sleeping',
      mode: 'low',
      hashrateThs: null,
      powerW: null,
      powerLimitW: 3600,
      boards: [],
      pools: [],
    });
    expect(snapshot.errorCodes.map(({ code }) => code)).toEqual(['218', '110']);
    expect(speedsOf(snapshot)).toEqual([[2, 0]]);
  });

  it('reads the codes of 2.0.4, an object in place of the list', () => {
    const replies = {
      ...readFixture('whatsminer-v2-off'),
      get_error_code: { STATUS: 'S', Code: 131, Msg: { error_code: { 206: '2021', 0: '', reason: 'x' } } },
    };
    expect(read(replies).errorCodes).toEqual([{ code: '206', message: null }]);
  });

  it('reads v3 in its own units', () => {
    const snapshot = readNamed('whatsminer-v3');
    expect(snapshot).toMatchObject({
      dialect: 'whatsminer',
      model: 'M60S_INVENTED',
      serial: 'INVENTED0002',
      macAddress: '02:00:00:00:00:03',
      firmwareVersion: '20250101.10.REL',
      mode: 'normal',
      clockSkewS: 3,
      hashrateThs: 187.1,
      hashrate15mThs: 186.2,
      hashrateAverageThs: 185.9,
      ratedHashrateThs: 186.4,
      powerW: 3450,
      powerLimitW: 3600,
      inletTemperatureC: 30.5,
      chipTemperatureC: 91.5,
      uptimeS: 1074,
      acceptedShares: null,
      errorCodes: [{ code: '206', message: null }],
      activePool: 0,
    });
    expect(boardsOf(snapshot)).toEqual([
      [0, 61.9, 156, 68.5, 89.5],
      [1, 62, 156, 70.25, 90.5],
      [2, 62.1, 156, 69, 91.5],
    ]);
    expect(speedsOf(snapshot)).toEqual([
      [0, 4980],
      [1, 5070],
      [2, 6112],
    ]);
  });
});

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
    return read(changed('avalon-a12', 'stats', 'STATS', 0, { 'MM ID0': text.replace(from, to) }));
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
    const snapshot = read(changed('avalon-a12', 'summary', 'SUMMARY', 0, { 'MHS 30s': 0 }));
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

describe('Braiins OS', () => {
  it('reads boards by their numbers, power and its limit, and does not guess about slots of fans', () => {
    const snapshot = readNamed('braiins-s9');
    expect(snapshot).toMatchObject({
      make: 'Bitmain',
      model: 'Antminer S9',
      firmware: 'Braiins OS',
      firmwareVersion: '0.4.0-invented',
      hashrateThs: 14.040916,
      hashrate24hThs: 0.5621155,
      powerW: 1231,
      powerSource: 'machine',
      powerLimitW: 1250,
    });
    // 3 x 4,668,300 MH/s
    expect(snapshot.ratedHashrateThs).toBeCloseTo(14.0049, 10);
    expect(boardsOf(snapshot)).toEqual([
      [6, 4.6803055, 63, 53, null],
      [7, 4.6803055, 63, 46.5, 71.25],
      [8, 4.6803055, 63, null, null],
    ]);
    expect(speedsOf(snapshot)).toEqual([
      [0, 2820],
      [1, 3780],
      [2, null],
      [3, null],
    ]);
  });

  it('has no rated hash rate when one board has none', () => {
    expect(read(changed('braiins-s9', 'devs', 'DEVS', 1, { 'Nominal MHS': 0 })).ratedHashrateThs).toBeNull();
  });
});

describe('LuxOS', () => {
  it('reads boards in their order with chips of the same board, its profile, power and events', () => {
    const snapshot = readNamed('luxos-s19');
    expect(snapshot).toMatchObject({
      make: 'Bitmain',
      model: 'Antminer S19k Pro',
      firmware: 'LuxOS',
      serial: 'INVENTED0003',
      macAddress: '02:00:00:00:00:05',
      mode: '290MHz',
      hashrateThs: 59.756,
      hashrate24hThs: 55.40075,
      powerW: 1051,
      chipTemperatureC: null,
      boardTemperatureC: 49,
      errorCodes: [{ code: 'FAN_INVENTED', message: 'An invented event.' }],
    });
    expect(boardsOf(snapshot)).toEqual([
      [0, 19.9, 77, 47, null],
      [1, 19.900001, 76, 48, null],
      [2, 19.900002, 77, 49, null],
    ]);
    expect(snapshot.boards.map(({ isAlive }) => isAlive)).toEqual([false, true, true]);
    expect(speedsOf(snapshot)).toEqual([
      [0, 1920],
      [1, 1950],
      [2, 1980],
      [3, 0],
    ]);
  });

  it('knows that it was curtailed', () => {
    expect(read(changed('luxos-s19', 'config', 'CONFIG', 0, { CurtailMode: 'Sleep' })).state).toBe('sleeping');
  });
});

describe('an unknown cgminer', () => {
  it('reads what the API defines and no more', () => {
    const snapshot = readNamed('cgminer-plain');
    expect(snapshot).toMatchObject({
      dialect: 'cgminer',
      make: null,
      model: null,
      firmware: 'CGMiner',
      firmwareVersion: '4.12.0',
      state: 'starting',
      hashrateThs: 0,
      hashrateAverageThs: 1.5,
      fans: [],
      powerW: null,
    });
    expect(boardsOf(snapshot)).toEqual([
      [0, 0, null, 48.25, null],
      [1, 0, null, null, null],
    ]);
    expect(snapshot.boards.map(({ isAlive }) => isAlive)).toEqual([true, null]);
  });
});
