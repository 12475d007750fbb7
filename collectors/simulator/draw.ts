/**
 * Chance without memory: every number follows from a seed and up to three whole numbers, so that the state of a machine at any moment can be
 * computed without having computed the moments before it.
 */

/** Whole number in [0, 2³²). The finisher of MurmurHash3 after each part. */
export function mix(seed: number, a: number, b = 0, c = 0): number {
  let hash = seed | 0;
  for (const part of [a, b, c]) {
    hash = Math.imul(hash ^ (part | 0), 0x85ebca6b);
    hash ^= hash >>> 13;
    hash = Math.imul(hash + 0x9e3779b9, 0xc2b2ae35);
    hash ^= hash >>> 16;
  }
  return hash >>> 0;
}

/** Uniform in [0, 1). */
export function draw(seed: number, a: number, b = 0, c = 0): number {
  return mix(seed, a, b, c) / 2 ** 32;
}

/** Normal with mean 0 and standard deviation 1 (Box and Muller), cut at five standard deviations by the 32 bits drawn from. */
export function drawNormal(seed: number, a: number, b = 0, c = 0): number {
  const radius = Math.sqrt(-2 * Math.log(1 - draw(seed, a, b, c)));
  return radius * Math.cos(2 * Math.PI * draw(seed ^ 0x5bd1e995, a, b, c));
}

/** A curve through values drawn for each `stepS` seconds, straight in between: mean 0, standard deviation of the drawn points 1. */
export function drift(seed: number, channel: number, timeS: number, stepS: number): number {
  const step = Math.floor(timeS / stepS);
  const share = timeS / stepS - step;
  return drawNormal(seed, channel, step) * (1 - share) + drawNormal(seed, channel, step + 1) * share;
}
