/**
 * Prices put on the shared rows of the problem ("multipliers"), in pico-dollars, and what makes a set of them usable for a proof.
 */
import type { ExactProblem } from './exact-problem.ts';

export type Multipliers = {
  /** [site][interval]: of 1 W of cap. */
  capPusdPerW: readonly (readonly bigint[])[];
  /** [site][interval t]: of the row load[t] - load[t-1] <= ramp; the first entry has no row. */
  rampUpPusdPerW: readonly (readonly bigint[])[];
  /** [site][interval t]: of the row load[t-1] - load[t] <= ramp. */
  rampDownPusdPerW: readonly (readonly bigint[])[];
  /** [client]: of one machine-interval of the floor. */
  floorPusd: readonly bigint[];
  /** Of one W x interval of take-or-pay. */
  takeOrPayPusd: bigint;
  /** [interval]: of the row load of all sites <= billed peak. */
  peakPusdPerW: readonly bigint[];
};

export type MultiplierFault = { row: string; reason: 'negative' | 'no-such-row' | 'above-penalty' | 'sum-above-demand-charge' };

/**
 * What forbids a proof with these multipliers: each must be at least 0 and stand on a row that exists; one on a row that may be broken at a price must not be above that price.
 * With `isMoneyFree` (certificates of infeasibility) rows that may be broken at a price prove nothing, so they must carry 0.
 */
export function findMultiplierFaults(problem: ExactProblem, multipliers: Multipliers, isMoneyFree: boolean): MultiplierFault[] {
  const faults: MultiplierFault[] = [];
  /** `most`: undefined when there is no such row, null when any price is allowed. */
  const look = (row: string, pusd: bigint, most: bigint | null | undefined) => {
    if (pusd < 0n) faults.push({ row, reason: 'negative' });
    else if (pusd > 0n && most === undefined) faults.push({ row, reason: 'no-such-row' });
    else if (most !== undefined && most !== null && pusd > most) faults.push({ row, reason: 'above-penalty' });
  };
  const priceOf = (pusd: bigint) => (isMoneyFree ? 0n : pusd);

  for (const [s, site] of problem.sites.entries()) {
    const capLimit = site.penaltyPusdPerW === null ? null : priceOf(site.penaltyPusdPerW);
    for (let t = 0; t < problem.intervalCount; t++) {
      look(`cap of ${site.id} in interval ${t}`, multipliers.capPusdPerW[s]![t]!, site.capW[t] === null ? undefined : capLimit);
      const rampLimit = site.rampW === null || t === 0 ? undefined : null;
      look(`ramp up of ${site.id} into interval ${t}`, multipliers.rampUpPusdPerW[s]![t]!, rampLimit);
      look(`ramp down of ${site.id} into interval ${t}`, multipliers.rampDownPusdPerW[s]![t]!, rampLimit);
    }
  }
  for (const [c, client] of problem.clients.entries()) look(`floor of ${client.id}`, multipliers.floorPusd[c]!, null);
  const { takeOrPay, demandCharge } = problem;
  look('take-or-pay', multipliers.takeOrPayPusd, takeOrPay === null ? undefined : priceOf(takeOrPay.pusdPerWInterval));
  for (const [t, pusd] of multipliers.peakPusdPerW.entries()) look(`peak in interval ${t}`, pusd, demandCharge === null ? undefined : null);
  const peakSum = multipliers.peakPusdPerW.reduce((sum, pusd) => sum + pusd, 0n);
  if (demandCharge !== null && peakSum > priceOf(demandCharge.pusdPerW)) faults.push({ row: 'peak', reason: 'sum-above-demand-charge' });
  return faults;
}
