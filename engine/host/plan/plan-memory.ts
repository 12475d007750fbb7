/** Writes a lattice problem into the module's arena: figures, units, blocks, coarse fleet, locks and coupling rows. The map is engine/assembly/plan/layout.ts. */
import type { LatticeMachine, LatticeProblem } from './lattice.ts';
import type { PlanExports } from './plan-exports.ts';
import type { FleetUnits } from './units.ts';
import { arrangeUnits } from './units.ts';

const FIELD = {
  power: 0,
  hashrate: 5,
  boot: 9,
  restart: 13,
  restartKept: 14,
  count: 15,
  wasOn: 16,
  wasOff: 17,
  client: 18,
  lock: 19,
  maxStarts: 20,
  block: 21,
  value: 22,
} as const;
export const VALUE_FIELD = FIELD.value;
const IMPOSSIBLE = -1e30;
export const NO_LIMIT = 1e300;
/** Sums of one unit over a horizon stay below 2^52, differences of two of them below 2^53: every step of the recursion is exact in f64. */
const EXACT_LIMIT = 2 ** 52;

export type RowKind = 'cap' | 'client' | 'takeOrPay' | 'peak' | 'rampUp' | 'rampDown';
export const ROW_KINDS: readonly RowKind[] = ['cap', 'client', 'takeOrPay', 'peak', 'rampUp', 'rampDown'];
export type Row = { kind: RowKind; owner: number; interval: number; limit: number; upper: number; scale: number };

export type PlanViews = {
  f64: (pointer: number, length: number) => Float64Array;
  i32: (pointer: number, length: number) => Int32Array;
  u8: (pointer: number, length: number) => Uint8Array;
  i64: (pointer: number, length: number) => BigInt64Array;
};

export function viewsOf(wasm: PlanExports): PlanViews {
  const { buffer } = wasm.memory;
  return {
    f64: (pointer, length) => new Float64Array(buffer, pointer, length),
    i32: (pointer, length) => new Int32Array(buffer, pointer, length),
    u8: (pointer, length) => new Uint8Array(buffer, pointer, length),
    i64: (pointer, length) => new BigInt64Array(buffer, pointer, length),
  };
}

/** Place in TERMS of the peak the plan may reach; the two after it are the peak of the bound, from and to. */
export const TERM_PEAK_ALLOWED = 4;

/** Not yet in the arena. */
export type PlanLayout = { units: FleetUnits; rows: Row[] };
export type LoadedPlan = { problem: LatticeProblem; units: FleetUnits; rows: Row[]; modes: number };

/** Modes of the machine padded to the fleet's by repeating the last: a repeated mode never beats the one before it. `at`: the unit's lane. */
function writeUnit(pairs: Float64Array, at: number, machine: LatticeMachine, modes: number, pattern: number, maxStarts: number): void {
  const { powerW, hashrateGhs, bootGhs } = machine;
  const last = powerW.length - 1;
  pairs[at + FIELD.power * 2] = powerW[0]!;
  for (let mode = 1; mode <= modes; mode++) {
    const own = mode < last ? mode : last;
    pairs[at + (FIELD.power + mode) * 2] = powerW[own]!;
    pairs[at + (FIELD.hashrate - 1 + mode) * 2] = hashrateGhs[own]!;
    pairs[at + (FIELD.boot - 1 + mode) * 2] = bootGhs[own]!;
  }
  pairs[at + FIELD.restart * 2] = machine.restartUnits;
  pairs[at + FIELD.restartKept * 2] = machine.restartUnits;
  pairs[at + FIELD.count * 2] = 1;
  pairs[at + FIELD.wasOn * 2] = machine.initial === 'off' ? IMPOSSIBLE : 0;
  pairs[at + FIELD.wasOff * 2] = machine.initial === 'on' ? IMPOSSIBLE : 0;
  pairs[at + FIELD.client * 2] = machine.client;
  pairs[at + FIELD.lock * 2] = pattern;
  pairs[at + FIELD.maxStarts * 2] = maxStarts;
}

