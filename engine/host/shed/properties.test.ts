/** What must hold for any fleet, whatever its optimum: order, scale, monotony, rules, equal bits of both builds, and refusal of what is out of range. */
import { beforeAll, describe, expect, it } from 'vitest';
import { SHED_STRATEGIES } from '../../units/shed-fields.ts';
import { BUILD_NAMES, loadCurtailment } from '../../vectors/built-engines.ts';
import { createRandom } from '../../vectors/random-inputs.ts';
import { listTinySheds, makeFleetShed, reachableW } from '../../vectors/random-sheds.ts';
import type { Curtailment, ShedPlan, ShedProblem, ShedRules } from '../index.ts';

const RULES: ShedRules = {
  tiers: null,
  clients: null,
  scoreAtMost: null,
  weights: [{ client: 'client-1', tier: null, weight: 2 }],
  minimumOnlineRatio: 0.7,
};

const facades = new Map<string, Curtailment>();
beforeAll(async () => {
  for (const name of BUILD_NAMES) facades.set(name, await loadCurtailment(name));
});

function plan(problem: ShedProblem, stateBudget = 400_000): ShedPlan {
  const answer = facades.get('simd')!.shed(problem, { stateBudget });
  if (answer.kind === 'invalid' || answer.status === 'infeasible') throw new Error('a feasible problem was refused');
  return answer;
}

function fleet(seed: number, targetRatio: number, machineCount = 300, spread = 1): ShedProblem {
  return makeFleetShed({ machineCount, seed, targetRatio, spread });
}

