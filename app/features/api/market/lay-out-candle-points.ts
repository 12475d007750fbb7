/** Days of the stored history as points of an answer, within a range of time. Pure. */
import type { CandleHistory } from '#app/features/market/history/candle-history.ts';

export type CandlePoint = {
  time: string;
  open: number | null;
  high: number | null;
  low: number | null;
  close: number | null;
  volumeBtc: number | null;
  /** Who said the prices; `null`: nobody did. */
  source: string | null;
  /** Who said the volume: the prices' source, or another one. */
  volumeSource: string | null;
};

const known = (value: number | undefined) => (value === undefined || !Number.isFinite(value) ? null : value);

/** At most `most` candles that open in `[fromMs, toMs]`, ascending. O(points). */
export function layOutCandlePoints(
  history: CandleHistory,
  { fromMs, toMs }: { fromMs: number; toMs: number },
  most: number,
): CandlePoint[] {
  const { timesMs, stepMs, open, high, low, close, volumeBtc, sources, priceSource, volumeSource } = history;
  const startMs = timesMs[0]!;
  const first = Math.max(0, Math.ceil((fromMs - startMs) / stepMs));
  const end = Math.min(timesMs.length, Math.floor((toMs - startMs) / stepMs) + 1, first + most);
  const points: CandlePoint[] = [];
  for (let step = first; step < end; step++) {
    points.push({
      time: new Date(timesMs[step]!).toISOString(),
      open: known(open[step]),
      high: known(high[step]),
      low: known(low[step]),
      close: known(close[step]),
      volumeBtc: known(volumeBtc[step]),
      source: sources[priceSource[step]!] ?? null,
      volumeSource: sources[volumeSource[step]!] ?? null,
    });
  }
  return points;
}
