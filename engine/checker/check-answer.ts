/**
 * Whether an answer holds: everything is reckoned again from the problem, the schedules and the multipliers, in integers, and nothing the answer claims is taken over.
 */
import { computeDualBound } from './dual-bound.ts';
import type { ExactMachine, ExactProblem } from './exact-problem.ts';
import { findViolations, type Violation } from './find-violations.ts';
import { findMultiplierFaults, type MultiplierFault, type Multipliers } from './multipliers.ts';
import { type Answer, type Claims, GAP_PARTS, MONEY_PARTS, type MoneyPart, type NamedLock } from './read-answer.ts';
import { type Recount, recountPlan } from './recount-plan.ts';
import { splitGap } from './split-gap.ts';

export type Finding =
  | Violation
  | ({ kind: 'multiplier' } & MultiplierFault)
  | { kind: 'claim'; figure: string; claimed: string; reckoned: string }
  | { kind: 'machine-impossible'; machineId: string }
  | { kind: 'not-proven'; claim: string; reason: string };

export type Verdict =
  | {
      kind: 'plan';
      findings: Finding[];
      recount: Recount;
      /** `null`: the multipliers prove no bound. */
      boundPusd: bigint | null;
      gapPusd: bigint | null;
      /** gap / max(1 USD, |value|) */
      gapRatio: number | null;
    }
  | { kind: 'infeasible'; findings: Finding[] }
  | { kind: 'bound-only'; findings: Finding[]; boundPusd: bigint | null };

const PUSD_PER_USD = 1e12;
/** Claims in dollars are doubles of exact figures; this much of rounding is theirs, of the plan's value where they are parts of it. */
const ROUNDING_RATIO = 1e-12;

export function checkAnswer(problem: ExactProblem, answer: Answer): Verdict {
  switch (answer.kind) {
    case 'plan':
      return checkPlan(problem, answer);
    case 'unit-impossible':
      return checkUnitCertificate(problem, answer.machine, answer.locks);
    case 'rows-impossible':
      return checkRowCertificate(problem, answer.weights, answer.claimedValue);
    case 'all-tried':
      return {
        kind: 'infeasible',
        findings: [
          {
            kind: 'not-proven',
            claim: 'no plan exists',
            reason: 'the answer says that all plans were tried, which leaves nothing to check',
          },
        ],
      };
    case 'bound-only':
      return checkBoundOnly(problem, answer.multipliers, answer.claimedBoundUsd);
  }
}

function checkPlan(problem: ExactProblem, { plan, multipliers, claims, certifiedRatio }: Extract<Answer, { kind: 'plan' }>): Verdict {
  const recount = recountPlan(problem, plan);
  const { boundPusd, findings: boundFindings } = proveBound(problem, multipliers, false);
  const gapPusd = boundPusd === null ? null : boundPusd - recount.valuePusd;
  const gapRatio = gapPusd === null ? null : toUsd(gapPusd) / Math.max(1, Math.abs(toUsd(recount.valuePusd)));
  const violations = findViolations(problem, plan, recount);
  const findings: Finding[] = [...violations, ...boundFindings, ...compareValue(claims, recount)];
  if (boundPusd !== null && gapPusd !== null && gapRatio !== null) {
    findings.push(...compareBound(claims, recount, { boundPusd, gapPusd, gapRatio }));
    if (certifiedRatio !== null && gapRatio > certifiedRatio) {
      findings.push({
        kind: 'not-proven',
        claim: `a gap of at most ${certifiedRatio}`,
        reason: `the multipliers prove ${gapRatio.toExponential(3)}`,
      });
    }
    const partsPusd = splitGap(problem, multipliers, recount, gapPusd);
    findings.push(
      ...GAP_PARTS.flatMap((part) => compareUsd(`gapParts.${part}Usd`, claims.gapPartsUsd[part], partsPusd[part], recount.valuePusd)),
    );
    if (gapPusd < 0n && violations.length === 0)
      throw new Error('a plan that breaks no rule is worth more than its bound: the checker is wrong');
  }
  return { kind: 'plan', findings, recount, boundPusd, gapPusd, gapRatio };
}

/** The machine has no schedule; of its own locks those named are enough for that, and none of them is to spare. */
function checkUnitCertificate(problem: ExactProblem, m: number, locks: readonly NamedLock[]): Verdict {
  const machine = problem.machines[m]!;
  const { id } = machine;
  if (hasSchedule(problem, machine)) {
    const reason = 'it has one that obeys all its rules';
    return { kind: 'infeasible', findings: [{ kind: 'not-proven', claim: `machine ${id} has no schedule`, reason }] };
  }
  const findings: Finding[] = [];
  for (const lock of locks) {
    const own = lock.kind === 'on' ? machine.mustRun : machine.mustStop;
    const isSpare = !hasSchedule(
      problem,
      withLocks(
        problem,
        machine,
        locks.filter((other) => other !== lock),
      ),
    );
    const reason = own.slice(lock.from, lock.to).includes(false)
      ? 'the machine has no such lock'
      : isSpare
        ? 'without it the machine has no schedule either'
        : null;
    if (reason !== null) findings.push({ kind: 'not-proven', claim: `${sayLock(lock)} is one of the reasons`, reason });
  }
  if (hasSchedule(problem, withLocks(problem, machine, locks))) {
    const claim = `machine ${id} has no schedule because of ${locks.map(sayLock).join(' and ') || 'its other rules'}`;
    findings.push({ kind: 'not-proven', claim, reason: 'with these locks alone it has one' });
  }
  return { kind: 'infeasible', findings };
}

