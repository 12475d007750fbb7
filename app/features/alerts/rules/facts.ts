/** What the rules look at of one reading, in one flat shape, so that a stored sample can be judged like a fresh one. Pure. */
import type { Announcement, Observation, SampleTrouble } from '#app/features/telemetry/sample-state.ts';
import { OBSERVATIONS, TROUBLES } from '#app/features/telemetry/sample-state.ts';
import type { MachineReading } from '#collectors/cgminer/reading.ts';
import type { Board, MachineSnapshot } from '#collectors/cgminer/snapshot.ts';

/** The part of telemetry's sample that rules need; its `Sample` has all of it. */
export type SampleFigures = {
  atS: number;
  observation: number;
  trouble: number;
  hashrateThs: number | null;
  acceptedShares: number | null;
  rejectedShares: number | null;
  hardwareErrors: number | null;
  uptimeS: number | null;
  chipTemperatureC: number | null;
  boardTemperatureC: number | null;
  fanRpm: number | null;
  boardsAlive: number | null;
  chips: number | null;
};

/** Null: not reported, or not kept in the history. */
export type Facts = Omit<SampleFigures, 'observation' | 'trouble'> & {
  observation: Observation;
  trouble: SampleTrouble;
  /** Boards that the firmware says do not work, or that stand at zero while another hashes. */
  boardsDead: number | null;
  /** Chips that the boards should have, of boards that tell both figures. */
  chipsMissing: number | null;
  mode: string | null;
  firmware: string | null;
  /** Host of the pool that is mined on, without port. */
  poolHost: string | null;
  worker: string | null;
  clockSkewS: number | null;
  /** Of a sample of the history: what had been announced then. Null: as the machine stands now. */
  announced: Announcement | null;
};

const NOT_KEPT = {
  boardsDead: null,
  chipsMissing: null,
  mode: null,
  firmware: null,
  poolHost: null,
  worker: null,
  clockSkewS: null,
} as const;

export function toFacts(reading: MachineReading, sample: SampleFigures): Facts {
  const own = { ...sample, observation: OBSERVATIONS[sample.observation] ?? 'unknown', trouble: TROUBLES[sample.trouble] ?? 'none' };
  return { ...own, ...(reading.kind === 'read' ? readSnapshot(reading.snapshot) : NOT_KEPT), announced: null };
}

function readSnapshot(snapshot: MachineSnapshot): Pick<Facts, keyof typeof NOT_KEPT> {
  const pool = snapshot.pools.find(({ position }) => position === snapshot.activePool);
  return {
    boardsDead: countDead(snapshot.boards),
    chipsMissing: countMissing(snapshot.boards),
    mode: snapshot.mode,
    firmware: snapshot.firmwareVersion ?? snapshot.firmware,
    poolHost: pool === undefined ? null : toPoolHost(pool.url),
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

/** `stratum+tcp://Btc.Pool.example:3333/x` as `btc.pool.example`. Null for an empty address. */
export function toPoolHost(url: string): string | null {
  const host = url
    .trim()
    .toLowerCase()
    .replace(/^[a-z0-9+.-]+:\/\//, '')
    .replace(/[/?#].*$/, '')
    .replace(/^.*@/, '')
    .replace(/:\d+$/, '');
  return host === '' ? null : host;
}
