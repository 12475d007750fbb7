/** The only place that knows the public shape of an answer: plans, multipliers, certificates and the figures it claims. */
import type { ExactMachine, ExactProblem } from './exact-problem.ts';
import { type Place, Unreadable } from './json-place.ts';
import type { Multipliers } from './multipliers.ts';
import type { Plan } from './recount-plan.ts';

/** Figures of the answer, held against the checker's own. */
export type Claims = {
  valuePusd: bigint;
  boundPusd: bigint;
  valueUsd: number;
  boundUsd: number;
  gapUsd: number;
  gapRatio: number;
  gapPartsUsd: Record<GapPart, number>;
  moneyUsd: Record<MoneyPart, number>;
  loadKw: readonly number[];
};

export type NamedLock = { kind: 'on' | 'off'; from: number; to: number };

export type Answer =
  /** `certifiedRatio`: the gap that the answer says is met; `null` when it says nothing of the kind. */
  | { kind: 'plan'; plan: Plan; multipliers: Multipliers; claims: Claims; certifiedRatio: number | null }
  /** `locks`: those that are said to be the reason; [from, to). */
  | { kind: 'unit-impossible'; machine: number; locks: readonly NamedLock[] }
  | { kind: 'rows-impossible'; weights: Multipliers; claimedValue: bigint }
  /** No plan exists, says the answer, because all were tried. */
  | { kind: 'all-tried' }
  | { kind: 'bound-only'; multipliers: Multipliers | null; claimedBoundUsd: number | null };

/** In the answer each name ends in Usd. */
export const GAP_PARTS = ['regret', 'unusedCap', 'unusedRamp', 'client', 'takeOrPay', 'demandCharge'] as const;
export type GapPart = (typeof GAP_PARTS)[number];
export const MONEY_PARTS = ['hashing', 'energy', 'restart', 'capPenalty', 'takeOrPay', 'demandCharge'] as const;
export type MoneyPart = (typeof MONEY_PARTS)[number];

const MOST = Number.MAX_VALUE;
const MOST_MULTIPLIER = Number.MAX_SAFE_INTEGER;

export function readAnswer(place: Place, problem: ExactProblem): Answer {
  const status = place.field('status').oneOf(['certified', 'bounded', 'cancelled', 'infeasible', 'unknown', 'cancelled_without_plan']);
  if (status === 'infeasible') return readCertificate(place.field('certificate'), problem);
  const multipliers = place.field('multipliers');
  // The API says `bounded` or `cancelled` of a search without a plan, and gives no exact figures.
  if (status === 'unknown' || status === 'cancelled_without_plan' || place.field('exact').isNull()) {
    const boundUsd = place.field('boundUsd');
    return {
      kind: 'bound-only',
      multipliers: multipliers.isNull() ? null : readMultipliers(multipliers, problem),
      claimedBoundUsd: boundUsd.isNull() ? null : boundUsd.number(-MOST, MOST),
    };
  }
  return {
    kind: 'plan',
    plan: readPlan(place.field('machines'), problem),
    multipliers: readMultipliers(multipliers, problem),
    claims: readClaims(place, problem),
    certifiedRatio: status === 'certified' ? readGapTarget(place) : null,
  };
}

/** The API's answers say which gap was asked for. */
function readGapTarget(place: Place): number | null {
  return place.optional('options')?.field('gapTarget').number(0, 1) ?? null;
}

function readClaims(place: Place, problem: ExactProblem): Claims {
  const usd = (name: string) => place.field(name).number(-MOST, MOST);
  const parts = <Part extends string>(name: string, of: readonly Part[]) =>
    Object.fromEntries(of.map((part) => [part, place.field(name).field(`${part}Usd`).number(-MOST, MOST)])) as Record<Part, number>;
  return {
    valuePusd: place.field('exact').field('valueUnits').decimalInteger(),
    boundPusd: place.field('exact').field('boundUnits').decimalInteger(),
    valueUsd: usd('valueUsd'),
    boundUsd: usd('boundUsd'),
    gapUsd: usd('gapUsd'),
    gapRatio: usd('gapRatio'),
    gapPartsUsd: parts('gapParts', GAP_PARTS),
    moneyUsd: parts('money', MONEY_PARTS),
    loadKw: place
      .field('loadKw')
      .items(problem.intervalCount)
      .map((load) => load.number(-MOST, MOST)),
  };
}

