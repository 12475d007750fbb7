import type { Moment } from '../moment.ts';
import { poolRecords, summaryCounters } from './records.ts';
import { type Command, type Reply, type Speech, section, status } from './speech.ts';
import type { Fields } from './wire.ts';

const VERSION = '2025.4.8.220305';
const BUILD = `${VERSION}-57b389c7`;
/** Of every machine: the simulator does not tell sessions apart. */
const SESSION = 'simlux01';

/** LuxOS: cgminer's commands with figures in GHS, and many of its own; what changes something needs the session that `logon` gives. */
export const luxosSpeech: Speech = {
  description: () => `LUXminer ${BUILD}`,
  spacing: 'tight',
  endsWithNul: true,
  allowsJoined: () => true,
  when: (moment) => moment.whenS,
  read,
  write,
};

const ghs = (ths: number) => Math.round(ths * 1e5) / 100;

function read({ name }: Command, moment: Moment): Reply | null {
  const { boards, unit } = moment;
  switch (name) {
    case 'version':
      return section(22, 'LUXminer versions', 'VERSION', [
        { API: '3.7', CompileTime: 'Tue Apr  8 22:05:35 UTC 2025', LUXminer: BUILD, Miner: VERSION, Type: unit.model.name },
      ]);
    case 'summary':
      return section(11, 'Summary', 'SUMMARY', [
        {
          ...summaryCounters(moment),
          Elapsed: moment.uptimeS,
          'GHS 5s': ghs(moment.hashrate5sThs),
          'GHS 1m': ghs(moment.hashrate1mThs),
          'GHS 5m': ghs(moment.hashrate5mThs),
          'GHS 15m': ghs(moment.hashrate15mThs),
          'GHS 30m': ghs(moment.hashrate30mThs),
          'GHS 24h': ghs(moment.hashrate24hThs),
          'GHS av': ghs(moment.averageThs),
        },
      ]);
    case 'pools':
      return section(
        7,
        `${moment.pools.length} Pool(s)`,
        'POOLS',
        poolRecords(moment, { lastShare: 'ago', firstNumber: 0, extra: { GROUP: 0, AsicBoost: true } }),
      );
    case 'devs':
      return section(9, `${boards.length} ASC(s)`, 'DEVS', boards.map(deviceOf(moment)));
    case 'stats':
      return section(70, 'LUXminer stats', 'STATS', [
        { CompileTime: 'Tue Apr  8 22:05:35 UTC 2025', Miner: VERSION, Type: unit.model.name },
        stats(moment),
      ]);
    case 'fans':
      return {
        kind: 'section',
        code: 202,
        message: `${moment.fansRpm.length} Fan(s)`,
        section: 'FANS',
        records: moment.fansRpm.map(
          (rpm, at): Fields => ({ FAN: `FAN${at + 1}`, ID: at, RPM: rpm, Speed: Math.round(moment.fanRatio * 100) }),
        ),
        tail: { FANCTRL: [{ MinFans: 3, PowerOffSpeed: 20 }] },
      };
    case 'temps':
      return {
        kind: 'section',
        code: 201,
        message: `${boards.length} Temp(s)`,
        section: 'TEMPS',
        records: boards.map((board, at): Fields => {
          const [hot, cool] = [Math.round(board.outletC), Math.round(board.inletC)];
          return { ID: at, TEMP: at, TopLeft: hot, TopRight: cool, BottomLeft: hot, BottomRight: cool };
        }),
        tail: {
          METADATA: [
            {
              TopLeft: { Label: 'Board Exhaust (top)', Position: [0, 0] },
              TopRight: { Label: 'Board Intake (top)', Position: [0, 1] },
              BottomLeft: { Label: 'Board Exhaust (bottom)', Position: [1, 0] },
              BottomRight: { Label: 'Board Intake (bottom)', Position: [1, 1] },
            },
          ],
        },
      };
    case 'power':
      return section(311, 'Power usage', 'POWER', [{ PSU: false, Watts: Math.round(moment.powerW) }]);
    case 'config':
      return section(33, 'LUXminer config', 'CONFIG', [
        {
          'ASC Count': boards.length,
          ControlBoardType: 'cvitek',
          Cooling: 'Air',
          CurtailMode: moment.phase === 'sleeping' ? 'Sleep' : 'None',
          DHCP: true,
          Hostname: unit.worker.replace('.', '-'),
          IsAtmEnabled: false,
          IsPowerSupplyOn: moment.phase !== 'sleeping',
          IsTuning: false,
          MACAddr: unit.macAddress,
          Model: unit.model.name,
          NameplateTHS: moment.ratedThs,
          OS: 'LuxOS',
          'PGA Count': 0,
          'Pool Count': moment.pools.length,
          Profile: profileOf(moment),
          SerialNumber: unit.serial,
          Strategy: 'Failover',
          SystemStatus: 'Normal',
        },
      ]);
    case 'events':
      return section(357, 'Miner Events', 'EVENTS', []);
    case 'logon':
      return section(316, 'Session information', 'SESSION', [{ SessionID: SESSION }]);
    case 'logoff':
      return status('S', 317, 'Session terminated');
    default:
      return null;
  }
}

