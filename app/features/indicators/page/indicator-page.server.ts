/** Read model of the page of indicators. */
import { readSignals } from '../signals/read-signals.server.ts';
import { readStoredHistory } from '../stored-history.server.ts';
import { type IndicatorPage, SHOWN_INDICATORS, toIndicatorPage } from './indicator-page.ts';
import { isSpan } from './spans.ts';

const INDICATOR_PARAM = 'indicator';
const SPAN_PARAM = 'span';
const FIRST_INDICATOR = 'hash-ribbons';
const FIRST_SPAN = '4y';

/** 404 for an indicator or a span that there is not, rather than another picture than the one asked for. */
export function readIndicatorPage(url: URL): IndicatorPage {
  const name = url.searchParams.get(INDICATOR_PARAM) ?? FIRST_INDICATOR;
  const span = url.searchParams.get(SPAN_PARAM) ?? FIRST_SPAN;
  const indicator = SHOWN_INDICATORS.find((one) => one.name === name);
  if (indicator === undefined || !isSpan(span)) throw new Response(null, { status: 404 });
  return toIndicatorPage(indicator, span, readStoredHistory(), readSignals());
}
