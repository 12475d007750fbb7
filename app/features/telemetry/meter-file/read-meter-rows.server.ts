/**
 * Energy by quarters of an hour out of a meter's table, and every row that cannot be believed, with its reason. The times are read and placed by the reader of power
 * prices, which knows offsets, both days on which clocks change and decimal commas. Pure; on the server because that reader is.
 */
import { type Cell, type SourceRow, toCellText } from '#app/features/batch/reading/source-row.ts';
import { EARLIEST_S, MAX_QUARTER_KWH } from '#app/features/telemetry/energy/meter-readings.ts';
import type { MeterQuarter } from '#app/features/telemetry/energy/store-meter.server.ts';
import { findStepMinutes, placeCells, type RowFault, type RowFaultCode, type TimedCell } from '#collectors/market/power/place-cells.ts';
import { findUtcOffsetMinutes } from '#collectors/market/power/price-columns.ts';
import { findDecimalSign, isNothing, readNumber } from '#collectors/market/power/read-number.ts';
import { findStrokeOrder, readTime } from '#collectors/market/power/read-time.ts';
import { QUARTER_S } from '../layers.ts';
import {
  findMeterColumns,
  isEnergy,
  KWH_OF,
  type MeterColumnFault,
  type MeterColumns,
  type MeterUnit,
  type MeterValues,
} from './meter-columns.ts';
import { countsOn, fallsTooOften, MAX_REGISTER_KWH, type RegisterFault, toQuarters } from './register-quarters.ts';

/** A year of quarters, and a month more. */
export const MAX_METER_FILE_ROWS = 38_000;
const QUARTER_MINUTES = QUARTER_S / 60;
/** Rows a day or less apart are a series; what is further apart are single quarters. */
const LONGEST_STEP_MINUTES = 1_500;
const QUARTER_MS = QUARTER_S * 1000;
const MINUTE_MS = 60_000;
/** Titles and remarks stand above the head in so many rows at most. */
const MAX_TITLE_ROWS = 30;
/** Registers are read at any second. */
const SECOND_MS = 1000;

export type MeterRowFault = {
  line: number;
  column: string;
  value: string;
  code: RowFaultCode | RegisterFault | 'too_early' | 'register_range' | 'register_future';
};

export type MeterFile = {
  kind: 'read';
  quarters: MeterQuarter[];
  /** Heads of what was read, the unit of the values, whether the times are ends of quarters, and what a value was taken for. */
  columns: { time: string; value: string; unit: MeterUnit; isEnd: boolean; values: MeterValues };
  /** rowsIn = quarters + unpaired + blanks + repeats + refused. */
  rowsIn: number;
  /** Readings of a register that end no quarter. */
  unpaired: number;
  blanks: number;
  repeats: number;
  refused: MeterRowFault[];
};

export type MeterTableFault =
  | MeterColumnFault
  | { kind: 'empty' }
  | { kind: 'too-many-rows'; max: number }
  | { kind: 'ambiguous-date' }
  | { kind: 'ambiguous-number'; value: string }
  /** `minutes`: between two rows of the file. */
  | { kind: 'wrong-resolution'; minutes: number }
  /** The values count on as a register does, and nobody says that they are one's. */
  | { kind: 'register' }
  /** They are said to be a register's and fall as no register does. */
  | { kind: 'no-register' }
  /** A register of power: there is none. */
  | { kind: 'register-of-power' }
  /** No two readings of a register are a quarter of an hour apart, by the clock. */
  | { kind: 'no-pair' }
  | { kind: 'nothing'; refused: readonly MeterRowFault[] };

/** `values`: what they are, where somebody said it; else the head does. */
export type MeterTableSettings = {
  timeZone: string;
  delimiter: string;
  column: string | null;
  values: MeterValues | null;
  nowMs: number;
};

