/**
 * From the form to the engine's problem, or to what is wrong with it by field. Pure: sample days, hashprice and exchange rate are given, so that server and browser
 * make the same problem of the same form.
 */

import { findMachine } from '#app/features/catalogue/find-machine.ts';
import { parseTypedNumber } from '#app/ui/typed-number.ts';
import type { PlanMachine, PlanMode, PlanProblem } from '#engine';
import { TH_PER_PH } from '#engine/units/constants.ts';
import {
  type IntervalTimes,
  isDate,
  isKnownZone,
  listIntervalTimes,
  localDate,
  MINUTES_PER_DAY,
  minutesOfLocalDay,
  readClock,
  startOfDay,
} from './local-time.ts';
import { parsePrices } from './parse-prices.ts';
import { readStoredKey, type SeriesWithoutRate, type StoredDays } from './stored-days.ts';
import {
  CAP_SPEC,
  capFieldName,
  FLOOR_SPEC,
  type FleetRow,
  type FormError,
  floorFieldName,
  isBlankCap,
  isBlankRow,
  listClients,
  MAX_INTERVALS,
  MAX_MACHINES,
  NUMBER_FIELDS,
  type NumberName,
  type NumberSpec,
  OWN_PRICES,
  ROW_NUMBER_SPECS,
  rowFieldName,
  type WhatIfForm,
} from './what-if-form.ts';

export const SITE_ID = 'site';
const KWH_PER_MWH = 1000;
const MINUTES_PER_HOUR = 60;
/** The engine's range of a price, USD/MWh. */
const MAX_PRICE_USD_PER_MWH = 10_000;

export type SampleDay = { date: string; zone: string; source: string; startMs: number; priceUsdPerMwh: number[] };

export type ProblemDeps = {
  sampleDays: readonly SampleDay[];
  /** Of the reader's own series; whoever has none has an empty list. */
  storedDays: readonly StoredDays[];
  withoutRate: readonly SeriesWithoutRate[];
  /** USD per TH/s and day, of the market; null: not known. */
  marketHashpriceUsdPerThDay: number | null;
  cnyPerUsd: number | null;
  nowMs: number;
};

/** One row of the fleet as it is planned and shown. `modes` as in the problem; `normal` is the index of the catalogue's mode. */
export type FleetClass = {
  id: string;
  model: string;
  client: string | null;
  count: number;
  modes: PlanMode[];
  normal: number;
};

/** A problem with what its figures mean to a reader. */
export type Setting = {
  problem: PlanProblem;
  classes: FleetClass[];
  times: IntervalTimes;
  /** The local day of the first interval, YYYY-MM-DD. */
  date: string;
  zone: string;
  /** Of a sample day; null: the guest's own prices. */
  source: string | null;
  hashpriceUsdPerThDay: number;
  /** kW of all machines at their highest mode. */
  fullKw: number;
};

export type ToProblem = { kind: 'ok'; setting: Setting } | { kind: 'invalid'; errors: FormError[] };

type Reader = { errors: FormError[] };

/** `null` for an empty field; an error is noted and gives null too. */
function readNumber({ errors }: Reader, field: string, text: string, spec: NumberSpec): number | null {
  const typed = parseTypedNumber(text);
  if (typed.kind === 'empty') return null;
  const { min, max } = spec;
  if (typed.kind === 'unreadable') errors.push({ field, code: 'not_a_number', min, max });
  else if (typed.value < min || typed.value > max) errors.push({ field, code: 'out_of_range', min, max });
  else if (spec.integer && !Number.isInteger(typed.value)) errors.push({ field, code: 'not_an_integer', min, max });
  else return typed.value;
  return null;
}

/** A mode of the guest's own: both figures or none. */
function readMode(reader: Reader, index: number, row: FleetRow, name: 'low' | 'high'): PlanMode | null {
  const [powerField, hashrateField] = [`${name}W`, `${name}Ths`] as const;
  const [powerText, hashrateText] = [row[powerField].trim(), row[hashrateField].trim()];
  if (powerText === '' && hashrateText === '') return null;
  const powerW = readNumber(reader, rowFieldName(index, powerField), powerText, ROW_NUMBER_SPECS[powerField]);
  const hashrateThs = readNumber(reader, rowFieldName(index, hashrateField), hashrateText, ROW_NUMBER_SPECS[hashrateField]);
  if (powerText === '') reader.errors.push({ field: rowFieldName(index, powerField), code: 'pair' });
  if (hashrateText === '') reader.errors.push({ field: rowFieldName(index, hashrateField), code: 'pair' });
  return powerW === null || hashrateThs === null ? null : { name, powerW, hashrateThs };
}

