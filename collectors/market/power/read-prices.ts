/**
 * Power prices out of a table: when each interval begins, what a MWh costs in it, and every row that cannot be believed, with its reason. Nothing is filled in: an
 * interval without a price is a gap. Pure.
 */

import type { PowerCurrency, PowerPriceUnit, ResolutionMinutes } from '#engine/units/power-price.ts';
import { untangleAesoReport } from './aeso-report.ts';
import { findStepMinutes, placeCells, type RowFault, type TimedCell } from './place-cells.ts';
import { type ColumnFault, type Columns, findColumns, LAST_HOUR, type RowShape } from './price-columns.ts';
import { isSameUnit, PER_MWH, readStatedUnit } from './price-unit.ts';
import { type DecimalSign, findDecimalSign, isNothing, readNumber } from './read-number.ts';
import { findStrokeOrder, readTime, type StrokeOrder } from './read-time.ts';
import { splitRows, type TableRow } from './split-rows.ts';

/** Believable prices of a MWh, in the currency of the series: markets are capped at some thousands, and 100,000 is above every cap ever set. */
export const PRICE_PER_MWH = { min: -10_000, max: 100_000 } as const;
/** A year of five minutes has 105,408. */
export const MAX_PRICE_ROWS = 110_000;
/** Day-ahead prices are known two days ahead; beyond a week a clock or a date is wrong. */
const MAX_AHEAD_MS = 7 * 86_400_000;
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

export type PriceTableSettings = {
  /** IANA name of the zone that local times of the file are in. */
  timeZone: string;
  resolutionMinutes: ResolutionMinutes;
  currency: PowerCurrency;
  unit: PowerPriceUnit;
  /** The rows of this node count; `null`: the file has one. */
  node: string | null;
  /** Head of the column of prices; `null`: there is one. */
  column: string | null;
  nowMs: number;
};

export type Price = { startMs: number; perMwh: number };
export type ReadPrices = {
  kind: 'read';
  /** Ascending, no interval twice. */
  prices: Price[];
  refused: RowFault[];
  /** Cells that say there is no price. */
  blanks: number;
  /** Rows that said again what a row before had said. */
  repeats: number;
  /** Rows of other nodes. */
  passedOver: number;
};

export type TableFault =
  | ColumnFault
  | { kind: 'empty' }
  | { kind: 'web-page' }
  | { kind: 'too-many-rows'; rows: number; max: number }
  | { kind: 'wrong-unit'; stated: string; expected: string }
  | { kind: 'ambiguous-date' }
  | { kind: 'ambiguous-number'; value: string }
  | { kind: 'wrong-resolution'; minutes: number; expected: number }
  | { kind: 'which-node'; nodes: readonly string[] }
  | { kind: 'unknown-node'; node: string; nodes: readonly string[] }
  | { kind: 'no-prices'; refused: readonly RowFault[] };

export function readPriceText(text: string, settings: PriceTableSettings): ReadPrices | TableFault {
  if (/^\ufeff?\s*<(?:!doctype|html|head|\?xml)/i.test(text)) return { kind: 'web-page' };
  const { rows, delimiter } = splitRows(text);
  return readPriceRows(untangleAesoReport(rows), delimiter, settings);
}

