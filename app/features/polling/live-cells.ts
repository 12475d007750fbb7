/** How machines are, as it is sent to everybody who looks: columns, because six thousand objects would say six thousand times what they are called. Pure. */

/** Machines of one event. */
export const MAX_CELLS = 1_000;

export type LiveCells = {
  /** When the newest of them was read, seconds since 1970. */
  atS: number;
  /** `machines.number`. */
  numbers: number[];
  /** Codes of telemetry's states (`toStateCode`): 1 hashing, 2 curtailed, 3 planned, 4 faulty, 5 unknown. */
  states: number[];
  hashrateThs: (number | null)[];
  powerW: (number | null)[];
  /** Hottest of the machine. */
  chipTemperatureC: (number | null)[];
};

export type LiveCell = {
  machineNumber: number;
  atS: number;
  /** As `toStateCode` gives it. */
  state: number;
  hashrateThs: number | null;
  powerW: number | null;
  chipTemperatureC: number | null;
};

/** One decimal of a terahash is more than machines are sure of. */
const tenth = (value: number | null) => (value === null ? null : Math.round(value * 10) / 10);
const whole = (value: number | null) => (value === null ? null : Math.round(value));

/** Events with at most 1,000 machines each; of a machine that is there twice, the newer. */
export function toLiveCells(cells: readonly LiveCell[]): LiveCells[] {
  const newest = new Map<number, LiveCell>();
  for (const cell of cells) {
    const known = newest.get(cell.machineNumber);
    if (known === undefined || cell.atS >= known.atS) newest.set(cell.machineNumber, cell);
  }
  const rows = [...newest.values()];
  const events: LiveCells[] = [];
  for (let start = 0; start < rows.length; start += MAX_CELLS) {
    const slice = rows.slice(start, start + MAX_CELLS);
    events.push({
      atS: slice.reduce((latest, { atS }) => Math.max(latest, atS), 0),
      numbers: slice.map(({ machineNumber }) => machineNumber),
      states: slice.map(({ state }) => state),
      hashrateThs: slice.map(({ hashrateThs }) => tenth(hashrateThs)),
      powerW: slice.map(({ powerW }) => whole(powerW)),
      chipTemperatureC: slice.map(({ chipTemperatureC }) => chipTemperatureC),
    });
  }
  return events;
}

/** The machines among them that a reader may see; null: none. */
export function pickCells(cells: LiveCells, isSeen: (machineNumber: number) => boolean): LiveCells | null {
  const places = cells.numbers.flatMap((number, place) => (isSeen(number) ? [place] : []));
  if (places.length === 0) return null;
  if (places.length === cells.numbers.length) return cells;
  const pick = <T>(column: readonly T[]) => places.map((place) => column[place] as T);
  return {
    atS: cells.atS,
    numbers: pick(cells.numbers),
    states: pick(cells.states),
    hashrateThs: pick(cells.hashrateThs),
    powerW: pick(cells.powerW),
    chipTemperatureC: pick(cells.chipTemperatureC),
  };
}
