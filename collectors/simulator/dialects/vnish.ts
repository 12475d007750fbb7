import type { Moment } from '../moment.ts';
import { chipText } from './antminer.ts';
import { cgminerWrite, ghs, poolRecords, summaryCounters } from './records.ts';
import { type Command, type Reply, type Speech, section } from './speech.ts';
import { type Fields, fixed } from './wire.ts';

const VERSION = '1.2.6';
/** Of the hash rate, to the firmware's makers. */
const FEE_PERCENT = 2.8;

/** Vnish on Antminers: a cgminer 4.11.1 with a pool of its makers' own among the owner's pools, whose number its `Msg` does not match. */
export const vnishSpeech: Speech = {
  description: () => 'cgminer 4.11.1',
  spacing: 'tight',
  endsWithNul: true,
  allowsJoined: () => true,
  when: (moment) => moment.whenS,
  read,
  write: cgminerWrite,
  // This firmware writes one blank, after the name of the status.
  misspell: (text) =>
    text
      .replace('"STATUS":[', '"STATUS": [')
      .replace('"STATS":[', '"STATS": [')
      .replace('"POOLS":[', '"POOLS": [')
      .replace('"SUMMARY":[', '"SUMMARY": ['),
};

function read({ name }: Command, moment: Moment): Reply | null {
  switch (name) {
    case 'version':
      return section(22, 'CGMiner versions', 'VERSION', [identity(moment, true)]);
    case 'summary':
      return section(11, 'Summary', 'SUMMARY', [
        {
          Elapsed: moment.uptimeS,
          'GHS 5s': ghs(moment.hashrate5sThs).raw,
          'GHS av': ghs(moment.averageThs),
          ...summaryCounters(moment),
          'Fee Percent': fixed(FEE_PERCENT, 4),
        },
      ]);
    case 'pools':
      return section(7, `${moment.pools.length + 3} Pool(s)`, 'POOLS', [
        ...poolRecords(moment, { lastShare: 'ago', firstNumber: 0 }),
        feePool(moment),
      ]);
    case 'stats':
      return section(70, 'CGMiner stats', 'STATS', [identity(moment, false), stats(moment)]);
    default:
      return null;
  }
}

function identity({ unit }: Moment, withApi: boolean): Fields {
  return {
    Cgminer: '4.11.1',
    ...(withApi ? { API: '3.7' } : {}),
    Miner: 'uart_trans.1.3',
    CompileTime: 'Thu May 16 08:02:51 UTC 2024',
    Type: `${unit.model.name} (Vnish ${VERSION})`,
  };
}

function feePool(moment: Moment): Fields {
  const [first] = poolRecords(moment, { lastShare: 'ago', firstNumber: 0 });
  const accepted = Math.floor((moment.accepted * FEE_PERCENT) / (100 - FEE_PERCENT)) * 100;
  return {
    ...first,
    POOL: moment.pools.length,
    URL: 'DevFee',
    Status: 'Alive',
    Priority: moment.pools.length,
    Accepted: accepted,
    Rejected: Math.floor(accepted * 0.0004),
    Stale: Math.floor(accepted * 0.0006),
    User: 'DevFee',
    Diff: '2.05K',
    'Stratum Active': false,
    'Stratum URL': '',
  };
}

function stats(moment: Moment): Fields {
  const { boards, unit } = moment;
  const isAwake = moment.phase !== 'sleeping';
  const rated = boards.map(({ ratedThs }) => ratedThs * unit.speedRatio);
  const word = moment.phase === 'hashing' ? 'mining' : moment.phase === 'sleeping' ? 'stopped' : 'initializing';
  const fields: Record<string, Fields[string]> = {
    STATS: 0,
    ID: `BTM_${unit.model.name.replace('Antminer ', '').replaceAll(' ', '').toUpperCase()}`,
    Elapsed: moment.uptimeS,
    Calls: 0,
    Wait: fixed(0, 6),
    Max: fixed(0, 6),
    Min: fixed(99_999_999, 6),
    'GHS 5s': ghs(moment.hashrate5sThs).raw,
    'GHS av': ghs(moment.averageThs),
    miner_count: boards.length,
    total_acn: boards.reduce((sum, { chips }) => sum + chips, 0),
    frequency: unit.model.frequencyMhz,
    total_freqavg: fixed(unit.model.frequencyMhz * unit.speedRatio, 2),
    total_rateideal: ghs(rated.reduce((sum, ths) => sum + ths, 0)),
    total_rate: ghs(moment.hashrate5sThs),
    state: word,
    fan_num: moment.fansRpm.length,
    fan_mode: 0,
    fan_pwm: Math.round(moment.fanRatio * 100),
  };
  for (const [at, rpm] of moment.fansRpm.entries()) fields[`fan${at + 1}`] = rpm;
  fields.temp_num = boards.length;
  const each = (key: string, write: (board: (typeof boards)[number], at: number) => Fields[string]) => {
    for (const [at, board] of boards.entries()) fields[`${key}${at + 1}`] = write(board, at);
  };
  each('temp', ({ isAlive, outletC }) => (isAlive ? Math.round(outletC) : 0));
  each('temp2_', ({ isAlive, chipMaxC }) => (isAlive ? Math.round(chipMaxC) : 0));
  each('temp3_', ({ isAlive, chipMaxC }) => (isAlive ? Math.round(chipMaxC) : 0));
  each('temp_sens', () => 'm-m');
  each('temp_pcb', ({ inletC, outletC }) => `${Math.round(inletC)}-${Math.round(outletC)}`);
  each('temp_chip', ({ chipMinC, chipMaxC }) => `${Math.round(chipMinC)}-${Math.round(chipMaxC)}`);
  each('chain_state', ({ isAlive }) => (isAlive ? word : 'disconnected'));
  each('chain_acn', ({ chips }) => chips);
  each('chain_vol', ({ isAlive }) => (isAlive && isAwake ? 12_625 : 0));
  each('freq_avg', ({ frequencyMhz }) => fixed(frequencyMhz, 2));
  each('chain_rateideal', (_, at) => ghs(rated[at]!));
  each('chain_rate', ({ hashrateThs }) => ghs(hashrateThs));
  each('chain_hw', ({ hardwareErrors }) => hardwareErrors);
  each('chain_acs', ({ chips, ratedChips }) => chipText(isAwake ? chips : 0, ratedChips, 10).trim());
  each('chain_consumption', ({ powerW }) => Math.round(powerW));
  fields.miner_version = 'uart_trans.1.3';
  fields.build_version = VERSION;
  return fields;
}
