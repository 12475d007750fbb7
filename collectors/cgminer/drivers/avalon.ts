/**
 * Avalon machines from A7 to A15 and the home series: cgminer's sections, and the machine itself in bracket strings (`MM ID0`). By Canaan's API
 * manual for the A10, what makers' pages say of the names in its log, and the recordings.
 *
 * A7 and A8 hang as modules on a controller: each module is a board here. From A10 a machine is one `MM` with lists by board.
 * `GHSmm` is what the frequency should give (it stays while the machine rests), so it is the rated figure; `MGHS` is each board's average since its start.
 */
import { parseBrackets, wordsOf } from '../parsing/brackets.ts';
import { type Replies, type ReplyRecord, recordOf, recordsOf, textOf } from '../parsing/replies.ts';
import type { Board, ErrorCode, Fan, MachineSnapshot, MachineState } from '../snapshot.ts';
import { completeSnapshot, type Findings } from './complete-snapshot.ts';
import { createFigures, type Figures } from './figures.ts';
import { readPools } from './pools.ts';
import { readHashrates, readShares, summaryOf } from './summary.ts';

type Module = ReadonlyMap<string, string>;

const MODULE_KEY = /^MM ID\d{1,3}(?::Summary)?$/;
const MAX_MODULES = 64;
const MAX_FANS = 8;
/** Longest module string seen: 9 kB. */
const MAX_MODULE_TEXT = 64 * 1024;

/** "7411706-3162860" is a 741, "1047-20051101_85dc6f0" a 1047, "15-194-24102401_25462b2" a 15-194, "Q-25052801_14a19a2" a Q. */
const OLD_VERSION = /^(\d{3})\d{4}-/;
const VERSION = /^([0-9A-Za-z]{1,6}(?:-\d{1,3})?)-(\d{8}\S*)$/;
/** `PS` of seven figures ends with the power drawn from the wall, W; shorter ones only have what the supply gives out, which is not what it draws. */
const PS_WITH_WALL_POWER = 7;

export function readAvalon(replies: Replies, observedAtMs: number): MachineSnapshot {
  const figures = createFigures();
  const modules = listModules(replies);
  const summary = summaryOf(replies);
  const first: Module = modules[0] ?? new Map();
  const single = modules.length === 1 ? first : null;
  const rates = readHashrates(figures, summary);
  return completeSnapshot('avalon', figures, replies, observedAtMs, {
    ...nameMachine(figures, replies, first),
    ...rates,
    ...readShares(figures, summary),
    ...readState(first),
    ratedHashrateThs: single && figures.ratedHashrateThs('ratedHashrateThs', single.get('GHSmm'), 'GH'),
    powerW: single && readPower(figures, single),
    powerLimitW: single && figures.powerLimitW('powerLimitW', single.get('MPO')),
    mode: single && textOf(single.get('WORKMODE')),
    inletTemperatureC: readInlet(figures, modules),
    chipTemperatureC: single && figures.hottestC('chipTemperatureC', [single.get('TMax')]),
    boards: single && countBoards(single) > 0 ? readBoards(figures, single, rates.hashrateThs === 0) : readModules(figures, modules),
    fans: readFans(figures, modules),
    errorCodes: modules.flatMap(listErrors),
    ...readPools(figures, replies),
  });
}

function listModules(replies: Replies): readonly Module[] {
  const texts = recordsOf(replies, 'stats', 'STATS').flatMap((record) =>
    Object.entries(record)
      .filter(([key, text]) => MODULE_KEY.test(key) && typeof text === 'string' && text.length <= MAX_MODULE_TEXT)
      .map(([, text]) => text as string),
  );
  return texts.slice(0, MAX_MODULES).map(parseBrackets);
}

function nameMachine(figures: Figures, replies: Replies, first: Module): Findings {
  const version: ReplyRecord = recordOf(replies, 'version', 'VERSION');
  const text = first.get('Ver') ?? '';
  const [, model, build] = VERSION.exec(text) ?? [null, OLD_VERSION.exec(text)?.[1] ?? null, textOf(text)];
  return {
    make: 'Canaan',
    model: textOf(version.PROD) ?? (model ? `Avalon ${model}` : null),
    firmware: 'Canaan',
    firmwareVersion: textOf(version.VERSION) ?? textOf(version.LVERSION) ?? build ?? null,
    macAddress: figures.macAddress('macAddress', version.MAC),
  };
}