describe('any shed problem', { timeout: 60_000 }, () => {
  it('has the same answer in whatever order machines are sent, under every strategy', () => {
    const random = createRandom(5);
    for (const strategy of SHED_STRATEGIES) {
      const problem = { ...fleet(3, 0.35), strategy, custom: strategy === 'custom' ? RULES : null };
      const shuffled = { ...problem, machines: [...problem.machines].sort(() => random() - 0.5) };
      const [left, right] = [plan(problem), plan(shuffled)];
      const modes = (answer: ShedPlan) => new Map(answer.machines.map(({ id, mode }) => [id, mode]));
      expect({ ...right, machines: modes(right) }, strategy).toEqual({ ...left, machines: modes(left) });
    }
  });

  it('has the same bits from both builds', () => {
    for (const strategy of SHED_STRATEGIES) {
      const problem = { ...fleet(4, 0.5), strategy, custom: strategy === 'custom' ? RULES : null };
      expect(facades.get('scalar')!.shed(problem), strategy).toEqual(facades.get('simd')!.shed(problem));
    }
  });

  it('costs no less the more is asked for', () => {
    let before = Number.NEGATIVE_INFINITY;
    for (let step = 0; step <= 20; step += 1) {
      const { lostUsd, shedW } = plan(fleet(7, step / 20));
      expect(shedW).toBeGreaterThanOrEqual(fleet(7, step / 20).targetW);
      expect(lostUsd).toBeGreaterThanOrEqual(before);
      before = lostUsd;
    }
  });

  it('is dearer under any strategy than by least profit, by the price it tells', () => {
    const least = plan(fleet(8, 0.3));
    for (const strategy of SHED_STRATEGIES) {
      const answer = plan({ ...fleet(8, 0.3), strategy, custom: strategy === 'custom' ? RULES : null });
      expect(answer.policyPriceUsd, strategy).toBeGreaterThanOrEqual(0);
      expect(answer.lostUsd - least.lostUsd, strategy).toBeCloseTo(answer.policyPriceUsd, 9);
      expect(answer.boundUsd, strategy).toBeLessThanOrEqual(answer.lostUsd);
      expect(answer.shedW, strategy).toBeGreaterThanOrEqual(fleet(8, 0.3).targetW);
    }
  });

  it('scales with money and power', () => {
    for (const problem of listTinySheds(300, 9, 'least-profit')) {
      const scaled: ShedProblem = {
        ...problem,
        targetW: problem.targetW * 4,
        machines: problem.machines.map((machine) => ({
          ...machine,
          restartUsd: machine.restartUsd * 8,
          modes: machine.modes.map(({ powerW, profitUsdPerHour }) => ({ powerW: powerW * 4, profitUsdPerHour: profitUsdPerHour * 8 })),
        })),
      };
      const [left, right] = [facades.get('simd')!.shed(problem), facades.get('simd')!.shed(scaled)];
      if (left.kind !== 'ok' || right.kind !== 'ok') throw new Error('a valid problem was refused');
      expect(right.status).toBe(left.status);
      if (left.lostUsd !== null) expect(right.lostUsd).toBeCloseTo(left.lostUsd * 8, 9);
    }
  });

  it('changes nothing for a machine that may not change or has nothing to give', () => {
    const problem = fleet(10, 0.4);
    const idle = { ...problem.machines[0]!, id: 'idle', current: 0, modes: [{ powerW: 0, profitUsdPerHour: 0 }] };
    const locked = { ...problem.machines[1]!, id: 'locked', locked: true };
    const more = plan({ ...problem, machines: [...problem.machines, idle, locked] });
    expect(more.lostUsd).toBe(plan(problem).lostUsd);
    expect(more.machines.at(-2)).toEqual({ id: 'idle', mode: 0, reason: { code: 'nothing-to-shed' } });
    expect(more.machines.at(-1)?.reason).toMatchObject({ code: 'locked', blockedW: locked.modes[2]!.powerW });
    expect(more.blockers).toEqual([{ because: 'locked', machines: 1, blockedW: locked.modes[2]!.powerW }]);
  });

  it('ends within its budget with a bound that a larger budget does not break', () => {
    for (let seed = 1; seed <= 10; seed += 1) {
      const problem = fleet(seed, 0.3, 1000);
      const [tight, wide] = [plan(problem, 500), plan(problem, 4_000_000)];
      expect(tight.boundUsd).toBeLessThanOrEqual(wide.lostUsd);
      expect(wide.lostUsd).toBeLessThanOrEqual(tight.lostUsd);
      expect(tight.gapUsd).toBeCloseTo(tight.lostUsd - tight.boundUsd, 9);
    }
  });

  it('gives reasons whose figures can be recomputed', () => {
    const problem = fleet(12, 0.4);
    const { machines } = plan(problem);
    const codes = new Set(machines.map(({ reason }) => reason.code));
    expect([...codes].every((code) => ['stopped', 'lowered', 'kept', 'spared'].includes(code))).toBe(true);
    machines.forEach(({ mode, reason }, index) => {
      const { modes, current } = problem.machines[index]!;
      if (reason.code === 'stopped' || reason.code === 'lowered') {
        expect(reason.lostUsdPerHour).toBe(modes[current]!.profitUsdPerHour - modes[mode!]!.profitUsdPerHour);
      }
      if (reason.code === 'kept') {
        // The cheapest way to take its power, less what the marginal machine would lose for as much.
        const ways = modes.slice(0, 2).map(({ powerW, profitUsdPerHour }, to) => {
          const lost = modes[2]!.profitUsdPerHour - profitUsdPerHour + (to === 0 ? 0.1 / problem.durationHours : 0);
          return lost - (reason.marginalUsdPerKwh * (modes[2]!.powerW - powerW)) / 1000;
        });
        expect(reason.extraUsdPerHour).toBeCloseTo(Math.min(...ways), 9);
      }
    });
  });
});

describe('a target out of reach', () => {
  it('is answered with the most that can be reached and what holds back the rest', () => {
    const problem = fleet(13, 0.5);
    const machines = problem.machines.map((machine, index) => (index < 100 ? { ...machine, locked: true } : machine));
    const all = reachableW(problem.machines);
    const answer = facades.get('simd')!.shed({ ...problem, targetW: all, machines });
    const held = machines.slice(0, 100).reduce((sum, { modes }) => sum + modes[2]!.powerW, 0);
    expect(answer).toMatchObject({ status: 'infeasible', shedW: null, lostUsd: null, maximumShedW: all - held });
    expect(answer.kind === 'ok' && answer.blockers).toEqual([{ because: 'locked', machines: 100, blockedW: held }]);
    expect(answer.kind === 'ok' && answer.machines.every(({ mode }) => mode === null)).toBe(true);
  });

  it('names the share of machines that must stay on', () => {
    const problem: ShedProblem = { ...fleet(14, 0.9), strategy: 'custom', custom: { ...RULES, minimumOnlineRatio: 0.9 } };
    const answer = facades.get('simd')!.shed(problem);
    expect(answer).toMatchObject({ status: 'infeasible', blockers: [{ because: 'minimum-online' }] });
    if (answer.kind !== 'ok') throw new Error('a valid problem was refused');
    expect(plan({ ...problem, targetW: answer.maximumShedW }).shedW).toBe(answer.maximumShedW);
  });
});