function profileOf(moment: Moment): string {
  return moment.limitRatio < 1 ? `${Math.round(moment.unit.model.frequencyMhz * moment.limitRatio ** 0.75)}MHz` : 'default';
}

function deviceOf(moment: Moment) {
  const now = moment.hashrate5sThs;
  return (board: Moment['boards'][number], at: number): Fields => {
    const part = now > 0 ? board.hashrateThs / now : 0;
    return {
      ASC: at,
      Accepted: board.accepted,
      Board: 'BHB56903',
      Connector: `J${7 + at}`,
      'Device Elapsed': moment.uptimeS,
      Enabled: 'Y',
      'Hardware Errors': board.hardwareErrors,
      ID: at,
      IsRamping: false,
      IsUserShutdown: moment.phase === 'sleeping',
      'MHS 15m': moment.hashrate15mThs * part * 1e6,
      'MHS 1m': moment.hashrate1mThs * part * 1e6,
      'MHS 5m': moment.hashrate5mThs * part * 1e6,
      'MHS 5s': board.hashrateThs * 1e6,
      'MHS av': board.averageThs * 1e6,
      Name: '',
      'Nominal MHS': board.ratedThs * 1e6,
      Profile: profileOf(moment),
      Rejected: 0,
      SerialNumber: `${moment.unit.serial}${at}`,
      Status: board.isAlive ? 'Alive' : 'Dead',
      Temperature: Math.round(board.outletC),
      'Total MH': board.averageThs * moment.uptimeS * 1e6,
    };
  };
}

function stats(moment: Moment): Fields {
  const fields: Record<string, Fields[string]> = {
    STATS: 0,
    ID: 'BTM_SOC0',
    Elapsed: moment.uptimeS,
    'GHS 5s': ghs(moment.hashrate5sThs),
    'GHS av': ghs(moment.averageThs),
    rate_30m: ghs(moment.hashrate30mThs),
    rate_unit: 'GH',
    Mode: 2,
    miner_count: moment.boards.length,
    fan_num: moment.fansRpm.length,
    frequency: Math.round(moment.boards[0]?.frequencyMhz ?? 0),
    total_rateideal: ghs(moment.ratedThs),
    'total rate': ghs(moment.averageThs),
    total_acn: moment.boards.length,
    miner_id: moment.unit.macAddress.replaceAll(':', ''),
    miner_version: VERSION,
  };
  for (const [at, rpm] of moment.fansRpm.entries()) fields[`fan${at + 1}`] = rpm;
  for (const [at, board] of moment.boards.entries()) {
    const [hot, cool] = [Math.round(board.outletC), Math.round(board.inletC)];
    fields[`chain_acn${at + 1}`] = board.chips;
    fields[`chain_hw${at + 1}`] = board.hardwareErrors;
    fields[`chain_rate${at + 1}`] = ghs(board.averageThs).toFixed(2);
    fields[`freq${at + 1}`] = Math.round(board.frequencyMhz);
    fields[`temp${at + 1}`] = hot;
    fields[`temp_chip${at + 1}`] = `${hot}-${cool}-${cool}-${hot}`;
    fields[`temp_pcb${at + 1}`] = `${hot}-${cool}-${cool}-${hot}`;
  }
  return fields;
}

function write({ name, parameter }: Command, moment: Moment): ReturnType<Speech['write']> {
  if (!WRITES.has(name)) return null;
  const [session, ...rest] = parameter.split(',').map((part) => part.trim());
  if (session !== SESSION) return { refused: status('E', 402, 'Invalid session id') };
  switch (name) {
    case 'curtail':
      if (rest[0] === 'sleep') return { act: { kind: 'sleep' }, done: status('S', 341, 'Curtail mode set') };
      if (rest[0] === 'wakeup') return { act: { kind: 'wake' }, done: status('S', 341, 'Curtail mode set') };
      return { refused: status('E', 343, `Invalid curtail mode ${rest[0] ?? ''}`) };
    case 'rebootdevice':
    case 'resetminer':
      return { act: { kind: 'restart' }, done: status('S', 322, 'Rebooting') };
    case 'switchpool': {
      const pool = Number(rest[0]);
      if (!Number.isInteger(pool) || pool < 0 || pool >= moment.pools.length)
        return { refused: status('E', 26, `Invalid pool id ${rest[0] ?? ''}`) };
      return { act: { kind: 'switch-pool', pool }, done: status('S', 27, `Switching to pool ${pool}`) };
    }
    default: {
      const [url, worker] = rest;
      if (!url || worker === undefined) return { refused: status('E', 52, 'Missing addpool details') };
      return { act: { kind: 'add-pool', url, worker }, done: status('S', 55, `Added pool ${moment.pools.length}: '${url}'`) };
    }
  }
}

const WRITES = new Set(['curtail', 'rebootdevice', 'resetminer', 'switchpool', 'addpool']);
