/** Candles side by side, step after step, each with where it comes from. Pure. */

export type StoredCandle = {
  timeMs: number;
  open: number;
  high: number;
  low: number;
  close: number;
  /** NaN: unknown. */
  volumeBtc: number;
  source: string;
};

export type CandleHistory = {
  stepMs: number;
  /** Opening of every candle, ascending, without a hole: a candle that is not known is there with NaN. */
  timesMs: Float64Array;
  /** USD; NaN where unknown. The oldest days have a close only. */
  open: Float64Array;
  high: Float64Array;
  low: Float64Array;
  close: Float64Array;
  /** BTC; NaN where unknown. */
  volumeBtc: Float64Array;
  sources: string[];
  /** Which of `sources` the prices of a candle and its volume come from; -1 where unknown. */
  priceSource: Int16Array;
  volumeSource: Int16Array;
};

/** `rows` ascending, a whole number of steps apart; they lie over `shipped`. Either may be missing, not both. O(steps). */
export function layOutHistory(stepMs: number, rows: readonly StoredCandle[], shipped: CandleHistory | null): CandleHistory {
  const firstMs = Math.min(shipped?.timesMs[0] ?? Number.POSITIVE_INFINITY, rows[0]?.timeMs ?? Number.POSITIVE_INFINITY);
  const lastMs = Math.max(shipped?.timesMs.at(-1) ?? Number.NEGATIVE_INFINITY, rows.at(-1)?.timeMs ?? Number.NEGATIVE_INFINITY);
  const history = emptyHistory(stepMs, firstMs, Math.round((lastMs - firstMs) / stepMs) + 1);
  if (shipped !== null) {
    const offset = Math.round((shipped.timesMs[0]! - firstMs) / stepMs);
    history.sources.push(...shipped.sources);
    for (const name of ['open', 'high', 'low', 'close', 'volumeBtc', 'priceSource', 'volumeSource'] as const)
      history[name].set(shipped[name], offset);
  }
  for (const row of rows) {
    const at = Math.round((row.timeMs - firstMs) / stepMs);
    let source = history.sources.indexOf(row.source);
    if (source === -1) source = history.sources.push(row.source) - 1;
    history.open[at] = row.open;
    history.high[at] = row.high;
    history.low[at] = row.low;
    history.close[at] = row.close;
    history.volumeBtc[at] = row.volumeBtc;
    history.priceSource[at] = source;
    history.volumeSource[at] = Number.isNaN(row.volumeBtc) ? -1 : source;
  }
  return history;
}

export function emptyHistory(stepMs: number, firstMs: number, count: number): CandleHistory {
  const column = () => new Float64Array(count).fill(Number.NaN);
  return {
    stepMs,
    timesMs: Float64Array.from({ length: count }, (_, step) => firstMs + step * stepMs),
    open: column(),
    high: column(),
    low: column(),
    close: column(),
    volumeBtc: column(),
    sources: [],
    priceSource: new Int16Array(count).fill(-1),
    volumeSource: new Int16Array(count).fill(-1),
  };
}

/** What a source gave of some stretch of candles: whole candles, closes alone, or volumes. */
export type HistoryPart = { what: 'candles' | 'closes' | 'volumes'; source: string; candles: number; fromMs: number; toMs: number };

/** Candles `from` to `to` (excluded) by what is known of them and who said it, in the order in which they begin. Bounded by the number of sources. O(steps). */
export function listParts(history: CandleHistory, from: number, to: number): HistoryPart[] {
  const parts = new Map<string, HistoryPart>();
  const add = (what: HistoryPart['what'], source: number, step: number) => {
    const key = `${what} ${source}`;
    const timeMs = history.timesMs[step]!;
    const part = parts.get(key) ?? { what, source: history.sources[source]!, candles: 0, fromMs: timeMs, toMs: timeMs };
    parts.set(key, { ...part, candles: part.candles + 1, toMs: timeMs });
  };
  for (let step = from; step < to; step++) {
    const price = history.priceSource[step]!;
    const volume = history.volumeSource[step]!;
    if (price !== -1) add(Number.isNaN(history.open[step]) ? 'closes' : 'candles', price, step);
    // A source that gives candles gives their volume: only another one is worth a line.
    if (volume !== -1 && volume !== price) add('volumes', volume, step);
  }
  return [...parts.values()];
}

/** Who said the prices, the oldest first. */
export function listPriceSources(history: CandleHistory): string[] {
  const parts = listParts(history, 0, history.close.length).filter(({ what }) => what !== 'volumes');
  return [...new Set(parts.map(({ source }) => source))];
}