export function readMeterRows(rows: readonly SourceRow[], settings: MeterTableSettings): MeterFile | MeterTableFault {
  const found = findHead(rows, settings.column);
  if (found === null) return { kind: 'empty' };
  const { head, columns, body } = found;
  if ('kind' in columns) return columns;
  if (body.length === 0) return { kind: 'empty' };
  if (body.length > MAX_METER_FILE_ROWS) return { kind: 'too-many-rows', max: MAX_METER_FILE_ROWS };
  const times = body.map(({ cells }) => toTimeText(cells, columns));
  const strokes = findStrokeOrder(times);
  if (strokes === null) return { kind: 'ambiguous-date' };
  const texts = body.flatMap(({ cells }) => (typeof cells[columns.value] === 'string' ? [String(cells[columns.value])] : []));
  const sign = findDecimalSign(texts, settings.delimiter);
  if (typeof sign !== 'string') return { kind: 'ambiguous-number', value: sign.unclear };
  const offset = findUtcOffsetMinutes(head[columns.time] ?? '');
  const values = settings.values ?? (columns.isRegister ? 'register' : 'quarters');
  if (values === 'register' && !isEnergy(columns.unit)) return { kind: 'register-of-power' };
  // A register is read at a moment, whatever the column of its times is called.
  const isEnd = columns.isEnd && values === 'quarters';
  const timed = body.map(({ line, cells }, index): TimedCell => {
    const cell = cells[columns.value] ?? '';
    const timeText = times[index] ?? '';
    const time = readTime(timeText, strokes === 'none' ? 'day-first' : strokes);
    return {
      line,
      time: time === null ? null : { ...toInstant(time, offset), isEnd },
      timeText,
      isRepeated: null,
      valueText: toCellText(cell),
      value: typeof cell === 'number' ? cell : isNothing(cell) ? null : readNumber(cell, sign),
      hasAllColumns: true,
      isUnclear: false,
    };
  });
  const names = { time: head[columns.time] ?? '', value: head[columns.value] ?? '', unit: columns.unit, isEnd, values };
  return values === 'register' ? toRegisterFile(timed, names, settings) : toFile(timed, names, settings);
}

type Found = { head: string[]; columns: MeterColumns | MeterColumnFault; body: readonly SourceRow[] };

/** The first row that names both columns; where none does, what the first row lacks. `null`: there is no row. */
function findHead(rows: readonly SourceRow[], wanted: string | null): Found | null {
  let first: Found | null = null;
  for (const [index, { cells }] of rows.slice(0, MAX_TITLE_ROWS).entries()) {
    const head = cells.map((cell) => toCellText(cell).trim());
    const found = { head, columns: findMeterColumns(head, wanted), body: rows.slice(index + 1) };
    if (!('kind' in found.columns) || found.columns.kind === 'which-column') return found;
    first ??= found;
  }
  return first;
}

/** A workbook's time of day is a time on its day 0. */
const DAY_ZERO = /^1899-12-3[01]T?/;

function toTimeText(cells: readonly Cell[], { time, clock }: MeterColumns): string {
  const text = toCellText(cells[time] ?? '').trim();
  if (clock === null) return text;
  const day = text.replace(/[T ]00:00(?::00)?$/, '');
  const ofDay = toCellText(cells[clock] ?? '')
    .trim()
    .replace(DAY_ZERO, '');
  return `${day} ${ofDay === '' ? '00:00' : ofDay}`;
}

/** The offset of the cell itself counts before that of the head. */
function toInstant(time: { kind: 'wall' | 'instant'; ms: number }, offsetMinutes: number | null): { kind: 'wall' | 'instant'; ms: number } {
  return time.kind === 'wall' && offsetMinutes !== null ? { kind: 'instant', ms: time.ms - offsetMinutes * MINUTE_MS } : time;
}

const OF_VALUE: ReadonlySet<RowFaultCode> = new Set(['not_a_number', 'out_of_range']);

type Columns = MeterFile['columns'];

