/** From the engine's plan bytes and the exact books to the answer's JSON. */
import type { GapUnits, PlanBooks, PlanTotals } from './account.ts';
import type { LatticeProblem } from './lattice.ts';
import type { PlanExports } from './plan-exports.ts';
import { viewsOf } from './plan-memory.ts';
import type { PlanGapParts, PlanMoney, PlannedUnit, PlanRun } from './problem.ts';
import { UNITS_PER_USD } from './problem.ts';
import type { FleetUnits } from './units.ts';

/** Units to USD: the nearest double of the exact figure. */
export function toUsd(units: bigint): number {
  const whole = units / 1_000_000_000_000n;
  return Number(whole) + Number(units - whole * 1_000_000_000_000n) / UNITS_PER_USD;
}

export function toGapParts(gap: GapUnits): PlanGapParts {
  return {
    regretUsd: toUsd(gap.regret),
    unusedCapUsd: toUsd(gap.unusedCap),
    unusedRampUsd: toUsd(gap.unusedRamp),
    clientUsd: toUsd(gap.client),
    takeOrPayUsd: toUsd(gap.takeOrPay),
    demandChargeUsd: toUsd(gap.demandCharge),
  };
}

/** Runs of the modes in bytes [from, from + count). */
function toRuns(bytes: Uint8Array, from: number, count: number, modeIndex: readonly (number | null)[]): PlanRun[] {
  const runs: PlanRun[] = [];
  let begun = 0;
  for (let t = 1; t <= count; t++) {
    const mode = bytes[from + begun]!;
    if (t < count && bytes[from + t] === mode) continue;
    runs.push([begun, t, modeIndex[mode] ?? null]);
    begun = t;
  }
  return runs;
}

function sameBytes(bytes: Uint8Array, one: number, other: number, count: number): boolean {
  for (let t = 0; t < count; t++) if (bytes[one + t] !== bytes[other + t]) return false;
  return true;
}

/**
 * The best plan of the engine, unit by unit in the order of the problem's machines. Neighbours of the solver's order that do the same share one list of runs: most
 * do, and the lists are a good part of a small plan's time.
 */
export function readPlan(wasm: PlanExports, problem: LatticeProblem, units: FleetUnits): PlannedUnit[] {
  const { intervalCount, machines } = problem;
  const bytes = viewsOf(wasm).u8(wasm.BEST_PLAN_PTR.value, units.fleetUnits * intervalCount);
  const firstOf = new Int32Array(machines.length);
  let total = 0;
  for (let index = 0; index < machines.length; index++) {
    firstOf[index] = total;
    total += machines[index]!.count;
  }
  const planned = new Array<PlannedUnit>(total);
  let runs: PlanRun[] = [];
  let runsFrom = -1;
  let runsModes: readonly (number | null)[] = [];
  for (let unit = 0; unit < units.fleetUnits; unit++) {
    const index = units.machineOf[unit]!;
    if (index < 0) continue;
    const { id, modeIndex } = machines[index]!;
    const from = unit * intervalCount;
    if (runsFrom < 0 || modeIndex !== runsModes || !sameBytes(bytes, from, runsFrom, intervalCount)) {
      runs = toRuns(bytes, from, intervalCount, modeIndex);
      runsFrom = from;
      runsModes = modeIndex;
    }
    planned[firstOf[index]! + units.unitOf[unit]!] = { id, unit: units.unitOf[unit]!, runs };
  }
  return planned;
}

/** Hashing, energy and restarts of the plan told apart, USD; energy at the given prices. */
export function toMoney(problem: LatticeProblem, totals: PlanTotals, books: PlanBooks, hashingUnits: bigint): PlanMoney {
  const energyUnits = books.totalW.reduce((sum, load, t) => sum + load * BigInt(problem.priceUnits[t]!), 0n);
  return {
    hashingUsd: toUsd(hashingUnits),
    energyUsd: toUsd(energyUnits),
    restartUsd: toUsd(hashingUnits - energyUnits - totals.moneyUnits),
    capPenaltyUsd: toUsd(books.penaltyUnits),
    takeOrPayUsd: toUsd(books.takeOrPayUnits),
    demandChargeUsd: toUsd(books.demandUnits),
  };
}
