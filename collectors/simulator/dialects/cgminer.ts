import type { Moment } from '../moment.ts';
import { cgminerWrite, mhs, percentOf, poolsReply, summaryCounters } from './records.ts';
import { type Command, type Reply, type Speech, section } from './speech.ts';
import { type Fields, fixed } from './wire.ts';

/** cgminer as its authors wrote it, without a maker's additions. */
export const cgminerSpeech: Speech = {
  description: () => 'cgminer 4.12.0',
  spacing: 'tight',
  endsWithNul: true,
  allowsJoined: () => true,
  when: (moment) => moment.whenS,
  read,
  write: cgminerWrite,
};

function read({ name }: Command, moment: Moment): Reply | null {
  switch (name) {
    case 'version':
      return section(22, 'CGMiner versions', 'VERSION', [{ CGMiner: '4.12.0', API: '3.7' }]);
    case 'summary':
      return section(11, 'Summary', 'SUMMARY', [{ Elapsed: moment.uptimeS, ...hashRates(moment), ...summaryCounters(moment) }]);
    case 'pools':
      return poolsReply(moment, { lastShare: 'epoch', firstNumber: 0 });
    case 'devs':
      return section(9, `${moment.boards.length} ASC(s)`, 'DEVS', deviceRecords(moment, 'ASC'));
    case 'stats':
      return section(70, 'CGMiner stats', 'STATS', [
        ...moment.boards.map(
          (board, at): Fields => ({
            STATS: at,
            ID: `ASC${at}`,
            Elapsed: moment.uptimeS,
            Calls: 0,
            Wait: fixed(0, 6),
            Max: fixed(0, 6),
            Min: fixed(99_999_999, 6),
            frequency: Math.round(board.frequencyMhz),
          }),
        ),
      ]);
    case 'config':
      return section(33, 'CGMiner config', 'CONFIG', [
        {
          'ASC Count': moment.boards.length,
          'PGA Count': 0,
          'Pool Count': moment.pools.length,
          Strategy: 'Failover',
          'Log Interval': 5,
          'Device Code': 'ASC ',
          OS: 'Linux',
        },
      ]);
    default:
      return null;
  }
}

function hashRates(moment: Moment): Fields {
  return {
    'MHS av': mhs(moment.averageThs),
    'MHS 5s': mhs(moment.hashrate5sThs),
    'MHS 1m': mhs(moment.hashrate1mThs),
    'MHS 5m': mhs(moment.hashrate5mThs),
    'MHS 15m': mhs(moment.hashrate15mThs),
  };
}

/** `devs`: one record a board, with the hash rate shared out as the boards have it. */
export function deviceRecords(moment: Moment, numberKey: string): Fields[] {
  const now = moment.hashrate5sThs;
  return moment.boards.map((board, at): Fields => {
    const part = now > 0 ? board.hashrateThs / now : 0;
    return {
      [numberKey]: at,
      Name: 'SIM',
      ID: at,
      Enabled: 'Y',
      Status: board.isAlive ? 'Alive' : 'Dead',
      Temperature: fixed(board.outletC, 2),
      'MHS av': mhs(board.averageThs),
      'MHS 5s': mhs(board.hashrateThs),
      'MHS 1m': mhs(moment.hashrate1mThs * part),
      'MHS 5m': mhs(moment.hashrate5mThs * part),
      'MHS 15m': mhs(moment.hashrate15mThs * part),
      Accepted: board.accepted,
      Rejected: 0,
      'Hardware Errors': board.hardwareErrors,
      Utility: fixed(moment.uptimeS > 0 ? (60 * board.accepted) / moment.uptimeS : 0, 2),
      'Last Share Pool': moment.pools.findIndex(({ isActive }) => isActive),
      'Last Share Time': moment.whenS - moment.secondsSinceShare,
      'Total MH': mhs(board.averageThs * moment.uptimeS, 4),
      'Diff1 Work': Math.floor((board.averageThs * moment.uptimeS * 1e12) / 2 ** 32),
      'Difficulty Accepted': fixed(board.accepted * moment.unit.shareDifficulty, 8),
      'Difficulty Rejected': fixed(0, 8),
      'Last Share Difficulty': fixed(moment.unit.shareDifficulty, 8),
      'Last Valid Work': moment.whenS,
      'Device Hardware%': percentOf(board.hardwareErrors, 1e6),
      'Device Rejected%': fixed(0, 4),
      'Device Elapsed': moment.uptimeS,
    };
  });
}
