/**
 * The plan against every plan there is, on problems small enough to try them all: worth the optimum, never bounded below it, and none exactly when nothing is allowed.
 * Everything in whole money units.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { loadCurtailment } from '../../vectors/built-engines.ts';
import { createRandom } from '../../vectors/random-inputs.ts';
import { judgePlan, judgeSequence, listUnits, makeTinyProblem, solveByTryingAll, type TinyFeatures } from '../../vectors/tiny-plans.ts';
import type { Curtailment, LatticeProblem, PlanAnswer } from '../index.ts';
import { boundOf } from './account.ts';
import { emptyMultipliers } from './multipliers.ts';

const CASES = 160;

const FEATURES: { name: string; features: TinyFeatures }[] = [
  { name: 'caps', features: {} },
  {
    name: 'nothing that couples',
    features: { uncapped: true, sleep: true, minimumTimes: true, maxStarts: true, initial: true },
  },
  { name: 'minimum times and first states', features: { minimumTimes: true, initial: true } },
  { name: 'limits of starts', features: { maxStarts: true, minimumTimes: true, initial: true } },
  { name: 'locks', features: { locks: true, initial: true, minimumTimes: true } },
  { name: 'sleep power', features: { sleep: true } },
  { name: 'penalised caps', features: { softCaps: true } },
  { name: 'two sites', features: { twoSites: true, softCaps: true } },
  { name: 'floors of clients', features: { clients: true } },
  { name: 'take-or-pay', features: { takeOrPay: true } },
  { name: 'a demand charge', features: { demandCharge: true } },
  { name: 'ramps', features: { ramps: true } },
  {
    name: 'everything at once',
    features: {
      minimumTimes: true,
      maxStarts: true,
      locks: true,
      initial: true,
      sleep: true,
      clients: true,
      takeOrPay: true,
      demandCharge: true,
      softCaps: true,
      twoSites: true,
    },
  },
];

let simd: Curtailment;
let scalar: Curtailment;

beforeAll(async () => {
  simd = await loadCurtailment('simd');
  scalar = await loadCurtailment('scalar');
});

/** The answer's value from its runs alone; null when a rule or a row is broken. */
function recount(problem: LatticeProblem, answer: PlanAnswer): number | null {
  const units = listUnits(problem);
  const sequences = answer.machines.map(({ runs }, index) => {
    const unit = units[index]!;
    const modes = runs.flatMap(([from, to, mode]) => Array.from({ length: to - from }, () => unit.modeIndex.indexOf(mode)));
    return judgeSequence(problem, unit, modes);
  });
  if (sequences.some((sequence) => sequence === null)) return null;
  return judgePlan(
    problem,
    units,
    sequences.map((sequence) => sequence!),
  );
}

/** The weights' bound with all money 0, every unit at its best by trying all its sequences. */
function multiplyOut(problem: LatticeProblem, certificate: { weights: object }): bigint {
  const free: LatticeProblem = {
    ...problem,
    priceUnits: problem.priceUnits.map(() => 0),
    hashpriceUnits: problem.hashpriceUnits.map(() => 0),
    takeOrPay: null,
    demandCharge: null,
  };
  const multipliers = { ...emptyMultipliers(free), ...certificate.weights };
  const best = listUnits(free).reduce((sum, unit) => {
    const rates = Array.from({ length: free.intervalCount }, (_, t) => {
      const up = (multipliers.rampUp[unit.site]![t] ?? 0) - (multipliers.rampUp[unit.site]![t + 1] ?? 0);
      const down = (multipliers.rampDown[unit.site]![t] ?? 0) - (multipliers.rampDown[unit.site]![t + 1] ?? 0);
      return multipliers.cap[unit.site]![t]! + up - down;
    });
    const bonus = unit.client >= 0 ? multipliers.client[unit.client]! : 0;
    let most: number | null = null;
    const total = unit.powerW.length ** free.intervalCount;
    for (let code = 0; code < total; code++) {
      const modes = Array.from({ length: free.intervalCount }, (_, t) => Math.floor(code / unit.powerW.length ** t) % unit.powerW.length);
      const sequence = judgeSequence(free, { ...unit, restartUnits: 0 }, modes);
      if (!sequence) continue;
      const worth = sequence.on * bonus - sequence.powerW.reduce((cost, power, t) => cost + power * rates[t]!, 0);
      if (most === null || worth > most) most = worth;
    }
    if (most === null) throw new Error('a unit without any sequence needs no certificate of rows');
    return sum + BigInt(most);
  }, 0n);
  return boundOf(free, best, multipliers);
}

describe.each(FEATURES)('plans with $name', { timeout: 120_000 }, ({ name, features }) => {
  it('are the best there is, worth what they say and never bounded below it', () => {
    for (let seed = 1; seed <= CASES; seed++) {
      const given = makeTinyProblem(createRandom(seed * 7919 + name.length * 104_729), features);
      const problem = simd.roundPlanProblem(given);
      const optimum = solveByTryingAll(problem);
      const result = simd.planCurtailment(given);
      const label = `${name}, seed ${seed}`;
      if (result.status === 'infeasible') {
        expect(optimum, label).toBeNull();
        if (result.certificate.kind === 'rows') {
          const value = multiplyOut(problem, result.certificate);
          expect(value < 0n, label).toBe(true);
          expect(value.toString(), label).toBe(result.certificate.value);
        }
        continue;
      }
      if (!('exact' in result)) {
        expect(result, label).toMatchObject({ status: 'unknown', isSearched: true });
        expect(optimum, label).toBeNull();
        continue;
      }
      expect(recount(problem, result), label).toBe(Number(result.exact.valueUnits));
      expect(optimum, label).not.toBeNull();
      expect(Number(result.exact.valueUnits), label).toBe(optimum);
      expect(Number(result.exact.boundUnits), label).toBeGreaterThanOrEqual(optimum!);
      if (result.gapRatio > 1e-5) expect(result.searchBoundUsd, label).toBe(result.valueUsd);
    }
  });

  it('are the same, bit for bit, in the build without SIMD', () => {
    for (let seed = 1; seed <= CASES / 4; seed++) {
      const given = makeTinyProblem(createRandom(seed * 31_337 + name.length * 104_729), features);
      expect(scalar.planCurtailment(given), `${name}, seed ${seed}`).toEqual(simd.planCurtailment(given));
    }
  });
});
