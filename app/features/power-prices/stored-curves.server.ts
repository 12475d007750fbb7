/** The workspace's series of prices as hours of a year, for the calculator. */

import { readUsdRates } from '#app/features/market/usd-rates.server.ts';
import { usdPerUnit } from '#app/features/market/usd-rates.ts';
import { toSitesCaller } from '#app/features/sites/scope.server.ts';
import type { RequestContext } from '#app/platform/http/load-context.ts';
import { isUuid } from '#app/platform/identifiers.ts';
import { getPowerDeps } from './ercot-config.server.ts';
import { toHourCurve } from './hour-curve.server.ts';
import { MAX_READ_PRICES, readSeries } from './read-series.server.ts';
import { listSeries } from './series-store.server.ts';
import type { CurveAnswer } from './stored-curves.ts';

const MINUTE_MS = 60_000;
/** Two years hold one from January to December. */
const TWO_YEARS_MS = 731 * 86_400_000;

/** `seriesId` `null`: the series that have prices. */
export async function readStoredCurve(context: RequestContext, seriesId: string | null): Promise<CurveAnswer> {
  const deps = getPowerDeps();
  const caller = await toSitesCaller(context);
  const all = (await listSeries(deps, caller)).filter(({ coverage }) => coverage.prices > 0);
  if (seriesId === null) return { kind: 'series', series: all.map(({ id, name, currency }) => ({ id, name, currency })) };
  const series = isUuid(seriesId) ? all.find(({ id }) => id === seriesId) : undefined;
  if (series === undefined || series.coverage.toAt === null) return { kind: 'not-found' };
  const rates = await readUsdRates();
  const usdPerCurrency = usdPerUnit(series.currency, rates);
  if (usdPerCurrency === null) return { kind: 'no-rate' };
  const toMs = Date.parse(series.coverage.toAt);
  const fromMs = toMs - Math.min(TWO_YEARS_MS, MAX_READ_PRICES * series.resolutionMinutes * MINUTE_MS);
  const read = await readSeries(deps, caller, series.id, { fromMs, toMs });
  if (read.kind !== 'read') return { kind: 'not-found' };
  const intervals = read.value.prices.map(({ startAt, pricePerMwh }) => ({ startMs: Date.parse(startAt), pricePerMwh }));
  const hours = toHourCurve(intervals, series.resolutionMinutes, series.timeZone);
  if (hours === null) return { kind: 'no-days' };
  const { fromDate, toDate, pricesPerMwh } = hours;
  const { name, currency } = series;
  const usdPerMwh = pricesPerMwh.map((price) => price * usdPerCurrency);
  return { kind: 'curve', curve: { name, currency, fromDate, toDate, usdPerMwh, rate: currency === 'USD' ? null : rates[currency] } };
}
