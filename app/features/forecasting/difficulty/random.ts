/** Random numbers from a seed, the same in every process. Pure: every generator is its own. */

export type Random = { uniform(): number; normal(): number; gamma(shape: number): number };

/** Uniform numbers by the 32-bit generator of Mulberry (period 2^32), which is far more than a forecast draws. */
export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  function uniform(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    // Never 0: its logarithm is taken.
    return (((mixed ^ (mixed >>> 14)) >>> 0) + 0.5) / 4294967296;
  }
  /** Box and Muller, the cosine half. */
  function normal(): number {
    return Math.sqrt(-2 * Math.log(uniform())) * Math.cos(2 * Math.PI * uniform());
  }
  /** Shape >= 1, scale 1 (Marsaglia and Tsang 2000). */
  function gamma(shape: number): number {
    const d = shape - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const deviate = normal();
      const cube = (1 + c * deviate) ** 3;
      if (cube > 0 && Math.log(uniform()) < 0.5 * deviate * deviate + d - d * cube + d * Math.log(cube)) return d * cube;
    }
  }
  return { uniform, normal, gamma };
}
