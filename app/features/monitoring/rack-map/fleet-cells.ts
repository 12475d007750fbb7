/** What is shown of many machines at once: one column for each figure, so that six thousand cells are drawn and brought up to date without objects. Pure. */
import { TIME_STATES, type TimeState } from '#app/features/telemetry/store/sample-state.ts';

/** Places of the same machine in every column. Null: not known. */
export type FleetCells = {
  /** A silent machine is asked less often: so long an announced curtailment or maintenance explains that nothing was read, s. */
  silenceS: number;
  /** `machines.number`, ascending. */
  numbers: number[];
  /** When it was last asked, seconds since 1970; null: never. */
  atS: (number | null)[];
  /** As it was at `atS`. */
  states: (TimeState | null)[];
  hashrateThs: (number | null)[];
  powerW: (number | null)[];
  chipTemperatureC: (number | null)[];
  ratedHashrateThs: (number | null)[];
  /** Places in `racks` of the layout; null: in no rack. */
  racks: (number | null)[];
  rackRows: (number | null)[];
  rackColumns: (number | null)[];
};

/** The event `cells` of the live stream: what changed since the last one. */
export type CellsEvent = {
  atS: number;
  numbers: number[];
  /** Codes of TIME_STATES, 1 to 5. */
  states: number[];
  hashrateThs: (number | null)[];
  powerW: (number | null)[];
  chipTemperatureC: (number | null)[];
};

/** State and figures count as long as they are not older than `gapS`; then nobody knows. */
export function isStale(atS: number | null, nowS: number, gapS: number): boolean {
  return atS === null || nowS - atS > gapS;
}

/** The state that may be shown now. */
export function readState(cells: FleetCells, index: number, nowS: number, gapS: number): TimeState {
  const state = cells.states[index] ?? 'unknown';
  const isAnnounced = state === 'curtailed' || state === 'planned';
  const isSilent = cells.hashrateThs[index] == null && cells.powerW[index] == null && cells.chipTemperatureC[index] == null;
  const heldS = isAnnounced && isSilent ? Math.max(gapS, cells.silenceS) : gapS;
  return isStale(cells.atS[index] ?? null, nowS, heldS) ? 'unknown' : state;
}

/** Puts an event into the columns. Machines that are not among them are not the reader's, or came later; how many these were is given back. */
export function mergeEvent(cells: FleetCells, places: ReadonlyMap<number, number>, event: CellsEvent): number {
  let strangers = 0;
  event.numbers.forEach((number, from) => {
    const at = places.get(number);
    if (at === undefined) {
      strangers += 1;
      return;
    }
    // Events may come twice after a broken connection; an older one never takes back a newer one.
    if ((cells.atS[at] ?? 0) > event.atS) return;
    cells.atS[at] = event.atS;
    cells.states[at] = TIME_STATES[(event.states[from] ?? 0) - 1] ?? null;
    cells.hashrateThs[at] = event.hashrateThs[from] ?? null;
    cells.powerW[at] = event.powerW[from] ?? null;
    cells.chipTemperatureC[at] = event.chipTemperatureC[from] ?? null;
  });
  return strangers;
}

export type FleetNow = {
  machines: number;
  byState: Record<TimeState, number>;
  /** Sum of what is known now, TH/s; null: of no machine. */
  hashrateThs: number | null;
  /** Sum of what machines report now, W; null: none does. */
  powerW: number | null;
  /** Machines whose power is in the sum. */
  powerKnown: number;
  /** W over TH/s of the machines of which both are known, J/TH; null: none hashes with a known power. */
  efficiencyJPerTh: number | null;
  /** Newest sample, seconds since 1970; null: never. */
  lastS: number | null;
};

const NONE: Record<TimeState, number> = { hashing: 0, curtailed: 0, planned: 0, faulty: 0, unknown: 0 };

const plus = (sum: number | null, value: number) => (sum ?? 0) + value;

/** Sums over the machines at `indexes`, or over all. What is stale is in the count of the unknown and in no sum. */
export function summariseCells(cells: FleetCells, nowS: number, gapS: number, indexes: readonly number[] | null = null): FleetNow {
  const byState = { ...NONE };
  let hashrateThs: number | null = null;
  let powerW: number | null = null;
  let powerKnown = 0;
  let pairedThs = 0;
  let pairedW = 0;
  let lastS: number | null = null;
  const count = indexes?.length ?? cells.numbers.length;
  for (let place = 0; place < count; place++) {
    const index = indexes === null ? place : (indexes[place] ?? 0);
    const atS = cells.atS[index] ?? null;
    if (atS !== null && (lastS === null || atS > lastS)) lastS = atS;
    byState[readState(cells, index, nowS, gapS)] += 1;
    if (isStale(atS, nowS, gapS)) continue;
    const ths = cells.hashrateThs[index] ?? null;
    const watts = cells.powerW[index] ?? null;
    if (ths !== null) hashrateThs = plus(hashrateThs, ths);
    if (watts !== null) {
      powerW = plus(powerW, watts);
      powerKnown += 1;
    }
    if (ths !== null && watts !== null && ths > 0) {
      pairedThs += ths;
      pairedW += watts;
    }
  }
  return {
    machines: count,
    byState,
    hashrateThs,
    powerW,
    powerKnown,
    efficiencyJPerTh: pairedThs > 0 ? pairedW / pairedThs : null,
    lastS,
  };
}

/**
 * Places of the machines that lose most now: rated less actual hash rate, greatest first. Who is curtailed or being worked on loses nothing that was expected, of whom
 * nothing is known nobody can tell, and without a rating there is no loss to name.
 */
export function findWorst(cells: FleetCells, nowS: number, gapS: number, take: number): { index: number; lostThs: number }[] {
  const lost: { index: number; lostThs: number }[] = [];
  for (let index = 0; index < cells.numbers.length; index++) {
    const state = readState(cells, index, nowS, gapS);
    const ratedThs = cells.ratedHashrateThs[index] ?? null;
    const actualThs = cells.hashrateThs[index] ?? (state === 'faulty' ? 0 : null);
    if ((state !== 'hashing' && state !== 'faulty') || ratedThs === null || actualThs === null) continue;
    // A miner's short average moves by some percent around its rating.
    if (actualThs < ratedThs * NOTEWORTHY_RATIO) lost.push({ index, lostThs: ratedThs - actualThs });
  }
  return lost.sort((one, other) => other.lostThs - one.lostThs || one.index - other.index).slice(0, take);
}

/** Below this share of its rating a machine is named. */
const NOTEWORTHY_RATIO = 0.9;
