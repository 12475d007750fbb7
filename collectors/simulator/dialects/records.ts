/** Records that the dialects grown out of cgminer share, in cgminer's own order and spelling. */
import type { Moment } from '../moment.ts';
import type { Command, Reply } from './speech.ts';
import { section, status } from './speech.ts';
import { type Fields, fixed } from './wire.ts';

const MHS_PER_THS = 1e6;
const GHS_PER_THS = 1e3;
const HASHES_PER_DIFFICULTY = 2 ** 32;

export function mhs(ths: number, places = 2) {
  return fixed(ths * MHS_PER_THS, places);
}

export function ghs(ths: number, places = 2) {
  return fixed(ths * GHS_PER_THS, places);
}

/** Share of the first among both, percent, four places. */
export function percentOf(part: number, rest: number) {
  return fixed(part + rest > 0 ? (100 * part) / (part + rest) : 0, 4);
}

/** What `summary` says after its hash rates. */
export function summaryCounters(moment: Moment): Fields {
  const { accepted, rejected, stale, hardwareErrors, uptimeS, unit } = moment;
  const diff1 = (moment.workTh * 1e12) / HASHES_PER_DIFFICULTY;
  return {
    'Found Blocks': 0,
    Getworks: Math.floor(uptimeS / 26),
    Accepted: accepted,
    Rejected: rejected,
    'Hardware Errors': hardwareErrors,
    Utility: fixed(uptimeS > 0 ? (60 * accepted) / uptimeS : 0, 2),
    Discarded: Math.floor(uptimeS * 0.53),
    Stale: stale,
    'Get Failures': 0,
    'Local Work': Math.floor(uptimeS * 130),
    'Remote Failures': 0,
    'Network Blocks': Math.floor(uptimeS / 600),
    'Total MH': fixed(moment.workTh * MHS_PER_THS, 4),
    'Work Utility': fixed(uptimeS > 0 ? (60 * diff1) / uptimeS : 0, 2),
    'Difficulty Accepted': fixed(accepted * unit.shareDifficulty, 8),
    'Difficulty Rejected': fixed(rejected * unit.shareDifficulty, 8),
    'Difficulty Stale': fixed(stale * unit.shareDifficulty, 8),
    'Best Share': moment.bestShare,
    'Device Hardware%': percentOf(hardwareErrors, diff1),
    'Device Rejected%': percentOf(rejected, accepted),
    'Pool Rejected%': percentOf(rejected, accepted),
    'Pool Stale%': percentOf(stale, accepted),
    'Last getwork': moment.whenS,
  };
}

export type PoolStyle = {
  /** Time of the last share: seconds since 1970 by the machine's clock, or as "0:00:27" ago. */
  lastShare: 'epoch' | 'ago';
  firstNumber: 0 | 1;
  extra?: Fields;
};

export function poolRecords(moment: Moment, style: PoolStyle): Fields[] {
  return moment.pools.map((pool, at): Fields => {
    const difficulty = pool.isActive ? moment.unit.shareDifficulty : 0;
    const host = pool.url.replace(/^.*:\/\//, '').replace(/:.*$/, '');
    const last =
      pool.accepted > 0 ? (style.lastShare === 'ago' ? clockText(moment.secondsSinceShare) : moment.whenS - moment.secondsSinceShare) : 0;
    return {
      POOL: at + style.firstNumber,
      URL: pool.url,
      Status: pool.isAlive ? 'Alive' : 'Dead',
      Priority: at,
      Quota: 1,
      'Long Poll': 'N',
      Getworks: pool.isActive ? Math.floor(moment.uptimeS / 26) : 0,
      Accepted: pool.accepted,
      Rejected: pool.rejected,
      Discarded: pool.isActive ? Math.floor(moment.uptimeS * 0.53) : 0,
      Stale: pool.stale,
      'Get Failures': 0,
      'Remote Failures': 0,
      User: pool.worker,
      'Last Share Time': style.lastShare === 'ago' && last === 0 ? '0' : last,
      ...(style.lastShare === 'ago' ? { Diff: difficultyText(difficulty) } : {}),
      'Diff1 Shares': 0,
      'Proxy Type': '',
      Proxy: '',
      'Difficulty Accepted': fixed(pool.accepted * moment.unit.shareDifficulty, 8),
      'Difficulty Rejected': fixed(pool.rejected * moment.unit.shareDifficulty, 8),
      'Difficulty Stale': fixed(pool.stale * moment.unit.shareDifficulty, 8),
      'Last Share Difficulty': fixed(difficulty, 8),
      'Has Stratum': true,
      'Stratum Active': pool.isActive,
      'Stratum URL': pool.isActive ? host : '',
      'Has GBT': false,
      'Best Share': pool.isActive ? moment.bestShare : 0,
      'Pool Rejected%': percentOf(pool.rejected, pool.accepted),
      'Pool Stale%': percentOf(pool.stale, pool.accepted),
      ...style.extra,
    };
  });
}

/** "1:02:03" for 3,723 seconds. */
function clockText(seconds: number): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${Math.floor(seconds / 3600)}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}`;
}

/** "524K" for 524,288; '' for no difficulty yet. */
function difficultyText(difficulty: number): string {
  if (difficulty === 0) return '';
  return difficulty >= 1e5 ? `${Math.floor(difficulty / 1000)}K` : `${(difficulty / 1000).toFixed(1)}K`;
}

/** `pools` as a reply. */
export function poolsReply(moment: Moment, style: PoolStyle): Reply {
  return section(7, `${moment.pools.length} Pool(s)`, 'POOLS', poolRecords(moment, style));
}

/** cgminer's commands that change something, for firmware that lets anyone use them. */
export function cgminerWrite({ name, parameter }: Command, moment: Moment): ReturnType<import('./speech.ts').Speech['write']> {
  switch (name) {
    case 'restart':
      return { act: { kind: 'restart' }, done: status('S', 42, 'Restarting') };
    case 'switchpool': {
      const pool = Number(parameter);
      if (parameter === '') return { refused: status('E', 25, 'Missing pool id parameter') };
      if (!Number.isInteger(pool) || pool < 0 || pool >= moment.pools.length) {
        return { refused: status('E', 26, `Invalid pool id ${parameter} - range is 0 - ${moment.pools.length - 1}`) };
      }
      return { act: { kind: 'switch-pool', pool }, done: status('S', 27, `Switching to pool ${pool}:'${moment.pools[pool]!.url}'`) };
    }
    case 'addpool': {
      const [url, worker] = parameter.split(',');
      if (!url || worker === undefined) return { refused: status('E', 52, `Missing addpool details`) };
      return { act: { kind: 'add-pool', url, worker }, done: status('S', 55, `Added pool ${moment.pools.length}: '${url}'`) };
    }
    default:
      return null;
  }
}

/** Commands that stock firmware keeps for those it trusts. */
const PRIVILEGED = new Set(['restart', 'quit', 'switchpool', 'addpool', 'removepool', 'enablepool', 'disablepool', 'save', 'ascset']);

export function deniedWrite({ name }: Command): { refused: Reply } | null {
  return PRIVILEGED.has(name) ? { refused: status('E', 45, `Access denied to '${name}' command`) } : null;
}
