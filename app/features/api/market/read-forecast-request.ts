/** From a parsed JSON value to a series to forecast, or to what is wrong with it, a hundred faults at most. Pure. */

import { asFields } from '#app/features/api/economics/read-roi-request.ts';
import { type Fault, MAX_FAULTS_PER_REQUEST, toFault, toRangeFault } from '#app/features/api/wire/fault.ts';
import { TRENDS, type Trend } from '#app/features/forecasting/arima/specification.ts';
import {
  HORIZON_RANGE,
  LOG_VALUE_RANGE,
  MAX_VALUES,
  MIN_VALUES,
  ORDER_RANGES,
  SEASONAL_RANGES,
  VALUE_RANGE,
} from '#app/features/forecasting/forecast-request.ts';
import type { OwnOutcome, OwnSeries } from '#app/features/forecasting/own-series.ts';
import { type FieldRange, findRangeError } from '#engine/units/fields.ts';

export type ReadForecast = { kind: 'ok'; series: OwnSeries } | { kind: 'invalid'; faults: Fault[] };

const NAMES = ['values', 'order', 'seasonal', 'trend', 'log', 'horizon'];
const AUTO = 'auto';

export function readForecastRequest(raw: unknown): ReadForecast {
  const fields = asFields(raw);
  if (fields === null) return { kind: 'invalid', faults: [toFault('', raw, 'not_an_object')] };
  const faults: Fault[] = Object.keys(fields)
    .filter((name) => !NAMES.includes(name))
    .map((name) => toFault(name, fields[name], 'unknown_field'));
  const log = readLog(fields.log, faults);
  const values = readValues(fields.values, log ? LOG_VALUE_RANGE : VALUE_RANGE, faults);
  const order = fields.order === AUTO ? AUTO : readTuple('order', fields.order, ORDER_RANGES, faults);
  const seasonal = fields.seasonal === undefined ? null : readTuple('seasonal', fields.seasonal, SEASONAL_RANGES, faults);
  const trend = readTrend(fields.trend, faults);
  const horizon = readNumber('horizon', fields.horizon, HORIZON_RANGE, faults);
  if (faults.length > 0) return { kind: 'invalid', faults: faults.slice(0, MAX_FAULTS_PER_REQUEST) };
  return { kind: 'ok', series: { values, order, seasonal, trend, log, horizon } };
}

/** What the room found when it looked at the numbers themselves; `null`: nothing. */
export function fromOutcome(outcome: Exclude<OwnOutcome, { kind: 'ok' }>, { values, order, seasonal }: OwnSeries): Fault {
  switch (outcome.kind) {
    case 'constant':
      return toFault('values', values[0], 'constant_series');
    case 'too-short':
      return { ...toFault('values', values.length, 'too_few_entries', { limit: outcome.least }), min: outcome.least, max: MAX_VALUES };
    case 'no-movement':
      return toFault('values', values[0], 'no_movement', { least: Number(outcome.least.toPrecision(2)) });
    case 'no-model':
      if (order !== AUTO) return toFault('order', order.join(', '), 'no_model');
      return seasonal === null ? toFault('order', order, 'no_usable_model') : toFault('seasonal', seasonal.join(', '), 'no_usable_model');
  }
}

function readNumber(field: string, value: unknown, range: FieldRange, faults: Fault[]): number {
  if (value === undefined) faults.push(toRangeFault(field, value, 'missing', range));
  else if (value === null) faults.push(toRangeFault(field, value, 'not_a_number', range));
  else {
    const error = findRangeError(field, range, value);
    if (error === null) return value as number;
    faults.push(toRangeFault(field, value, error.code, range));
  }
  return Number.NaN;
}

function readValues(value: unknown, range: FieldRange, faults: Fault[]): number[] {
  if (value === undefined) faults.push(toFault('values', value, 'missing'));
  else if (!Array.isArray(value)) faults.push(toFault('values', value, 'not_an_array'));
  else if (value.length < MIN_VALUES) faults.push(countFault(value.length, 'too_few_entries', MIN_VALUES));
  else if (value.length > MAX_VALUES) faults.push(countFault(value.length, 'too_many_entries', MAX_VALUES));
  else {
    for (const [index, entry] of value.entries()) {
      readNumber(`values[${index}]`, entry, range, faults);
      if (faults.length >= MAX_FAULTS_PER_REQUEST) break;
    }
    return value as number[];
  }
  return [];
}

function countFault(count: number, code: 'too_few_entries' | 'too_many_entries', limit: number): Fault {
  return { ...toFault('values', count, code, { limit }), min: MIN_VALUES, max: MAX_VALUES };
}

/** Numbers of which at least one is not one are not used: then there is a fault. */
function readTuple<const Ranges extends readonly FieldRange[]>(
  field: 'order' | 'seasonal',
  value: unknown,
  ranges: Ranges,
  faults: Fault[],
): { [Index in keyof Ranges]: number } {
  const spans = ranges.map(({ min, max }) => `${min}..${max}`).join(', ');
  const shape = field === 'order' ? `[p, d, q] (${spans}), "auto"` : `[P, D, Q, s] (${spans})`;
  if (!Array.isArray(value) || value.length !== ranges.length) faults.push(toFault(field, value, 'not_a_choice', { choices: shape }));
  const given: readonly unknown[] = Array.isArray(value) && value.length === ranges.length ? value : [];
  const numbers = ranges.map((range, i) => (given.length === 0 ? Number.NaN : readNumber(`${field}[${i}]`, given[i], range, faults)));
  return numbers as { [Index in keyof Ranges]: number };
}

function readTrend(value: unknown, faults: Fault[]): Trend | null {
  if (value === undefined) return null;
  const trend = TRENDS.find((known) => known === value);
  if (trend === undefined) faults.push(toFault('trend', value, 'not_a_choice', { choices: TRENDS.join(', ') }));
  return trend ?? null;
}

function readLog(value: unknown, faults: Fault[]): boolean {
  if (value !== undefined && typeof value !== 'boolean') faults.push(toFault('log', value, 'not_a_boolean'));
  return value === true;
}