function readMultipliers(place: Place, problem: ExactProblem): Multipliers {
  return {
    ...readRowWeights(place, problem),
    takeOrPayPusd: readWeight(place.field('takeOrPay')),
    peakPusdPerW: place.field('peak').items(problem.intervalCount).map(readWeight),
  };
}

function readRowWeights(place: Place, problem: ExactProblem) {
  const bySite = (name: string) =>
    place
      .field(name)
      .items(problem.sites.length)
      .map((site) => site.items(problem.intervalCount).map(readWeight));
  return {
    capPusdPerW: bySite('cap'),
    rampUpPusdPerW: bySite('rampUp'),
    rampDownPusdPerW: bySite('rampDown'),
    floorPusd: place.field('client').items(problem.clients.length).map(readWeight),
  };
}

/** Any sign: what is wrong with a negative one is said by the check, not by the reader. */
function readWeight(place: Place): bigint {
  return BigInt(place.integer(-MOST_MULTIPLIER, MOST_MULTIPLIER));
}

function readCertificate(place: Place, problem: ExactProblem): Answer {
  const kind = place.field('kind').oneOf(['unit', 'rows', 'search']);
  if (kind === 'search') return { kind: 'all-tried' };
  if (kind === 'unit') {
    const locks = place
      .field('locks')
      .items()
      .map((lock) => readNamedLock(lock, problem.intervalCount));
    return { kind: 'unit-impossible', machine: findUnit(place, problem).machine, locks };
  }
  return {
    kind: 'rows-impossible',
    weights: {
      ...readRowWeights(place.field('weights'), problem),
      takeOrPayPusd: 0n,
      peakPusdPerW: new Array<bigint>(problem.intervalCount).fill(0n),
    },
    claimedValue: place.field('value').decimalInteger(),
  };
}

function readNamedLock(place: Place, intervalCount: number): NamedLock {
  const from = place.field('from').integer(0, intervalCount - 1);
  return { kind: place.field('kind').oneOf(['on', 'off']), from, to: place.field('to').integer(from + 1, intervalCount) };
}

function findUnit(place: Place, problem: ExactProblem): { machine: number; unit: number } {
  const id = place.field('id').text();
  const machine = problem.machines.findIndex((one) => one.id === id);
  if (machine < 0) return place.field('id').refuse('the id of a machine of the problem');
  return { machine, unit: place.field('unit').integer(0, problem.machines[machine]!.count - 1) };
}

function readPlan(place: Place, problem: ExactProblem): Plan {
  const numbers = new Map(problem.machines.map(({ id }, index) => [id, index]));
  const plan = problem.machines.map(({ count }) => new Array<(number | null)[] | undefined>(count));
  for (const planned of place.items()) {
    const id = planned.field('id');
    const m = numbers.get(id.text()) ?? id.refuse('the id of a machine of the problem');
    const machine = problem.machines[m]!;
    const unit = planned.field('unit').integer(0, machine.count - 1);
    if (plan[m]![unit] !== undefined) planned.field('unit').refuse('a unit that no earlier entry has');
    plan[m]![unit] = readSchedule(planned.field('runs'), machine, problem.intervalCount);
  }
  return plan.map((units, m) =>
    Array.from(units, (schedule, unit) => {
      if (schedule === undefined)
        throw new Unreadable(`${place.path} has no entry for unit ${unit} of machine ${problem.machines[m]!.id}.`);
      return schedule;
    }),
  );
}

/** Runs must follow each other without gap or overlap from interval 0 to the last. */
function readSchedule(place: Place, machine: ExactMachine, intervalCount: number): (number | null)[] {
  const schedule: (number | null)[] = [];
  for (const run of place.items()) {
    const [from, to, mode] = run.items(3) as [Place, Place, Place];
    from.integer(schedule.length, schedule.length);
    const end = to.integer(schedule.length + 1, intervalCount);
    const isImplicitOff = machine.sleepMode === null && mode.isNull();
    const index = isImplicitOff ? null : mode.integer(0, machine.modes.length - 1);
    while (schedule.length < end) schedule.push(index);
  }
  if (schedule.length !== intervalCount) throw new Unreadable(`${place.path} ends after ${schedule.length} of ${intervalCount} intervals.`);
  return schedule;
}
