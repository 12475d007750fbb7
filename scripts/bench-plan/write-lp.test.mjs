import { createRequire } from 'node:module';
import { describe, expect, it } from 'vitest';
import { readColumns } from '../../engine/bench/plan/read-columns.ts';
import { writeLp } from '../../engine/bench/plan/write-lp.ts';
import { findViolations } from '../../engine/checker/find-violations.ts';
import { recountPlan } from '../../engine/checker/recount-plan.ts';
import { listPlans, listSchedules, rollProblem } from '../../engine/checker/tiny-problem.fixture.ts';

const highs = await createRequire(import.meta.url)('highs')();

/** Money in whole dollars, so that it is far above a solver's tolerances. */
function withDollars(problem) {
  const usd = (units) => units * 10n ** 12n;
  return {
    ...problem,
    energyPusdPerW: problem.energyPusdPerW.map(usd),
    hashPusdPerGhs: problem.hashPusdPerGhs.map(usd),
    machines: problem.machines.map((machine) => ({ ...machine, restartPusd: usd(machine.restartPusd) })),
    sites: problem.sites.map((site) => ({ ...site, penaltyPusdPerW: site.penaltyPusdPerW === null ? null : usd(site.penaltyPusdPerW) })),
    takeOrPay: problem.takeOrPay && { ...problem.takeOrPay, pusdPerWInterval: usd(problem.takeOrPay.pusdPerWInterval) },
    demandCharge: problem.demandCharge && { ...problem.demandCharge, pusdPerW: usd(problem.demandCharge.pusdPerW) },
  };
}

function bestByTryingAll(problem) {
  const schedules = problem.machines.map((machine) => listSchedules(machine, problem.intervalCount));
  let bestPusd = null;
  for (const plan of listPlans(problem, schedules)) {
    const recount = recountPlan(problem, plan);
    if ((bestPusd === null || recount.valuePusd > bestPusd) && findViolations(problem, plan, recount).length === 0)
      bestPusd = recount.valuePusd;
  }
  return bestPusd;
}

function solve({ text }) {
  const model = highs.createModel({ format: 'lp', data: text });
  try {
    model.options.set({ output_flag: false, mip_rel_gap: 0 });
    model.run();
    if (model.getModelStatus() !== highs.constants.modelStatus.optimal) return null;
    const columnsAtOne = [...model.getSolution().colValue.keys()].filter((column) => model.getSolution().colValue[column] > 0.5);
    return { valueUsd: model.getObjectiveValue(), columnsAtOne: columnsAtOne.map((column) => model.getColName(column)) };
  } finally {
    model.dispose();
  }
}

describe('the LP file of a plan problem', () => {
  it('has the optimum that trying all plans finds, in 40 tiny problems with every kind of rule', { timeout: 120_000 }, () => {
    let infeasible = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const problem = withDollars(rollProblem(seed));
      const bestPusd = bestByTryingAll(problem);
      const programme = writeLp(problem);
      const solved = solve(programme);
      if (bestPusd === null || solved === null) {
        expect(solved, `seed ${seed}`).toBe(bestPusd);
        infeasible++;
        continue;
      }
      expect(solved.valueUsd + programme.constantUsd, `seed ${seed}`).toBeCloseTo(Number(bestPusd) / 1e12, 5);
      const plan = readColumns(problem, solved.columnsAtOne);
      const recount = recountPlan(problem, plan);
      expect(findViolations(problem, plan, recount), `seed ${seed}`).toEqual([]);
      expect(recount.valuePusd, `seed ${seed}`).toBe(bestPusd);
    }
    expect(infeasible).toBeGreaterThan(2);
  });
});
