/** Days of the workspace's own power prices that the page can plan with: the newest complete days of each series, and the days that the address names. */
import { type UsdRates, usdPerUnit } from '#app/features/market/usd-rates.ts';
import { getPowerDeps } from '#app/features/power-prices/ercot-config.server.ts';
import { readSeries, type SeriesPrices } from '#app/features/power-prices/read-series.server.ts';
import { listSeries } from '#app/features/power-prices/series-store.server.ts';
import type { SeriesView } from '#app/features/power-prices/series-view.ts';
import { type Caller, toSitesCaller } from '#app/features/sites/scope.server.ts';
import { LANGUAGE_PARAM, PATHS } from '#app/paths.ts';
import type { RequestContext } from '#app/platform/http/load-context.ts';
import { can } from '#app/platform/permissions/can.ts';
import type { PowerCurrency } from '#engine/units/power-price.ts';
import { isDate, localDate, startOfDay } from './local-time.ts';
import { readStoredKey, type SeriesWithoutRate, type StoredDays, toStoredKey } from './stored-days.ts';
import { MAX_INTERVALS } from './what-if-form.ts';

/** Of each series, counted back from its end. */
const OFFERED_DAYS = 7;
const MAX_OFFERED_SERIES = 6;
const DAY_MS = 86_400_000;

/** The page's address for `series`, `from` and `to` (left out: one day) of a form elsewhere; `null`: the address names none. */
export function findStoredDays(url: URL): string | null {
  const [seriesId, fromDate] = [url.searchParams.get('series'), url.searchParams.get('from')];
  if (seriesId === null || fromDate === null) return null;
  const key = toStoredKey({ seriesId, fromDate, toDate: url.searchParams.get('to') || fromDate });
  const params = new URLSearchParams({ day: readStoredKey(key) === null ? fromDate : key });
  const language = url.searchParams.get(LANGUAGE_PARAM);
  if (language !== null) params.set(LANGUAGE_PARAM, language);
  return `${PATHS.whatIf}?${params}`;
}

const nextDate = (date: string) => new Date(Date.parse(`${date}T00:00:00Z`) + DAY_MS).toISOString().slice(0, 10);

/** Empty for guests and for whoever may not see the workspace's prices. */
export type OfferedDays = { storedDays: StoredDays[]; withoutRate: SeriesWithoutRate[] };

export async function readStoredDays(context: RequestContext, day: string | null, rates: UsdRates): Promise<OfferedDays> {
  const caller = await toSitesCaller(context);
  if (caller.actor.tenantId === null || !can(caller.actor, 'power-prices.read')) return { storedDays: [], withoutRate: [] };
  const filled = (await listSeries(getPowerDeps(), caller)).filter(({ coverage }) => coverage.prices > 0);
  const all = filled.filter(({ currency }) => usdPerUnit(currency, rates) !== null);
  const withoutRate = filled.filter((series) => !all.includes(series)).map(({ id, name, currency }) => ({ id, name, currency }));
  const asked = day === null ? null : readStoredKey(day);
  const named = asked === null ? undefined : all.find(({ id }) => id === asked.seriesId);
  const offered = await Promise.all(all.slice(0, MAX_OFFERED_SERIES).map((series) => readNewestDays(caller, series, rates)));
  const days = offered.flat();
  if (asked === null || named === undefined || days.some(({ key }) => key === day)) return { storedDays: days, withoutRate };
  const own = await readDays(caller, named, asked, rates);
  return { storedDays: own === null ? days : [own, ...days], withoutRate };
}

async function read(caller: Caller, id: string, fromMs: number, toMs: number): Promise<SeriesPrices | null> {
  const outcome = await readSeries(getPowerDeps(), caller, id, { fromMs, toMs });
  return outcome.kind === 'read' ? outcome.value : null;
}

async function readNewestDays(caller: Caller, series: SeriesView, rates: UsdRates): Promise<StoredDays[]> {
  const { timeZone, coverage } = series;
  const toMs = Date.parse(coverage.toAt ?? '');
  const fromMs = toMs - (OFFERED_DAYS + 2) * DAY_MS;
  const prices = await read(caller, series.id, fromMs, toMs);
  if (prices === null) return [];
  const dates: string[] = [];
  for (let date = localDate(timeZone, fromMs); date <= localDate(timeZone, toMs); date = nextDate(date)) dates.push(date);
  return dates
    .map((date) => toDays(prices, { seriesId: series.id, fromDate: date, toDate: date }, rates))
    .filter((days) => days !== null)
    .filter(({ missing }) => missing === 0)
    .reverse()
    .slice(0, OFFERED_DAYS);
}

function toRate(currency: PowerCurrency, rates: UsdRates): StoredDays['rate'] {
  const rate = currency === 'USD' ? null : rates[currency];
  return rate === null ? null : { ...rate, currency };
}

type Span = { seriesId: string; fromDate: string; toDate: string };

async function readDays(caller: Caller, series: SeriesView, span: Span, rates: UsdRates): Promise<StoredDays | null> {
  if (!isDate(span.fromDate) || !isDate(span.toDate) || span.toDate < span.fromDate) return null;
  const fromMs = startOfDay(series.timeZone, span.fromDate);
  const toMs = startOfDay(series.timeZone, nextDate(span.toDate));
  const prices = await read(caller, series.id, fromMs, Math.min(toMs, fromMs + (MAX_INTERVALS + 1) * series.resolutionMinutes * 60_000));
  return prices === null ? null : toDays(prices, span, rates);
}

function toDays({ series, prices }: SeriesPrices, { seriesId, fromDate, toDate }: Span, rates: UsdRates): StoredDays | null {
  const factor = usdPerUnit(series.currency, rates);
  if (factor === null) return null;
  const startMs = startOfDay(series.timeZone, fromDate);
  const endMs = startOfDay(series.timeZone, nextDate(toDate));
  const intervals = Math.round((endMs - startMs) / (series.resolutionMinutes * 60_000));
  const inside = prices.filter(({ startAt }) => Date.parse(startAt) >= startMs && Date.parse(startAt) < endMs);
  const missing = intervals > MAX_INTERVALS ? 0 : intervals - inside.length;
  const last = inside.at(-1);
  return {
    key: toStoredKey({ seriesId, fromDate, toDate }),
    name: series.name,
    fromDate,
    toDate,
    zone: series.timeZone,
    minutes: series.resolutionMinutes,
    startMs,
    intervals,
    missing,
    source: last?.source ?? series.name,
    fetchedAt: last?.fetchedAt ?? null,
    rate: toRate(series.currency, rates),
    priceUsdPerMwh: missing === 0 && intervals <= MAX_INTERVALS ? inside.map(({ pricePerMwh }) => pricePerMwh * factor) : [],
  };
}