function readClass(reader: Reader, row: FleetRow, index: number): FleetClass | null {
  const machine = findMachine(row.model);
  if (machine === null) {
    reader.errors.push({
      field: rowFieldName(index, 'model'),
      code: row.model.trim() === '' ? 'missing' : 'unknown_model',
      text: row.model,
    });
  }
  const count = readNumber(reader, rowFieldName(index, 'count'), row.count, ROW_NUMBER_SPECS.count);
  if (row.count.trim() === '') reader.errors.push({ field: rowFieldName(index, 'count'), code: 'missing', ...ROW_NUMBER_SPECS.count });
  const low = readMode(reader, index, row, 'low');
  const high = readMode(reader, index, row, 'high');
  if (machine === null || count === null) return null;
  const normal: PlanMode = { name: 'normal', powerW: machine.powerW, hashrateThs: machine.hashrateThs };
  return {
    id: `${index + 1}-${machine.slug}`,
    model: machine.name,
    client: row.client.trim() === '' ? null : row.client.trim(),
    count,
    modes: [...(low ? [low] : []), normal, ...(high ? [high] : [])],
    normal: low ? 1 : 0,
  };
}

/** Machines and full power of what is filled in so far, kW; rows with something to correct do not count. */
export function sumFleet(rows: readonly FleetRow[]): { count: number; fullKw: number } {
  const classes = rows.map((row, index) => readClass({ errors: [] }, row, index)).filter((one) => one !== null);
  return { count: classes.reduce((sum, { count }) => sum + count, 0), fullKw: fullKwOf(classes) };
}

function fullKwOf(classes: readonly FleetClass[]): number {
  return classes.reduce((sum, one) => sum + (one.count * Math.max(...one.modes.map(({ powerW }) => powerW))) / 1000, 0);
}

type Curve = { startMs: number; minutes: number; priceUsdPerMwh: number[]; zone: string; date: string; source: string | null };

/** Minutes of an interval by the number of prices of a day, days on which the clock changes included. */
function stepOfCount(count: number): number | null {
  for (const minutes of [60, 30, 15, 5]) {
    const perHour = MINUTES_PER_HOUR / minutes;
    if ([23, 24, 25].some((hours) => hours * perHour === count)) return minutes;
  }
  return null;
}

/** Lengths of a local day, hours: what is as long as one is meant as one. */
const DAY_HOURS = [23, 24, 25];

/**
 * What is wrong when prices that look like one day are not as many as the day has intervals: run on into the next day, or ending before this one does, they would be
 * planned at the wrong hours. Null: nothing, or they are not a day's.
 */
function findDayFault(zone: string, date: string, minutes: number, count: number): FormError | null {
  const dayMinutes = minutesOfLocalDay(zone, date);
  const expected = dayMinutes / minutes;
  if (count === expected || !Number.isInteger(expected) || !DAY_HOURS.includes((count * minutes) / MINUTES_PER_HOUR)) return null;
  return {
    field: 'prices',
    code: dayMinutes === MINUTES_PER_DAY ? 'day_length' : 'clock_day_length',
    min: count,
    max: expected,
    day: { date, zone, hours: dayMinutes / MINUTES_PER_HOUR },
  };
}

function readSampleDay(reader: Reader, form: WhatIfForm, deps: ProblemDeps): Curve | null {
  const sample = deps.sampleDays.find(({ date }) => date === form.day);
  if (!sample) {
    reader.errors.push({ field: 'day', code: 'unknown_day', text: form.day });
    return null;
  }
  const { startMs, priceUsdPerMwh, zone, date, source } = sample;
  return { startMs, minutes: MINUTES_PER_HOUR, priceUsdPerMwh, zone, date, source };
}

function readStoredDays({ errors }: Reader, stored: StoredDays): Curve | null {
  const { startMs, minutes, priceUsdPerMwh, zone, fromDate, name, source, intervals, missing } = stored;
  if (intervals > MAX_INTERVALS) errors.push({ field: 'day', code: 'too_many_prices', min: intervals, max: MAX_INTERVALS });
  else if (missing > 0) errors.push({ field: 'day', code: 'stored_gaps', text: name, min: missing, max: intervals });
  const tooFar = priceUsdPerMwh.findIndex((price) => Math.abs(price) > MAX_PRICE_USD_PER_MWH);
  if (tooFar >= 0) {
    const text = String(priceUsdPerMwh[tooFar]);
    errors.push({
      field: 'day',
      code: 'price_out_of_range',
      line: tooFar + 1,
      text,
      min: -MAX_PRICE_USD_PER_MWH,
      max: MAX_PRICE_USD_PER_MWH,
    });
  }
  if (priceUsdPerMwh.length === 0 || tooFar >= 0) return null;
  return { startMs, minutes, priceUsdPerMwh: [...priceUsdPerMwh], zone, date: fromDate, source: `${name} (${source})` };
}

