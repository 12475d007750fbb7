/**
 * Whatsminer API v3 (port 4433, length-prefixed), the three commands that read without a token. By the maker's documents of API 3.0: hash rates
 * are TH/s, powers W, temperatures degrees Celsius. No recording exists; our fixture is written after the documents.
 */
import { flagOf, isRecord, type Replies, type ReplyRecord, textOf } from '../parsing/replies.ts';
import type { Board, Fan, MachineSnapshot, Pool } from '../snapshot.ts';
import { completeSnapshot } from './complete-snapshot.ts';
import { createFigures, type Figures } from './figures.ts';
import { isAlive, type PoolsRead } from './pools.ts';
import { listErrorCodes } from './whatsminer-error-codes.ts';

const MAX_LISTED = 64;

export function isWhatsminerV3(replies: Replies): boolean {
  return replies['get.miner.status'] !== undefined || replies['get.device.info'] !== undefined;
}

type V3Command = 'get.device.info' | 'get.miner.status' | 'get.miner.setting';

const messageOf = (replies: Replies, command: V3Command): ReplyRecord => sectionOf(replies[command] ?? {}, 'msg');
const sectionOf = (record: ReplyRecord, name: string): ReplyRecord => {
  const section = record[name];
  return isRecord(section) ? section : {};
};
const listOf = (raw: unknown): readonly ReplyRecord[] => (Array.isArray(raw) ? raw.slice(0, MAX_LISTED).filter(isRecord) : []);

export function readWhatsminerV3(replies: Replies, observedAtMs: number): MachineSnapshot {
  const figures = createFigures();
  const status = messageOf(replies, 'get.miner.status');
  const info = messageOf(replies, 'get.device.info');
  const setting = messageOf(replies, 'get.miner.setting');
  const summary = sectionOf(status, 'summary');
  const [miner, system, power] = [sectionOf(info, 'miner'), sectionOf(info, 'system'), sectionOf(info, 'power')];
  const boards = listOf(status.edevs);
  const boardTemperatures = Array.isArray(summary['board-temperature']) ? summary['board-temperature'].slice(0, MAX_LISTED) : [];
  return completeSnapshot('whatsminer', figures, replies, observedAtMs, {
    make: 'MicroBT',
    model: textOf(miner.type),
    firmware: 'MicroBT',
    firmwareVersion: textOf(system.fwversion),
    serial: textOf(miner['miner-sn']),
    macAddress: figures.macAddress('macAddress', sectionOf(info, 'network').mac),
    ...(flagOf(miner.working) === false ? { state: 'sleeping' as const } : {}),
    mode: textOf(setting['power-mode']) ?? textOf(power.mode),
    hashrateThs: figures.firstOf([
      () => figures.hashrateThs('hashrateThs', summary['hash-1min'], 'TH'),
      () => figures.hashrateThs('hashrateThs', summary['hash-realtime'], 'TH'),
    ]),
    hashrate15mThs: figures.hashrateThs('hashrate15mThs', summary['hash-15min'], 'TH'),
    hashrateAverageThs: figures.hashrateThs('hashrateAverageThs', summary['hash-average'], 'TH'),
    ratedHashrateThs: figures.ratedHashrateThs('ratedHashrateThs', summary['factory-hash'], 'TH'),
    powerW: figures.firstOf([
      () => figures.powerW('powerW', summary['power-realtime']),
      () => figures.powerW('powerW', summary['power-5min']),
    ]),
    powerLimitW: figures.powerLimitW('powerLimitW', summary['power-limit'] ?? setting['power-limit']),
    inletTemperatureC: figures.temperatureC('inletTemperatureC', summary['environment-temperature']),
    chipTemperatureC: figures.hottestC('chipTemperatureC', [summary['chip-temp-max']]),
    boards: boards.map((board, index) => readBoard(figures, board, index, boardTemperatures[index])),
    fans: readFans(figures, summary, power),
    uptimeS: figures.uptimeS('uptimeS', summary.elapsed),
    errorCodes: listErrorCodes(info['error-code']).map((code) => ({ code, message: null })),
    ...readV3Pools(status.pools),
  });
}

function readBoard(figures: Figures, board: ReplyRecord, index: number, temperatureC: unknown): Board {
  const field = (name: keyof Board) => `boards.${index}.${name}`;
  return {
    position: typeof board.slot === 'number' && Number.isInteger(board.slot) && board.slot >= 0 ? board.slot : index,
    hashrateThs: figures.hashrateThs(field('hashrateThs'), board['hash-average'], 'TH'),
    ratedHashrateThs: figures.ratedHashrateThs(field('ratedHashrateThs'), board['factory-hash'], 'TH'),
    chips: figures.chips(field('chips'), board['effective-chips']),
    ratedChips: null,
    boardTemperatureC: figures.hottestC(field('boardTemperatureC'), [temperatureC]),
    chipTemperatureC: figures.hottestC(field('chipTemperatureC'), [board['chip-temp-max']]),
    hardwareErrors: null,
    isAlive: null,
  };
}

/** Positions as in API v1 and v2: 0 in, 1 out, 2 the power supply's. */
function readFans(figures: Figures, summary: ReplyRecord, power: ReplyRecord): readonly Fan[] {
  return [summary['fan-speed-in'], summary['fan-speed-out'], power.fanspeed]
    .map((raw, position) => ({ position, raw }))
    .filter(({ raw }) => raw !== undefined)
    .map(({ position, raw }, index) => ({ position, speedRpm: figures.speedRpm(`fans.${index}.speedRpm`, raw) }));
}

/** Shares are not listed: only a percentage of rejects, from which no count follows. */
function readV3Pools(raw: unknown): PoolsRead {
  const pools = listOf(raw)
    .filter(({ url }) => textOf(url) !== null)
    .map(
      (record, position): Pool => ({
        position,
        url: textOf(record.url, 300)!,
        worker: textOf(record.account),
        isAlive: isAlive(record.status),
        isActive: typeof record['stratum-active'] === 'boolean' ? record['stratum-active'] : null,
        acceptedShares: null,
        rejectedShares: null,
        staleShares: null,
        isDeveloperFee: false,
      }),
    );
  const active = pools.filter(({ isActive }) => isActive === true);
  return { pools, activePool: (active.find(({ isAlive }) => isAlive !== false) ?? active[0])?.position ?? null };
}
