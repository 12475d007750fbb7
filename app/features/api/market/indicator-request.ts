/** The request of `POST /api/v1/indicators/{name}`: its schema, generated from the table of candle fields, and reading it with every fault at once. Pure. */
import { z } from 'zod';
import { asFields } from '#app/features/api/economics/read-roi-request.ts';
import { type Fault, MAX_FAULTS_PER_REQUEST, toFault, toRangeFault } from '#app/features/api/wire/fault.ts';
import { CANDLE_FIELDS, MAX_CANDLES, readTimeMs } from '#app/features/indicators/candles.ts';
import { COLUMNS, type Column, type Indicator, type ParamValues } from '#app/features/indicators/indicator.ts';
import { toNumberSchema } from '#app/platform/number-schema.ts';
import { readIndicatorParams } from './indicator-params.ts';

const figure = (name: Column) => toNumberSchema(CANDLE_FIELDS[name]).nullable().optional();

export const CandleSchema = z.strictObject({
  time: z.union([z.string(), z.number().int()]),
  open: figure('open'),
  high: figure('high'),
  low: figure('low'),
  close: figure('close'),
  volume: figure('volume'),
  difficulty: figure('difficulty'),
  subsidyBtc: figure('subsidyBtc'),
});

export const IndicatorRequestSchema = z.strictObject({
  candles: z.array(CandleSchema).max(MAX_CANDLES),
  params: z.record(z.string(), z.number()).optional(),
});

export type ReadIndicator =
  | { kind: 'ok'; columns: Readonly<Partial<Record<Column, Float64Array>>>; length: number; params: ParamValues }
  | { kind: 'invalid'; faults: Fault[] };

const isColumn = (name: string): name is Column => (COLUMNS as readonly string[]).includes(name);

/** Reads one request for this indicator. A figure it reads must stand in every candle, as a number or as null (a gap). */
export function readIndicatorRequest(raw: unknown, indicator: Indicator): ReadIndicator {
  const fields = asFields(raw);
  if (fields === null) return { kind: 'invalid', faults: [toFault('', raw, 'not_an_object')] };
  const { candles, params, ...unknown } = fields;
  const faults = Object.keys(unknown).map((name) => toFault(name, unknown[name], 'unknown_field'));
  const chosen = params === undefined ? {} : asFields(params);
  if (chosen === null) faults.push(toFault('params', params, 'not_an_object'));
  const read = readIndicatorParams(chosen ?? {}, indicator, 'params.');
  faults.push(...read.faults);
  const columns = readCandles(candles, indicator, faults);
  if (columns === null || faults.length > 0) return { kind: 'invalid', faults: faults.slice(0, MAX_FAULTS_PER_REQUEST) };
  return { kind: 'ok', columns, length: (candles as unknown[]).length, params: read.params };
}

/** Columns of what the indicator reads; `null` when there is no list to read. Adds what is wrong to `faults` and stops when there are enough of them. */
function readCandles(candles: unknown, { inputs }: Indicator, faults: Fault[]): Partial<Record<Column, Float64Array>> | null {
  const fault = findListFault(candles);
  if (fault !== null || !Array.isArray(candles)) {
    faults.push(fault ?? toFault('candles', candles, 'not_an_array'));
    return null;
  }
  const columns: Partial<Record<Column, Float64Array>> = {};
  for (const name of inputs) columns[name] = new Float64Array(candles.length);
  let beforeMs = Number.NEGATIVE_INFINITY;
  for (const [index, candle] of candles.entries()) {
    if (faults.length >= MAX_FAULTS_PER_REQUEST) break;
    const place = `candles[${index}]`;
    const fields = asFields(candle);
    if (fields === null) {
      faults.push(toFault(place, candle, 'not_an_object'));
      continue;
    }
    const timeMs = readTimeMs(fields.time);
    if (fields.time === undefined) faults.push(toFault(`${place}.time`, undefined, 'missing'));
    else if (timeMs === null) faults.push(toFault(`${place}.time`, fields.time, 'not_a_time'));
    else if (timeMs <= beforeMs) faults.push(toFault(`${place}.time`, fields.time, 'not_after'));
    beforeMs = timeMs ?? beforeMs;
    readFigures(fields, inputs, columns, { index, place, faults });
  }
  return columns;
}

function findListFault(candles: unknown): Fault | null {
  if (candles === undefined) return toFault('candles', candles, 'missing');
  if (!Array.isArray(candles)) return null;
  return candles.length > MAX_CANDLES ? toFault('candles', candles.length, 'too_many_entries', { limit: MAX_CANDLES }) : null;
}

type Place = { index: number; place: string; faults: Fault[] };

function readFigures(
  fields: Readonly<Record<string, unknown>>,
  inputs: readonly Column[],
  columns: Partial<Record<Column, Float64Array>>,
  { index, place, faults }: Place,
): void {
  for (const name of Object.keys(fields)) {
    if (name === 'time') continue;
    const value = fields[name];
    if (!isColumn(name)) faults.push(toFault(`${place}.${name}`, value, 'unknown_field'));
    else if (value !== null) {
      const { min, max, minExclusive } = CANDLE_FIELDS[name];
      const isNumber = typeof value === 'number';
      const isInside = isNumber && value >= min && value <= max && !(minExclusive && value === min);
      if (!isInside) faults.push(toRangeFault(`${place}.${name}`, value, isNumber ? 'out_of_range' : 'not_a_number', CANDLE_FIELDS[name]));
    }
  }
  const { high, low } = fields;
  if (typeof high === 'number' && typeof low === 'number' && high < low) faults.push(toFault(`${place}.high`, high, 'below_low', { low }));
  for (const name of inputs) {
    const value = fields[name];
    if (value === undefined) faults.push(toRangeFault(`${place}.${name}`, value, 'missing', CANDLE_FIELDS[name]));
    columns[name]![index] = typeof value === 'number' ? value : Number.NaN;
  }
}