/** `SoftOFF` is not 0 on a machine told to rest; `SYSTEMSTATU` says whether it works. Older machines have neither. */
function readState(module: Module): Pick<Findings, 'state'> {
  const softOff = module.get('SoftOFF');
  const work = module.get('SYSTEMSTATU');
  const resting: MachineState | null = softOff !== undefined && /^[1-9]\d*$/.test(softOff) ? 'sleeping' : null;
  if (work?.includes('In Idle')) return { state: resting ?? 'idle' };
  return work?.includes('In Work') ? {} : resting === null ? {} : { state: resting };
}

function readPower(figures: Figures, module: Module): number | null {
  const ps = wordsOf(module.get('PS'));
  return figures.firstOf([
    () => figures.powerW('powerW', module.get('WALLPOWER')),
    () => (ps.length === PS_WITH_WALL_POWER ? figures.powerW('powerW', ps.at(-1)) : null),
  ]);
}

/** Air in front of the machine; of several modules the warmest. */
function readInlet(figures: Figures, modules: readonly Module[]): number | null {
  const values = modules.map((module) => figures.temperatureC('inletTemperatureC', module.get('ITemp') ?? module.get('Temp')));
  const known = values.filter((value) => value !== null);
  return known.length > 0 ? Math.max(...known) : null;
}

const countBoards = (module: Module) => wordsOf(module.get('MGHS')).length;

/** An average since the start says nothing of a machine that rests now: it is not taken for the board's rate. */
function readBoardRate(figures: Figures, field: string, raw: string, isResting: boolean): number | null {
  if (!isResting) return figures.hashrateThs(field, raw, 'GH');
  figures.note(field, raw, 'contradiction');
  return null;
}

function readBoards(figures: Figures, module: Module, isResting: boolean): readonly Board[] {
  const rates = wordsOf(module.get('MGHS'));
  const hottest = wordsOf(module.get('MTmax'));
  // Figures of the whole machine are a board's when it has only one.
  const isOnly = rates.length === 1;
  return rates.map((rate, position): Board => {
    const field = (name: keyof Board) => `boards.${position}.${name}`;
    return {
      position,
      hashrateThs: readBoardRate(figures, field('hashrateThs'), rate, isResting),
      ratedHashrateThs: isOnly ? figures.ratedHashrateThs(field('ratedHashrateThs'), module.get('GHSmm'), 'GH') : null,
      chips: isOnly ? figures.chips(field('chips'), module.get('TA')) : null,
      ratedChips: null,
      boardTemperatureC: isOnly ? figures.hottestC(field('boardTemperatureC'), [module.get('HBITemp'), module.get('HBOTemp')]) : null,
      chipTemperatureC: figures.hottestC(field('chipTemperatureC'), [hottest[position] ?? (isOnly ? module.get('TMax') : undefined)]),
      hardwareErrors: null,
      isAlive: null,
    };
  });
}

function readModules(figures: Figures, modules: readonly Module[]): readonly Board[] {
  return modules.map((module, position): Board => {
    const field = (name: keyof Board) => `boards.${position}.${name}`;
    return {
      position,
      hashrateThs: null,
      ratedHashrateThs: figures.ratedHashrateThs(field('ratedHashrateThs'), module.get('GHSmm'), 'GH'),
      chips: figures.chips(field('chips'), module.get('TA')),
      ratedChips: null,
      boardTemperatureC: null,
      chipTemperatureC: figures.hottestC(field('chipTemperatureC'), [module.get('TMax')]),
      hardwareErrors: figures.count(field('hardwareErrors'), module.get('HW')),
      isAlive: null,
    };
  });
}

/** `Fan1`.. of a machine, `Fan` of a module; turns a minute, unlike `FanR`, which is a share of full speed. */
function readFans(figures: Figures, modules: readonly Module[]): readonly Fan[] {
  const names = ['Fan', ...Array.from({ length: MAX_FANS }, (_, index) => `Fan${index + 1}`)];
  return modules
    .flatMap((module) => names.map((name) => module.get(name)).filter((raw) => raw !== undefined))
    .map((raw, position) => ({ position, speedRpm: figures.speedRpm(`fans.${position}.speedRpm`, raw) }));
}

/** The power supply's error number stands first in `PS`. */
function listErrors(module: Module): readonly ErrorCode[] {
  const named = [
    ['PS', wordsOf(module.get('PS'))[0]],
    ['FanErr', module.get('FanErr')],
  ] as const;
  return named.flatMap(([name, number]) =>
    number !== undefined && /^[1-9]\d{0,9}$/.test(number) ? [{ code: `${name} ${number}`, message: null }] : [],
  );
}
