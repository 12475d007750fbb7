/** Values of a table put to the instants they are of: prices of exchanges, readings of meters. What cannot be placed or believed is named and left out. Pure. */
import { isNothing } from './read-number.ts';
import { tellRepeatedHours } from './repeated-hour.ts';
import { createWallClock, type WallClock } from './wall-clock.ts';

const MINUTE_MS = 60_000;
const SHOWN_CHARS = 40;

export type RowFaultCode =
  | 'columns'
  | 'not_a_time'
  | 'no_such_time'
  | 'ambiguous_time'
  | 'off_grid'
  | 'in_future'
  | 'not_a_number'
  | 'out_of_range'
  | 'duplicate_differs';
/** `line` of the file, from 1; `value` as it stands there. */
export type RowFault = { line: number; code: RowFaultCode; value: string };

/** One value as it stands in the file. `wall`: local time its interval begins or ends; `isRepeated`: said to be the second time, `null`: not said. */
export type TimedCell = {
  line: number;
  time: { kind: 'wall' | 'instant'; ms: number; isEnd: boolean } | null;
  timeText: string;
  isRepeated: boolean | null;
  valueText: string;
  value: number | null;
  hasAllColumns: boolean;
  /** The row itself does not say which hour it is. */
  isUnclear: boolean;
};

export type PlaceSettings = {
  /** IANA name of the zone that local times are in. */
  timeZone: string;
  /** Length of an interval; each begins at a whole multiple of it. */
  stepMs: number;
  /** What begins later is in the future. */
  latestMs: number;
  /** `null`: beyond what can be believed. */
  convert(value: number): number | null;
};

export type Placed = {
  /** Ascending, no interval twice. */
  placed: { startMs: number; value: number; line: number }[];
  refused: RowFault[];
  /** Cells that say there is no value. */
  blanks: number;
  /** Rows that said again what a row before had said. */
  repeats: number;
  /** Every beginning that was read, on the grid or not. */
  starts: number[];
};

export function placeCells(cells: readonly TimedCell[], { timeZone, stepMs, latestMs, convert }: PlaceSettings): Placed {
  const clock = createWallClock(timeZone);
  const found = new Map<number, { value: number; line: number }>();
  const result: Placed = { placed: [], refused: [], blanks: 0, repeats: 0, starts: [] };
  const refuse = ({ line }: TimedCell, code: RowFaultCode, value: string) =>
    void result.refused.push({ line, code, value: value.slice(0, SHOWN_CHARS) });
  const timed = cells.map((cell) => ({ instants: findInstants(cell, clock, stepMs), isSaid: cell.isRepeated !== null }));
  const told = tellRepeatedHours(timed);
  for (const [index, cell] of cells.entries()) {
    const { instants } = timed[index]!;
    // A column for an hour that the day does not have is left empty.
    if (cell.value === null && isNothing(cell.valueText)) {
      result.starts.push(...instants.slice(0, 1));
      if (instants.length > 0) result.blanks++;
      continue;
    }
    if (!cell.hasAllColumns) refuse(cell, 'columns', cell.timeText);
    else if (cell.isUnclear) refuse(cell, 'ambiguous_time', cell.timeText);
    else if (cell.time === null) refuse(cell, 'not_a_time', cell.timeText);
    else {
      const startMs = findStart(cell, instants, told.get(index));
      if (typeof startMs === 'number') result.starts.push(startMs);
      if (typeof startMs !== 'number') refuse(cell, startMs, cell.timeText);
      else if (startMs % stepMs !== 0) refuse(cell, 'off_grid', cell.timeText);
      else if (startMs > latestMs) refuse(cell, 'in_future', cell.timeText);
      else if (cell.value === null) refuse(cell, 'not_a_number', cell.valueText);
      else {
        const value = convert(cell.value);
        const before = found.get(startMs);
        if (value === null) refuse(cell, 'out_of_range', cell.valueText);
        else if (before === undefined) found.set(startMs, { value, line: cell.line });
        else if (before.value === value) result.repeats++;
        else refuse(cell, 'duplicate_differs', cell.timeText);
      }
    }
  }
  result.placed = [...found].map(([startMs, one]) => ({ startMs, ...one })).sort((a, b) => a.startMs - b.startMs);
  return result;
}

function findInstants({ time, isRepeated }: TimedCell, clock: WallClock, stepMs: number): readonly number[] {
  if (time === null) return [];
  const backMs = time.isEnd ? stepMs : 0;
  if (time.kind === 'instant') return [time.ms - backMs];
  const begun = clock.instantsOf(time.ms - backMs);
  // The hour before the clock is set forward ends at three and begins at one: a beginning that the clock skips is reckoned from the end.
  const instants = begun.length === 0 && time.isEnd ? clock.instantsOf(time.ms).map((endMs) => endMs - stepMs) : begun;
  // A column of a repeated hour has no hour on other days.
  return isRepeated === true && instants.length === 1 ? [] : instants;
}

function findStart({ isRepeated }: TimedCell, [first, second]: readonly number[], told: number | undefined): number | RowFaultCode {
  if (first === undefined) return 'no_such_time';
  if (second === undefined) return first;
  if (isRepeated !== null) return isRepeated ? second : first;
  return told ?? 'ambiguous_time';
}

/** The commonest time between two beginnings, minutes; `null` when there are too few to tell. */
export function findStepMinutes(starts: readonly number[]): number | null {
  const sorted = [...new Set(starts)].sort((a, b) => a - b);
  if (sorted.length < 3) return null;
  const counts = new Map<number, number>();
  for (let index = 1; index < sorted.length; index++) {
    const step = (sorted[index]! - sorted[index - 1]!) / MINUTE_MS;
    counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  return [...counts].reduce((commonest, one) => (one[1] > commonest[1] ? one : commonest))[0];
}