describe('numbers at the edges of their ranges', { timeout: 60_000 }, () => {
  it('never trap, never break a bound and never miss the target', () => {
    const random = createRandom(15);
    const edge = (values: readonly number[]) => values[Math.floor(random() * values.length)]!;
    for (let run = 0; run < 1500; run += 1) {
      const machines = Array.from({ length: 1 + Math.floor(random() * 30) }, (_, index) => {
        const modes = Array.from({ length: 1 + Math.floor(random() * 8) }, () => ({
          powerW: edge([0, 1e-6, 1, 12_000, 3250.123456, 1e10, Number.MIN_VALUE]),
          profitUsdPerHour: edge([0, -1e10, 1e10, 1e-12, 0.1, -0.3, Number.MIN_VALUE]),
        }));
        const current = Math.floor(random() * modes.length);
        return {
          id: `${index}`,
          client: edge([1, 2]) === 1 ? 'x' : null,
          tier: edge([0, 1000]),
          score: edge([-1e9, 0, 1e9]),
          locked: random() < 0.1,
          restartUsd: edge([0, 1e10]),
          current,
          modes,
        };
      });
      const strategy = SHED_STRATEGIES[run % SHED_STRATEGIES.length]!;
      const targetW = Math.min(2e14, reachableW(machines) * edge([0, 0.3, 0.9, 1, 1.1]));
      const problem = { targetW, durationHours: edge([1e-6, 1, 8784]), strategy, custom: strategy === 'custom' ? RULES : null, machines };
      const answer = facades.get('simd')!.shed(problem, { stateBudget: 20_000 });
      if (answer.kind === 'invalid') throw new Error(JSON.stringify(answer.errors));
      if (answer.status === 'infeasible') continue;
      const shedW = answer.machines.reduce((sum, { mode }, index) => {
        const { modes, current } = machines[index]!;
        return sum + modes[current]!.powerW - modes[mode!]!.powerW;
      }, 0);
      expect(Math.abs(shedW - answer.shedW)).toBeLessThanOrEqual(answer.lattice.powerW * machines.length + 1e-9 * Math.abs(shedW));
      expect(answer.shedW).toBeGreaterThanOrEqual(targetW - answer.lattice.powerW);
      expect(answer.boundUsd, JSON.stringify(problem)).toBeLessThanOrEqual(answer.lostUsd);
      expect(Number.isFinite(answer.lostUsd) && Number.isFinite(answer.policyPriceUsd)).toBe(true);
    }
  });

  it('are refused outside, by path', () => {
    const problem = fleet(16, 0.2, 3);
    const [first, second, third] = problem.machines;
    const answer = facades.get('simd')!.shed({
      ...problem,
      targetW: Number.NaN,
      durationHours: 0,
      machines: [
        { ...first!, restartUsd: -1, current: 3 },
        { ...second!, id: first!.id, modes: [{ powerW: 2e10, profitUsdPerHour: Number.POSITIVE_INFINITY }], current: 0 },
        { ...third!, modes: [], current: 0.5 },
      ],
    });
    expect(answer.kind === 'invalid' && answer.errors.map(({ path, code }) => [path.join('.'), code])).toEqual([
      ['targetW', 'out_of_range'],
      ['durationHours', 'out_of_range'],
      ['machines.0.restartUsd', 'out_of_range'],
      ['machines.0.current', 'no_such_mode'],
      ['machines.1.modes.0.powerW', 'out_of_range'],
      ['machines.1.modes.0.profitUsdPerHour', 'out_of_range'],
      ['machines.1.id', 'duplicate_id'],
      ['machines.2.modes', 'no_modes'],
      ['machines.2.current', 'not_an_integer'],
    ]);
  });
});
