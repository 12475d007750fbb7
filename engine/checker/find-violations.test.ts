import { describe, expect, it } from 'vitest';
import type { ExactMachine, ExactProblem } from './exact-problem.ts';
import { findViolations } from './find-violations.ts';
import { recountPlan, type Schedule } from './recount-plan.ts';
import { aMachine, aProblem, aSite } from './tiny-problem.fixture.ts';

/** Kinds of rules that one unit's schedule breaks; `null` is off, 0 draws 10 W, 1 draws 30 W. */
function broken(schedule: Schedule, machine: Partial<ExactMachine>, problem: Partial<ExactProblem> = {}): string[] {
  const whole = aProblem(schedule.length, { machines: [aMachine(schedule.length, machine)], ...problem });
  return findViolations(whole, [[schedule]], recountPlan(whole, [[schedule]])).map(({ kind }) => kind);
}

describe('a rule that is met exactly', () => {
  it.each<[string, Schedule, Partial<ExactMachine>, Partial<ExactProblem>, Partial<ExactMachine> | null, Partial<ExactProblem> | null]>([
    ['cap', [0], {}, { sites: [aSite(1, { capW: [10n] })] }, null, { sites: [aSite(1, { capW: [9n] })] }],
    ['ramp', [0, 1], {}, { sites: [aSite(2, { rampW: 20n })] }, null, { sites: [aSite(2, { rampW: 19n })] }],
    ['ramp', [1, 0], {}, { sites: [aSite(2, { rampW: 20n })] }, null, { sites: [aSite(2, { rampW: 19n })] }],
    [
      'floor',
      [0, null, 1],
      { client: 0 },
      { clients: [{ id: 'c', minMachineIntervals: 2n }] },
      null,
      { clients: [{ id: 'c', minMachineIntervals: 3n }] },
    ],
    ['min-up', [null, 0, 0, null], { minUpIntervals: 2 }, {}, { minUpIntervals: 3 }, null],
    ['min-down', [0, null, null, 0], { minDownIntervals: 2 }, {}, { minDownIntervals: 3 }, null],
    ['max-starts', [null, 0, null, 0], { maxStarts: 2 }, {}, { maxStarts: 1 }, null],
    ['min-up', [0, null], { minUpIntervals: 3, initial: { isOn: true, ageIntervals: 2 } }, {}, { minUpIntervals: 4 }, null],
    ['min-up', [null, null], { minUpIntervals: 2, initial: { isOn: true, ageIntervals: 2 } }, {}, { minUpIntervals: 3 }, null],
    ['min-down', [null, 0], { minDownIntervals: 3, initial: { isOn: false, ageIntervals: 2 } }, {}, { minDownIntervals: 4 }, null],
  ])('is not broken (%s), and one step further is', (kind, schedule, machine, problem, further, furtherProblem) => {
    expect(broken(schedule, machine, problem)).toEqual([]);
    expect(broken(schedule, { ...machine, ...further }, { ...problem, ...furtherProblem })).toEqual([kind]);
  });
});

describe('a rule that does not apply', () => {
  it('is not broken by runs that the horizon cuts', () => {
    expect(broken([0, null], { minUpIntervals: 5 })).toEqual([]);
    expect(broken([0, null], { minDownIntervals: 5 })).toEqual([]);
  });

  it('is not broken by the first interval: no step into it is a ramp, no free first state a start', () => {
    expect(broken([1], {}, { sites: [aSite(1, { rampW: 0n })] })).toEqual([]);
    expect(broken([0], { maxStarts: 0 })).toEqual([]);
    expect(broken([0], { maxStarts: 0, initial: { isOn: true, ageIntervals: 1 } })).toEqual([]);
    expect(broken([0], { maxStarts: 0, initial: { isOn: false, ageIntervals: 1 } })).toEqual(['max-starts']);
  });

  it('is not broken where it may be broken at a price', () => {
    expect(broken([1], {}, { sites: [aSite(1, { capW: [0n], penaltyPusdPerW: 1n })] })).toEqual([]);
  });
});
