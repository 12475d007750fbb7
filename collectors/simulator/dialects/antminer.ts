import { MISSING_COMMA_MODEL } from '../models.ts';
import type { Moment } from '../moment.ts';
import { deniedWrite, ghs, poolsReply, summaryCounters } from './records.ts';
import { type Command, type Reply, type Speech, section } from './speech.ts';
import { type Fields, fixed } from './wire.ts';

/** Places for boards and fans in the S9's reply; most are always empty. */
const S9_PLACES = 16;
const S9_FANS = 8;
const S9_FIRST_BOARD = 6;
const S9_FIRST_FAN = 5;
/** A newer reply has room for four boards. */
const PLACES = 4;

/**
 * Stock firmware of Bitmain. The S19 and S21 write blanks, end with the connection and take one command a connection; the S9 is a cgminer of
 * its time: NUL at the end, joined commands, hash rates as strings, and no comma between the two records of `stats`. Writing goes through the
 * machine's web pages, which are not simulated: the API denies it.
 */
const modern: Omit<Speech, 'spacing' | 'endsWithNul' | 'description'> = {
  allowsJoined: isS9,
  when: (moment) => moment.whenS,
  read,
  write: deniedWrite,
};

export const antminerSpeech: Speech = { ...modern, spacing: 'spaced', endsWithNul: false, description: () => 'cgminer 1.0.0' };

export const s9Speech: Speech = {
  ...modern,
  spacing: 'tight',
  endsWithNul: true,
  description: () => 'bmminer 1.0.0',
  misspell: (text, { name }) => (name === 'stats' ? text.replace('},{"STATS"', '}{"STATS"') : text),
};

export function isS9({ unit }: Pick<Moment, 'unit'>): boolean {
  return unit.model.name === MISSING_COMMA_MODEL;
}

function read({ name }: Command, moment: Moment): Reply | null {
  switch (name) {
    case 'version':
      return section(22, `${isS9(moment) ? 'BMMiner' : 'CGMiner'} versions`, 'VERSION', [identity(moment, true)]);
    case 'summary':
      return section(11, 'Summary', 'SUMMARY', [summary(moment)]);
    case 'pools':
      return poolsReply(moment, { lastShare: 'ago', firstNumber: 0 });
    case 'stats':
      return section(70, `${isS9(moment) ? 'BMMiner' : 'CGMiner'} stats`, 'STATS', [
        identity(moment, false),
        isS9(moment) ? s9Stats(moment) : stats(moment),
      ]);
    default:
      return null;
  }
}

function identity(moment: Moment, withApi: boolean): Fields {
  return isS9(moment)
    ? {
        BMMiner: '2.0.0',
        ...(withApi ? { API: '3.1' } : {}),
        Miner: '30.0.1.3',
        CompileTime: 'Wed Jul 31 16:18:27 CST 2019',
        Type: moment.unit.model.name,
      }
    : {
        BMMiner: '1.0.0',
        ...(withApi ? { API: '3.1' } : {}),
        Miner: '49.0.1.3',
        CompileTime: 'Tue Mar 12 09:41:08 CST 2024',
        Type: moment.unit.model.name,
      };
}

function summary(moment: Moment): Fields {
  const now = ghs(moment.hashrate5sThs);
  return {
    Elapsed: moment.uptimeS,
    'GHS 5s': isS9(moment) ? now.raw : now,
    'GHS av': ghs(moment.averageThs),
    ...(isS9(moment) ? {} : { 'GHS 30m': ghs(moment.hashrate30mThs) }),
    ...summaryCounters(moment),
  };
}

/** Places `from` to `to` of a numbered key, `absent` where there is no part. */
function numbered<T>(
  fields: Record<string, Fields[string]>,
  key: string,
  places: number,
  parts: readonly T[],
  first: number,
  write: (part: T) => Fields[string],
  absent: Fields[string],
) {
  for (let place = 1; place <= places; place++) {
    const part = parts[place - first];
    fields[`${key}${place}`] = part === undefined ? absent : write(part);
  }
}

/** The chain's chips as the firmware draws them: o answers, x does not, in groups. */
export function chipText(chips: number, ratedChips: number, group: number): string {
  let text = '';
  for (let chip = 0; chip < ratedChips; chip++) text += `${chip % group === 0 ? ' ' : ''}${chip < chips ? 'o' : 'x'}`;
  return text;
}

