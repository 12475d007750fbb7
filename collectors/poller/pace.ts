/** How many machines are asked at once: added to while all goes well, cut by a share when it does not (AIMD, as TCP finds its window). */

export type PaceBounds = { min: number; max: number };

export type Pace = {
  limit(): number;
  /**
   * A question to a host that took the connection was settled: after so long, or null when nothing came of it. Hosts that take none are not told of: machines
   * that are off say nothing of the line, and a line that loses packets shows in how long the others take. `wasFull`: all slots were in use when it began.
   */
  settled(latencyMs: number | null, wasFull: boolean): void;
  /** The fleet has so many hosts now, to be asked within so long: how far silence may cut the pace follows from it. */
  setFleet(hosts: number, cadenceMs: number): void;
  /** From this latency on an answer is slow for this fleet and this line, ms. */
  slowMs(): number;
};

const STEP = 16;
const CUT = 0.7;
/**
 * Fewer are asked at once when answers take longer than both: a third of a reader's usual time-out, and three times what they take on a quiet line.
 * What is shorter is not worth a cut: it may come from elsewhere, and asking fewer at once would only make the cycle longer.
 */
const COMFORT_MS = 1000;
const LATENCY_FACTOR = 3;
/** Share of a window without answers that is taken for trouble on the line; a few machines that refuse are not. */
const TROUBLE_SHARE = 0.25;
const SMALLEST_WINDOW = 32;
/**
 * However many hosts are silent, so many are asked at once that the whole fleet has its turn in this share of a cycle, even if every host holds its slot
 * until it counts as slow. Only answers that take long cut the pace further: they say that the line is full, silence may be a hall without power.
 */
const TURN_SHARE = 0.5;
/** After so many windows the quiet latency is measured anew, from few questions at once: the line may have become longer. */
const WINDOWS_REMEMBERED = 500;
/** A host is slow from four times the usual latency on: a second at least, and three at most, when the whole line is slow. */
const SLOW_FACTOR = 4;
const SLOW_MIN_MS = 1000;
const SLOW_MAX_MS = 3000;

/** Judges once per window of as many questions as are asked at once. Doubles until the first trouble, so that a large fleet need not wait for steps. */
export function createPace({ min, max }: PaceBounds): Pace {
  const first = Math.min(max, Math.max(min, SMALLEST_WINDOW));
  let limit = first;
  let leastForSilence = min;
  let isDoubling = true;
  let quietMs = Number.POSITIVE_INFINITY;
  let usualMs = 0;
  let windows = 0;
  let answers = 0;
  let totalMs = 0;
  let troubles = 0;
  let wasEverFull = false;

  function judge() {
    const count = answers + troubles;
    if (answers > 0) {
      usualMs = totalMs / answers;
      quietMs = Math.min(quietMs, usualMs);
    }
    const isLineFull = usualMs > Math.max(COMFORT_MS, LATENCY_FACTOR * quietMs);
    const most = troubles > TROUBLE_SHARE * count ? leastForSilence : max;
    if (isLineFull || limit > most) {
      isDoubling = false;
      limit = Math.max(isLineFull ? min : most, Math.floor(limit * CUT));
    } else if (wasEverFull) {
      limit = Math.min(most, isDoubling ? limit * 2 : limit + STEP);
    }
    windows += 1;
    if (windows >= WINDOWS_REMEMBERED) {
      limit = Math.min(limit, first);
      isDoubling = true;
      quietMs = Number.POSITIVE_INFINITY;
      windows = 0;
    }
    answers = 0;
    totalMs = 0;
    troubles = 0;
    wasEverFull = false;
  }

  return {
    limit: () => limit,
    settled(latencyMs, wasFull) {
      if (latencyMs === null) {
        troubles += 1;
      } else {
        answers += 1;
        totalMs += latencyMs;
      }
      if (wasFull) wasEverFull = true;
      if (answers + troubles >= Math.max(SMALLEST_WINDOW, limit)) judge();
    },
    setFleet(hosts, cadenceMs) {
      leastForSilence = Math.min(max, Math.max(min, Math.ceil((hosts * SLOW_MIN_MS) / (TURN_SHARE * cadenceMs))));
    },
    slowMs: () => Math.min(SLOW_MAX_MS, Math.max(SLOW_MIN_MS, SLOW_FACTOR * usualMs)),
  };
}
