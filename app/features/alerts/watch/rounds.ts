/** Readings of a batch in rounds of one reading a machine, in the order of time: what waited for a database comes in several cycles at once. Pure. */
import type { Facts } from '../rules/facts.ts';

export type JudgedReading = { machine: number; facts: Facts };

export function inRounds(readings: readonly JudgedReading[]): (readonly JudgedReading[])[] {
  const seen = new Map<number, number>();
  let most = 1;
  for (const { machine } of readings) {
    const times = (seen.get(machine) ?? 0) + 1;
    seen.set(machine, times);
    if (times > most) most = times;
  }
  // The usual batch is one cycle.
  if (most === 1) return [readings];
  const rounds: JudgedReading[][] = Array.from({ length: most }, () => []);
  seen.clear();
  for (const reading of [...readings].sort((one, other) => one.facts.atS - other.facts.atS)) {
    const round = seen.get(reading.machine) ?? 0;
    seen.set(reading.machine, round + 1);
    rounds[round]?.push(reading);
  }
  return rounds;
}
