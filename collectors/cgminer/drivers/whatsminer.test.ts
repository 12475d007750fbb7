import { describe, expect, it } from 'vitest';
import { boardsOf, changed, readNamed, readReplies, speedsOf } from '../fixture-reading.ts';
import { readFixture } from '../fixtures.ts';

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
    const snapshot = readReplies(changed('whatsminer-v1', 'summary', 'SUMMARY', 0, { Power: undefined }));
    expect(snapshot).toMatchObject({ powerW: null, powerSource: 'unknown', powerLimitW: 3500 });
    expect(snapshot.notes).toContainEqual({ field: 'powerW', value: '4294967295', reason: 'sentinel' });
  });

  it('has no fans in or out when cooled by liquid', () => {
    const fields = { 'Liquid Cooling': true, 'Fan Speed In': 0, 'Fan Speed Out': 0 };
    expect(speedsOf(readReplies(changed('whatsminer-v1', 'summary', 'SUMMARY', 0, fields)))).toEqual([[2, 8880]]);
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
    expect(readReplies(replies).errorCodes).toEqual([{ code: '206', message: null }]);
  });

  it.each([true, 'true', 'True'])('reads off (%j) as asleep, whether it is a word or a boolean', (flag) => {
    const { status, ...rest } = readFixture('whatsminer-v2-off');
    const message = { ...(status!.Msg as Record<string, unknown>), mineroff: flag, btmineroff: flag };
    expect(readReplies({ ...rest, status: { ...status, Msg: message } }).state).toBe('sleeping');
  });

  it.each([false, 'false'])('reads not working (%j) of v3 as asleep, whether it is a word or a boolean', (flag) => {
    const replies = readFixture('whatsminer-v3');
    const info = replies['get.device.info']!;
    const message = info.msg as Record<string, unknown>;
    const working = { ...info, msg: { ...message, miner: { ...(message.miner as Record<string, unknown>), working: flag } } };
    expect(readReplies({ ...replies, 'get.device.info': working }).state).toBe('sleeping');
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
