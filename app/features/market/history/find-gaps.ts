/** Which stretches of a regular history are to be asked for. Pure. */

export type Stretch = { fromMs: number; toMs: number };

/**
 * Stretches of `[fromMs, toMs)` that hold every step without a value, the newest first, none longer than `maxSteps`: one request each. Holes that one request can hold share a stretch, with what
 * is known between them, so that many holes which nobody can fill cost a few requests. `fromMs` is a multiple of the step. O(steps).
 */
export function findGaps(known: ReadonlySet<number>, { fromMs, toMs }: Stretch, stepMs: number, maxSteps: number): Stretch[] {
  const gaps: Stretch[] = [];
  const steps = Math.ceil((toMs - fromMs) / stepMs);
  for (let step = steps - 1; step >= 0; step--) {
    const timeMs = fromMs + step * stepMs;
    if (known.has(timeMs)) continue;
    const open = gaps.at(-1);
    if (open !== undefined && open.toMs - timeMs <= maxSteps * stepMs) open.fromMs = timeMs;
    else gaps.push({ fromMs: timeMs, toMs: timeMs + stepMs });
  }
  return gaps;
}
