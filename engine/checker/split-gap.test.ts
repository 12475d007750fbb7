import { expect, it } from 'vitest';
import { recountPlan } from './recount-plan.ts';
import { splitGap } from './split-gap.ts';
import { aMachine, aProblem, aSite, multipliersFor } from './tiny-problem.fixture.ts';

it('the gap splits into what each limit leaves unused at its price, and what is left is regret', () => {
  // One unit at 10 W then 30 W. Cap 25 W: 15 W unused at 2 = 30; 5 W over at a penalty of 7 = 35, less 5 * 3 that the price 3 takes back.
  // Ramp 24: the step is +20; up at 1: 4 unused; down at 1: 24 + 20 = 44. Floor 1 at price 6, 2 run: 6.
  // Volume 50, 40 taken: 10 missing at 8 = 80, less 10 * 5 for the multiplier 5. Charge 9 a W, 20 so far, peak 30: 10 * 9 = 90; peak rows at 1 and 2: 1 * (20 - 10) + 2 * (20 - 30) = -10.
  const problem = aProblem(2, {
    machines: [aMachine(2, { client: 0 })],
    sites: [aSite(2, { capW: [25n, 25n], penaltyPusdPerW: 7n, rampW: 24n })],
    clients: [{ id: 'c', minMachineIntervals: 1n }],
    takeOrPay: { minWIntervals: 50n, pusdPerWInterval: 8n },
    demandCharge: { pusdPerW: 9n, peakSoFarW: 20n },
  });
  const multipliers = multipliersFor(problem, {
    capPusdPerW: [[2n, 3n]],
    rampUpPusdPerW: [[0n, 1n]],
    rampDownPusdPerW: [[0n, 1n]],
    floorPusd: [6n],
    takeOrPayPusd: 5n,
    peakPusdPerW: [1n, 2n],
  });
  expect(splitGap(problem, multipliers, recountPlan(problem, [[[0, 1]]]), 1000n)).toEqual({
    unusedCap: 30n + 35n - 15n,
    unusedRamp: 4n + 44n,
    client: 6n,
    takeOrPay: 80n - 50n,
    demandCharge: 90n - 10n,
    regret: 1000n - 50n - 48n - 6n - 30n - 80n,
  });
});
