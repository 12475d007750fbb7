/** How finely a span of time is drawn. Pure. */
import { DAY_S, HOUR_S, QUARTER_S, SLOT_S } from '#app/features/telemetry/layers.ts';
import type { Span } from '#app/features/telemetry/site-time.ts';

/** Steps that people read a clock by. */
export const STEPS_S = [SLOT_S, QUARTER_S, HOUR_S / 2, HOUR_S, 3 * HOUR_S, 6 * HOUR_S, DAY_S] as const;
export type StepS = (typeof STEPS_S)[number];

/** More points than a chart is wide are not seen. */
const MAX_POINTS = 750;
export const MAX_SERIES_DAYS = 400;

/** The finest step that gives no more than 750 points. */
export function findStepS({ fromS, toS }: Span): StepS {
  return STEPS_S.find((stepS) => (toS - fromS) / stepS <= MAX_POINTS) ?? DAY_S;
}

/** The span itself. Throws RangeError for one that is empty or longer than `maxDays`. */
export function assertSpan(span: Span, maxDays: number): Span {
  const days = (span.toS - span.fromS) / DAY_S;
  if (!(days > 0 && days <= maxDays)) throw new RangeError(`span of time is ${days} days, allowed: more than 0, up to ${maxDays}`);
  return span;
}