function writeUnits(wasm: PlanExports, views: PlanViews, problem: LatticeProblem, units: FleetUnits, modes: number): void {
  const fields = wasm.PAIR_FIELDS.value;
  const pairs = views.f64(wasm.PAIRS_PTR.value, units.pairs * fields * 2);
  pairs.fill(0);
  const half = Math.ceil(problem.intervalCount / 2);
  for (let unit = 0; unit < units.fleetUnits; unit++) {
    const at = (unit >> 1) * fields * 2 + (unit & 1);
    const index = units.machineOf[unit]!;
    if (index < 0) {
      pairs[at + FIELD.client * 2] = -1;
      pairs[at + FIELD.lock * 2] = -1;
      pairs[at + FIELD.maxStarts * 2] = -1;
      continue;
    }
    const machine = problem.machines[index]!;
    const limited = machine.maxStarts >= 0 && machine.maxStarts < half;
    writeUnit(pairs, at, machine, modes, units.patternOf[index]!, limited ? machine.maxStarts : -1);
  }
  writeCoarse(pairs, fields, units);
  const blocks = views.i32(wasm.BLOCKS_PTR.value, units.blocks.length * wasm.BLOCK_FIELDS.value);
  units.blocks.forEach((block, index) => {
    blocks.set([block.fromPair, block.toPair, block.site, block.minUp, block.minDown, block.kind], index * wasm.BLOCK_FIELDS.value);
    for (let pair = block.fromPair; pair < block.toPair; pair++) {
      pairs[pair * fields * 2 + FIELD.block * 2] = index;
      pairs[pair * fields * 2 + FIELD.block * 2 + 1] = index;
    }
  });
}

/** A coarse unit: sums of power, hash rate, boot and restart; rules of its first member. */
function writeCoarse(pairs: Float64Array, fields: number, units: FleetUnits): void {
  const laneOf = (unit: number) => (unit >> 1) * fields * 2 + (unit & 1);
  units.coarse.forEach(({ from, to }, index) => {
    const at = laneOf(units.fleetUnits + index);
    const first = laneOf(from);
    for (let field = FIELD.wasOn; field <= FIELD.maxStarts; field++)
      pairs[at + field * 2] = to > from ? pairs[first + field * 2]! : field >= FIELD.client ? -1 : 0;
    for (let unit = from; unit < to; unit++) {
      const member = laneOf(unit);
      for (let field = 0; field <= FIELD.count; field++) pairs[at + field * 2]! += pairs[member + field * 2]!;
    }
  });
}

type Sizes = { powerW: number; hashrateGhs: number; restart: number; margin: number };

/** Largest figures of the fleet, and the usual worth of a watt and interval. */
function sizeUp(problem: LatticeProblem): Sizes {
  const sizes: Sizes = { powerW: 1, hashrateGhs: 0, restart: 0, margin: 1 };
  let hashWorth = 0;
  let watts = 0;
  const hashprice = Math.max(...problem.hashpriceUnits);
  for (const { powerW, hashrateGhs, restartUnits, bootGhs, count } of problem.machines) {
    const last = powerW.length - 1;
    let boot = 0;
    for (let mode = 0; mode <= last; mode++) {
      if (powerW[mode]! > sizes.powerW) sizes.powerW = powerW[mode]!;
      if (hashrateGhs[mode]! > sizes.hashrateGhs) sizes.hashrateGhs = hashrateGhs[mode]!;
      if (bootGhs[mode]! > boot) boot = bootGhs[mode]!;
    }
    sizes.restart = Math.max(sizes.restart, restartUnits + boot * hashprice);
    hashWorth += count * hashrateGhs[last]! * hashprice;
    watts += count * powerW[last]!;
  }
  sizes.margin = Math.max(1, hashWorth / Math.max(1, watts));
  return sizes;
}

/**
 * Largest multiplier per W for which every sum of one unit stays exact; at most 0 when the problem itself leaves the lattice. What a unit can earn and spend at the
 * given prices with a start every other interval is taken off the limit first; half of the rest is for the multipliers, which add up.
 */