/** The first row is the head. O(rows × columns). */
export function readPriceRows(rows: readonly TableRow[], delimiter: string, settings: PriceTableSettings): ReadPrices | TableFault {
  const head = rows[0]?.cells ?? [];
  const body = rows.slice(1);
  if (body.length === 0) return { kind: 'empty' };
  if (body.length > MAX_PRICE_ROWS) return { kind: 'too-many-rows', rows: body.length, max: MAX_PRICE_ROWS };
  const columns = findColumns(head, settings.column);
  if ('kind' in columns) return columns;
  const unitFault = findUnitFault(head, columns.shape, settings);
  if (unitFault !== null) return unitFault;
  const chosen = chooseNode(body, columns, settings.node);
  if ('kind' in chosen) return chosen;
  const zero = findHourZero(chosen.rows, columns.shape);
  if (zero !== null) return { kind: 'hours-from-zero', value: zero };
  const strokes = readStrokeOrder(chosen.rows, columns);
  if (strokes === null) return { kind: 'ambiguous-date' };
  const sign = findSign(chosen.rows, columns.shape, delimiter);
  if (typeof sign !== 'string') return { kind: 'ambiguous-number', value: sign.unclear };
  const cells = chosen.rows.flatMap((row) => readRow(row, head.length, columns, strokes, sign));
  const { starts, placed, ...counted } = placeCells(cells, {
    timeZone: settings.timeZone,
    stepMs: settings.resolutionMinutes * MINUTE_MS,
    latestMs: settings.nowMs + MAX_AHEAD_MS,
    convert: (price) => toPerMwh(price, settings.unit),
  });
  const read = { ...counted, prices: placed.map(({ startMs, value }) => ({ startMs, perMwh: value })) };
  return findResultFault({ ...read, starts }, settings) ?? { kind: 'read', ...read, passedOver: body.length - chosen.rows.length };
}

/** `null`: beyond what can be believed. */
function toPerMwh(price: number, unit: PowerPriceUnit): number | null {
  const perMwh = price * PER_MWH[unit];
  return perMwh < PRICE_PER_MWH.min || perMwh > PRICE_PER_MWH.max ? null : perMwh;
}

const sayUnit = (currency: string, unit: PowerPriceUnit | null) =>
  `${currency}${unit === 'perMwh' ? '/MWh' : unit === 'perKwh' ? '/kWh' : unit === 'centsPerKwh' ? ' cents/kWh' : ''}`;

function findUnitFault(head: readonly string[], shape: RowShape, settings: PriceTableSettings): TableFault | null {
  const stated = readStatedUnit(shape.kind === 'hours' ? (head[shape.day] ?? '') : (head[shape.price] ?? ''));
  if (isSameUnit(stated, settings.currency, settings.unit)) return null;
  return {
    kind: 'wrong-unit',
    stated: sayUnit(stated.currency?.text ?? '?', stated.unit),
    expected: sayUnit(settings.currency, settings.unit),
  };
}

/** Prices weighted by energy stand under the same name as those of the zone, and are others. */
const isWeighted = (type: string) => /EW$/i.test(type);

function chooseNode(
  body: readonly TableRow[],
  { node, nodeType }: Columns,
  wanted: string | null,
): { rows: readonly TableRow[] } | TableFault {
  if (node === null) return { rows: body };
  const plain = nodeType === null ? body : body.filter(({ cells }) => !isWeighted(cells[nodeType] ?? ''));
  const nodes = [...new Set(plain.map(({ cells }) => cells[node] ?? ''))];
  if (wanted === null) return nodes.length === 1 ? { rows: plain } : { kind: 'which-node', nodes: nodes.slice(0, 20) };
  const rows = plain.filter(({ cells }) => cells[node] === wanted);
  return rows.length > 0 ? { rows } : { kind: 'unknown-node', node: wanted, nodes: nodes.slice(0, 20) };
}

/** A 0 in the column of hours that end: 1 to 23 are then named by their beginnings, or midnight is 0, and the file does not tell. */
function findHourZero(rows: readonly TableRow[], shape: RowShape): string | null {
  if (shape.kind !== 'hour') return null;
  return rows.map(({ cells }) => cells[shape.hour] ?? '').find((cell) => /^00?(?::00){0,2}$/.test(cell)) ?? null;
}

/** Settlement point reports write the month first; elsewhere some day past the twelfth has to say. `null`: none does. */
function readStrokeOrder(rows: readonly TableRow[], { shape, isSettlementReport }: Columns): StrokeOrder | null {
  const column = shape.kind === 'time' ? shape.time : shape.day;
  const found = findStrokeOrder(rows.map(({ cells }) => cells[column] ?? ''));
  return found === 'none' || (found === null && isSettlementReport) ? 'month-first' : found;
}

