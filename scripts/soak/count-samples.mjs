/** What was stored, machine by machine: rows, holes and doubles. */

/** Of each machine: its rows, how many of them failed, cycles that are missing between its first and its last row, and rows closer than half a cadence to the one before. */
export const COUNT_SAMPLES = `
  SELECT machine, count(*)::int AS rows, count(*) FILTER (WHERE trouble <> 0)::int AS failed, min(at_s) AS first_s, max(at_s) AS last_s,
    coalesce(sum(greatest(round((at_s - before_s)::numeric / $1) - 1, 0)), 0)::int AS missing, count(*) FILTER (WHERE at_s - before_s < $1 / 2.0)::int AS doubles
  FROM (SELECT machine, at_s, trouble, lag(at_s) OVER (PARTITION BY machine ORDER BY at_s) AS before_s FROM telemetry_samples) AS samples
  GROUP BY machine`;

/**
 * Adds the machines up that answered every time (a machine that is silent is left alone for some cycles, and its rows say nothing about storing).
 * `cycles` is what a machine with the longest series should have.
 */
export function sumUp(machines, { cadenceS }) {
  const live = machines.filter(({ failed }) => failed === 0);
  const sum = (pick) => live.reduce((total, machine) => total + pick(machine), 0);
  const firstS = Math.min(...live.map(({ first_s }) => first_s));
  const lastS = Math.max(...live.map(({ last_s }) => last_s));
  const cycles = live.length === 0 ? 0 : Math.round((lastS - firstS) / cadenceS) + 1;
  return {
    rows: machines.reduce((total, { rows }) => total + rows, 0),
    failedRows: machines.reduce((total, { failed }) => total + failed, 0),
    liveMachines: live.length,
    liveRows: sum(({ rows }) => rows),
    cycles,
    missing: sum(({ missing }) => missing),
    mostMissing: Math.max(0, ...live.map(({ missing }) => missing)),
    doubles: sum(({ doubles }) => doubles),
  };
}
