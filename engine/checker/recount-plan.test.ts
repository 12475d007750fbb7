import { expect, it } from 'vitest';
import { recountPlan } from './recount-plan.ts';
import { aMachine, aProblem, aSite } from './tiny-problem.fixture.ts';

it('adds up loads and every part of the money', () => {
  // Machine a (two units, wear 3): 0 draws 10 W for 20 GH/s and loses 4 GH/s x intervals at a start, 1 draws 30 W for 40. It was off before.
  // Machine b sleeps at 2 W or runs at 50 W for 60; first state free.
  const problem = aProblem(3, {
    energyPusdPerW: [1n, 2n, -1n],
    hashPusdPerGhs: [5n, 6n, 7n],
    machines: [
      aMachine(3, {
        count: 2,
        client: 0,
        restartPusd: 3n,
        initial: { isOn: false, ageIntervals: 9 },
        modes: [
          { powerW: 10n, hashrateGhs: 20n, bootGhs: 4n },
          { powerW: 30n, hashrateGhs: 40n, bootGhs: 8n },
        ],
      }),
      aMachine(3, {
        id: 'b',
        site: 1,
        sleepMode: 0,
        restartPusd: 1000n,
        modes: [
          { powerW: 2n, hashrateGhs: 0n, bootGhs: 0n },
          { powerW: 50n, hashrateGhs: 60n, bootGhs: 0n },
        ],
      }),
    ],
    sites: [aSite(3, { capW: [25n, null, 30n], penaltyPusdPerW: 11n }), aSite(3, { id: 'there', capW: [49n, 1n, null] })],
    clients: [{ id: 'c', minMachineIntervals: 0n }],
    takeOrPay: { minWIntervals: 200n, pusdPerWInterval: 13n },
    demandCharge: { pusdPerW: 17n, peakSoFarW: 60n },
  });
  const recount = recountPlan(problem, [
    [
      [1, 0, null],
      [null, null, 0],
    ],
    [[1, 0, 0]],
  ]);
  expect(recount).toEqual({
    siteLoadW: [
      [30n, 10n, 10n],
      [50n, 2n, 2n],
    ],
    loadW: [80n, 12n, 12n],
    runningIntervals: [3n],
    money: {
      // 40 * 5 + 20 * 6 + 20 * 7 + 60 * 5
      hashingPusd: 200n + 120n + 140n + 300n,
      energyPusd: 80n * 1n + 12n * 2n - 12n,
      // Into mode 1 at 5: 3 + 8 * 5; into mode 0 at 7: 3 + 4 * 7. A free first state starts nothing; neither does a change of mode.
      startsPusd: 43n + 31n,
      // 30 W over a cap of 25; the other site's caps are hard and cost nothing.
      capPenaltyPusd: 5n * 11n,
      // 104 of 200 taken.
      takeOrPayPusd: 96n * 13n,
      demandChargePusd: 80n * 17n,
    },
    valuePusd: 760n - 92n - 74n - 55n - 1248n - 1360n,
  });
});

it('charges the peak already reached where the plan stays below it, and nothing for a volume that is exceeded', () => {
  const problem = aProblem(1, {
    takeOrPay: { minWIntervals: 9n, pusdPerWInterval: 13n },
    demandCharge: { pusdPerW: 17n, peakSoFarW: 60n },
  });
  expect(recountPlan(problem, [[[0]]]).money).toMatchObject({ takeOrPayPusd: 0n, demandChargePusd: 60n * 17n });
});
