import { draw } from '../draw.ts';
import type { Moment } from '../moment.ts';
import { cgminerWrite, mhs, percentOf, poolsReply, summaryCounters } from './records.ts';
import { type Command, type Reply, type Speech, section, status } from './speech.ts';
import { type Fields, fixed } from './wire.ts';

const BUILD = '24102401_25462b2_9ddf522';
/** The model whose clock starts at zero with the machine: `When` is seconds since then. */
const CLOCKLESS_MODEL = '15-194';
/** Work modes as a power limit over the rated power. */
const WORK_MODES: Readonly<Record<string, number>> = { '0': 0.7, '1': 0.9, '2': 1 };

/** Canaan's cgminer: the machine's state is one long text of `Name[value]` in `MM ID0`. Writing goes through `ascset`. */
export const avalonSpeech: Speech = {
  description: () => 'cgminer 4.11.1',
  spacing: 'tight',
  endsWithNul: true,
  allowsJoined: () => true,
  when: (moment) => (moment.unit.model.name === CLOCKLESS_MODEL ? moment.uptimeS + 11 : moment.whenS),
  read,
  write,
};

function read({ name }: Command, moment: Moment): Reply | null {
  const { unit } = moment;
  switch (name) {
    case 'version':
      return section(22, 'CGMiner versions', 'VERSION', [
        {
          CGMiner: '4.11.1',
          API: '3.7',
          STM8: '20.08.01',
          PROD: `AvalonMiner ${unit.model.name}`,
          MODEL: unit.model.name,
          HWTYPE: 'MM4v2_X3',
          SWTYPE: 'MM319',
          VERSION: BUILD,
          LOADER: 'd0d779de.00',
          DNA: dna(moment),
          MAC: unit.macAddress.replaceAll(':', ''),
          UPAPI: '2',
        },
      ]);
    case 'summary':
      return section(11, 'Summary', 'SUMMARY', [{ Elapsed: moment.uptimeS, ...hashRates(moment), ...summaryCounters(moment) }]);
    case 'devs':
      return section(9, '1 ASC(s)', 'DEVS', [device(moment)]);
    case 'pools':
      return poolsReply(moment, { lastShare: 'epoch', firstNumber: 0 });
    case 'stats':
    case 'estats':
      return section(70, 'CGMiner stats', 'STATS', [
        {
          STATS: 0,
          ID: 'AVA100',
          Elapsed: moment.uptimeS,
          Calls: 0,
          Wait: fixed(0, 6),
          Max: fixed(0, 6),
          Min: fixed(99_999_999, 6),
          'MM ID0': bracketText(moment, name === 'stats'),
          'MM Count': 1,
          'Smart Speed': 1,
          'Voltage Level Offset': 0,
          'Nonce Mask': 25,
        },
      ]);
    default:
      return null;
  }
}

function write(command: Command, moment: Moment): ReturnType<Speech['write']> {
  if (command.name !== 'ascset') return cgminerWrite(command, moment);
  const [device, verb = '', ...rest] = command.parameter.split(',').map((part) => part.trim());
  if (device !== '0') return { refused: status('E', 102, `Invalid ASC id ${device} - range is 0 - 0`) };
  const done = (text: string) => status('I', 118, `ASC 0 set info: ${text}`);
  switch (verb) {
    case 'reboot':
      return { act: { kind: 'restart' }, done: done('reboot') };
    case 'softoff':
      return { act: { kind: 'sleep' }, done: done(`success softoff${rest[0] ?? ''}`) };
    case 'softon':
      return { act: { kind: 'wake' }, done: done(`success softon${rest[0] ?? ''}`) };
    case 'workmode': {
      const ratio = WORK_MODES[rest[1] ?? ''];
      if (rest[0] !== 'set' || ratio === undefined) return { refused: status('E', 120, `ASC 0 set failed: workmode ${rest.join(' ')}`) };
      return { act: { kind: 'limit', ratio }, done: status('S', 119, 'ASC 0 set OK') };
    }
    default:
      return { refused: status('E', 120, `ASC 0 set failed: Unknown option: ${verb}`) };
  }
}

function hashRates(moment: Moment): Fields {
  return {
    'MHS av': mhs(moment.averageThs),
    'MHS 30s': mhs(moment.hashrate5sThs),
    'MHS 1m': mhs(moment.hashrate1mThs),
    'MHS 5m': mhs(moment.hashrate5mThs),
    'MHS 15m': mhs(moment.hashrate15mThs),
  };
}

function device(moment: Moment): Fields {
  return {
    ASC: 0,
    Name: 'AVA10',
    ID: 0,
    Enabled: 'Y',
    Status: 'Alive',
    // Always so: the sensor is not there.
    Temperature: fixed(-273, 2),
    ...hashRates(moment),
    Accepted: moment.accepted,
    Rejected: moment.rejected,
    'Hardware Errors': moment.hardwareErrors,
    Utility: fixed(moment.uptimeS > 0 ? (60 * moment.accepted) / moment.uptimeS : 0, 2),
    'Last Share Pool': moment.pools.findIndex(({ isActive }) => isActive),
    'Total MH': mhs(moment.workTh, 4),
    'Device Hardware%': percentOf(moment.hardwareErrors, 1e6),
    'Device Rejected%': percentOf(moment.rejected, moment.accepted),
    'Device Elapsed': moment.uptimeS,
  };
}

