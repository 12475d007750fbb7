import { describe, expect, it } from 'vitest';
import { boardsOf, changed, readNamed, readReplies, speedsOf } from '../fixture-reading.ts';
import { readFixture } from '../fixtures.ts';

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

  it('has no rated hash rate when a board has left the list', () => {
    const replies = readFixture('braiins-s9');
    const devices = replies.devs!.DEVS as unknown[];
    expect(readReplies({ ...replies, devs: { ...replies.devs, DEVS: devices.slice(0, 2) } }).ratedHashrateThs).toBeNull();
  });

  it('has no rated hash rate when one board has none', () => {
    expect(readReplies(changed('braiins-s9', 'devs', 'DEVS', 1, { 'Nominal MHS': 0 })).ratedHashrateThs).toBeNull();
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
    expect(readReplies(changed('luxos-s19', 'config', 'CONFIG', 0, { CurtailMode: 'Sleep' })).state).toBe('sleeping');
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
