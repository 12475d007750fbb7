/** The tornado as bars: widest first, positions in percent of the drawing. Pure. */
import type { TornadoBar, TornadoField } from '#engine';

/** One end of a bar. `isGain`: better than the base. Money in the currency shown. */
export type BarEnd = { npv: number; input: number; xPercent: number; isGain: boolean };
export type Bar = { field: TornadoField; left: BarEnd; right: BarEnd };
export type TornadoChart = { base: number; baseXPercent: number; bars: Bar[] };

/** Room left of the worst and right of the best end, so that the bars do not touch the figures beside them. Percent. */
const EDGE_PERCENT = 2;

export function toTornadoChart(base: { baseNpvUsd: number; bars: readonly TornadoBar[] }, moneyPerUsd: number): TornadoChart {
  const lowest = Math.min(base.baseNpvUsd, ...base.bars.flatMap((bar) => [bar.npvAtLowUsd, bar.npvAtHighUsd]));
  const highest = Math.max(base.baseNpvUsd, ...base.bars.flatMap((bar) => [bar.npvAtLowUsd, bar.npvAtHighUsd]));
  const span = highest - lowest;
  const toPercent = (usd: number) => (span > 0 ? EDGE_PERCENT + ((usd - lowest) / span) * (100 - 2 * EDGE_PERCENT) : 50);
  const toEnd = (npvUsd: number, input: number): BarEnd => ({
    npv: npvUsd * moneyPerUsd,
    input,
    xPercent: toPercent(npvUsd),
    isGain: npvUsd >= base.baseNpvUsd,
  });
  const bars = [...base.bars]
    .sort((a, b) => Math.abs(b.npvAtHighUsd - b.npvAtLowUsd) - Math.abs(a.npvAtHighUsd - a.npvAtLowUsd))
    .map((bar) => {
      const ends = [toEnd(bar.npvAtLowUsd, bar.low), toEnd(bar.npvAtHighUsd, bar.high)];
      const [left, right] = ends[0]!.npv <= ends[1]!.npv ? [ends[0]!, ends[1]!] : [ends[1]!, ends[0]!];
      return { field: bar.field, left, right };
    });
  return { base: base.baseNpvUsd * moneyPerUsd, baseXPercent: toPercent(base.baseNpvUsd), bars };
}
