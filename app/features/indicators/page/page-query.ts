/** Which indicator over which span an address asks for. Pure. */
import type { Indicator } from '../indicator.ts';
import { SHOWN_INDICATORS } from './indicator-page.ts';
import { isSpan, type Span } from './spans.ts';

const INDICATOR_PARAM = 'indicator';
const SPAN_PARAM = 'span';
const FIRST_INDICATOR = 'hash-ribbons';
const FIRST_SPAN = '4y';

/** `null` for an indicator or a span that there is not. */
export function readPageQuery(url: URL): { indicator: Indicator; span: Span } | null {
  const name = url.searchParams.get(INDICATOR_PARAM) ?? FIRST_INDICATOR;
  const span = url.searchParams.get(SPAN_PARAM) ?? FIRST_SPAN;
  const indicator = SHOWN_INDICATORS.find((one) => one.name === name);
  return indicator === undefined || !isSpan(span) ? null : { indicator, span };
}
