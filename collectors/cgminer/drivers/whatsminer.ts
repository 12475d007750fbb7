/**
 * Whatsminer API v1 and v2 (port 4028): cgminer's sections with MicroBT's own fields, and commands whose answer stands in `Msg`. By the maker's
 * API documents 1.3.8 to 2.0.5 and the recordings. Hash rates are MHS but for `Factory GHS`. Windows of the short averages differ by firmware.
 */
import { flagOf, isRecord, type Replies, type ReplyRecord, recordOf, recordsOf, textOf } from '../parsing/replies.ts';
import type { Board, ErrorCode, Fan, MachineSnapshot } from '../snapshot.ts';
import { completeSnapshot, type Findings } from './complete-snapshot.ts';
import { createFigures, type Figures } from './figures.ts';
import { isAlive, readPools } from './pools.ts';
import { readHashrate, readHashrates, readShares, SHORT_WINDOWS } from './summary.ts';
import { listErrorCodes, MAX_ERROR_CODES } from './whatsminer-error-codes.ts';
import { isWhatsminerV3, readWhatsminerV3 } from './whatsminer-v3.ts';

/** Boards of firmware of 2018, in `stats`: "SM0", "SM1", "SM2". */
const STATS_BOARD = /^SM\d{1,2}$/;

export function readWhatsminer(replies: Replies, observedAtMs: number): MachineSnapshot {
  if (isWhatsminerV3(replies)) return readWhatsminerV3(replies, observedAtMs);
  const figures = createFigures();
  const summary = recordOf(replies, 'summary', 'SUMMARY');
  const status = messageOf(replies, 'status');
  return completeSnapshot('whatsminer', figures, replies, observedAtMs, {
    ...nameMachine(figures, replies, summary, status),
    // `HS RT` is what the maker's own tool shows as the rate of now; firmware that has it alone gives no window for it.
    ...readHashrates(figures, summary, null, () => figures.hashrateThs('hashrateThs', summary['HS RT'], 'MH')),
    ...readShares(figures, summary),
    ratedHashrateThs: figures.firstOf([
      () => figures.ratedHashrateThs('ratedHashrateThs', summary['Target MHS'], 'MH'),
      () => figures.ratedHashrateThs('ratedHashrateThs', summary['Factory GHS'], 'GH'),
    ]),
    powerW: figures.firstOf([() => figures.powerW('powerW', summary.Power_RT), () => figures.powerW('powerW', summary.Power)]),
    powerLimitW: figures.firstOf([
      () => figures.powerLimitW('powerLimitW', summary['Power Limit']),
      () => figures.powerLimitW('powerLimitW', status.power_limit_set),
    ]),
    ...(isOff(status) ? { state: 'sleeping' as const } : {}),
    mode: textOf(summary['Power Mode']) ?? textOf(status.power_mode),
    inletTemperatureC: figures.temperatureC('inletTemperatureC', summary['Env Temp']),
    chipTemperatureC: figures.hottestC('chipTemperatureC', [summary['Chip Temp Max']]),
    boardTemperatureC: figures.hottestC('boardTemperatureC', [summary.Temperature]),
    boards: readBoards(figures, replies),
    fans: readFans(figures, summary, messageOf(replies, 'get_psu')),
    errorCodes: readErrorCodes(replies, summary),
    ...readPools(figures, replies),
  });
}

/** The `Msg` of MicroBT's own commands; a text there is a refusal or an apology. */
function messageOf(replies: Replies, command: 'status' | 'get_psu' | 'get_version' | 'get_miner_info' | 'get_error_code'): ReplyRecord {
  const message = replies[command]?.Msg;
  return isRecord(message) ? message : {};
}

function isOff(status: ReplyRecord): boolean {
  return flagOf(status.mineroff) === true || flagOf(status.btmineroff) === true;
}

