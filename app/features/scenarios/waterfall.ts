/** A change as a waterfall: where the bar of each contribution begins and ends, in percent of the drawing. Pure. */
import type { Contribution, ExplainedGroup } from '#app/features/explanation/explain-change.ts';

export type WaterfallStep = {
  group: ExplainedGroup;
  change: number;
  /** Ends of the bar, left to right. */
  leftPercent: number;
  rightPercent: number;
  /** Where the running total stands after the step: the next one begins there. */
  endPercent: number;
};
export type Waterfall = {
  startPercent: number;
  steps: WaterfallStep[];
  endPercent: number;
  /** Where zero is; null: outside of the drawing. */
  zeroPercent: number | null;
};

/** Room left of the lowest and right of the highest total. Percent. */
const EDGE_PERCENT = 3;

/**
 * The axis reaches from the lowest to the highest running total and not to zero: what is compared are the steps, and totals are
 * marks on it instead of bars from zero, whose length would say something wrong.
 */
export function toWaterfall(valueThen: number, contributions: readonly Contribution[]): Waterfall {
  const totals = [valueThen];
  for (const { change } of contributions) totals.push(totals.at(-1)! + change);
  const [lowest, highest] = [Math.min(...totals), Math.max(...totals)];
  const span = highest - lowest;
  const toPercent = (value: number) => (span > 0 ? EDGE_PERCENT + ((value - lowest) / span) * (100 - 2 * EDGE_PERCENT) : 50);
  const steps = contributions.map(({ group, change }, i): WaterfallStep => {
    const [from, to] = [toPercent(totals[i]!), toPercent(totals[i + 1]!)];
    return { group, change, leftPercent: Math.min(from, to), rightPercent: Math.max(from, to), endPercent: to };
  });
  const zero = toPercent(0);
  return {
    startPercent: toPercent(valueThen),
    steps,
    endPercent: toPercent(totals.at(-1)!),
    zeroPercent: span > 0 && zero >= 0 && zero <= 100 ? zero : null,
  };
}

/** The group with most of the change: the largest contribution in its direction; null: nothing changed. */
export function findLeading(change: number, contributions: readonly Contribution[]): Contribution | null {
  const along = contributions.filter((one) => one.change !== 0 && Math.sign(one.change) === Math.sign(change));
  return along.reduce<Contribution | null>(
    (most, one) => (most === null || Math.abs(one.change) > Math.abs(most.change) ? one : most),
    null,
  );
}
