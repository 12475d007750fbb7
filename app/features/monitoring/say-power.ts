/** Power with its unit, stepped so that the figure stays below 1,000. Pure. */
import { type Format, UNKNOWN } from '#app/ui/format.ts';

const STEPS = ['W', 'kW', 'MW', 'GW'] as const;

export function sayPower(powerW: number | null, format: Format, digits = 2): string {
  if (powerW === null || !Number.isFinite(powerW)) return UNKNOWN;
  let value = powerW;
  let step = 0;
  // From 999.95 on it would be written as 1,000.0.
  for (; Math.abs(value) >= 999.95 && step < STEPS.length - 1; step++) value /= 1000;
  return `${format.number(value, step === 0 || Number.isInteger(value) ? 0 : Math.max(digits, 1))} ${STEPS[step]}`;
}
