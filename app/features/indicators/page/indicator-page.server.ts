/** Read model of the page of indicators. */
import { readSignals } from '../signals/read-signals.server.ts';
import { readStoredHistory } from '../stored-history.server.ts';
import { type IndicatorPage, toIndicatorPage } from './indicator-page.ts';
import { readPageQuery } from './page-query.ts';

/** 404 for an indicator or a span that there is not, rather than another picture than the one asked for. */
export async function readIndicatorPage(url: URL): Promise<IndicatorPage> {
  const query = readPageQuery(url);
  if (query === null) throw new Response(null, { status: 404 });
  const [history, signals] = await Promise.all([readStoredHistory(), readSignals()]);
  return toIndicatorPage(query.indicator, query.span, history, signals);
}
