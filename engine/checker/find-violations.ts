/**
 * Every rule of the problem that a plan breaks. Rules of one machine are read off its list of runs, not off the states of the bound's dynamic programme: two
 * ways of saying the same rule, which the tests hold against each other.
 */
import { type ExactMachine, type ExactProblem, isRunning } from './exact-problem.ts';
import { isStart, type Plan, type Recount, type Schedule } from './recount-plan.ts';

export type Violation =
  | { kind: 'cap'; siteId: string; interval: number; loadW: bigint; capW: bigint }
  | { kind: 'ramp'; siteId: string; interval: number; changeW: bigint; rampW: bigint }
  | { kind: 'floor'; clientId: string; runningIntervals: bigint; minMachineIntervals: bigint }
  | { kind: 'lock'; machineId: string; unit: number; interval: number; lock: 'on' | 'off' }
  | { kind: 'min-up' | 'min-down'; machineId: string; unit: number; interval: number; lastedIntervals: number; minIntervals: number }
  | { kind: 'max-starts'; machineId: string; unit: number; starts: number; maxStarts: number };

export function findViolations(problem: ExactProblem, plan: Plan, recount: Recount): Violation[] {
  return [
    ...problem.sites.flatMap((_site, s) => [...findCapViolations(problem, s, recount), ...findRampViolations(problem, s, recount)]),
    ...problem.clients.flatMap(({ id, minMachineIntervals }, c): Violation[] => {
      const runningIntervals = recount.runningIntervals[c]!;
      return runningIntervals < minMachineIntervals ? [{ kind: 'floor', clientId: id, runningIntervals, minMachineIntervals }] : [];
    }),
    ...problem.machines.flatMap((machine, m) => plan[m]!.flatMap((schedule, unit) => findOwnViolations(machine, unit, schedule))),
  ];
}

function findCapViolations(problem: ExactProblem, s: number, { siteLoadW }: Recount): Violation[] {
  const { id, capW: caps, penaltyPusdPerW } = problem.sites[s]!;
  if (penaltyPusdPerW !== null) return [];
  return caps.flatMap((capW, interval): Violation[] => {
    const loadW = siteLoadW[s]![interval]!;
    return capW !== null && loadW > capW ? [{ kind: 'cap', siteId: id, interval, loadW, capW }] : [];
  });
}

function findRampViolations(problem: ExactProblem, s: number, { siteLoadW }: Recount): Violation[] {
  const { id, rampW } = problem.sites[s]!;
  if (rampW === null) return [];
  const loads = siteLoadW[s]!;
  return loads.flatMap((loadW, interval): Violation[] => {
    const changeW = interval === 0 ? 0n : loadW - loads[interval - 1]!;
    return changeW > rampW || -changeW > rampW ? [{ kind: 'ramp', siteId: id, interval, changeW, rampW }] : [];
  });
}

function findOwnViolations(machine: ExactMachine, unit: number, schedule: Schedule): Violation[] {
  const where = { machineId: machine.id, unit };
  const violations: Violation[] = [];
  for (const [interval, mode] of schedule.entries()) {
    const isOn = isRunning(machine, mode);
    if (machine.mustRun[interval] && !isOn) violations.push({ kind: 'lock', ...where, interval, lock: 'on' });
    if (machine.mustStop[interval] && isOn) violations.push({ kind: 'lock', ...where, interval, lock: 'off' });
  }
  for (const { isOn, from, to, lastedIntervals } of listStretches(machine, schedule)) {
    const minIntervals = isOn ? machine.minUpIntervals : machine.minDownIntervals;
    const isCutByHorizon = to === schedule.length;
    if (isCutByHorizon || lastedIntervals >= minIntervals) continue;
    violations.push({ kind: isOn ? 'min-up' : 'min-down', ...where, interval: from, lastedIntervals, minIntervals });
  }
  const starts = schedule.filter((_mode, t) => isStart(machine, schedule, t)).length;
  if (machine.maxStarts !== null && starts > machine.maxStarts) {
    violations.push({ kind: 'max-starts', ...where, starts, maxStarts: machine.maxStarts });
  }
  return violations;
}

type Stretch = { isOn: boolean; from: number; to: number; lastedIntervals: number };

/**
 * Stretches of running and standing still, the first one with the time it had already lasted before the horizon. One that had begun before and ends at
 * once has `from` = `to` = 0; one whose beginning is not known has lasted for ever.
 */
function listStretches(machine: ExactMachine, schedule: Schedule): Stretch[] {
  const { initial } = machine;
  const stretches: Stretch[] = initial === null ? [] : [{ isOn: initial.isOn, from: 0, to: 0, lastedIntervals: initial.ageIntervals }];
  for (const [t, mode] of schedule.entries()) {
    const isOn = isRunning(machine, mode);
    const last = stretches.at(-1);
    if (last?.isOn === isOn) {
      last.to = t + 1;
      last.lastedIntervals += 1;
    } else {
      stretches.push({ isOn, from: t, to: t + 1, lastedIntervals: t === 0 && initial === null ? Number.POSITIVE_INFINITY : 1 });
    }
  }
  return stretches;
}
