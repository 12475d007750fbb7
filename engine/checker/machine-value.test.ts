import { describe, expect, it } from 'vitest';
import type { ExactMachine, ExactProblem } from './exact-problem.ts';
import { findViolations } from './find-violations.ts';
import { bestMachineValue } from './machine-value.ts';
import { recountPlan, type Schedule } from './recount-plan.ts';
import { aMachine, aProblem, aSite, createDice, listSchedules } from './tiny-problem.fixture.ts';

const pricesOf = ({ energyPusdPerW, hashPusdPerGhs }: ExactProblem, runningBonusPusd = 0n) => ({
  energyPusdPerW,
  hashPusdPerGhs,
  areStartsFree: false,
  runningBonusPusd,
});

describe('the best of one machine', () => {
  it('chooses the mode that earns most in each interval', () => {
    // Interval 0: energy 1, hash 1: 10 W mode 20 - 10 = 10, 30 W mode 40 - 30 = 10. Interval 1: energy 0: 20 or 40 -> 40. Interval 2: energy 3: 20 - 30 < 0 -> off.
    const machine = aMachine(3);
    const problem = aProblem(3, { energyPusdPerW: [1n, 0n, 3n], machines: [machine] });
    expect(bestMachineValue(machine, pricesOf(problem))).toBe(10n + 40n + 0n);
  });

  it('stays on through a short loss when a start costs more', () => {
    // Margins of the 10 W mode 10, -10, 10. Staying on: 10 - 10 + 10 = 10. Off in between, start 15: 10 + 0 + 10 - 15 = 5; never back: 10. With a start of 5: 15.
    const problem = aProblem(3, { energyPusdPerW: [1n, 3n, 1n] });
    const dear = aMachine(3, { restartPusd: 15n });
    const cheap = aMachine(3, { restartPusd: 5n });
    expect(bestMachineValue(dear, pricesOf(problem))).toBe(10n);
    expect(bestMachineValue(cheap, pricesOf(problem))).toBe(15n);
  });

  it('draws sleep power while off and pays a bonus while on', () => {
    // Sleep 2 W at 3 = -6; running 20 - 30 = -10, with a bonus of 5: -5.
    const machine = aMachine(1, {
      modes: [
        { powerW: 2n, hashrateGhs: 0n, bootGhs: 0n },
        { powerW: 10n, hashrateGhs: 20n, bootGhs: 0n },
      ],
      sleepMode: 0,
    });
    const problem = aProblem(1, { energyPusdPerW: [3n] });
    expect(bestMachineValue(machine, pricesOf(problem))).toBe(-6n);
    expect(bestMachineValue(machine, pricesOf(problem, 5n))).toBe(-5n);
  });

  it('has no value where locks and minimum times contradict each other', () => {
    // On for one interval, must stay on for three, must be off in the first.
    const machine = aMachine(2, { initial: { isOn: true, ageIntervals: 1 }, minUpIntervals: 3, mustStop: [true, false] });
    expect(bestMachineValue(machine, pricesOf(aProblem(2)))).toBeNull();
  });

  it('equals the best of all schedules that break none of its rules, in 400 random cases', () => {
    let impossible = 0;
    for (let seed = 1; seed <= 400; seed++) {
      const { machine, problem } = rollLoneMachine(seed);
      const allowed = listSchedules(machine, problem.intervalCount).flatMap((schedule) => valueIfAllowed(problem, schedule));
      const best = allowed.reduce<bigint | null>((most, value) => (most === null || value > most ? value : most), null);
      expect(bestMachineValue(machine, pricesOf(problem)), `seed ${seed}`).toBe(best);
      if (best === null) impossible++;
    }
    expect(impossible).toBeGreaterThan(5);
    expect(impossible).toBeLessThan(200);
  });
});

function valueIfAllowed(problem: ExactProblem, schedule: Schedule): bigint[] {
  const recount = recountPlan(problem, [[schedule]]);
  return findViolations(problem, [[schedule]], recount).length === 0 ? [recount.valuePusd] : [];
}

/** Six intervals, on or off or asleep, no shared rows. */
function rollLoneMachine(seed: number): { machine: ExactMachine; problem: ExactProblem } {
  const dice = createDice(seed);
  const intervalCount = 6;
  const perInterval = <Value>(make: () => Value) => Array.from({ length: intervalCount }, make);
  const hasSleep = dice(0, 2) === 0;
  const machine = aMachine(intervalCount, {
    modes: [
      ...(hasSleep ? [{ powerW: 2n, hashrateGhs: 0n, bootGhs: 0n }] : []),
      { powerW: 10n, hashrateGhs: 20n, bootGhs: BigInt(dice(0, 9)) },
    ],
    sleepMode: hasSleep ? 0 : null,
    restartPusd: BigInt(dice(0, 20)),
    minUpIntervals: dice(0, 4),
    minDownIntervals: dice(0, 4),
    maxStarts: dice(0, 1) === 0 ? null : dice(0, 2),
    initial: dice(0, 2) === 0 ? null : { isOn: dice(0, 1) === 1, ageIntervals: dice(1, 5) },
    mustRun: perInterval(() => dice(0, 15) === 0),
    mustStop: perInterval(() => dice(0, 15) === 0),
  });
  const problem = aProblem(intervalCount, {
    energyPusdPerW: perInterval(() => BigInt(dice(-2, 6))),
    machines: [machine],
    sites: [aSite(intervalCount)],
  });
  return { machine, problem };
}
