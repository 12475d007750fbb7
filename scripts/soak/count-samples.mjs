/** What was stored, machine by machine and cycle by cycle: rows, holes and doubles. */

/** Events that a polling worker logs when a cycle ends; the time of the line is when the next one begins. */
const CYCLE_ENDS = new Set(['polling.cycle', 'polling.missed', 'polling.lost']);

/** Timers may be called a little early, and lines are written a little late. */
const TICK_MS = 1_000;

/**
 * When cycles began, in whole seconds, ascending, and which of them were cut off by the end of their worker: `events` are the lines of all workers about one site.
 * A site that changes hands begins a cycle at once; a worker that is told to stop ends its cycle before its time.
 */
export function findCycles(events, { cadenceS }) {
  const inTime = events
    .map(({ at, ...event }) => ({ ...event, atMs: Date.parse(at) }))
    .filter((event) => event.event === 'polling.site-taken' || (CYCLE_ENDS.has(event.event) && event.because === undefined))
    .sort((one, other) => one.atMs - other.atMs);
  const cycles = [];
  for (const { event, atMs } of inTime) {
    const last = cycles.at(-1);
    if (event !== 'polling.site-taken' && last) last.isWhole = atMs - last.startMs >= cadenceS * 1000 - TICK_MS;
    if (event === 'polling.site-taken' || last?.isWhole) cycles.push({ startMs: atMs, isWhole: false });
  }
  // Samples carry whole seconds, cut off: one of a cycle's first second may seem to be from before it.
  return cycles.map(({ startMs, isWhole }) => ({ startS: Math.floor(startMs / 1000), isWhole }));
}

/** Of each machine, with the beginnings of cycles as $1: its rows, how many of them failed, and the places of the cycles that they are in, from 1; 0 is before the first. */
export const COUNT_SAMPLES = `
  SELECT machine, count(*)::int AS rows, count(*) FILTER (WHERE trouble <> 0)::int AS failed, array_agg(width_bucket(at_s, $1::int[])) AS cycles
  FROM telemetry_samples GROUP BY machine`;

/**
 * Adds the machines up that answered every time (a machine that is silent is left alone for some cycles, and its rows say nothing about storing). `expected` is a row of each of them in each
 * whole cycle. A row beyond the first of one cycle is a double; the rows of cycles that a kill cut off are counted apart.
 */
export function sumUp(machines, cycles) {
  const live = machines.filter(({ failed }) => failed === 0);
  const whole = cycles.flatMap(({ isWhole }, at) => (isWhole ? [at + 1] : []));
  let rowsOfWhole = 0;
  let missing = 0;
  let mostMissing = 0;
  let doubles = 0;
  for (const { cycles: places } of live) {
    const seen = new Set(places);
    const wholeSeen = whole.filter((place) => seen.has(place)).length;
    doubles += places.length - seen.size;
    rowsOfWhole += places.filter((place) => cycles[place - 1]?.isWhole).length;
    missing += whole.length - wholeSeen;
    mostMissing = Math.max(mostMissing, whole.length - wholeSeen);
  }
  const liveRows = live.reduce((total, { rows }) => total + rows, 0);
  return {
    rows: machines.reduce((total, { rows }) => total + rows, 0),
    failedRows: machines.reduce((total, { failed }) => total + failed, 0),
    liveMachines: live.length,
    wholeCycles: whole.length,
    expected: whole.length * live.length,
    rowsOfWhole,
    rowsOfCut: liveRows - rowsOfWhole,
    missing,
    mostMissing,
    doubles,
  };
}
