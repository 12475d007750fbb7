/** Which indicator over which candles an address asks for, and the address that asks for it. Pure. */
import { PATHS } from '#app/paths.ts';
import type { Indicator } from '../indicator.ts';
import { INDICATORS } from '../registry.ts';
import { FIRST_SPAN, INTERVALS, type Interval, listSpans, type Span } from './spans.ts';
import { readTypedParams, type TypedParams } from './typed-params.ts';

/** Names of the page's own parameters; those of the indicators stand beside them under their names. */
export const PAGE_PARAMS = { indicator: 'indicator', candles: 'candles', span: 'span' } as const;
const FIRST_INDICATOR = 'hash-ribbons';

export type PageQuery = { indicator: Indicator; interval: Interval; span: Span; typed: TypedParams };

/** `null` for an indicator, candles or a span that there are not. */
export function readPageQuery(url: URL): PageQuery | null {
  const query = url.searchParams;
  const name = query.get(PAGE_PARAMS.indicator) ?? FIRST_INDICATOR;
  const indicator = INDICATORS.find((one) => one.name === name);
  const candles = query.get(PAGE_PARAMS.candles) ?? '1d';
  const interval = INTERVALS.find((one) => one === candles);
  if (indicator === undefined || interval === undefined) return null;
  const asked = query.get(PAGE_PARAMS.span) ?? FIRST_SPAN[interval];
  const span = listSpans(interval).find((one) => one === asked);
  return span === undefined ? null : { indicator, interval, span, typed: readTypedParams(query, indicator) };
}

type Address = { indicator: string; interval: Interval; span: Span; texts?: Readonly<Record<string, string>> };

export function toIndicatorPath({ indicator, interval, span, texts = {} }: Address): string {
  const query = { [PAGE_PARAMS.indicator]: indicator, [PAGE_PARAMS.candles]: interval, [PAGE_PARAMS.span]: span, ...texts };
  return `${PATHS.marketIndicators}?${new URLSearchParams(query)}`;
}
