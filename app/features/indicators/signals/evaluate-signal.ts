/**
 * How often the price did what a signal is said to announce, beside how often it did so anyway. Pure. Occurrences are found day by day without looking ahead; only their outcome looks at what
 * came after.
 */
import { findWilsonInterval } from './wilson.ts';

/** Days after which outcomes are looked at. */
export const HORIZONS_DAYS = [7, 30, 90] as const;

export type Outcome = {
  horizonDays: number;
  /** Occurrences whose horizon has passed. */
  settled: number;
  /** Of them, how often the close was on the announced side of that of the day. */
  hits: number;
  /** hits / settled; `null` without an occurrence. */
  hitRatio: number | null;
  /** The 95 % interval of the hit ratio (Wilson), with occurrences less than a horizon apart counted as one, because their outcomes overlap; `null` without an occurrence. */
  interval: { low: number; high: number } | null;
  /** Occurrences a whole horizon apart. */
  apart: number;
  /** Days on which the signal could have been found and whose horizon has passed. */
  baseDays: number;
  /** Share of them after which the close was on that side; `null` without one. */
  baseRatio: number | null;
  /** Mean logarithm of close over close after an occurrence, as a ratio: `e^mean - 1`; `null` without one. */
  typicalChangeRatio: number | null;
  /** The same of all days. */
  typicalBaseChangeRatio: number | null;
};

type Sum = { days: number; hits: number; logChange: number };
const nothing = (): Sum => ({ days: 0, hits: 0, logChange: 0 });

const ratioOf = ({ days, hits }: Sum) => (days === 0 ? null : hits / days);
const changeOf = ({ days, logChange }: Sum) => (days === 0 ? null : Math.expm1(logChange / days));

/** `found` as Signal.find answers it. Days without a positive close, now or after the horizon, are left out. */
export function evaluateSignal(found: Float64Array, close: Float64Array, direction: 'rise' | 'fall', horizonDays: number): Outcome {
  const [signal, base] = [nothing(), nothing()];
  let apart = 0;
  let last = Number.NEGATIVE_INFINITY;
  for (let day = 0; day + horizonDays < close.length; day++) {
    const [now, then] = [close[day]!, close[day + horizonDays]!];
    if (Number.isNaN(found[day]) || !(now > 0 && then > 0)) continue;
    const isHit = direction === 'rise' ? then > now : then < now;
    for (const sum of found[day] === 1 ? [signal, base] : [base]) {
      sum.days += 1;
      sum.hits += Number(isHit);
      sum.logChange += Math.log(then / now);
    }
    if (found[day] === 1 && day - last >= horizonDays) {
      apart += 1;
      last = day;
    }
  }
  const hitRatio = ratioOf(signal);
  return {
    horizonDays,
    settled: signal.days,
    hits: signal.hits,
    hitRatio,
    interval: hitRatio === null ? null : findWilsonInterval(hitRatio, apart),
    apart,
    baseDays: base.days,
    baseRatio: ratioOf(base),
    typicalChangeRatio: changeOf(signal),
    typicalBaseChangeRatio: changeOf(base),
  };
}
