/**
 * Energy by quarters of an hour out of the readings of a register, which counts on and is never set back but by accident. A quarter is known when it was read at both
 * of its ends and nothing in between says that the counter was disturbed; of every other it is not known what was used, however much the register says later. Pure.
 */
import { MAX_QUARTER_KWH } from '#app/features/telemetry/energy/meter-readings.ts';
import type { MeterQuarter } from '#app/features/telemetry/energy/store-meter.server.ts';
import { QUARTER_S } from '../layers.ts';

/** 10 GW over eleven years. */
export const MAX_REGISTER_KWH = 1e12;
/** So many values are needed to tell a register from what was used. */
const REGISTER_ROWS = 24;
/** A register has counted much more than it counts in a quarter. */
const REGISTER_OVER_STEP = 20;
/** A register falls when it is reset or runs over, what is used falls every other time. */
const MOST_FALLS_RATIO = 0.1;
const FEW_FALLS_RATIO = 0.01;
const QUARTER_MS = QUARTER_S * 1000;
/** Differences of figures with three decimals or fewer leave digits behind that nobody read. */
const STEPS_PER_KWH = 1e6;

/** What the register showed, kWh, at a moment; `line` of the file. */
export type RegisterReading = { startMs: number; value: number; line: number };

/** `register_fell`: less than before. `register_leapt`: up to or from readings that are none. `register_step`: more than a quarter can hold. */
export type RegisterFault = 'register_fell' | 'register_leapt' | 'register_step';

export type RegisterQuarters = {
  quarters: MeterQuarter[];
  /** Readings that end no quarter: the first, those between the quarters, and those behind a gap. */
  unpaired: number;
  /** readings = quarters + unpaired + faults. */
  faults: { reading: RegisterReading; code: RegisterFault }[];
};

/** Energy, kWh, of every quarter that was read at both ends. Readings ascend in time, no moment twice. */
export function toQuarters(readings: readonly RegisterReading[]): RegisterQuarters {
  const broken = findBrokenSteps(readings.map(({ value }) => value));
  const result: RegisterQuarters = { quarters: [], unpaired: 0, faults: [] };
  // Readings at :00, :15, :30 and :45 since the last disturbance, by their moment.
  let opened: RegisterReading | null = null;
  for (const [index, reading] of readings.entries()) {
    const code = broken.get(index);
    if (code !== undefined) {
      result.faults.push({ reading, code });
      opened = null;
    }
    const opens = reading.startMs % QUARTER_MS === 0;
    if (code === undefined) {
      const energyKwh = opens && opened !== null && opened.startMs + QUARTER_MS === reading.startMs ? difference(opened, reading) : null;
      if (energyKwh === null) result.unpaired++;
      else if (energyKwh > MAX_QUARTER_KWH) result.faults.push({ reading, code: 'register_step' });
      else result.quarters.push({ atS: (reading.startMs - QUARTER_MS) / 1000, energyKwh });
    }
    if (opens) opened = reading;
  }
  return result;
}

const difference = (from: RegisterReading, to: RegisterReading) => Math.round((to.value - from.value) * STEPS_PER_KWH) / STEPS_PER_KWH;

/**
 * Places of readings up to which nobody knows what was used. A fall is one. Where the register comes back to where it was in one leap, it was misread and not reset:
 * nothing from the fall to the leap is known. So too where it leapt up before it fell back. O(falls × readings).
 */
function findBrokenSteps(values: readonly number[]): Map<number, RegisterFault> {
  const broken = new Map<number, RegisterFault>();
  const breakSteps = (from: number, to: number) => {
    for (let index = from; index <= to; index++) if (!broken.has(index)) broken.set(index, 'register_leapt');
  };
  for (let fall = 1; fall < values.length; fall++) {
    const [high, low] = [values[fall - 1]!, values[fall]!];
    if (low >= high) continue;
    broken.set(fall, 'register_fell');
    let back = fall + 1;
    while (back < values.length && values[back]! < high) back++;
    if (back < values.length && isLeap(values[back - 1]!, values[back]!, low)) breakSteps(fall, back);
    let base = fall - 2;
    while (base >= 0 && values[base]! > low) base--;
    if (base >= 0 && isLeap(values[base]!, values[base + 1]!, values[base]!, high)) breakSteps(base + 1, fall);
  }
  return broken;
}

/** More than half of the way from `low` to `high` in one step. */
const isLeap = (from: number, to: number, low: number, high = to) => to - from > (high - low) / 2;

const countFalls = (values: readonly number[]) => values.filter((value, index) => index > 0 && value < values[index - 1]!).length;

/** Whether values in the order of time count on: hardly one falls, and the first is far above what each adds. */
export function countsOn(values: readonly number[]): boolean {
  if (values.length < REGISTER_ROWS || countFalls(values) > Math.max(1, values.length * FEW_FALLS_RATIO)) return false;
  const rises = values.flatMap((value, index) => (index > 0 && value > values[index - 1]! ? [value - values[index - 1]!] : []));
  const middle = rises.sort((one, other) => one - other)[Math.floor(rises.length / 2)];
  return middle !== undefined && values[0]! > REGISTER_OVER_STEP * middle;
}

/** Whether values that are said to be a register's fall as no register does. */
export const fallsTooOften = (values: readonly number[]): boolean => countFalls(values) > Math.max(1, values.length * MOST_FALLS_RATIO);
