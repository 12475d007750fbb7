/** One reading in the few figures that are kept of every minute. Boards, fans and pools in full stand in the live state only. Pure. */
import type { MachineReading } from '#collectors/cgminer/reading.ts';
import type { Board, Fan, MachineSnapshot } from '#collectors/cgminer/snapshot.ts';
import type { SampleFigures } from './sample-figures.ts';
import { OBSERVATIONS, type Observation, TROUBLES } from './sample-state.ts';

/** Widest numbers of the columns; a figure beyond them is not one of a miner and becomes null. */
const MAX_INT2 = 32_767;
const MAX_INT4 = 2_147_483_647;
const MAX_REAL = 1e9;

export type Sample = SampleFigures & {
  /** Seconds since 1970, cut, by the collector's clock. */
  atS: number;
  /** Place in OBSERVATIONS. */
  observation: number;
  /** Place in TROUBLES. */
  trouble: number;
};

const whole = (value: number | null, max: number): number | null =>
  value === null || !Number.isFinite(value) || Math.abs(value) > max ? null : Math.round(value);

/** Nothing is counted below zero. */
const counted = (value: number | null): number | null => (value === null || value < 0 ? null : whole(value, MAX_INT4));

/** Hash rates and powers below zero are no measurement. */
const amount = (value: number | null): number | null =>
  value === null || !Number.isFinite(value) || value < 0 || value > MAX_REAL ? null : value;

/** The greatest of the machine's own figure and those of its boards; null when none is known. */
function hottest(own: number | null, boards: readonly Board[], pick: (board: Board) => number | null): number | null {
  let most = own;
  for (const board of boards) {
    const value = pick(board);
    if (value !== null && (most === null || value > most)) most = value;
  }
  return most;
}

function slowest(fans: readonly Fan[]): number | null {
  let least: number | null = null;
  for (const { speedRpm } of fans) if (speedRpm !== null && (least === null || speedRpm < least)) least = speedRpm;
  return least;
}

/** Sum of what is known; null when nothing is. */
function sum(boards: readonly Board[], pick: (board: Board) => number | null): number | null {
  let total: number | null = null;
  for (const board of boards) {
    const value = pick(board);
    if (value !== null) total = (total ?? 0) + value;
  }
  return total;
}

function toFigures(snapshot: MachineSnapshot): SampleFigures {
  const { boards } = snapshot;
  return {
    hashrateThs: amount(snapshot.hashrateThs ?? snapshot.hashrate5mThs),
    powerW: amount(snapshot.powerW),
    acceptedShares: counted(snapshot.acceptedShares),
    rejectedShares: counted(snapshot.rejectedShares),
    hardwareErrors: counted(snapshot.hardwareErrors),
    uptimeS: whole(snapshot.uptimeS, MAX_INT4),
    chipTemperatureC: whole(
      hottest(snapshot.chipTemperatureC, boards, (board) => board.chipTemperatureC),
      MAX_INT2,
    ),
    boardTemperatureC: whole(
      hottest(snapshot.boardTemperatureC, boards, (board) => board.boardTemperatureC),
      MAX_INT2,
    ),
    inletTemperatureC: whole(snapshot.inletTemperatureC, MAX_INT2),
    fanRpm: whole(slowest(snapshot.fans), MAX_INT2),
    boardsAlive: sum(boards, ({ isAlive }) => (isAlive === null ? null : Number(isAlive))),
    chips: whole(
      sum(boards, (board) => board.chips),
      MAX_INT2,
    ),
  };
}

const NOTHING: SampleFigures = {
  hashrateThs: null,
  powerW: null,
  acceptedShares: null,
  rejectedShares: null,
  hardwareErrors: null,
  uptimeS: null,
  chipTemperatureC: null,
  boardTemperatureC: null,
  inletTemperatureC: null,
  fanRpm: null,
  boardsAlive: null,
  chips: null,
};

/** A failed reading is a sample too: of a time at which nothing is known. A machine that hashes at a rate it does not tell is unknown, not zero. */
export function toSample(reading: MachineReading): Sample {
  if (reading.kind === 'failed') {
    return {
      ...NOTHING,
      atS: Math.floor(reading.observedAtMs / 1000),
      observation: OBSERVATIONS.indexOf('failed'),
      trouble: TROUBLES.indexOf(reading.trouble),
    };
  }
  const figures = toFigures(reading.snapshot);
  const { state, observedAtMs } = reading.snapshot;
  const observation: Observation = state === 'hashing' && figures.hashrateThs === null ? 'unknown' : state;
  return { ...figures, atS: Math.floor(observedAtMs / 1000), observation: OBSERVATIONS.indexOf(observation), trouble: 0 };
}