function findSign(rows: readonly TableRow[], shape: RowShape, delimiter: string): DecimalSign | { unclear: string } {
  const columns = shape.kind === 'hours' ? shape.hours.map(({ column }) => column) : [shape.price];
  return findDecimalSign(
    rows.flatMap(({ cells }) => columns.map((column) => cells[column] ?? '')),
    delimiter,
  );
}

function readRow({ line, cells }: TableRow, width: number, { shape, flag }: Columns, strokes: StrokeOrder, sign: DecimalSign): TimedCell[] {
  const at = (column: number) => cells[column] ?? '';
  const hasAllColumns = cells.length === width;
  const toCell = (column: number, time: TimedCell['time'], timeText: string, isRepeated: boolean | null): TimedCell => ({
    line,
    time,
    timeText,
    isRepeated,
    valueText: at(column),
    value: isNothing(at(column)) ? null : readNumber(at(column), sign),
    hasAllColumns,
    isUnclear: false,
  });
  const said = flag === null || at(flag) === '' ? null : /^(?:y|yes|true|1)$/i.test(at(flag));
  if (shape.kind === 'time') {
    const read = readTime(at(shape.time), strokes);
    // The offset of the cell itself counts before that of the head.
    const time =
      read?.kind === 'wall' && shape.utcOffsetMinutes !== null
        ? ({ kind: 'instant', ms: read.ms - shape.utcOffsetMinutes * MINUTE_MS } as const)
        : read;
    return [toCell(shape.price, time === null ? null : { ...time, isEnd: shape.isEnd }, at(shape.time), said)];
  }
  const day = readTime(at(shape.day), strokes);
  if (shape.kind === 'hours') {
    const countsOn = shape.hours.some(({ column, hourEnding }) => hourEnding === LAST_HOUR && !isNothing(at(column)));
    return shape.hours.map(({ column, hourEnding, isRepeated }) => {
      // On a day that counts on to 25, which name an hour has depends on a convention that the file does not tell.
      if (countsOn && hourEnding > 1) return { ...toCell(column, null, `${at(shape.day)} HE${hourEnding}`, null), isUnclear: true };
      const time = day === null ? null : ({ kind: 'wall', ms: day.ms + (hourEnding - 1) * HOUR_MS, isEnd: false } as const);
      return toCell(column, time, `${at(shape.day)} HE${hourEnding}`, isRepeated);
    });
  }
  const hourText = at(shape.hour);
  const hour = /^(\d{1,2})(?::00)?(?::00)?$/.exec(hourText);
  const hourEnding = hour === null ? 0 : Number(hour[1]);
  const quarter = shape.interval === null ? 1 : Number(at(shape.interval));
  const isTime = day !== null && hourEnding >= 1 && hourEnding <= 24 && Number.isInteger(quarter) && quarter >= 1 && quarter <= 4;
  const spanMs = shape.interval === null ? 0 : 15 * MINUTE_MS;
  const time = isTime ? ({ kind: 'wall', ms: day.ms + (hourEnding - 1) * HOUR_MS + (quarter - 1) * spanMs, isEnd: false } as const) : null;
  const timeText = `${at(shape.day)} ${hourText}${shape.interval === null ? '' : ` ${at(shape.interval)}`}`;
  return [toCell(shape.price, time, timeText, said)];
}

function findResultFault(
  { prices, refused, starts }: Pick<ReadPrices, 'prices' | 'refused'> & { starts: readonly number[] },
  { resolutionMinutes }: PriceTableSettings,
): TableFault | null {
  const minutes = findStepMinutes(starts);
  if (minutes !== null && minutes !== resolutionMinutes) return { kind: 'wrong-resolution', minutes, expected: resolutionMinutes };
  return prices.length === 0 ? { kind: 'no-prices', refused } : null;
}
