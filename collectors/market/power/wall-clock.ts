/** What the clock of a time zone shows, and which instants it shows a time at: none where it is set forward, two where it is set back. Pure. */

const QUARTER_MS = 15 * 60_000;
const DAY_MS = 86_400_000;

export type WallClock = {
  /** Instants, ascending, at which the clock shows `wallMs` (a local time written as if it were UTC). None, one or two. */
  instantsOf(wallMs: number): readonly number[];
  /** What the clock shows at the instant, written as if it were UTC. */
  wallOf(instantMs: number): number;
};

/** Throws RangeError for a zone that does not exist. Offsets are remembered, so that a year of rows asks the platform for few of them. */
export function createWallClock(timeZone: string): WallClock {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const known = new Map<number, number>();
  const offsetMs = (instantMs: number): number => {
    // Clocks are changed at whole quarters of an hour everywhere.
    const quarter = Math.floor(instantMs / QUARTER_MS);
    const before = known.get(quarter);
    if (before !== undefined) return before;
    const parts = Object.fromEntries(format.formatToParts(quarter * QUARTER_MS).map(({ type, value }) => [type, Number(value)]));
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
    const offset = Date.UTC(year, month - 1, day, hour, minute, second) - quarter * QUARTER_MS;
    known.set(quarter, offset);
    return offset;
  };
  return {
    wallOf: (instantMs) => instantMs + offsetMs(instantMs),
    instantsOf(wallMs) {
      const offsets = [...new Set([offsetMs(wallMs - DAY_MS), offsetMs(wallMs + DAY_MS)])];
      return offsets
        .map((offset) => ({ instantMs: wallMs - offset, offset }))
        .filter(({ instantMs, offset }) => offsetMs(instantMs) === offset)
        .map(({ instantMs }) => instantMs)
        .sort((a, b) => a - b);
    },
  };
}
