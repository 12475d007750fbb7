/**
 * Where the difference between bound and value comes from. Each part is at least 0 for a plan that breaks no rule and multipliers without fault; together they are the gap.
 */
import type { ExactProblem } from './exact-problem.ts';
import type { Multipliers } from './multipliers.ts';
import type { GapPart } from './read-answer.ts';
import type { Recount } from './recount-plan.ts';

/** In pico-dollars. What no shared row explains is the regret of machines whose schedule is not their best at these prices. */
export function splitGap(problem: ExactProblem, multipliers: Multipliers, recount: Recount, gapPusd: bigint): Record<GapPart, bigint> {
  const { takeOrPay, demandCharge } = problem;
  const { loadW, siteLoadW, runningIntervals, money } = recount;
  let unusedCapPusd = money.capPenaltyPusd;
  let unusedRampPusd = 0n;
  for (const [s, site] of problem.sites.entries()) {
    for (const [t, watts] of siteLoadW[s]!.entries()) {
      unusedCapPusd += multipliers.capPusdPerW[s]![t]! * ((site.capW[t] ?? watts) - watts);
      if (site.rampW === null || t === 0) continue;
      const changeW = watts - siteLoadW[s]![t - 1]!;
      unusedRampPusd += multipliers.rampUpPusdPerW[s]![t]! * (site.rampW - changeW);
      unusedRampPusd += multipliers.rampDownPusdPerW[s]![t]! * (site.rampW + changeW);
    }
  }
  let clientPusd = 0n;
  for (const [c, { minMachineIntervals }] of problem.clients.entries()) {
    clientPusd += multipliers.floorPusd[c]! * (runningIntervals[c]! - minMachineIntervals);
  }
  const takenWIntervals = loadW.reduce((sum, watts) => sum + watts, 0n);
  const takeOrPayPusd = money.takeOrPayPusd + multipliers.takeOrPayPusd * (takenWIntervals - (takeOrPay?.minWIntervals ?? 0n));
  let demandChargePusd = money.demandChargePusd;
  if (demandCharge !== null) {
    demandChargePusd -= demandCharge.pusdPerW * demandCharge.peakSoFarW;
    for (const [t, watts] of loadW.entries()) demandChargePusd += multipliers.peakPusdPerW[t]! * (demandCharge.peakSoFarW - watts);
  }
  const regretPusd = gapPusd - unusedCapPusd - unusedRampPusd - clientPusd - takeOrPayPusd - demandChargePusd;
  return {
    regret: regretPusd,
    unusedCap: unusedCapPusd,
    unusedRamp: unusedRampPusd,
    client: clientPusd,
    takeOrPay: takeOrPayPusd,
    demandCharge: demandChargePusd,
  };
}
