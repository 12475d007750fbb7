/**
 * What no plan can exceed. With any prices u >= 0 on the shared rows,
 *   L(u) = sum over machines of the best each can do by itself at these prices + sum over rows of u x right-hand side
 * is at least the value of every plan (weak duality): a plan's value is L's sum for its own schedule, less what the prices pay for unused limits.
 */
import type { ExactMachine, ExactProblem } from './exact-problem.ts';
import { bestMachineValue } from './machine-value.ts';
import type { Multipliers } from './multipliers.ts';

export type Bound =
  | { kind: 'bound'; boundPusd: bigint }
  /** A machine that cannot obey its own locks, minimum times and starts: no plan exists at all. */
  | { kind: 'machine-impossible'; machineId: string };

/**
 * L(u) in pico-dollars. The multipliers must be free of faults (`findMultiplierFaults`). With `isMoneyFree`, revenue, energy and starts count nothing: a negative L then
 * proves that no plan satisfies the rows, because any that did would be worth 0 or more.
 */
export function computeDualBound(problem: ExactProblem, multipliers: Multipliers, isMoneyFree: boolean): Bound {
  const zeros = problem.energyPusdPerW.map(() => 0n);
  const pricesBySite = problem.sites.map((_site, s) => priceWatts(problem, multipliers, s, isMoneyFree));
  let boundPusd = sumRightHandSides(problem, multipliers, isMoneyFree);
  for (const machine of problem.machines) {
    const valuePusd = bestMachineValue(machine, {
      energyPusdPerW: pricesBySite[machine.site]!,
      hashPusdPerGhs: isMoneyFree ? zeros : problem.hashPusdPerGhs,
      areStartsFree: isMoneyFree,
      runningBonusPusd: bonusOf(machine, multipliers),
    });
    if (valuePusd === null) return { kind: 'machine-impossible', machineId: machine.id };
    boundPusd += BigInt(machine.count) * valuePusd;
  }
  return { kind: 'bound', boundPusd };
}

/** Price of 1 W at a site per interval: energy + cap + peak - take-or-pay + (ramp rows into t) - (ramp rows out of t). */
function priceWatts(problem: ExactProblem, multipliers: Multipliers, site: number, isMoneyFree: boolean): bigint[] {
  const cap = multipliers.capPusdPerW[site]!;
  /** load[t] stands with + in "up into t", with - in "up into t+1"; the other way round for "down". */
  const ramp = (t: number) => (multipliers.rampUpPusdPerW[site]![t] ?? 0n) - (multipliers.rampDownPusdPerW[site]![t] ?? 0n);
  return problem.energyPusdPerW.map(
    (energyPusd, t) =>
      (isMoneyFree ? 0n : energyPusd) + cap[t]! + multipliers.peakPusdPerW[t]! - multipliers.takeOrPayPusd + ramp(t) - ramp(t + 1),
  );
}

function bonusOf(machine: ExactMachine, multipliers: Multipliers): bigint {
  return machine.client === null ? 0n : multipliers.floorPusd[machine.client]!;
}

function sumRightHandSides(problem: ExactProblem, multipliers: Multipliers, isMoneyFree: boolean): bigint {
  let sumPusd = 0n;
  for (const [s, site] of problem.sites.entries()) {
    for (let t = 0; t < problem.intervalCount; t++) {
      sumPusd += multipliers.capPusdPerW[s]![t]! * (site.capW[t] ?? 0n);
      sumPusd += (multipliers.rampUpPusdPerW[s]![t]! + multipliers.rampDownPusdPerW[s]![t]!) * (site.rampW ?? 0n);
    }
  }
  for (const [c, client] of problem.clients.entries()) sumPusd -= multipliers.floorPusd[c]! * client.minMachineIntervals;
  if (problem.takeOrPay !== null) sumPusd -= multipliers.takeOrPayPusd * problem.takeOrPay.minWIntervals;
  if (problem.demandCharge === null) return sumPusd;
  // The billed peak is at least the one already reached; with peak prices of at most the charge in sum, exactly that one is worth most.
  const { pusdPerW, peakSoFarW } = problem.demandCharge;
  const peakPusdPerW = multipliers.peakPusdPerW.reduce((sum, pusd) => sum + pusd, 0n);
  return sumPusd + (peakPusdPerW - (isMoneyFree ? 0n : pusdPerW)) * peakSoFarW;
}