export function exactMultiplierLimit(problem: LatticeProblem): number {
  const { intervalCount, priceUnits, hashpriceUnits } = problem;
  const sizes = sizeUp(problem);
  const sum = (figures: readonly number[]) => figures.reduce((total, figure) => total + Math.abs(figure), 0);
  const starts = Math.ceil(intervalCount / 2);
  const own = sizes.hashrateGhs * sum(hashpriceUnits) + sizes.powerW * sum(priceUnits) + starts * sizes.restart;
  return Math.floor((EXACT_LIMIT - own) / intervalCount / sizes.powerW / 2);
}

/** The coupling rows that can bind at all. */
function listRows(problem: LatticeProblem): Row[] {
  const { intervalCount, sites, machines } = problem;
  const sizes = sizeUp(problem);
  const rows: Row[] = [];
  const mostW = sites.map(() => 0);
  let cheapestW = Number.POSITIVE_INFINITY;
  let dearest = 0;
  const hashprice = Math.max(...problem.hashpriceUnits);
  for (const { site, count, powerW, hashrateGhs } of machines) {
    let most = 0;
    for (const power of powerW) most = Math.max(most, power);
    mostW[site]! += count * most;
    for (let mode = 1; mode < powerW.length; mode++) {
      cheapestW = Math.min(cheapestW, powerW[mode]!);
      dearest = Math.max(dearest, (hashrateGhs[mode]! * hashprice) / Math.max(1, powerW[mode]!));
    }
  }
  const price = Math.max(...problem.priceUnits.map(Math.abs));
  // No watt is worth more than its hashing and the starts around it; floors may ask for more than money does.
  const natural = Math.ceil((dearest + price + (2 * sizes.restart) / Math.max(1, cheapestW)) * (problem.clients.length > 0 ? 16 : 4)) + 1;
  // Multipliers of several kinds add up on one watt: each kind that the problem has may take its share of what stays exact. Ramps count twice, once for each side of an interval.
  const kinds =
    1 +
    (sites.some(({ rampW }) => rampW !== null) ? 2 : 0) +
    (problem.clients.length > 0 ? 1 : 0) +
    (problem.takeOrPay ? 1 : 0) +
    (problem.demandCharge ? 1 : 0);
  const exact = Math.max(0, Math.floor(exactMultiplierLimit(problem) / kinds));
  const upper = Math.min(natural, exact);
  const dearestPenalty = Math.min(exact, Math.max(0, ...sites.map(({ penaltyUnits }) => penaltyUnits ?? 0)));
  sites.forEach(({ capW, penaltyUnits, rampW }, owner) => {
    for (let interval = 0; interval < intervalCount; interval++) {
      const cap = capW[interval] ?? null;
      if (cap !== null && cap < mostW[owner]!) {
        rows.push({
          kind: 'cap',
          owner,
          interval,
          limit: cap,
          // Where machines must draw, a watt of cap is worth all of its penalty, whatever it mines.
          upper: penaltyUnits === null ? upper : Math.min(exact, penaltyUnits),
          scale: sizes.margin / 2,
        });
      }
      if (rampW !== null && interval > 0 && rampW < mostW[owner]!) {
        rows.push({ kind: 'rampUp', owner, interval, limit: rampW, upper, scale: sizes.margin / 2 });
        rows.push({ kind: 'rampDown', owner, interval, limit: rampW, upper, scale: sizes.margin / 2 });
      }
    }
  });
  const typicalW = sizes.powerW * 0.6;
  problem.clients.forEach(({ minMachineIntervals }, owner) => {
    if (minMachineIntervals <= 0) return;
    rows.push({
      kind: 'client',
      owner,
      interval: 0,
      limit: minMachineIntervals,
      // An interval that is owed may cost the penalty of all it draws.
      upper: Math.max(upper * Math.ceil(typicalW), dearestPenalty * sizes.powerW),
      scale: (sizes.margin * typicalW) / 8,
    });
  });
  if (problem.takeOrPay) {
    const { minWattIntervals, unitsPerMissing } = problem.takeOrPay;
    rows.push({
      kind: 'takeOrPay',
      owner: 0,
      interval: 0,
      limit: minWattIntervals,
      upper: unitsPerMissing,
      scale: sizes.margin / 2 / Math.sqrt(intervalCount),
    });
  }
  if (problem.demandCharge) {
    const { unitsPerW, peakSoFarW } = problem.demandCharge;
    for (let interval = 0; interval < intervalCount; interval++) {
      rows.push({ kind: 'peak', owner: 0, interval, limit: peakSoFarW, upper: unitsPerW, scale: sizes.margin / 2 });
    }
  }
  return rows;
}

