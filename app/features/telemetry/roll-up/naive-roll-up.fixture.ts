/**
 * The roll-ups by the slowest way that there is: a list of seconds, and what each second was. Written from the rules and not from the statements, to compare them with.
 */
import { SLOT_S } from '#app/features/telemetry/layers.ts';
import type { TimeState } from '#app/features/telemetry/store/sample-state.ts';

export type NaiveSample = { atS: number; state: TimeState; isRead: boolean; hashrateThs: number | null; powerW: number | null };

type Sums = {
  samples: number;
  failedSamples: number;
  hashingS: number;
  curtailedS: number;
  plannedS: number;
  faultyS: number;
  unknownS: number;
  readS: number;
  hashedTh: number;
  deliveredTh: number;
  machineKwh: number;
  ratedKwh: number;
  powerKnownS: number;
};

const blank = (): Sums => ({
  samples: 0,
  failedSamples: 0,
  hashingS: 0,
  curtailedS: 0,
  plannedS: 0,
  faultyS: 0,
  unknownS: 0,
  readS: 0,
  hashedTh: 0,
  deliveredTh: 0,
  machineKwh: 0,
  ratedKwh: 0,
  powerKnownS: 0,
});

export type Rating = { ratedThs: number; ratedW: number };

/** What each slot of [fromS, toS) comes to for one machine, by the slot's first second. */
export function rollUpNaively(
  samples: readonly NaiveSample[],
  cadenceS: number,
  { ratedThs, ratedW }: Rating,
  fromS: number,
  toS: number,
): Map<number, Sums> {
  const sorted = [...samples].sort((one, other) => one.atS - other.atS);
  const seconds = new Map<number, NaiveSample>();
  sorted.forEach((sample, index) => {
    const next = sorted[index + 1];
    // A hole of more than two and a half cadences: the sample speaks for one cadence.
    const isClose = next !== undefined && next.atS - sample.atS <= 2.5 * cadenceS;
    // But for a silence that was announced: eight cadences, ten minutes at most, and one and a half more.
    const isAnnounced = !sample.isRead && (sample.state === 'curtailed' || sample.state === 'planned');
    const longestS = Math.max(cadenceS, Math.min(8 * cadenceS, 600)) + 1.5 * cadenceS;
    const spokenS = isAnnounced ? Math.min(next?.atS ?? Number.POSITIVE_INFINITY, sample.atS + longestS) : sample.atS + cadenceS;
    const endS = isClose ? next.atS : spokenS;
    for (let second = sample.atS; second < endS; second += 1) seconds.set(second, sample);
  });
  const slots = new Map<number, Sums>();
  for (let slotS = fromS; slotS < toS; slotS += SLOT_S) {
    const sums = blank();
    for (let second = slotS; second < slotS + SLOT_S; second += 1) addSecond(sums, seconds.get(second), ratedW);
    sums.deliveredTh = Math.min(sums.hashedTh, ratedThs * sums.hashingS);
    for (const { atS, isRead } of sorted) {
      if (atS < slotS || atS >= slotS + SLOT_S) continue;
      sums.samples += 1;
      if (!isRead) sums.failedSamples += 1;
    }
    slots.set(slotS, sums);
  }
  return slots;
}

function addSecond(sums: Sums, sample: NaiveSample | undefined, ratedW: number): void {
  const state = sample?.state ?? 'unknown';
  sums[`${state}S`] += 1;
  if (!sample) return;
  if (sample.isRead && state !== 'unknown') sums.readS += 1;
  if (state === 'hashing') sums.hashedTh += sample.hashrateThs ?? 0;
  if (sample.powerW !== null) {
    sums.machineKwh += sample.powerW / 3.6e6;
    sums.powerKnownS += 1;
  } else if (state === 'hashing') {
    sums.ratedKwh += ratedW / 3.6e6;
    sums.powerKnownS += 1;
  }
}

export function addUp(all: Iterable<Sums>): Sums {
  const total = blank();
  for (const sums of all) for (const name of Object.keys(total) as (keyof Sums)[]) total[name] += sums[name];
  return total;
}

/** What a counter grew by in [fromS, toS): from each reading that has it to the next that has it, where these are not further apart than `reachS`. Null: not counted. */
export function countNaively(
  samples: readonly { atS: number; counter: number | null }[],
  reachS: number,
  fromS: number,
  toS: number,
): number | null {
  let grown: number | null = null;
  let last: { atS: number; counter: number } | null = null;
  for (const { atS, counter } of [...samples].sort((one, other) => one.atS - other.atS)) {
    if (counter === null) continue;
    if (last !== null && atS - last.atS <= reachS && atS >= fromS && atS < toS) {
      grown = (grown ?? 0) + (counter >= last.counter ? counter - last.counter : counter);
    }
    last = { atS, counter };
  }
  return grown;
}
