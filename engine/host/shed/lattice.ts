/**
 * Power and money as integers. Both units are powers of ten, as coarse as the inputs allow without losing a digit and never finer than 1e-12 USD and 1e-6 W; where the sums of a
 * problem would leave 2^53 of them the unit grows, and amounts are rounded to it (relative to the sum, less than 1e-15 each).
 */

/** 10^-6 .. 10^12, as written, because a power computed may be a bit off. */
const SCALES = [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 1e-1, 1, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12] as const;
const FIRST_EXPONENT = -6;
const MAX_UNITS = 2 ** 53;
/** Rounding errors of the figures a value was computed from, relative to them. */
const NOISE = 2 ** -50;

export const FINEST_POWER_EXPONENT = 6;
export const FINEST_MONEY_EXPONENT = 12;

/** Units per W or USD. */
export function scaleOf(exponent: number): number {
  const scale = SCALES[exponent - FIRST_EXPONENT];
  if (scale === undefined) throw new RangeError(`no lattice has the exponent ${exponent}`);
  return scale;
}

/** Largest exponent, at most `finest`, at which amounts that sum up to `total` stay exact. */
export function finestExponent(total: number, finest: number): number {
  for (let exponent = finest; exponent > FIRST_EXPONENT; exponent -= 1) {
    if (total * scaleOf(exponent) < MAX_UNITS) return exponent;
  }
  return FIRST_EXPONENT;
}

/**
 * The least exponent in [0, limit] at which every value noted so far is an integer, up to the noise of what it was computed from; `limit` when there is none.
 * Amortised O(1) a value.
 */
export function createExponentFinder(limit: number): { note(value: number, magnitude: number): void; exponent(): number } {
  let exponent = Math.min(0, limit);
  return {
    note(value, magnitude) {
      while (exponent < limit) {
        const scaled = value * scaleOf(exponent);
        if (Math.abs(scaled - Math.round(scaled)) <= magnitude * scaleOf(exponent) * NOISE) return;
        exponent += 1;
      }
    },
    exponent: () => exponent,
  };
}

/** Nearest integer of units. */
export function toUnits(value: number, scale: number): number {
  // + 0 makes -0 plain.
  return Math.round(value * scale) + 0;
}

/** Least integer of units that is no less than a value, noise aside. */
export function toUnitsUp(value: number, scale: number): number {
  const nearest = Math.round(value * scale);
  return Math.abs(value * scale - nearest) <= value * scale * NOISE ? nearest : Math.ceil(value * scale);
}
