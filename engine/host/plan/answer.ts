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

function toRuns(modes: Uint8Array, modeIndex: readonly (number | null)[]): PlanRun[] {
  const runs: PlanRun[] = [];
  let from = 0;
  for (let t = 1; t <= modes.length; t++) {
    if (t < modes.length && modes[t] === modes[from]) continue;
    runs.push([from, t, modeIndex[modes[from]!] ?? null]);
    from = t;
  }
  return runs;
}

/** The best plan of the engine, unit by unit in the order of the problem's machines. Padded modes are told as the mode they repeat. */
export function readPlan(wasm: PlanExports, problem: LatticeProblem, units: FleetUnits): PlannedUnit[] {
  const { intervalCount, machines } = problem;
  const bytes = viewsOf(wasm).u8(wasm.BEST_PLAN_PTR.value, units.fleetUnits * intervalCount);
  const firstOf = new Int32Array(machines.length);
  let total = 0;
  machines.forEach(({ count }, index) => {
    firstOf[index] = total;
    total += count;
  });
  const planned = new Array<PlannedUnit>(total);
  for (let unit = 0; unit < units.fleetUnits; unit++) {
    const index = units.machineOf[unit]!;
    if (index < 0) continue;
    const { id, modeIndex } = machines[index]!;
    const modes = bytes.subarray(unit * intervalCount, (unit + 1) * intervalCount);
    planned[firstOf[index]! + units.unitOf[unit]!] = { id, unit: units.unitOf[unit]!, runs: toRuns(modes, modeIndex) };
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