function dna({ unit }: Moment): string {
  return `0201${unit.macAddress.replaceAll(':', '')}`;
}

function bracketText(moment: Moment, withChips: boolean): string {
  const { boards, unit } = moment;
  const whole = (value: number) => String(Math.round(value));
  const alive = boards.filter(({ isAlive }) => isAlive);
  const list = (write: (board: (typeof boards)[number]) => string) => boards.map(write).join(' ');
  const chipMax = Math.max(0, ...alive.map(({ chipMaxC }) => chipMaxC));
  const chipMean = alive.length > 0 ? alive.reduce((sum, { chipMaxC, chipMinC }) => sum + (chipMaxC + chipMinC) / 2, 0) / alive.length : 0;
  const now = moment.hashrate5sThs * 1000;
  const work = { hashing: 'In Work', sleeping: 'In Idle', starting: 'In Init', booting: 'In Init' }[moment.phase];
  const parts: [name: string, value: string][] = [
    ['Ver', `${unit.model.name}-${BUILD}`],
    ['DNA', dna(moment)],
    ['MEMFREE', '1392832.1381104'],
    ['NETFAIL', '0 0 0 0 0 0 0 0'],
    ['SYSTEMSTATU', `Work: ${work}, Hash Board: ${alive.length} `],
    ['Elapsed', String(moment.uptimeS)],
    ['BOOTBY', '0x04.00000000'],
    ['LW', String(Math.floor(moment.uptimeS * 732))],
    ['MH', list(({ hardwareErrors }) => String(hardwareErrors))],
    ['DHW', '0'],
    ['HW', String(moment.hardwareErrors)],
    ['DH', '1.299%'],
    ['Temp', whole(moment.inletC)],
    ['TMax', whole(chipMax)],
    ['TAvg', whole(chipMean)],
    ...moment.fansRpm.map((rpm, at): [string, string] => [`Fan${at + 1}`, String(rpm)]),
    ['FanR', `${whole(moment.fanRatio * 100)}%`],
    ['Vo', '296'],
    ['PS', `0 1209 1187 ${whole(moment.powerW / 12)} ${whole(moment.powerW * 0.945)} 1188 ${whole(moment.powerW)}`],
    ['WALLPOWER', whole(moment.powerW)],
    ['GHSspd', now.toFixed(2)],
    ['DHspd', '1.299%'],
    ['GHSmm', (moment.ratedThs * 1000 * unit.speedRatio).toFixed(2)],
    ['GHSavg', (moment.averageThs * 1000).toFixed(2)],
    ['WU', ((moment.averageThs * 60e12) / 2 ** 32).toFixed(2)],
    ['Freq', (boards[0]?.frequencyMhz ?? 0).toFixed(2)],
    ['Led', '0'],
    ['MGHS', list(({ hashrateThs }) => (hashrateThs * 1000).toFixed(2))],
    ['MTmax', list(({ isAlive, chipMaxC }) => (isAlive ? whole(chipMaxC) : '-273'))],
    ['MTavg', list(({ isAlive, chipMaxC, chipMinC }) => (isAlive ? whole((chipMaxC + chipMinC) / 2) : '-273'))],
    ['MVavg', list(() => '285.7')],
    ['TA', String(boards.reduce((sum, { chips }) => sum + chips, 0))],
    ['Core', 'A3197S'],
    ['PING', '131'],
    ['POWS', '0'],
    ['EEPROM', list(({ isAlive }) => (isAlive ? '160' : '0'))],
    ['HASHS', list(({ isAlive }) => (isAlive ? '0' : '1'))],
    ['POOLS', '0'],
    ['SoftOFF', moment.phase === 'sleeping' ? '4' : '0'],
    ['ECHU', list(() => '0')],
    ['ECMM', '0'],
  ];
  if (withChips) {
    for (const [at, board] of boards.entries()) {
      parts.push([
        `PVT_T${at}`,
        chips(board.chips, (chip) => board.chipMinC + (board.chipMaxC - board.chipMinC) * draw(unit.seed, 71, at, chip)),
      ]);
    }
    for (const [at, board] of boards.entries())
      parts.push([`PVT_V${at}`, chips(board.chips, (chip) => 275 + 18 * draw(unit.seed, 72, at, chip))]);
    for (const [at, board] of boards.entries())
      parts.push([`MW${at}`, chips(board.chips, (chip) => 180 + 60 * draw(unit.seed, 73, at, chip))]);
  }
  parts.push(['WORKMODE', moment.limitRatio >= 1 ? '2' : moment.limitRatio >= 0.9 ? '1' : '0'], ['CRC', list(() => '0')]);
  return parts.map(([name, value]) => `${name}[${value}]`).join(' ');
}

/** One figure a chip, right-aligned in three places as the firmware writes them. */
function chips(count: number, value: (chip: number) => number): string {
  let text = '';
  for (let chip = 0; chip < count; chip++) text += `${chip === 0 ? '' : ' '}${String(Math.round(value(chip))).padStart(3, ' ')}`;
  return text;
}
