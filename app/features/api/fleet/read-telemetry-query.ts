/** The parameters of the address of telemetry: spans of time, pages and filters. Unknown names and bad values are refused. Pure. */

import { type Fault, toFault, toRangeFault } from '#app/features/api/wire/fault.ts';
import { findQueryFaults, findSingleFaults } from '#app/features/api/wire/read-query.ts';
import { DAY_S } from '#app/features/telemetry/layers.ts';
import { MAX_SERIES_DAYS } from '#app/features/telemetry/read/series-step.ts';
import type { Span } from '#app/features/telemetry/site-time.ts';
import { TIME_STATES, type TimeState } from '#app/features/telemetry/store/sample-state.ts';
import { isUuid } from '#app/platform/identifiers.ts';
import { range } from '#engine/units/fields.ts';

/** Samples and machines of one page. */
export const MAX_PAGE_SAMPLES = 2_000;
export const MAX_PAGE_STATES = 1_000;
export const MAX_SAMPLE_SPAN_DAYS = 2;
/** PostgreSQL's integer; seconds of samples and numbers of machines are such. */
const MAX_NUMBER = 2_147_483_647;
const FIRST_DAY = '2009-01-01';
const LAST_DAY = '2099-12-31';
const MONTH = /^(\d{4})-(0[1-9]|1[0-2])$/;

export type Read<T> = { kind: 'ok'; value: T } | { kind: 'invalid'; faults: Fault[] };

const conclude = <T>(value: T, faults: Fault[]): Read<T> => (faults.length > 0 ? { kind: 'invalid', faults } : { kind: 'ok', value });

/** A day or a UTC instant, as it was written: 30 February does not become 1 March. Null: it is none, or is before the first bitcoin or past 2099. */
function readMomentMs(text: string): number | null {
  if (!/^\d{4}-\d\d-\d\d(?:T\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?Z)?$/.test(text)) return null;
  const ms = Date.parse(text);
  if (Number.isNaN(ms)) return null;
  const day = text.slice(0, 10);
  return new Date(ms).toISOString().startsWith(day) && day >= FIRST_DAY && day <= LAST_DAY ? ms : null;
}

/** `from` and `to` as UTC instants; left out, the span ends now and is `usualDays` long. */
function readSpan(
  params: URLSearchParams,
  nowS: number,
  { usualDays, maxDays }: { usualDays: number; maxDays: number },
  faults: Fault[],
): Span {
  const instantOf = (name: string, absentS: number) => {
    const text = params.get(name);
    if (text === null) return absentS;
    const ms = readMomentMs(text);
    if (ms === null) faults.push(toFault(name, text, 'not_a_moment', { first: FIRST_DAY, last: LAST_DAY }));
    return ms === null ? Number.NaN : Math.floor(ms / 1000);
  };
  const toS = // What was read in the second that runs belongs to it.
    instantOf('to', Math.floor(nowS) + 1);
  const fromS = instantOf('from', toS - usualDays * DAY_S);
  const days = (toS - fromS) / DAY_S;
  if (days <= 0) faults.push(toFault('to', params.get('to') ?? toS, 'not_after_from'));
  if (days > maxDays) faults.push(toRangeFault('from', params.get('from') ?? fromS, 'out_of_range', range('d', 0, maxDays, {})));
  return { fromS, toS };
}

function readWhole(params: URLSearchParams, name: string, [min, max]: readonly [number, number], absent: number, faults: Fault[]): number {
  const text = params.get(name);
  if (text === null) return absent;
  const value = /^\d{1,10}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= min && value <= max) return value;
  faults.push(toRangeFault(name, text, 'out_of_range', range('1', min, max, { integer: true })));
  return absent;
}

function readId(params: URLSearchParams, name: string, faults: Fault[]): string | undefined {
  const text = params.get(name);
  if (text === null) return undefined;
  if (!isUuid(text)) faults.push(toFault(name, text, 'unknown_id'));
  return text;
}

export function readSpanQuery(
  url: string,
  nowS: number,
  others: readonly ('clientId' | 'siteId')[] = [],
): Read<Span & { clientId?: string; siteId?: string }> {
  const { searchParams } = new URL(url);
  const faults = findSingleFaults(url, ['from', 'to', ...others]);
  const span = readSpan(searchParams, nowS, { usualDays: 1, maxDays: MAX_SERIES_DAYS }, faults);
  const ids = Object.fromEntries(others.flatMap((name) => (searchParams.has(name) ? [[name, readId(searchParams, name, faults)]] : [])));
  return conclude({ ...span, ...ids }, faults);
}

/** `after`: time of the last sample of the page before. */
export function readSamplesQuery(url: string, nowS: number): Read<Span & { after: number; limit: number }> {
  const { searchParams } = new URL(url);
  const faults = findSingleFaults(url, ['from', 'to', 'after', 'limit']);
  const span = readSpan(searchParams, nowS, { usualDays: 1, maxDays: MAX_SAMPLE_SPAN_DAYS }, faults);
  const after = readWhole(searchParams, 'after', [0, MAX_NUMBER], 0, faults);
  const limit = readWhole(searchParams, 'limit', [1, MAX_PAGE_SAMPLES], MAX_PAGE_SAMPLES, faults);
  return conclude({ ...span, after, limit }, faults);
}

export function readStatesQuery(url: string): Read<{ states?: TimeState[]; after: number; limit: number }> {
  const { searchParams } = new URL(url);
  const faults = findSingleFaults(url, ['state', 'after', 'limit']);
  const after = readWhole(searchParams, 'after', [0, MAX_NUMBER], 0, faults);
  const limit = readWhole(searchParams, 'limit', [1, MAX_PAGE_STATES], MAX_PAGE_STATES, faults);
  const words = searchParams.get('state')?.split(',');
  const states = words?.flatMap((word) => TIME_STATES.find((state) => state === word) ?? []);
  if (words !== undefined && states?.length !== words.length) {
    faults.push(toFault('state', words.join(), 'bad_parameter', { choices: TIME_STATES.join(', ') }));
  }
  return conclude({ ...(states === undefined ? {} : { states }), after, limit }, faults);
}

export const readNoQuery = (url: string): Read<null> => conclude(null, findQueryFaults(url));

/** `month=2026-11`; left out, the one that is going on. A moment well inside it, wherever on earth the site is. */
export function readMonthQuery(url: string, nowS: number): Read<{ atS: number }> {
  const faults = findSingleFaults(url, ['month']);
  const text = new URL(url).searchParams.get('month');
  if (text === null) return conclude({ atS: Math.floor(nowS) }, faults);
  const [, year, month] = MONTH.exec(text) ?? [];
  const isWithin = year !== undefined && month !== undefined && text >= FIRST_DAY.slice(0, 7) && text <= LAST_DAY.slice(0, 7);
  if (isWithin) return conclude({ atS: Date.UTC(Number(year), Number(month) - 1, 15) / 1000 }, faults);
  return conclude({ atS: 0 }, [
    ...faults,
    toFault('month', text, 'not_a_month', { first: FIRST_DAY.slice(0, 7), last: LAST_DAY.slice(0, 7) }),
  ]);
}
