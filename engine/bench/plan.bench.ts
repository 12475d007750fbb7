/**
 * Curtailment plans against their bars: certified gap and time over seeds, median and worst, with the machine's load. `tsx engine/bench/plan.bench.ts [seeds] [names]`; run.ts runs it
 * with its default. It reports and never gates. Time is the whole call from JSON-like problem to answer, warm module; processor time is given beside it, because
 * on a machine with other work it is the truer figure.
 */
import { cpus, loadavg } from 'node:os';
import type { Curtailment, PlanAnswer, PlanOptions, PlanProblem } from '#engine';
import { loadCurtailment } from '../vectors/built-engines.ts';
import { type InstanceShape, makeInstance } from './plan-instances.ts';

type Bar = {
  name: string;
  shape: Omit<InstanceShape, 'seed'>;
  options: PlanOptions;
  gapBar: number;
  timeBarMs: number;
  seeds?: number;
  /** Re-plan with one price changed, from the multipliers of the plan before. */
  warm?: boolean;
};

const BARS: Bar[] = [
  { name: '6,000 x 96 x 3, 8 capped', shape: { machines: 6000, intervals: 96, states: 3 }, options: {}, gapBar: 1.2e-5, timeBarMs: 80 },
  {
    name: '6,000 x 24 x 2, 8 capped',
    shape: { machines: 6000, intervals: 24, states: 2 },
    options: { gapTarget: 2e-5 },
    gapBar: 2e-5,
    timeBarMs: 12,
  },
  {
    name: '6,000 x 96 x 3, 10 SLA, take-or-pay, minimum 4 up 4 down',
    shape: { machines: 6000, intervals: 96, states: 3, clients: 10, takeOrPay: true, minUpIntervals: 4, minDownIntervals: 4 },
    options: { gapTarget: 1e-4 },
    gapBar: 1e-4,
    timeBarMs: 300,
  },
  {
    name: '6,000 x 24 x 2, demand charge',
    shape: { machines: 6000, intervals: 24, states: 2, demandChargeUsdPerKw: 12 },
    options: { gapTarget: 1e-5 },
    gapBar: 1e-4,
    timeBarMs: 300,
  },
  {
    name: '100 x 24 x 2',
    shape: { machines: 100, intervals: 24, states: 2 },
    options: { timeBudgetMs: 5000, iterations: 1e6 },
    gapBar: 1e-3,
    timeBarMs: 5000,
  },
  {
    name: '300 x 96 x 3',
    shape: { machines: 300, intervals: 96, states: 3 },
    options: { timeBudgetMs: 5000, iterations: 1e6 },
    gapBar: 1e-4,
    timeBarMs: 5000,
  },
  {
    name: '100,000 x 96 x 4',
    shape: { machines: 100_000, intervals: 96, states: 4 },
    options: {},
    gapBar: 1e-5,
    timeBarMs: 2000,
    seeds: 3,
  },
  {
    name: '6,000 x 96 x 3 re-plan, warm, one price changed',
    shape: { machines: 6000, intervals: 96, states: 3 },
    options: { gapTarget: 1e-4 },
    gapBar: 1e-4,
    timeBarMs: 50,
    warm: true,
  },
];

const DEFAULT_SEEDS = 15;

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}

function planOf(curtailment: Curtailment, problem: PlanProblem, options: PlanOptions): PlanAnswer {
  const result = curtailment.planCurtailment(problem, options);
  if (!('exact' in result)) throw new Error(`no plan: ${result.status}`);
  return result;
}

/** Gap over the value that can still be changed: what the peak so far costs already is left out, so that the ratio is not flattered. */
function openGapRatio(problem: PlanProblem, answer: PlanAnswer): number {
  const sunk = problem.demandCharge ? problem.demandCharge.usdPerKw * problem.demandCharge.peakSoFarKw : 0;
  return answer.gapUsd / Math.max(1, Math.abs(answer.valueUsd + sunk));
}

function measure(curtailment: Curtailment, bar: Bar, seeds: number): void {
  const gaps: number[] = [];
  const usd: number[] = [];
  const wallMs: number[] = [];
  const processorMs: number[] = [];
  for (let seed = 1; seed <= seeds; seed++) {
    let problem = makeInstance({ ...bar.shape, seed });
    let options = bar.options;
    if (bar.warm) {
      const before = planOf(curtailment, problem, options);
      problem = { ...problem, priceUsdPerMwh: problem.priceUsdPerMwh.map((price, t) => (t === 72 ? price + 40 : price)) };
      options = { ...options, warm: before.multipliers };
    }
    const started = performance.now();
    const processor = process.cpuUsage();
    const answer = planOf(curtailment, problem, options);
    wallMs.push(performance.now() - started);
    const used = process.cpuUsage(processor);
    processorMs.push((used.user + used.system) / 1000);
    gaps.push(openGapRatio(problem, answer));
    usd.push(answer.gapUsd);
  }
  const gap = (value: number) => value.toExponential(1).padStart(8);
  const ms = (value: number) => value.toFixed(0).padStart(6);
  console.log(
    `${bar.name.padEnd(58)} gap ${gap(median(gaps))} worst ${gap(Math.max(...gaps))} (bar ${gap(bar.gapBar)})  ${median(usd).toFixed(2).padStart(6)} USD  ` +
      `time ${ms(median(wallMs))} ms, best ${ms(Math.min(...wallMs))}, worst ${ms(Math.max(...wallMs))} (bar ${ms(bar.timeBarMs)})  processor ${ms(median(processorMs))} ms  ` +
      `${seeds} seeds, load ${loadavg()[0]!.toFixed(1)}`,
  );
}

const seeds = Number(process.argv[2] ?? DEFAULT_SEEDS);
const wanted = process.argv.slice(3);
const curtailment = await loadCurtailment('simd');
console.log(
  `curtailment plans: ${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}, load ${loadavg()[0]!.toFixed(1)}`,
);
const cold = performance.now();
planOf(curtailment, makeInstance({ machines: 6000, intervals: 96, states: 3, seed: 1 }), {});
console.log(`first plan of a fresh process, 6,000 x 96 x 3: ${(performance.now() - cold).toFixed(0)} ms`);
// The bars are for a warm module: the compilers of JavaScript and WebAssembly have seen every phase.
for (const { shape, options } of BARS.filter(({ shape: { machines } }) => machines === 6000)) {
  for (let round = 0; round < 3; round++) planOf(curtailment, makeInstance({ ...shape, seed: 100 + round }), options);
}
for (const bar of BARS) {
  if (wanted.length > 0 && !wanted.some((name) => bar.name.includes(name))) continue;
  measure(curtailment, bar, bar.seeds === undefined ? seeds : Math.min(seeds, bar.seeds));
}
