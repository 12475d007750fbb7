/** Which stretches of a regular history are missing. Pure. */

export type Stretch = { fromMs: number; toMs: number };

/**
 * Stretches of `[fromMs, toMs)` without a value at every step, ascending, none longer than `maxSteps`: one request each. `fromMs` is a multiple of the step. O(steps).
 */
export function findGaps(known: ReadonlySet<number>, { fromMs, toMs }: Stretch, stepMs: number, maxSteps: number): Stretch[] {
  const gaps: Stretch[] = [];
  let open: Stretch | null = null;
  for (let timeMs = fromMs; timeMs < toMs; timeMs += stepMs) {
    if (known.has(timeMs)) {
      open = null;
      continue;
    }
    if (open === null || open.toMs - open.fromMs >= maxSteps * stepMs) {
      open = { fromMs: timeMs, toMs: timeMs };
      gaps.push(open);
    }
    open.toMs = timeMs + stepMs;
  }
  return gaps;
}
