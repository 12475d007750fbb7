/**
 * Energy by quarters of an hour out of a meter's table, and every row that cannot be believed, with its reason. The times are read and placed by the reader of power
 * prices, which knows offsets, both days on which clocks change and decimal commas. Pure; on the server because that reader is.
 */
import { type Cell, type SourceRow, toCellText } from '#app/features/batch/reading/source-row.ts';
import { EARLIEST_S, MAX_QUARTER_KWH } from '#app/features/telemetry/energy/meter-readings.ts';
import type { MeterQuarter } from '#app/features/telemetry/energy/store-meter.server.ts';
import { findStepMinutes, placeCells, type RowFaultCode, type TimedCell } from '#collectors/market/power/place-cells.ts';
import { findUtcOffsetMinutes } from '#collectors/market/power/price-columns.ts';
import { findDecimalSign, isNothing, readNumber } from '#collectors/market/power/read-number.ts';
import { findStrokeOrder, readTime } from '#collectors/market/power/read-time.ts';
import { QUARTER_S } from '../layers.ts';
import { findMeterColumns, KWH_OF, type MeterColumnFault, type MeterColumns, type MeterUnit } from './meter-columns.ts';

/** A year of quarters, and a month more. */
export const MAX_METER_FILE_ROWS = 38_000;
const QUARTER_MINUTES = QUARTER_S / 60;
/** Rows a day or less apart are a series; what is further apart are single quarters. */
const LONGEST_STEP_MINUTES = 1_500;
const QUARTER_MS = QUARTER_S * 1000;
const MINUTE_MS = 60_000;
/** Titles and remarks stand above the head in so many rows at most. */
const MAX_TITLE_ROWS = 30;
/** So many values that never fall are looked at as a register. */
const REGISTER_ROWS = 24;
/** A register has counted much more than it counts in a quarter. */
const REGISTER_OVER_STEP = 20;

export type MeterRowFault = { line: number; column: string; value: string; code: RowFaultCode | 'too_early' };

export type MeterFile = {
  kind: 'read';
  quarters: MeterQuarter[];
  /** Heads of what was read, the unit of the values, and whether the times are ends of quarters. */
  columns: { time: string; value: string; unit: MeterUnit; isEnd: boolean };
  /** rowsIn = quarters + blanks + repeats + refused. */
  rowsIn: number;
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
  /** The values count on: readings of a register, and not what was used in a quarter. */
  | { kind: 'register' }
  | { kind: 'nothing'; refused: readonly MeterRowFault[] };

export type MeterTableSettings = { timeZone: string; delimiter: string; column: string | null; nowMs: number };

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
  const timed = body.map(({ line, cells }, index): TimedCell => {
    const cell = cells[columns.value] ?? '';
    const timeText = times[index] ?? '';
    const time = readTime(timeText, strokes === 'none' ? 'day-first' : strokes);
    return {
      line,
      time: time === null ? null : { ...toInstant(time, offset), isEnd: columns.isEnd },
      timeText,
      isRepeated: null,
      valueText: toCellText(cell),
      value: typeof cell === 'number' ? cell : isNothing(cell) ? null : readNumber(cell, sign),
      hasAllColumns: true,
      isUnclear: false,
    };
  });
  return toFile(timed, head, columns, settings);
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

function toFile(
  timed: TimedCell[],
  head: readonly string[],
  columns: MeterColumns,
  { timeZone, nowMs }: MeterTableSettings,
): MeterFile | MeterTableFault {
  const perUnit = KWH_OF[columns.unit];
  const { placed, refused, repeats, starts } = placeCells(timed, {
    timeZone,
    stepMs: QUARTER_MS,
    latestMs: nowMs - QUARTER_MS,
    convert: (value) => (value >= 0 && value * perUnit <= MAX_QUARTER_KWH ? value * perUnit : null),
  });
  const minutes = findStepMinutes(starts);
  if (minutes !== null && minutes !== QUARTER_MINUTES && minutes <= LONGEST_STEP_MINUTES) return { kind: 'wrong-resolution', minutes };
  if (isRegister(placed.map(({ value }) => value))) return { kind: 'register' };
  const names = { time: head[columns.time] ?? '', value: head[columns.value] ?? '' };
  const tooEarly = placed.filter(({ startMs }) => startMs < EARLIEST_S * 1000);
  const faults: MeterRowFault[] = [
    ...refused.map(({ line, code, value }) => ({ line, column: OF_VALUE.has(code) ? names.value : names.time, value, code })),
    ...tooEarly.map(({ line, startMs }) => ({
      line,
      column: names.time,
      value: new Date(startMs).toISOString(),
      code: 'too_early' as const,
    })),
  ].sort((one, other) => one.line - other.line);
  const quarters = placed
    .filter(({ startMs }) => startMs >= EARLIEST_S * 1000)
    .map(({ startMs, value }) => ({ atS: startMs / 1000, energyKwh: value }));
  if (quarters.length === 0) return { kind: 'nothing', refused: faults };
  return {
    kind: 'read',
    quarters,
    columns: { ...names, unit: columns.unit, isEnd: columns.isEnd },
    rowsIn: timed.length,
    blanks: timed.length - quarters.length - repeats - faults.length,
    repeats,
    refused: faults,
  };
}

/** In the order of time never falling, and far above what one quarter adds. */
function isRegister(values: readonly number[]): boolean {
  if (values.length < REGISTER_ROWS) return false;
  let largestStep = 0;
  for (let index = 1; index < values.length; index += 1) {
    const step = values[index]! - values[index - 1]!;
    if (step < 0) return false;
    if (step > largestStep) largestStep = step;
  }
  return largestStep > 0 && values[0]! > REGISTER_OVER_STEP * largestStep;
}