function readDay(reader: Reader, form: WhatIfForm, deps: ProblemDeps): Curve | null {
  if (form.day === OWN_PRICES) return readOwnPrices(reader, form, deps);
  const stored = deps.storedDays.find(({ key }) => key === form.day);
  if (stored !== undefined) return readStoredDays(reader, stored);
  const asked = readStoredKey(form.day);
  const series = deps.withoutRate.find(({ id }) => id === asked?.seriesId);
  if (series === undefined) return readSampleDay(reader, form, deps);
  reader.errors.push({ field: 'day', code: 'no_rate', text: `${series.name} (${series.currency})` });
  return null;
}

function toUsdPerMwh(reader: Reader, form: WhatIfForm, { cnyPerUsd }: ProblemDeps): number | null {
  if (form.unit === 'usdPerMwh') return 1;
  if (form.unit === 'usdPerKwh') return KWH_PER_MWH;
  if (cnyPerUsd !== null) return KWH_PER_MWH / cnyPerUsd;
  reader.errors.push({ field: 'unit', code: 'rate_missing' });
  return null;
}

function readOwnPrices(reader: Reader, form: WhatIfForm, deps: ProblemDeps): Curve | null {
  const { errors } = reader;
  const parsed = parsePrices(form.prices);
  if (parsed.kind === 'empty') errors.push({ field: 'prices', code: 'no_prices' });
  if (parsed.kind === 'too_many') errors.push({ field: 'prices', code: 'too_many_prices', min: parsed.lines, max: MAX_INTERVALS });
  if (parsed.kind === 'unreadable') errors.push({ field: 'prices', code: 'price_unreadable', line: parsed.line, text: parsed.text });
  const factor = toUsdPerMwh(reader, form, deps);
  if (!isKnownZone(form.zone)) errors.push({ field: 'zone', code: 'unknown_zone', text: form.zone });
  if (form.date !== '' && !isDate(form.date)) errors.push({ field: 'date', code: 'not_a_date', text: form.date });
  if (parsed.kind !== 'ok' || factor === null) return null;
  const count = parsed.prices.length;
  if (count > MAX_INTERVALS) errors.push({ field: 'prices', code: 'too_many_prices', min: count, max: MAX_INTERVALS });
  const minutes = form.step === 'auto' ? stepOfCount(count) : Number(form.step);
  if (minutes === null && count <= MAX_INTERVALS) errors.push({ field: 'prices', code: 'odd_count', min: count });
  const priceUsdPerMwh = parsed.prices.map((price) => price * factor);
  const tooFar = priceUsdPerMwh.findIndex((price) => Math.abs(price) > MAX_PRICE_USD_PER_MWH);
  if (tooFar >= 0) {
    const most = MAX_PRICE_USD_PER_MWH / factor;
    errors.push({
      field: 'prices',
      code: 'price_out_of_range',
      line: tooFar + 1,
      text: String(parsed.prices[tooFar]),
      min: -most,
      max: most,
    });
  }
  if (errors.length > 0 || minutes === null) return null;
  const date = form.date === '' ? localDate(form.zone, deps.nowMs) : form.date;
  const fault = form.span === 'day' ? findDayFault(form.zone, date, minutes, count) : null;
  if (fault !== null) {
    errors.push(fault);
    return null;
  }
  return { startMs: startOfDay(form.zone, date), minutes, priceUsdPerMwh, zone: form.zone, date, source: null };
}

/** kW by interval: the lowest of the windows that hold its beginning (from and to left empty: the whole day), null outside of all. `null` without windows. */
function readCaps(reader: Reader, form: WhatIfForm, times: IntervalTimes | null): (number | null)[] | null {
  const windows = form.caps.flatMap((cap, index) => {
    if (isBlankCap(cap)) return [];
    const kw = readNumber(reader, capFieldName(index, 'kw'), cap.kw, CAP_SPEC);
    const from = cap.from.trim() === '' ? 0 : readClock(cap.from);
    const to = cap.to.trim() === '' ? MINUTES_PER_DAY : readClock(cap.to);
    if (from === null) reader.errors.push({ field: capFieldName(index, 'from'), code: 'not_a_time', text: cap.from });
    if (to === null) reader.errors.push({ field: capFieldName(index, 'to'), code: 'not_a_time', text: cap.to });
    return kw === null || from === null || to === null ? [] : [{ kw, from, to }];
  });
  if (windows.length === 0 || times === null) return null;
  return times.startMinutes.map((minute) => {
    const holding = windows.filter(({ from, to }) => (from < to ? minute >= from && minute < to : minute >= from || minute < to));
    return holding.length === 0 ? null : Math.min(...holding.map(({ kw }) => kw));
  });
}

