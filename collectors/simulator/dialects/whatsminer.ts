import type { Moment } from '../moment.ts';
import { mhs, percentOf, poolRecords, summaryCounters } from './records.ts';
import { type Command, type Reply, type Speech, section, status } from './speech.ts';
import { type Fields, fixed } from './wire.ts';

const API_VERSION = '2.0.5';
const FIRMWARE = '20240624.18.REL';
const CODE_OWN = 131;

/**
 * Whatsminer with API 2: cgminer's replies with names of its own and hash rates in MHS, beside commands answered without sections. One command
 * a connection. Writing needs a token and encryption, which are not simulated: without them the machine refuses, as a real one does.
 */
export const whatsminerSpeech: Speech = {
  description: () => 'cgminer 4.9.2',
  spacing: 'tight',
  endsWithNul: false,
  allowsJoined: () => false,
  when: (moment) => moment.whenS,
  read,
  write: ({ name }) => (WRITES.has(name) ? { refused: status('E', 45, 'permission denied') } : null),
};

const WRITES = new Set([
  'update_pools',
  'restart_btminer',
  'power_off',
  'power_on',
  'set_led',
  'set_low_power',
  'set_high_power',
  'set_normal_power',
  'reboot',
  'factory_reset',
  'update_pwd',
  'net_config',
  'set_target_freq',
  'adjust_power_limit',
  'adjust_upfreq_speed',
  'set_power_pct',
]);

function own(message: Fields | string, moment: Moment): Reply {
  return { kind: 'object', value: { STATUS: 'S', When: moment.whenS, Code: CODE_OWN, Msg: message, Description: '' } };
}

function read({ name }: Command, moment: Moment): Reply | null {
  const { unit } = moment;
  switch (name) {
    case 'summary':
      return section(11, 'Summary', 'SUMMARY', [summary(moment)]);
    case 'pools':
      return section(7, `${moment.pools.length} Pool(s)`, 'POOLS', poolRecords(moment, { lastShare: 'epoch', firstNumber: 1 }));
    case 'devs':
    case 'edevs':
      return section(9, `${moment.boards.length} ASC(s)`, 'DEVS', devices(moment));
    case 'devdetails':
      return section(
        69,
        'Device Details',
        'DEVDETAILS',
        moment.boards.map(
          (_, at): Fields => ({ DEVDETAILS: at, Name: 'SM', ID: at, Driver: 'bitmicro', Kernel: '', Model: unit.model.name }),
        ),
      );
    case 'get_version':
    case 'version':
      return own({ api_ver: API_VERSION, fw_ver: FIRMWARE, platform: 'H616', chip: 'K61C0001' }, moment);
    case 'get_miner_info':
      return own(
        {
          ip: '',
          proto: 'dhcp',
          netmask: '',
          gateway: '',
          dns: '',
          hostname: 'WhatsMiner',
          mac: unit.macAddress.toUpperCase(),
          ledstat: 'auto',
          minersn: unit.serial,
        },
        moment,
      );
    case 'get_psu':
      return own(
        {
          name: 'P222B',
          hw_version: '',
          sw_version: '230208.220429',
          model: 'P222B',
          iin: String(Math.round((moment.powerW / 230) * 1000)),
          vin: '23000',
          fan_speed: String(Math.round(7000 * moment.fanRatio)),
          vendor: '1',
        },
        moment,
      );
    case 'get_error_code':
      return own({ error_code: errorCodes(moment).map(([code, time]): Fields => ({ [code]: time })) }, moment);
    case 'status':
      return own(
        {
          mineroff: moment.phase === 'sleeping' ? 'true' : 'false',
          mineroff_reason: moment.phase === 'sleeping' ? 'user' : '',
          mineroff_time: '',
          FirmwareVersion: FIRMWARE,
          power_mode: 'normal',
          power_limit_set: String(moment.powerLimitW),
          hash_percent: '0',
        },
        moment,
      );
    default:
      return null;
  }
}

/** 110 and 111: the inlet or outlet fan does not turn; 53x: board x is not found. */
function errorCodes(moment: Moment): [code: string, time: string][] {
  const time = new Date(moment.whenS * 1000).toISOString().slice(0, 19).replace('T', ' ');
  return [
    ...moment.fansRpm.flatMap((rpm, at): [string, string][] => (rpm === 0 ? [[String(110 + at), time]] : [])),
    ...moment.boards.flatMap(({ isAlive }, at): [string, string][] => (isAlive ? [] : [[String(530 + at), time]])),
  ];
}

