/**
 * Our own solver on the seeds 1 to N of one instance, in a process of its own: a first run to warm the module up, then one measured run a seed. Writes a line of JSON a seed. Memory is the process's
 * highest so far, before the checker has looked at the answer.
 */
import { register } from 'tsx/esm/api';
import { INSTANCES } from './instances.mjs';

register();
const { makeInstance } = await import('../../engine/bench/plan-instances.ts');
const { checkPlanFile, describeVerdict } = await import('../../engine/checker/index.ts');
const { loadCurtailment } = await import('../../engine/vectors/built-engines.ts');

const KB_PER_MB = 1024;
const [name, seeds] = process.argv.slice(2);
const { size, options } = INSTANCES[name];
const curtailment = await loadCurtailment('simd');
const solve = (problem) => curtailment.planCurtailment(problem, options);

solve(makeInstance({ ...size, seed: Number(seeds) + 1 }));
for (let seed = 1; seed <= Number(seeds); seed++) {
  const problem = makeInstance({ ...size, seed });
  const startedAtMs = performance.now();
  const answer = solve(problem);
  const elapsedMs = performance.now() - startedAtMs;
  const peakMb = process.resourceUsage().maxRSS / KB_PER_MB;
  const check = checkPlanFile({ problem, answer });
  const { isProven, lines } = check.kind === 'unreadable' ? { isProven: false, lines: [check.sentence] } : describeVerdict(check.verdict);
  const { status, valueUsd = null, boundUsd = null, gapRatio = null } = answer;
  const why = isProven ? {} : { why: lines.slice(0, 5) };
  process.stdout.write(`${JSON.stringify({ seed, status, valueUsd, boundUsd, gapRatio, elapsedMs, peakMb, holds: isProven, ...why })}\n`);
}