function toFile(timed: TimedCell[], columns: Columns, { timeZone, nowMs, values }: MeterTableSettings): MeterFile | MeterTableFault {
  const perUnit = KWH_OF[columns.unit];
  const found = placeCells(timed, {
    timeZone,
    stepMs: QUARTER_MS,
    latestMs: nowMs - QUARTER_MS,
    convert: (value) => (value >= 0 && value * perUnit <= MAX_QUARTER_KWH ? value * perUnit : null),
  });
  const wrongStep = findWrongStep(found.starts);
  if (wrongStep !== null) return wrongStep;
  if (values === null && countsOn(found.placed.map(({ value }) => value))) return { kind: 'register' };
  const { believed, tooEarly } = splitEarly(found.placed, columns);
  const faults = sortFaults([...found.refused.map((one) => toFault(one, columns)), ...tooEarly]);
  const quarters = believed.map(({ startMs, value }) => ({ atS: startMs / 1000, energyKwh: value }));
  return conclude(timed.length, columns, { quarters, unpaired: 0, repeats: found.repeats, faults }) ?? { kind: 'nothing', refused: faults };
}

/** Codes that speak of a quarter, by what is to be said of a register instead. */
const OF_REGISTER: Partial<Record<RowFaultCode, MeterRowFault['code']>> = { in_future: 'register_future', out_of_range: 'register_range' };

function toRegisterFile(timed: TimedCell[], columns: Columns, { timeZone, nowMs }: MeterTableSettings): MeterFile | MeterTableFault {
  const perUnit = KWH_OF[columns.unit];
  const found = placeCells(timed, {
    timeZone,
    stepMs: SECOND_MS,
    latestMs: nowMs,
    convert: (value) => (value >= 0 && value * perUnit <= MAX_REGISTER_KWH ? value * perUnit : null),
  });
  const { believed, tooEarly } = splitEarly(found.placed, columns);
  if (fallsTooOften(believed.map(({ value }) => value))) return { kind: 'no-register' };
  const { quarters, unpaired, faults: disturbed } = toQuarters(believed);
  const texts = new Map(timed.map(({ line, valueText }) => [line, valueText]));
  const faults = sortFaults([
    ...found.refused.map((one) => ({ ...toFault(one, columns), code: OF_REGISTER[one.code] ?? one.code })),
    ...disturbed.map(({ reading, code }) => ({
      line: reading.line,
      column: columns.value,
      value: texts.get(reading.line) ?? '',
      code,
    })),
    ...tooEarly,
  ]);
  const file = conclude(timed.length, columns, { quarters, unpaired, repeats: found.repeats, faults });
  return file ?? findWrongStep(found.starts) ?? (faults.length > 0 ? { kind: 'nothing', refused: faults } : { kind: 'no-pair' });
}

function findWrongStep(starts: readonly number[]): MeterTableFault | null {
  const minutes = findStepMinutes(starts);
  const isSeries = minutes !== null && minutes !== QUARTER_MINUTES && minutes <= LONGEST_STEP_MINUTES;
  return isSeries ? { kind: 'wrong-resolution', minutes } : null;
}

type Placed = { startMs: number; value: number; line: number };

function splitEarly(placed: readonly Placed[], { time }: Columns): { believed: Placed[]; tooEarly: MeterRowFault[] } {
  const isEarly = ({ startMs }: Placed) => startMs < EARLIEST_S * 1000;
  return {
    believed: placed.filter((one) => !isEarly(one)),
    tooEarly: placed
      .filter(isEarly)
      .map(({ line, startMs }) => ({ line, column: time, value: new Date(startMs).toISOString(), code: 'too_early' })),
  };
}

const toFault = ({ line, code, value }: RowFault, columns: Columns): MeterRowFault => ({
  line,
  column: OF_VALUE.has(code) ? columns.value : columns.time,
  value,
  code,
});

const sortFaults = (faults: MeterRowFault[]) => faults.sort((one, other) => one.line - other.line);

type Outcome = { quarters: MeterQuarter[]; unpaired: number; repeats: number; faults: MeterRowFault[] };

/** Null: the file says nothing of any quarter. */
function conclude(rowsIn: number, columns: Columns, { quarters, unpaired, repeats, faults }: Outcome): MeterFile | null {
  if (quarters.length === 0) return null;
  const blanks = rowsIn - quarters.length - unpaired - repeats - faults.length;
  return { kind: 'read', quarters, columns, rowsIn, unpaired, blanks, repeats, refused: faults };
}
