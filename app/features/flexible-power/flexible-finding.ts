/** What following an hourly price comes to, as facts without words. Pure. */
import type { FlexibleMonth } from '#engine';
import type { FlexibleAnswer } from './compute-flexible.ts';

const MONTHS_PER_YEAR = 12;
const HOURS_PER_YEAR = 8766;

export type FlexibleFinding =
  | { kind: 'worth' | 'costs'; valueUsd: number; horizonMonths: number }
  /** Not one hour is dear enough to stop. */
  | { kind: 'neverStops' }
  /** No hour is worth running. */
  | { kind: 'neverRuns'; valueUsd: number };

export function findFlexibleFinding({ valueUsd, hoursOff, flexible, horizonMonths }: FlexibleAnswer): FlexibleFinding {
  if (hoursOff === 0) return { kind: 'neverStops' };
  if (flexible.energyKwh === 0) return { kind: 'neverRuns', valueUsd };
  return { kind: valueUsd >= 0 ? 'worth' : 'costs', valueUsd, horizonMonths };
}

/** Hours off and starts of a mean year of the horizon, per machine, and the share of time that is off. */
export function toYearly({ hoursOff, starts, horizonMonths }: FlexibleAnswer): { hoursOff: number; starts: number; offRatio: number } {
  const years = horizonMonths / MONTHS_PER_YEAR;
  return { hoursOff: hoursOff / years, starts: starts / years, offRatio: hoursOff / years / HOURS_PER_YEAR };
}

export type OffFinding = { kind: 'never' } | { kind: 'most'; month: number; hoursOff: number };

/** The month with most hours off; the first of several. */
export function findMostOff(months: readonly FlexibleMonth[]): OffFinding {
  let most: FlexibleMonth | undefined;
  for (const month of months) if (month.hoursOff > (most?.hoursOff ?? 0)) most = month;
  return most === undefined ? { kind: 'never' } : { kind: 'most', month: most.month, hoursOff: most.hoursOff };
}