function summary(moment: Moment): Fields {
  const { boards, unit } = moment;
  const alive = boards.filter(({ isAlive }) => isAlive);
  const chipMax = Math.max(0, ...alive.map(({ chipMaxC }) => chipMaxC));
  const chipMin = alive.length > 0 ? Math.min(...alive.map(({ chipMinC }) => chipMinC)) : 0;
  const errors = errorCodes(moment);
  const counted: Record<string, Fields[string]> = {};
  for (const [at, [code]] of errors.entries()) counted[`Error Code ${at}`] = Number(code);
  return {
    Elapsed: moment.uptimeS,
    'MHS av': mhs(moment.averageThs),
    'MHS 5s': mhs(moment.hashrate5sThs),
    'MHS 1m': mhs(moment.hashrate1mThs),
    'MHS 5m': mhs(moment.hashrate5mThs),
    'MHS 15m': mhs(moment.hashrate15mThs),
    'HS RT': mhs(moment.hashrate5sThs),
    ...summaryCounters(moment),
    Temperature: fixed(Math.max(0, ...alive.map(({ outletC }) => outletC)), 2),
    freq_avg: Math.round(unit.model.frequencyMhz),
    'Fan Speed In': moment.fansRpm[0] ?? 0,
    'Fan Speed Out': moment.fansRpm[1] ?? 0,
    Voltage: 1238,
    Power: Math.round(moment.powerW),
    Power_RT: Math.round(moment.powerW),
    'Power Rate': fixed(moment.hashrate1mThs > 0 ? moment.powerW / moment.hashrate1mThs : 0, 2),
    Uptime: moment.uptimeS + 25,
    'Chip Data': 'K61C0001-24110218 BINV01-195205B',
    'Power Current': Math.round((moment.powerW / 13) * 1000),
    'Power Fanspeed': Math.round(7000 * moment.fanRatio),
    ...counted,
    'Error Code Count': errors.length,
    'Factory Error Code Count': 0,
    'Security Mode': 0,
    'Liquid Cooling': false,
    'Hash Stable': moment.phase === 'hashing',
    'Hash Stable Cost Seconds': 420,
    'Hash Deviation%': fixed(0.0214, 4),
    'Target Freq': Math.round(unit.model.frequencyMhz),
    'Target MHS': Math.round(moment.ratedThs * 1e6),
    'Env Temp': fixed(moment.inletC, 2),
    'Power Mode': 'Normal',
    'Firmware Version': `'${FIRMWARE}'`,
    'CB Platform': 'H616',
    'CB Version': 'V10',
    MAC: unit.macAddress.toUpperCase(),
    'Factory GHS': Math.round(moment.ratedThs * 1000),
    'Power Limit': moment.powerLimitW,
    'Power Voltage Input': fixed(230, 2),
    'Power Current Input': fixed(moment.powerW / 230, 2),
    'Chip Temp Min': fixed(chipMin, 2),
    'Chip Temp Max': fixed(chipMax, 2),
    'Chip Temp Avg': fixed((chipMin + chipMax) / 2, 2),
  };
}

/** A board that is gone has no record: numbers of boards stay, the list is shorter. */
function devices(moment: Moment): Fields[] {
  return moment.boards.flatMap((board, at): Fields[] => {
    if (!board.isAlive) return [];
    return [
      {
        ASC: at,
        Name: 'SM',
        ID: at,
        Slot: at,
        Enabled: 'Y',
        Status: 'Alive',
        Temperature: fixed(board.outletC, 2),
        'Chip Frequency': Math.round(board.frequencyMhz),
        'Fan Speed In': moment.fansRpm[0] ?? 0,
        'Fan Speed Out': moment.fansRpm[1] ?? 0,
        'MHS av': mhs(board.averageThs),
        'MHS 5s': mhs(board.hashrateThs),
        'MHS 1m': mhs(board.hashrateThs),
        'MHS 5m': mhs(board.averageThs),
        'MHS 15m': mhs(board.averageThs),
        'HS RT': mhs(board.hashrateThs),
        Accepted: board.accepted,
        Rejected: 0,
        'Hardware Errors': board.hardwareErrors,
        'Factory GHS': Math.round(board.ratedThs * 1000),
        'Last Share Time': moment.whenS - moment.secondsSinceShare,
        'Device Hardware%': percentOf(board.hardwareErrors, 1e6),
        'Device Elapsed': moment.uptimeS,
        'Upfreq Complete': moment.phase === 'hashing' ? 1 : 0,
        'Effective Chips': board.chips,
        'PCB SN': `${moment.unit.serial}${at}`,
        'Chip Temp Min': fixed(board.chipMinC, 2),
        'Chip Temp Max': fixed(board.chipMaxC, 2),
        'Chip Temp Avg': fixed((board.chipMinC + board.chipMaxC) / 2, 2),
        chip_vol_diff: 11,
      },
    ];
  });
}
