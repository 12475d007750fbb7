import type { Moment } from '../moment.ts';
import { cgminerWrite, poolRecords, summaryCounters } from './records.ts';
import { type Command, type Reply, type Speech, section, status } from './speech.ts';
import type { Fields } from './wire.ts';

const VERSION = 'boser-openwrt 0.1.0-26ba61b9';
const FIRST_BOARD = 6;

/** Braiins OS on port 4028: figures in MHS with all their decimals, temperatures, fans and tuning by commands of their own, boards numbered from 6. */
export const braiinsSpeech: Speech = {
  description: () => `BOSer ${VERSION}`,
  spacing: 'tight',
  endsWithNul: true,
  allowsJoined: () => true,
  when: (moment) => moment.whenS,
  read,
  write,
};

function read({ name }: Command, moment: Moment): Reply | null {
  const { boards, unit } = moment;
  switch (name) {
    case 'version':
      return section(22, 'BOSer versions', 'VERSION', [{ API: '3.7', BOSer: VERSION }]);
    case 'summary':
      return section(11, 'Summary', 'SUMMARY', [
        {
          ...summaryCounters(moment),
          Elapsed: moment.uptimeS,
          'MHS 5s': moment.hashrate5sThs * 1e6,
          'MHS 1m': moment.hashrate1mThs * 1e6,
          'MHS 5m': moment.hashrate5mThs * 1e6,
          'MHS 15m': moment.hashrate15mThs * 1e6,
          'MHS 24h': moment.hashrate24hThs * 1e6,
          'MHS av': moment.averageThs * 1e6,
        },
      ]);
    case 'pools':
      return section(
        7,
        `${moment.pools.length} Pool(s)`,
        'POOLS',
        poolRecords(moment, { lastShare: 'epoch', firstNumber: 0, extra: { AsicBoost: true } }),
      );
    case 'devs':
      return section(9, `${boards.length} ASC(s)`, 'DEVS', boards.map(deviceOf(moment)));
    case 'devdetails':
      return section(
        69,
        'Device Details',
        'DEVDETAILS',
        boards.map(
          (board, at): Fields => ({
            Chips: board.chips,
            Cores: board.chips * 112,
            DEVDETAILS: at,
            'Device Path': '',
            Driver: '',
            Frequency: Math.round(board.frequencyMhz),
            ID: at + FIRST_BOARD,
            Kernel: '',
            Model: unit.model.name,
            Name: '',
            Voltage: 12.9,
          }),
        ),
      );
    case 'temps':
      return section(
        201,
        `${boards.length} Temp(s)`,
        'TEMPS',
        boards.map((board, at): Fields => ({ Board: round1(board.outletC), Chip: round1(board.chipMaxC), ID: at + FIRST_BOARD, TEMP: at })),
      );
    case 'fans':
      return section(
        202,
        `${moment.fansRpm.length} Fan(s)`,
        'FANS',
        moment.fansRpm.map((rpm, at): Fields => ({ FAN: at, ID: at, RPM: rpm, Speed: Math.round(moment.fanRatio * 100) })),
      );
    case 'tunerstatus':
      return section(205, 'Tuner Status', 'TUNERSTATUS', [
        {
          ApproximateChainPowerConsumption: Math.round(moment.powerW * 0.97),
          ApproximateMinerPowerConsumption: Math.round(moment.powerW),
          DynamicPowerScaling: 'Off',
          PowerLimit: moment.powerLimitW,
          TunerChainStatus: boards.map(
            (board, at): Fields => ({
              ApproximatePowerConsumptionWatt: Math.round(board.powerW),
              HashchainIndex: at + FIRST_BOARD,
              PowerLimitWatt: Math.round(moment.powerLimitW / boards.length),
              Status: moment.phase === 'hashing' ? 'Stable' : 'Paused',
              TunerRunning: moment.phase === 'hashing',
            }),
          ),
          TunerMode: 'PowerTarget',
          TunerRunning: moment.phase === 'hashing',
        },
      ]);
    case 'config':
      return section(33, 'BOSer config', 'CONFIG', [
        {
          'ASC Count': boards.length,
          'Device Code': '',
          'Log Interval': 0,
          OS: 'Braiins OS',
          'PGA Count': 0,
          'Pool Count': moment.pools.length,
          Strategy: 'Failover',
        },
      ]);
    default:
      return null;
  }
}

function deviceOf(moment: Moment) {
  const now = moment.hashrate5sThs;
  return (board: Moment['boards'][number], at: number): Fields => {
    const part = now > 0 ? board.hashrateThs / now : 0;
    return {
      ASC: at,
      Accepted: board.accepted,
      'Device Elapsed': moment.uptimeS,
      'Device Hardware%': 0.0016,
      'Device Rejected%': 0,
      Enabled: board.isAlive ? 'Y' : 'N',
      'Hardware Errors': board.hardwareErrors,
      ID: at + FIRST_BOARD,
      'Last Share Time': moment.whenS - moment.secondsSinceShare,
      'MHS 15m': moment.hashrate15mThs * part * 1e6,
      'MHS 1m': moment.hashrate1mThs * part * 1e6,
      'MHS 5m': moment.hashrate5mThs * part * 1e6,
      'MHS 5s': board.hashrateThs * 1e6,
      'MHS av': board.averageThs * 1e6,
      Name: '',
      'Nominal MHS': board.ratedThs * 1e6,
      Rejected: 0,
      Status: board.isAlive ? 'Alive' : 'Dead',
      Temperature: round1(board.outletC),
      'Total MH': board.averageThs * moment.uptimeS * 1e6,
      Utility: 0,
    };
  };
}

function write(command: Command, moment: Moment): ReturnType<Speech['write']> {
  switch (command.name) {
    case 'pause':
      return { act: { kind: 'sleep' }, done: status('S', 118, 'Pausing') };
    case 'resume':
      return { act: { kind: 'wake' }, done: status('S', 118, 'Resuming') };
    case 'restart':
    case 'switchpool':
    case 'addpool':
      return cgminerWrite(command, moment);
    default:
      return null;
  }
}

function round1(value: number): number {
  return Math.round(value * 10) / 10;
}
