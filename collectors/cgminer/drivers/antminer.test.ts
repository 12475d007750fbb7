import { describe, expect, it } from 'vitest';
import { boardsOf, changed, readNamed, readReplies, speedsOf } from '../fixture-reading.ts';
import { parseSensorList } from './antminer-chains.ts';

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

  it.each<[string, Record<string, number>, (number | null)[][]]>([
    [
      'fan 5 of an S9',
      { fan_num: 2, fan5: 0, fan6: 3600 },
      [
        [4, 0],
        [5, 3600],
      ],
    ],
    [
      'fan 6 of an S9',
      { fan_num: 2, fan5: 3600, fan6: 0 },
      [
        [4, 3600],
        [5, 0],
      ],
    ],
    [
      'fan 1 of four',
      { fan_num: 4, fan1: 0, fan2: 10, fan3: 20, fan4: 30 },
      [
        [0, 0],
        [1, 10],
        [2, 20],
        [3, 30],
      ],
    ],
    [
      'every fan',
      { fan_num: 2 },
      [
        [0, 0],
        [1, 0],
      ],
    ],
    ['no fan of a machine without', { fan_num: 0 }, []],
  ])('knows that %s stands still', (_, fields, speeds) => {
    const slots = Object.fromEntries(Array.from({ length: 8 }, (_, index) => [`fan${index + 1}`, 0]));
    expect(speedsOf(readReplies(changed('antminer-s19', 'stats', 'STATS', 1, { ...slots, ...fields })))).toEqual(speeds);
  });

  it('knows a board that it has lost: listed with nothing while the others hash', () => {
    const lost = { chain_acn3: 0, chain_rate3: '', chain_acs3: '', temp_chip3: '', temp_pcb3: '', temp3: 0, temp2_3: 0, temp3_3: 0 };
    const snapshot = readReplies(changed('antminer-s19', 'stats', 'STATS', 1, lost));
    expect(snapshot.boards.map(({ position, chips, isAlive }) => [position, chips, isAlive])).toEqual([
      [0, 76, true],
      [1, 76, true],
      [2, 0, false],
    ]);
    // Lost before the start: the firmware counts two, and says of two that they work.
    const uncounted = readReplies(changed('antminer-s19', 'stats', 'STATS', 1, { ...lost, miner_count: 2 }));
    expect(uncounted.boards.map(({ position, isAlive }) => [position, isAlive])).toEqual([
      [0, true],
      [1, true],
    ]);
    const asleep = { ...lost, chain_rate1: '0.00', chain_rate2: '0.00' };
    expect(readReplies(changed('antminer-s19', 'stats', 'STATS', 1, asleep)).boards.map(({ isAlive }) => isAlive)).toEqual([
      true,
      true,
      null,
    ]);
  });

  it.each([
    ['the second pool when the first is dead and keeps its flag', { Status: 'Dead', 'Stratum Active': true }, 1],
    ['the first of two that live and keep their flags', { Status: 'Alive', 'Stratum Active': true }, 0],
    ['a dead one when none else has the flag', { Status: 'Dead', 'Stratum Active': true }, 0, false],
  ])('takes %s for the active one', (_, fields, position, isSecondActive = true) => {
    const first = changed('antminer-s19', 'pools', 'POOLS', 0, fields);
    const records = [...(first.pools!.POOLS as Record<string, unknown>[])];
    records[1] = { ...records[1], Status: 'Alive', 'Stratum Active': isSecondActive };
    expect(readReplies({ ...first, pools: { ...first.pools, POOLS: records } }).activePool).toBe(position);
  });

  it('takes the unit that the reply states over the name of its fields', () => {
    const snapshot = readReplies(changed('antminer-s19', 'stats', 'STATS', 1, { rate_unit: 'MH' }));
    // 47,600.10 MH/s
    expect(snapshot.boards[0]!.hashrateThs).toBeCloseTo(0.0476001, 12);
    expect(snapshot.hashrateThs).toBeCloseTo(0.0952505, 12);
  });

  it('knows sleep by its mode, and otherwise tells only that nothing is hashed', () => {
    const still = { 'GHS 5s': 0, 'GHS av': 0 };
    const resting = (fields: Record<string, unknown>, uptimeS: number) => {
      const replies = changed('antminer-s19', 'stats', 'STATS', 1, fields);
      return readReplies({ ...replies, summary: { ...replies.summary, SUMMARY: [{ ...still, Elapsed: uptimeS }] } }).state;
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
    const snapshot = readReplies({ ...replies, stats: { ...replies.stats, STATS: [{ Type: 'Antminer S19' }] } });
    expect(snapshot.uptimeS).toBeNull();
    expect(snapshot.notes).toContainEqual({ field: 'uptimeS', value: '1793000000', reason: 'out-of-range' });
  });
});
