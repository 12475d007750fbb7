/** The daily candles that ship with the project, as the history they begin. Server only, like the series they are made from. */
import { type CandleHistory, emptyHistory } from './candle-history.ts';
import { readDailyCandleParts, readDailyClosesUsdPerBtc } from './read-history.server.ts';
import type { Series } from './series-format.ts';

/** Of the closes before the candles begin; the table of the candles has the closes since. */
const EARLY_SOURCE = 'dennisgrobe/btc_data';

let shipped: CandleHistory | undefined;

/** Closes alone until 2014-09-16. Made once; shared: do not write to it. */
export function readShippedCandles(): CandleHistory {
  shipped ??= lay(readDailyClosesUsdPerBtc());
  return shipped;
}

function lay(closes: Series): CandleHistory {
  const { open, high, low, volumeBtc } = readDailyCandleParts();
  const history = emptyHistory(closes.stepS * 1000, closes.startAtMs, closes.values.length);
  const stepOf = (series: Series) => (series.startAtMs - closes.startAtMs) / history.stepMs;
  history.sources = [EARLY_SOURCE, open.source, volumeBtc.source];
  history.close.set(closes.values);
  history.priceSource.fill(0);
  history.open.set(open.values, stepOf(open));
  history.high.set(high.values, stepOf(high));
  history.low.set(low.values, stepOf(low));
  history.priceSource.fill(1, stepOf(open));
  history.volumeBtc.set(volumeBtc.values, stepOf(volumeBtc));
  history.volumeSource.fill(2, stepOf(volumeBtc));
  return history;
}