function hasSchedule(problem: ExactProblem, machine: ExactMachine): boolean {
  return computeDualBound({ ...problem, machines: [machine] }, noMultipliers(problem), true).kind !== 'machine-impossible';
}

function withLocks(problem: ExactProblem, machine: ExactMachine, locks: readonly NamedLock[]): ExactMachine {
  const isLocked = (kind: NamedLock['kind']) =>
    Array.from({ length: problem.intervalCount }, (_none, t) => locks.some((lock) => lock.kind === kind && lock.from <= t && t < lock.to));
  return { ...machine, mustRun: isLocked('on'), mustStop: isLocked('off') };
}

function sayLock({ kind, from, to }: NamedLock): string {
  return `the lock "${kind}" from ${from} to ${to}`;
}

function checkRowCertificate(problem: ExactProblem, weights: Multipliers, claimedValue: bigint): Verdict {
  const findings: Finding[] = findMultiplierFaults(problem, weights, true).map((fault) => ({ kind: 'multiplier', ...fault }));
  const bound = computeDualBound(problem, weights, true);
  if (bound.kind === 'machine-impossible') return { kind: 'infeasible', findings };
  if (bound.boundPusd >= 0n) {
    const reason = `the weighted sum of rows is ${bound.boundPusd}, which is not below 0`;
    findings.push({ kind: 'not-proven', claim: 'no plan exists', reason });
  }
  return { kind: 'infeasible', findings: [...findings, ...compareExact('certificate.value', claimedValue, bound.boundPusd)] };
}

function checkBoundOnly(problem: ExactProblem, multipliers: Multipliers | null, claimedBoundUsd: number | null): Verdict {
  if (multipliers === null) {
    const findings: Finding[] =
      claimedBoundUsd === null
        ? []
        : [{ kind: 'not-proven', claim: `a bound of ${claimedBoundUsd} USD`, reason: 'no multipliers are given' }];
    return { kind: 'bound-only', findings, boundPusd: null };
  }
  const { boundPusd, findings } = proveBound(problem, multipliers, false);
  if (boundPusd !== null && claimedBoundUsd !== null) findings.push(...compareUsd('boundUsd', claimedBoundUsd, boundPusd));
  return { kind: 'bound-only', findings, boundPusd };
}

function proveBound(
  problem: ExactProblem,
  multipliers: Multipliers,
  isMoneyFree: boolean,
): { boundPusd: bigint | null; findings: Finding[] } {
  const faults = findMultiplierFaults(problem, multipliers, isMoneyFree);
  if (faults.length > 0) return { boundPusd: null, findings: faults.map((fault) => ({ kind: 'multiplier', ...fault })) };
  const bound = computeDualBound(problem, multipliers, isMoneyFree);
  return bound.kind === 'bound' ? { boundPusd: bound.boundPusd, findings: [] } : { boundPusd: null, findings: [bound] };
}

function compareValue(claims: Claims, { valuePusd, money, loadW }: Recount): Finding[] {
  const partsPusd: Record<MoneyPart, bigint> = {
    hashing: money.hashingPusd,
    energy: money.energyPusd,
    restart: money.startsPusd,
    capPenalty: money.capPenaltyPusd,
    takeOrPay: money.takeOrPayPusd,
    demandCharge: money.demandChargePusd,
  };
  return [
    ...compareExact('exact.valueUnits', claims.valuePusd, valuePusd),
    ...compareUsd('valueUsd', claims.valueUsd, valuePusd),
    ...MONEY_PARTS.flatMap((part) => compareUsd(`money.${part}Usd`, claims.moneyUsd[part], partsPusd[part], valuePusd)),
    ...claims.loadKw.flatMap((kw, t) => compareNumber(`loadKw[${t}]`, kw, Number(loadW[t]!) / 1000)),
  ];
}

function compareBound(
  claims: Claims,
  { valuePusd }: Recount,
  { boundPusd, gapPusd, gapRatio }: { boundPusd: bigint; gapPusd: bigint; gapRatio: number },
): Finding[] {
  return [
    ...compareExact('exact.boundUnits', claims.boundPusd, boundPusd),
    ...compareUsd('boundUsd', claims.boundUsd, boundPusd),
    ...compareUsd('gapUsd', claims.gapUsd, gapPusd, valuePusd),
    ...compareNumber('gapRatio', claims.gapRatio, gapRatio),
  ];
}

function compareExact(figure: string, claimed: bigint, reckoned: bigint): Finding[] {
  return claimed === reckoned ? [] : [{ kind: 'claim', figure, claimed: String(claimed), reckoned: String(reckoned) }];
}

function compareUsd(figure: string, claimedUsd: number, reckonedPusd: bigint, wholePusd: bigint = reckonedPusd): Finding[] {
  return compareNumber(figure, claimedUsd, toUsd(reckonedPusd), toUsd(wholePusd));
}

function compareNumber(figure: string, claimed: number, reckoned: number, whole: number = reckoned): Finding[] {
  const isClose = Math.abs(claimed - reckoned) <= ROUNDING_RATIO * Math.max(1, Math.abs(whole), Math.abs(reckoned));
  return isClose ? [] : [{ kind: 'claim', figure, claimed: String(claimed), reckoned: String(reckoned) }];
}

function toUsd(pusd: bigint): number {
  return Number(pusd) / PUSD_PER_USD;
}

function noMultipliers(problem: ExactProblem): Multipliers {
  const row = problem.energyPusdPerW.map(() => 0n);
  const rows = problem.sites.map(() => row);
  return {
    capPusdPerW: rows,
    rampUpPusdPerW: rows,
    rampDownPusdPerW: rows,
    floorPusd: problem.clients.map(() => 0n),
    takeOrPayPusd: 0n,
    peakPusdPerW: row,
  };
}
