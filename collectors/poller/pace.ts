/** How many machines are asked at once: added to while all goes well, cut by a share when it does not (AIMD, as TCP finds its window). */

export type PaceBounds = { min: number; max: number };

export type Pace = {
  limit(): number;
  /** A question was settled after `latencyMs`; `isTrouble`, without an answer; `wasFull`, all slots were in use when it began. */
  settled(latencyMs: number, isTrouble: boolean, wasFull: boolean): void;
};

const STEP = 4;
const CUT = 0.7;
/** Answers may take this many times what they take on a quiet line, and this much longer, before fewer are asked at once. */
const LATENCY_FACTOR = 3;
const LATENCY_SLACK_MS = 100;
/** Share of a window without answers that is taken for trouble on the line; refusals of a few machines are not. */
const TROUBLE_SHARE = 0.25;
const SMALLEST_WINDOW = 16;
/** After so many windows the quiet latency is measured anew, from few questions at once: the line may have become longer. */
const WINDOWS_REMEMBERED = 500;

/** Judges once per window of as many answers as are asked at once. Doubles until the first trouble, so that a large fleet need not wait for steps of four. */
export function createPace({ min, max }: PaceBounds): Pace {
  const first = Math.min(max, Math.max(min, 2 * SMALLEST_WINDOW));
  let limit = first;
  let isDoubling = true;
  let quietMs = Number.POSITIVE_INFINITY;
  let windows = 0;
  let count = 0;
  let totalMs = 0;
  let troubles = 0;
  let wasEverFull = false;

  function judge() {
    const meanMs = totalMs / count;
    quietMs = Math.min(quietMs, meanMs);
    windows += 1;
    const isTroubled = troubles > TROUBLE_SHARE * count || meanMs > LATENCY_FACTOR * quietMs + LATENCY_SLACK_MS;
    if (isTroubled) {
      isDoubling = false;
      limit = Math.max(min, Math.floor(limit * CUT));
    } else if (wasEverFull) {
      limit = Math.min(max, isDoubling ? limit * 2 : limit + STEP);
    }
    if (windows >= WINDOWS_REMEMBERED) {
      limit = Math.min(limit, first);
      isDoubling = true;
      quietMs = Number.POSITIVE_INFINITY;
      windows = 0;
    }
    count = 0;
    totalMs = 0;
    troubles = 0;
    wasEverFull = false;
  }

  return {
    limit: () => limit,
    settled(latencyMs, isTrouble, wasFull) {
      count += 1;
      totalMs += latencyMs;
      if (isTrouble) troubles += 1;
      if (wasFull) wasEverFull = true;
      if (count >= Math.max(SMALLEST_WINDOW, limit)) judge();
    },
  };
}
