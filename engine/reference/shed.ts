/**
 * Shed now, slowly and obviously: every plan of a tiny fleet is written down, checked against the target and the strategy's rules, and the best one taken. Money and power are exact
 * BigInt fractions of the decimals in the problem (at most 6 digits each). Shares no code with the engine; strategies are stated here a second time.
 */
import type { ShedMachine, ShedProblem } from '../host/shed/types.ts';

const DIGITS = 6;

/** A decimal of at most 6 digits as an integer of millionths. */
function toMillionths(value: number): bigint {
  const scaled = Math.round(value * 10 ** DIGITS);
  if (Math.abs(scaled / 10 ** DIGITS - value) > 1e-12 * Math.abs(value)) throw new RangeError(`${value} has more than ${DIGITS} decimals`);
  return BigInt(scaled);
}

/** One mode for each machine, with its exact sums. Power in 1e-6 W, money in 1e-12 USD. */
export type ReferencePlan = { modes: number[]; shed: bigint; lost: bigint };

export const REFERENCE_UNITS_PER_W = 10 ** DIGITS;
export const REFERENCE_UNITS_PER_USD = 10 ** (2 * DIGITS);

function gain(machine: ShedMachine, mode: number): bigint {
  return toMillionths(machine.modes[machine.current]!.powerW) - toMillionths(machine.modes[mode]!.powerW);
}

function loss(problem: ShedProblem, machine: ShedMachine, mode: number): bigint {
  const from = machine.modes[machine.current]!;
  const to = machine.modes[mode]!;
  const profit = (toMillionths(from.profitUsdPerHour) - toMillionths(to.profitUsdPerHour)) * toMillionths(problem.durationHours);
  const stops = from.powerW > 0 && to.powerW === 0;
  return profit + (stops ? toMillionths(machine.restartUsd) * BigInt(10 ** DIGITS) : 0n);
}

/** Every plan that leaves locked machines alone, whether it reaches the target or not. */
export function listPlans(problem: ShedProblem): ReferencePlan[] {
  let plans: ReferencePlan[] = [{ modes: [], shed: 0n, lost: 0n }];
  for (const machine of problem.machines) {
    const modes = machine.locked ? [machine.current] : machine.modes.map((_, mode) => mode);
    plans = plans.flatMap((plan) =>
      modes.map((mode) => ({
        modes: [...plan.modes, mode],
        shed: plan.shed + gain(machine, mode),
        lost: plan.lost + loss(problem, machine, mode),
      })),
    );
  }
  return plans;
}

export function reachesTarget(problem: ShedProblem, plan: ReferencePlan): boolean {
  return plan.shed >= toMillionths(problem.targetW);
}

/** Nobody draws more than before. */
export function raisesNobody(problem: ShedProblem, plan: ReferencePlan): boolean {
  return problem.machines.every((machine, index) => gain(machine, plan.modes[index]!) >= 0n);
}

/** Power given up by machines of one key. */
export function shedOf(problem: ShedProblem, plan: ReferencePlan, belongs: (machine: ShedMachine) => boolean): bigint {
  return problem.machines.reduce((sum, machine, index) => (belongs(machine) ? sum + gain(machine, plan.modes[index]!) : sum), 0n);
}

/** Weighted loss of a plan; weights are whole numbers. */
export function weightedLoss(problem: ShedProblem, plan: ReferencePlan, weightOf: (machine: ShedMachine) => number): bigint {
  return problem.machines.reduce((sum, machine, index) => sum + loss(problem, machine, plan.modes[index]!) * BigInt(weightOf(machine)), 0n);
}

/** The plan that is first by a list of figures, compared one after the other; `null` when there is none. */
export function findLeast(plans: readonly ReferencePlan[], figures: (plan: ReferencePlan) => bigint[]): ReferencePlan | null {
  let best: { plan: ReferencePlan; figures: bigint[] } | null = null;
  for (const plan of plans) {
    const own = figures(plan);
    if (best === null || isBefore(own, best.figures)) best = { plan, figures: own };
  }
  return best?.plan ?? null;
}

function isBefore(left: readonly bigint[], right: readonly bigint[]): boolean {
  const at = left.findIndex((figure, index) => figure !== right[index]);
  return at >= 0 && left[at]! < right[at]!;
}

/**
 * Shares of the target in proportion to the power drawn now, exact fractions `[numerator, denominator]` in 1e-6 W, by client; a client that cannot give its share gives all it has and
 * the rest is shared among the others.
 */
export function fairShares(problem: ShedProblem): Map<string | null, [bigint, bigint]> {
  const drawnBy = new Map<string | null, bigint>();
  const mostBy = new Map<string | null, bigint>();
  for (const machine of problem.machines) {
    const { client } = machine;
    const modes = machine.locked ? [machine.current] : machine.modes.map((_, mode) => mode);
    const most = modes.map((mode) => gain(machine, mode)).reduce((left, right) => (right > left ? right : left));
    drawnBy.set(client, (drawnBy.get(client) ?? 0n) + toMillionths(machine.modes[machine.current]!.powerW));
    mostBy.set(client, (mostBy.get(client) ?? 0n) + (most > 0n ? most : 0n));
  }
  const shares = new Map<string | null, [bigint, bigint]>();
  let open = [...drawnBy.keys()].filter((client) => drawnBy.get(client)! > 0n);
  let left = toMillionths(problem.targetW);
  while (open.length > 0) {
    const drawn = open.reduce((sum, client) => sum + drawnBy.get(client)!, 0n);
    const full = open.filter((client) => left * drawnBy.get(client)! > mostBy.get(client)! * drawn);
    if (full.length === 0) {
      for (const client of open) shares.set(client, [left * drawnBy.get(client)!, drawn]);
      return shares;
    }
    for (const client of full) {
      shares.set(client, [mostBy.get(client)!, 1n]);
      left -= mostBy.get(client)!;
    }
    open = open.filter((client) => !full.includes(client));
  }
  return shares;
}
