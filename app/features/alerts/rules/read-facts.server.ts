/** From a reading and its stored sample to the facts that the rules judge. Pure; apart from the facts because it knows the drivers' words. */
import { OBSERVATIONS, TROUBLES } from '#app/features/telemetry/store/sample-state.ts';
import type { MachineReading } from '#collectors/cgminer/reading.ts';
import type { Board, MachineSnapshot } from '#collectors/cgminer/snapshot.ts';
import { type Facts, type JudgedSample, toPoolHost } from './facts.ts';

const NOT_KEPT = {
  boardsDead: null,
  chipsMissing: null,
  mode: null,
  firmware: null,
  poolHost: null,
  poolHosts: [],
  targetThs: null,
  worker: null,
  clockSkewS: null,
} as const;

export function toFacts(reading: MachineReading, sample: JudgedSample): Facts {
  const own = { ...sample, observation: OBSERVATIONS[sample.observation] ?? 'unknown', trouble: TROUBLES[sample.trouble] ?? 'none' };
  return { ...own, ...(reading.kind === 'read' ? readSnapshot(reading.snapshot) : NOT_KEPT), announced: null };
}

function readSnapshot(snapshot: MachineSnapshot): Pick<Facts, keyof typeof NOT_KEPT> {
  const pool = snapshot.pools.find(({ position }) => position === snapshot.activePool);
  return {
    boardsDead: countDead(snapshot.boards),
    chipsMissing: countMissing(snapshot.boards),
    mode: snapshot.mode,
    // The name of the firmware is no version: in the place of one that was not told this time it would pass for a change.
    firmware: snapshot.firmwareVersion,
    poolHost: pool === undefined ? null : toPoolHost(pool.url),
    poolHosts: [...new Set(snapshot.pools.flatMap(({ url, isDeveloperFee }) => (isDeveloperFee ? [] : (toPoolHost(url) ?? []))))],
    targetThs: snapshot.ratedHashrateThs,
    worker: pool?.worker ?? null,
    clockSkewS: snapshot.clockSkewS,
  };
}

/** Null: no board tells anything. */
function countDead(boards: readonly Board[]): number | null {
  let dead = 0;
  let isKnown = false;
  const hashesSomewhere = boards.some(({ hashrateThs }) => hashrateThs !== null && hashrateThs > 0);
  for (const { isAlive, hashrateThs } of boards) {
    if (isAlive === null && hashrateThs === null) continue;
    isKnown = true;
    if (isAlive === false || (hashesSomewhere && hashrateThs === 0)) dead += 1;
  }
  return isKnown ? dead : null;
}

function countMissing(boards: readonly Board[]): number | null {
  let missing: number | null = null;
  for (const { chips, ratedChips } of boards) {
    if (chips !== null && ratedChips !== null && ratedChips > 0) missing = (missing ?? 0) + Math.max(0, ratedChips - chips);
  }
  return missing;
}