function readFloors(reader: Reader, form: WhatIfForm, classes: readonly FleetClass[], count: number): PlanProblem['clients'] {
  return listClients(form.rows).map((client) => {
    const percent = readNumber(reader, floorFieldName(client), form.floors[client] ?? '', FLOOR_SPEC) ?? 0;
    const machines = classes.reduce((sum, one) => sum + (one.client === client ? one.count : 0), 0);
    // A ten-thousandth of a machine interval is binary rounding, not a demand.
    return { id: client, minMachineIntervals: Math.ceil((percent / 100) * machines * count - 1e-4) };
  });
}

type Figures = Record<NumberName, number | null>;

/** Two figures that mean nothing without each other. */
function requirePair({ errors }: Reader, form: WhatIfForm, names: readonly [NumberName, NumberName]): void {
  for (const [name, other] of [names, [names[1], names[0]]] as const) {
    if (form[name].trim() === '' && form[other].trim() !== '') errors.push({ field: name, code: 'pair' });
  }
}

function toMachine(one: FleetClass, figures: Figures, minutes: number): PlanMachine {
  const toIntervals = (time: number | null) => Math.max(1, Math.ceil((time ?? 0) / minutes));
  return {
    id: one.id,
    count: one.count,
    ...(one.client === null ? {} : { client: one.client }),
    modes: one.modes,
    restartUsd: figures.restart ?? 0,
    bootMinutes: figures.boot ?? 0,
    minUpIntervals: toIntervals(figures.minUp),
    minDownIntervals: toIntervals(figures.minDown),
  };
}

export function toPlanProblem(form: WhatIfForm, deps: ProblemDeps): ToProblem {
  const reader: Reader = { errors: [] };
  const { errors } = reader;
  const classes = form.rows.flatMap((row, index) => (isBlankRow(row) ? [] : [readClass(reader, row, index)])).filter((one) => one !== null);
  const machineCount = classes.reduce((sum, { count }) => sum + count, 0);
  if (form.rows.every(isBlankRow)) errors.push({ field: rowFieldName(0, 'model'), code: 'no_machines' });
  if (machineCount > MAX_MACHINES)
    errors.push({ field: rowFieldName(0, 'count'), code: 'too_many_machines', min: machineCount, max: MAX_MACHINES });
  const figures = Object.fromEntries(
    Object.entries(NUMBER_FIELDS).map(([name, spec]) => [name, readNumber(reader, name, form[name as NumberName], spec)]),
  ) as Figures;
  requirePair(reader, form, ['takeMwh', 'takePrice']);
  if (form.peak.trim() !== '' && form.demand.trim() === '') errors.push({ field: 'demand', code: 'pair' });
  const hashpriceUsdPerThDay = figures.hashprice === null ? deps.marketHashpriceUsdPerThDay : figures.hashprice / TH_PER_PH;
  if (hashpriceUsdPerThDay === null && form.hashprice.trim() === '') errors.push({ field: 'hashprice', code: 'market_missing' });

  const curve = readDay(reader, form, deps);
  const count = curve?.priceUsdPerMwh.length ?? 0;
  const times = curve ? listIntervalTimes(curve.zone, curve.startMs, curve.minutes, count) : null;
  const capKw = readCaps(reader, form, times);
  const clients = readFloors(reader, form, classes, count);
  if (errors.length > 0 || curve === null || times === null || hashpriceUsdPerThDay === null) return { kind: 'invalid', errors };

  const problem: PlanProblem = {
    interval: { startAt: new Date(curve.startMs).toISOString(), minutes: curve.minutes, count, timeZone: curve.zone },
    priceUsdPerMwh: curve.priceUsdPerMwh,
    hashpriceUsdPerThDay,
    machines: classes.map((one) => toMachine(one, figures, curve.minutes)),
    sites: [
      {
        id: SITE_ID,
        ...(capKw ? { capKw } : {}),
        ...(capKw && figures.penalty !== null ? { capPenaltyUsdPerKwh: figures.penalty / KWH_PER_MWH } : {}),
        ...(figures.ramp === null ? {} : { rampKw: figures.ramp }),
      },
    ],
    clients,
    ...(figures.takeMwh === null || figures.takePrice === null
      ? {}
      : { takeOrPay: { minKwh: figures.takeMwh * KWH_PER_MWH, usdPerMissingKwh: figures.takePrice / KWH_PER_MWH } }),
    ...(figures.demand === null ? {} : { demandCharge: { usdPerKw: figures.demand, peakSoFarKw: figures.peak ?? 0 } }),
  };
  const { zone, date, source } = curve;
  return { kind: 'ok', setting: { problem, classes, times, date, zone, source, hashpriceUsdPerThDay, fullKw: fullKwOf(classes) } };
}
