/** The hall's day: one sine, so that its integral is known without adding up. */

const DAY_S = 86_400;
const MEAN_C = 20;
const SWING_C = 7;
/** Warmest at 15:00 UTC. */
const PHASE_DAYS = 0.375;
/** How much of its hash rate a machine gives up in the warmest hour, and gains in the coldest. */
const HEAT_LOSS_RATIO = 0.008;

/** Air that the machines draw in, °C, at `timeS` seconds since 1970. */
export function hallTemperatureC(timeS: number): number {
  return MEAN_C + SWING_C * Math.sin(angleAt(timeS));
}

/** Hash rate over what it would be at the mean temperature. */
export function heatFactor(timeS: number): number {
  return 1 - HEAT_LOSS_RATIO * Math.sin(angleAt(timeS));
}

/** Integral of `heatFactor` between two moments, seconds. */
export function heatSeconds(fromS: number, toS: number): number {
  if (toS <= fromS) return 0;
  const scale = (HEAT_LOSS_RATIO * DAY_S) / (2 * Math.PI);
  return toS - fromS + scale * (Math.cos(angleAt(toS)) - Math.cos(angleAt(fromS)));
}

function angleAt(timeS: number): number {
  return 2 * Math.PI * (timeS / DAY_S - PHASE_DAYS);
}