function nameMachine(figures: Figures, replies: Replies, summary: ReplyRecord, status: ReplyRecord): Findings {
  const info = messageOf(replies, 'get_miner_info');
  const model = textOf(info.minertype) ?? textOf(recordOf(replies, 'devdetails', 'DEVDETAILS').Model);
  const version =
    textOf(messageOf(replies, 'get_version').fw_ver) ??
    textOf(summary['Firmware Version']) ??
    textOf(status.FirmwareVersion) ??
    textOf(status['Firmware Version']);
  return {
    make: 'MicroBT',
    model,
    firmware: 'MicroBT',
    // Firmware of 2020 puts it in quotes of its own.
    firmwareVersion: version === null ? null : version.replace(/^'|'$/g, ''),
    serial: textOf(info.minersn),
    macAddress: figures.macAddress('macAddress', textOf(summary.MAC) ?? info.mac),
  };
}

function readBoards(figures: Figures, replies: Replies): readonly Board[] {
  const devices = recordsOf(replies, ['edevs', 'devs'], 'DEVS');
  if (devices.length > 0) return devices.map((device, index) => readDevice(figures, device, index));
  return recordsOf(replies, 'stats', 'STATS')
    .filter(({ ID: id }) => STATS_BOARD.test(textOf(id) ?? ''))
    .map((record, index) => readStatsBoard(figures, record, index));
}

const positionOf = (raw: unknown, index: number) => (typeof raw === 'number' && Number.isInteger(raw) && raw >= 0 ? raw : index);

function readDevice(figures: Figures, device: ReplyRecord, index: number): Board {
  const field = (name: keyof Board) => `boards.${index}.${name}`;
  return {
    position: positionOf(device.Slot, index),
    hashrateThs: readHashrate(figures, field('hashrateThs'), device, [...SHORT_WINDOWS, '5m', '15m', 'av']),
    ratedHashrateThs: figures.ratedHashrateThs(field('ratedHashrateThs'), device['Factory GHS'], 'GH'),
    chips: figures.chips(field('chips'), device['Effective Chips']),
    ratedChips: null,
    boardTemperatureC: figures.hottestC(field('boardTemperatureC'), [device.Temperature]),
    chipTemperatureC: figures.hottestC(field('chipTemperatureC'), [device['Chip Temp Max']]),
    hardwareErrors: figures.count(field('hardwareErrors'), device['Hardware Errors']),
    isAlive: isAlive(device.Status),
  };
}

function readStatsBoard(figures: Figures, record: ReplyRecord, index: number): Board {
  const field = (name: keyof Board) => `boards.${index}.${name}`;
  return {
    position: positionOf(record.slot, index),
    hashrateThs: null,
    ratedHashrateThs: null,
    chips: figures.chips(field('chips'), record.ok_chips),
    ratedChips: figures.chips(field('ratedChips'), record.chip_num),
    boardTemperatureC: figures.hottestC(field('boardTemperatureC'), [record.temp_now_max]),
    chipTemperatureC: null,
    hardwareErrors: figures.count(field('hardwareErrors'), record.nonce_err_count),
    isAlive: null,
  };
}

/** Positions 0 and 1 are the fans in and out, 2 is the power supply's. A liquid-cooled machine writes 0 for the two it does not have. */
function readFans(figures: Figures, summary: ReplyRecord, psu: ReplyRecord): readonly Fan[] {
  const isLiquidCooled = summary['Liquid Cooling'] === true;
  const listed = [
    { position: 0, raw: isLiquidCooled ? undefined : summary['Fan Speed In'] },
    { position: 1, raw: isLiquidCooled ? undefined : summary['Fan Speed Out'] },
    { position: 2, raw: summary['Power Fanspeed'] ?? psu.fan_speed },
  ].filter(({ raw }) => raw !== undefined);
  return listed.map(({ position, raw }, index) => ({ position, speedRpm: figures.speedRpm(`fans.${index}.speedRpm`, raw) }));
}

/** `Error Code 0`.. of v1, or the list of `get_error_code` of v2, where a code is the key and its time the value. Factory codes are history and left out. */
function readErrorCodes(replies: Replies, summary: ReplyRecord): readonly ErrorCode[] {
  const announced = Number(summary['Error Code Count']);
  const count = Number.isInteger(announced) ? Math.min(Math.max(announced, 0), MAX_ERROR_CODES) : 0;
  const numbered = listErrorCodes(Array.from({ length: count }, (_, index) => summary[`Error Code ${index}`]));
  const listed = listErrorCodes(messageOf(replies, 'get_error_code').error_code);
  return [...new Set([...numbered, ...listed])].map((code) => ({ code, message: null }));
}
