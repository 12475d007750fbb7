/**
 * `npm run bench:plan [-- --all | --only NAME,NAME] [--seeds N] [--ours]`: curtailment plans of seeded instances, ours beside HiGHS (npm package `highs`) and, where it is installed, CBC (Debian package
 * coinor-cbc), to a gap of 1e-4. Each solve is a process of its own, killed at 150 s or 4 GB. Every plan is judged by the checker; a plan that breaks a rule counts as none. Measures, never judges.
 */
import './setup/node-version.mjs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { DEFAULT_NAMES, INSTANCES } from './bench-plan/instances.mjs';
import { LIMITS, runLimited } from './bench-plan/run-limited.mjs';
import { formatTable } from './bench-plan/table.mjs';
import { ensureGenerated } from './setup/builds.mjs';
import { findProgram } from './setup/debian.mjs';
import { roleFolders } from './setup/folders.mjs';
import { withSetupLock } from './setup/lock.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { runCommand } from './setup/run-command.mjs';
import { say, UserError } from './setup/say.mjs';

const OURS_SCRIPT = fileURLToPath(new URL('bench-plan/solve-ours.mjs', import.meta.url));
/** Others are slow: one instance each. Ours is quick enough for a median and a worst case. */
const COMPARED_SEED = 1;
const OUR_SEEDS = 15;

async function bench() {
  const { values } = parseArgs({
    options: { all: { type: 'boolean' }, only: { type: 'string' }, ours: { type: 'boolean' }, seeds: { type: 'string' } },
  });
  const names = values.only?.split(',') ?? (values.all ? Object.keys(INSTANCES) : DEFAULT_NAMES);
  const unknown = names.find((name) => !(name in INSTANCES));
  if (unknown !== undefined) throw new UserError(`There is no instance ${unknown}; there are ${Object.keys(INSTANCES).join(', ')}.`);
  const seeds = Number(values.seeds ?? OUR_SEEDS);
  if (!Number.isInteger(seeds) || seeds < 1) throw new UserError(`--seeds is ${values.seeds}; allowed: a whole number from 1.`);
  await withSetupLock('npm run bench:plan', async () => {
    await ensurePackages();
    await ensureGenerated();
  });
  const hasCbc = findProgram(['cbc']) !== null;
  const solvers = values.ours ? [] : ['HiGHS', ...(hasCbc ? ['CBC'] : [])];
  say(
    `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}, load ${loadavg()[0].toFixed(1)}, ${new Date().toISOString()}`,
  );
  if (!hasCbc && !values.ours) say('CBC is not installed (Debian package coinor-cbc): not measured.');

  for (const name of names) {
    say(`\n${name}`);
    const ours = await measureOurs(name, seeds);
    const others = solvers.length === 0 ? [] : await measureOthers(name, solvers);
    say(formatTable([...ours.rows, ...others].map((result) => ({ instance: name, ...result }))));
    say(ours.summary);
  }
  say(`\nLoad at the end ${loadavg()[0].toFixed(1)}. Values and bounds are those of seed ${COMPARED_SEED}.`);
}

async function measureOurs(name, seeds) {
  const run = await runLimited({
    name: 'ours',
    command: process.execPath,
    args: [OURS_SCRIPT, name, String(seeds)],
    ...LIMITS,
    timeLimitMs: 4 * LIMITS.timeLimitMs,
  });
  const results = run.output
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
  if (results.length === 0) throw new UserError(`Our own solver gave no answer to ${name}.`, { details: run.output });
  const ofSeed = (seed) => results.find((result) => result.seed === seed) ?? results[0];
  const { valueUsd, boundUsd, elapsedMs, status, peakMb, holds } = ofSeed(COMPARED_SEED);
  const rows = [
    { solver: 'ours', valueUsd: holds ? valueUsd : null, boundUsd, elapsedMs, peakMb, ended: holds ? status : 'WRONG: see plan:check' },
  ];
  const times = sorted(results.map((result) => result.elapsedMs));
  const gaps = sorted(results.flatMap((result) => (result.gapRatio === null ? [] : [result.gapRatio])));
  const wrong = results.filter((result) => !result.holds).map((result) => result.seed);
  const summary = [
    `ours over ${results.length} seeds (median, worst): gap ${median(gaps).toExponential(1)}, ${gaps.at(-1)?.toExponential(1)};`,
    `time ${median(times).toFixed(1)} ms, ${times.at(-1)?.toFixed(1)} ms;`,
    wrong.length === 0 ? 'every answer holds by the checker' : `the checker refuses seeds ${wrong.join(', ')}`,
  ].join(' ');
  return { rows, summary };
}

async function measureOthers(name, solvers) {
  // TypeScript sources, read only now: the packages that can may have been installed by this very run.
  const { register } = await import('tsx/esm/api');
  register();
  const { makeInstance } = await import('../engine/bench/plan-instances.ts');
  const { Place } = await import('../engine/checker/json-place.ts');
  const { readProblem } = await import('../engine/checker/read-problem.ts');
  const { solveAsLp } = await import('./bench-plan/solve-lp.mjs');
  const problem = readProblem(new Place(makeInstance({ seed: COMPARED_SEED, ...INSTANCES[name].size }), 'instance'));
  return solveAsLp(problem, solvers, join(roleFolders('bench').folder, 'plan'));
}

function sorted(values) {
  return [...values].sort((a, b) => a - b);
}

function median(values) {
  return values.length === 0 ? Number.NaN : values[Math.floor(values.length / 2)];
}

runCommand(bench, { exitCodeWhenStopped: 130 });
