/**
 * `npm run bench`, shed part: 6,000 machines of 3 modes over many seeds and targets through the facade (columns, solve, reasons); the same for other sizes and strategies; and
 * published knapsacks with a larger budget. It reports and never gates. `--long` gives the hard knapsacks about a minute each.
 */
import { existsSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { ShedPlan, ShedProblem } from '#engine';
import { DEFAULT_STATE_BUDGET } from '#engine';
import type { ShedStrategy } from '../units/shed-fields.ts';
import { SHED_STRATEGIES } from '../units/shed-fields.ts';
import { loadCurtailment } from '../vectors/built-engines.ts';
import type { PublishedKnapsack } from '../vectors/published-knapsacks.ts';
import { listJooken, listPisinger } from '../vectors/published-knapsacks.ts';
import { makeFleetShed, reachableW } from '../vectors/random-sheds.ts';

const DATA_FOLDER = fileURLToPath(new URL('../../../shared/data', import.meta.url));
const SEEDS = 21;
const JOOKEN_STATES = 200_000_000;
const JOOKEN_STATES_LONG = 3_000_000_000;

const curtailment = await loadCurtailment('simd');

/** Wall time, and the processor's, which other work on the machine does not lengthen. */
function timed(problem: ShedProblem, stateBudget: number): { plan: ShedPlan; ms: number; cpuMs: number } {
  const cpuFrom = process.cpuUsage();
  const from = performance.now();
  const plan = curtailment.shed(problem, { stateBudget });
  const ms = performance.now() - from;
  const cpu = process.cpuUsage(cpuFrom);
  if (plan.kind === 'invalid' || plan.status === 'infeasible') throw new Error('a problem of the bench was refused');
  return { plan, ms, cpuMs: (cpu.user + cpu.system) / 1000 };
}

function median(values: readonly number[]): number {
  return [...values].sort((left, right) => left - right)[values.length >> 1]!;
}

function report(name: string, problems: readonly ShedProblem[]): void {
  const runs = problems.map((problem) => timed(problem, DEFAULT_STATE_BUDGET));
  const ms = runs.map((run) => run.ms);
  const cpuMs = runs.map((run) => run.cpuMs);
  const gaps = runs.map(({ plan }) => plan.gapUsd);
  const proven = runs.filter(({ plan }) => plan.status === 'optimal').length;
  const pair = (values: readonly number[], digits: number) =>
    `${median(values).toFixed(digits).padStart(8)} ${Math.max(...values)
      .toFixed(digits)
      .padStart(8)}  `;
  console.log(`${name.padEnd(46)} ${pair(ms, 1)} ${pair(cpuMs, 1)} ${pair(gaps, 6)} ${proven}/${runs.length}`);
}

/** Targets from 5 to 82 % of what can be given up, one a seed. */
function listFleets(machineCount: number, spread = 1, strategy: ShedStrategy = 'least-profit'): ShedProblem[] {
  return Array.from({ length: SEEDS }, (_, index) => {
    const targetRatio = 0.05 + (0.77 * index) / (SEEDS - 1);
    return { ...makeFleetShed({ machineCount, seed: index + 1, targetRatio, spread }), strategy };
  });
}

/** Targets within 20 kW of where every machine is on low power: the hard place of a fleet with a low mode. */
function listKinks(): ShedProblem[] {
  return listFleets(6000).map((problem, index) => {
    const lowW = problem.machines.reduce((sum, { modes }) => sum + modes[2]!.powerW - modes[1]!.powerW, 0);
    return { ...problem, targetW: lowW + (index - 10) * 2000 };
  });
}

function withRules(problem: ShedProblem): ShedProblem {
  const weights = [{ client: 'client-1', tier: null, weight: 2 }];
  return { ...problem, custom: { tiers: null, clients: null, scoreAtMost: null, weights, minimumOnlineRatio: 0.6 } };
}

console.log(`${cpus()[0]?.model}, ${cpus().length} cores, Node ${process.version}, load ${loadavg()[0]!.toFixed(1)}`);
console.log(`\n${SEEDS} seeds each; median and worst of ms, CPU ms, certified gap USD; proven`);
report('warm-up, 300 machines x 3 modes', listFleets(300));
report('6,000 machines x 3 modes', listFleets(6000));
report('6,000 x 3, targets about "all on low power"', listKinks());
report('6,000 x 3, identical within each model', listFleets(6000, 0));
report('20,000 x 3', listFleets(20_000));
for (const strategy of SHED_STRATEGIES.slice(1)) {
  // What the strategy leaves on its own, policy price included: two problems each at least.
  const feasible = listFleets(6000, 1, strategy).map((problem) =>
    strategy === 'custom'
      ? withRules({ ...problem, targetW: Math.min(problem.targetW, Math.floor(reachableW(problem.machines) * 0.5)) })
      : problem,
  );
  report(`6,000 x 3, ${strategy}`, feasible);
}

function reportKnapsack({ name, problem, totalValue, optimum }: PublishedKnapsack, stateBudget: number): void {
  const { plan, ms } = timed(problem, stateBudget);
  const [value, bound] = [totalValue - plan.lostUsd, totalValue - plan.boundUsd];
  console.log(
    `${name.padEnd(52)} ${ms.toFixed(0).padStart(7)} ms  ${plan.status.padEnd(8)} value ${value}  bound ${bound}  published optimum ${optimum}`,
  );
}

if (existsSync(`${DATA_FOLDER}/knapsack`)) {
  const states = process.argv.includes('--long') ? JOOKEN_STATES_LONG : JOOKEN_STATES;
  console.log('\npublished knapsacks (Pisinger)');
  for (const knapsack of listPisinger(DATA_FOLDER, 'large_scale')) reportKnapsack(knapsack, DEFAULT_STATE_BUDGET);
  console.log(`\npublished knapsacks (Jooken), at most ${states} states`);
  for (const knapsack of listJooken(DATA_FOLDER)) reportKnapsack(knapsack, states);
}