function writeRows(wasm: PlanExports, views: PlanViews, rows: readonly Row[]): void {
  const f64 = (pointer: number) => views.f64(pointer, Math.max(1, rows.length));
  const i32 = (pointer: number) => views.i32(pointer, Math.max(1, rows.length));
  const [kinds, owners, intervals] = [i32(wasm.ROW_KIND_PTR.value), i32(wasm.ROW_OWNER_PTR.value), i32(wasm.ROW_INTERVAL_PTR.value)];
  const [limits, uppers, scales] = [f64(wasm.ROW_LIMIT_PTR.value), f64(wasm.ROW_UPPER_PTR.value), f64(wasm.ROW_SCALE_PTR.value)];
  f64(wasm.ROW_BEST_PTR.value).fill(0);
  rows.forEach((row, index) => {
    kinds[index] = ROW_KINDS.indexOf(row.kind);
    owners[index] = row.owner;
    intervals[index] = row.interval;
    limits[index] = row.limit;
    uppers[index] = row.upper;
    scales[index] = row.scale;
  });
}

/** How the problem lies in the arena: units in blocks, and rows. O(units log units + rows). */
export function layOutProblem(problem: LatticeProblem): PlanLayout {
  return { units: arrangeUnits(problem), rows: listRows(problem) };
}

/** Writes the whole problem. The limits of the arena have been checked (`findLayoutErrors`). O(units * fields + rows). */
export function loadProblem(wasm: PlanExports, problem: LatticeProblem, { units, rows }: PlanLayout): LoadedPlan {
  const views = viewsOf(wasm);
  const { intervalCount, sites, clients } = problem;
  const modes = Math.max(...problem.machines.map(({ powerW }) => powerW.length - 1));
  views
    .f64(wasm.HEAD_PTR.value, 9)
    .set([
      intervalCount,
      sites.length,
      clients.length,
      rows.length,
      modes,
      units.fleetBlocks,
      units.blocks.length,
      units.fleetUnits,
      units.pairs,
    ]);
  views.f64(wasm.PRICE_PTR.value, intervalCount).set(problem.priceUnits);
  views.f64(wasm.HASHPRICE_PTR.value, intervalCount).set(problem.hashpriceUnits);
  sites.forEach((site, index) => {
    views.f64(wasm.CAP_PTR.value + index * intervalCount * 8, intervalCount).set(site.capW.map((cap) => cap ?? NO_LIMIT));
    views.f64(wasm.PENALTY_PTR.value + index * 8, 1)[0] = site.penaltyUnits ?? -1;
    views.f64(wasm.RAMP_PTR.value + index * 8, 1)[0] = site.rampW ?? NO_LIMIT;
  });
  clients.forEach(({ minMachineIntervals }, index) => {
    views.f64(wasm.FLOOR_PTR.value + index * 8, 1)[0] = minMachineIntervals;
  });
  const { takeOrPay, demandCharge } = problem;
  views
    .f64(wasm.TERMS_PTR.value, 7)
    .set([
      takeOrPay?.minWattIntervals ?? 0,
      takeOrPay?.unitsPerMissing ?? 0,
      demandCharge?.unitsPerW ?? 0,
      demandCharge?.peakSoFarW ?? 0,
      NO_LIMIT,
      demandCharge?.peakSoFarW ?? 0,
      demandCharge?.peakSoFarW ?? 0,
    ]);
  units.lockPatterns.forEach((bytes, pattern) => {
    views.u8(wasm.LOCKS_PTR.value + pattern * intervalCount, intervalCount).set(bytes);
  });
  writeUnits(wasm, views, problem, units, modes);
  writeRows(wasm, views, rows);
  wasm.condense();
  return { problem, units, rows, modes };
}