function stats(moment: Moment): Fields {
  const { boards, unit } = moment;
  const isAwake = moment.phase !== 'sleeping';
  const present = boards.map((board) => (board.isAlive ? board : undefined));
  const whole = (value: number) => Math.round(value);
  const four = (a: number, b: number) => `${whole(b)}-${whole(a)}-${whole(a + 1)}-${whole(b - 1)}`;
  const fields: Record<string, Fields[string]> = {
    STATS: 0,
    ID: 'BTM_SOC0',
    Elapsed: moment.uptimeS,
    Calls: 0,
    Wait: 0,
    Max: 0,
    Min: 99_999_999,
    'GHS 5s': ghs(moment.hashrate5sThs),
    'GHS av': ghs(moment.averageThs),
    rate_30m: ghs(moment.hashrate30mThs),
    Mode: 2,
    miner_count: present.filter((board) => board !== undefined).length,
    frequency: whole(unit.model.frequencyMhz * moment.limitRatio ** 0.75),
    fan_num: moment.fansRpm.length,
  };
  numbered(fields, 'fan', moment.fansRpm.length, moment.fansRpm, 1, (rpm) => rpm, 0);
  fields.temp_num = fields.miner_count!;
  for (const [at, board] of present.entries()) {
    if (board === undefined) continue;
    fields[`temp${at + 1}`] = whole(board.outletC);
    fields[`temp2_${at + 1}`] = whole(board.chipMaxC);
  }
  numbered(fields, 'temp_pcb', PLACES, present, 1, (board) => (board ? four(board.inletC, board.outletC) : '0-0-0-0'), '0-0-0-0');
  numbered(fields, 'temp_chip', PLACES, present, 1, (board) => (board ? four(board.chipMinC, board.chipMaxC) : '0-0-0-0'), '0-0-0-0');
  numbered(fields, 'temp_pic', PLACES, present, 1, (board) => (board ? four(board.inletC - 5, board.outletC - 8) : '0-0-0-0'), '0-0-0-0');
  Object.assign(fields, {
    total_rateideal: fixed(unit.model.ratedThs * 1000, 1),
    rate_unit: 'GH',
    total_freqavg: whole(unit.model.frequencyMhz),
    total_acn: boards.reduce((sum, { chips }) => sum + chips, 0),
    'total rate': ghs(moment.averageThs),
    temp_max: 0,
    no_matching_work: moment.hardwareErrors,
  });
  numbered(fields, 'chain_acn', PLACES, boards, 1, ({ chips }) => chips, 0);
  // Asleep the chips are there and do not answer.
  numbered(
    fields,
    'chain_acs',
    PLACES,
    boards,
    1,
    ({ chips, ratedChips, isAlive }) => (isAlive ? chipText(isAwake ? chips : 0, ratedChips, 3) : ''),
    '',
  );
  numbered(fields, 'chain_hw', PLACES, boards, 1, ({ hardwareErrors }) => hardwareErrors, 0);
  numbered(fields, 'chain_rate', PLACES, boards, 1, ({ hashrateThs, isAlive }) => (isAlive ? ghs(hashrateThs).raw : ''), '');
  numbered(fields, 'freq', PLACES, boards, 1, ({ frequencyMhz }) => whole(frequencyMhz), 0);
  fields.miner_version = '49.0.1.3';
  fields.miner_id = unit.macAddress.replaceAll(':', '').padEnd(16, '0');
  return fields;
}

function s9Stats(moment: Moment): Fields {
  const { boards, unit } = moment;
  const alive = boards.map((board) => (board.isAlive ? board : undefined));
  const each = (key: string, write: (board: (typeof boards)[number]) => Fields[string], absent: Fields[string]) =>
    numbered(fields, key, S9_PLACES, alive, S9_FIRST_BOARD, (board) => (board ? write(board) : absent), absent);
  const fields: Record<string, Fields[string]> = {
    STATS: 0,
    ID: 'BC50',
    Elapsed: moment.uptimeS,
    Calls: 0,
    Wait: fixed(0, 6),
    Max: fixed(0, 6),
    Min: fixed(99_999_999, 6),
    'GHS 5s': ghs(moment.hashrate5sThs).raw,
    'GHS av': ghs(moment.averageThs),
    miner_count: alive.filter((board) => board !== undefined).length,
    frequency: String(Math.round(unit.model.frequencyMhz)),
    fan_num: moment.fansRpm.filter((rpm) => rpm > 0).length,
  };
  numbered(fields, 'fan', S9_FANS, moment.fansRpm, S9_FIRST_FAN, (rpm) => rpm, 0);
  fields.temp_num = fields.miner_count!;
  each('temp', ({ outletC }) => Math.round(outletC), 0);
  each('temp2_', ({ chipMaxC }) => Math.round(chipMaxC), 0);
  each('temp3_', () => 0, 0);
  each('freq_avg', ({ frequencyMhz }) => fixed(frequencyMhz, 2), fixed(0, 2));
  Object.assign(fields, {
    total_rateideal: ghs(unit.model.ratedThs),
    total_freqavg: fixed(unit.model.frequencyMhz, 2),
    total_acn: boards.reduce((sum, { chips }) => sum + chips, 0),
    total_rate: ghs(moment.hashrate5sThs),
  });
  each('chain_rateideal', ({ ratedThs }) => ghs(ratedThs), fixed(0, 2));
  Object.assign(fields, {
    temp_max: Math.round(Math.max(0, ...boards.filter(({ isAlive }) => isAlive).map(({ outletC }) => outletC))),
    'Device Hardware%': fixed(0.0031, 4),
    no_matching_work: moment.hardwareErrors,
  });
  each('chain_acn', ({ chips }) => chips, 0);
  each('chain_acs', ({ chips, ratedChips }) => chipText(chips, ratedChips, 8), '');
  each('chain_hw', ({ hardwareErrors }) => hardwareErrors, 0);
  each('chain_rate', ({ hashrateThs }) => ghs(hashrateThs).raw, '');
  for (const [at, board] of alive.entries()) {
    if (board) fields[`chain_xtime${at + S9_FIRST_BOARD}`] = '{}';
  }
  fields.miner_version = '30.0.1.3';
  return fields;
}
