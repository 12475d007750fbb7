/** Read model of the page of indicators. */
import { readSignals } from '../signals/read-signals.server.ts';
import { readStoredHistory, readStoredHours } from '../stored-history.server.ts';
import { type IndicatorPage, toIndicatorPage } from './indicator-page.ts';
import { readPageQuery } from './page-query.ts';

/** 404 for an indicator, candles or a span that there are not, rather than another picture than the one asked for. */
export async function readIndicatorPage(url: URL, nowMs = Date.now()): Promise<IndicatorPage> {
  const query = readPageQuery(url);
  if (query === null) throw new Response(null, { status: 404 });
  const [history, signals] = await Promise.all([query.interval === '1d' ? readStoredHistory() : readStoredHours(), readSignals()]);
  return toIndicatorPage(query, { history, signals, nowMs });
}
