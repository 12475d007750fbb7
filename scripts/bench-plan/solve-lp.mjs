/** The other solvers: the instance as an LP file, solved in a child process under limits; what comes back is judged by the checker. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { readColumns } from '../../engine/bench/plan/read-columns.ts';
import { writeLp } from '../../engine/bench/plan/write-lp.ts';
import { findViolations } from '../../engine/checker/find-violations.ts';
import { recountPlan } from '../../engine/checker/recount-plan.ts';
import { LIMITS, runLimited } from './run-limited.mjs';

const GAP_RATIO = '1e-4';
/** The solvers' own limit, a little earlier: one that keeps it delivers what it has. */
const OWN_LIMIT_S = 140;
/** Above this many starts and modes the text would not fit into one string. */
const MOST_LP_COLUMNS = 4_000_000;
const HIGHS_SCRIPT = fileURLToPath(new URL('solve-highs.mjs', import.meta.url));

/** One result per solver: { solver, valueUsd, boundUsd, elapsedMs, peakMb, ended }. */
export async function solveAsLp(problem, solvers, folder) {
  const units = problem.machines.reduce((sum, { count }) => sum + count, 0);
  const columns = 2 * units * problem.intervalCount * problem.machines[0].modes.length;
  if (columns > MOST_LP_COLUMNS)
    return solvers.map((solver) => nothing(solver, `not tried: ${(columns / 1e6).toFixed(0)} million columns`));
  const { text, constantUsd } = writeLp(problem);
  const results = [];
  for (const solver of solvers) {
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder, { recursive: true });
    const lpFile = join(folder, 'plan.lp');
    writeFileSync(lpFile, text);
    const run = solver === 'HiGHS' ? runHighs : runCbc;
    results.push({ solver, ...(await run({ lpFile, folder, problem, constantUsd })) });
  }
  rmSync(folder, { recursive: true, force: true });
  return results;
}

function nothing(solver, ended) {
  return { solver, valueUsd: null, boundUsd: null, elapsedMs: null, peakMb: null, ended };
}

async function runHighs({ lpFile, folder, problem, constantUsd }) {
  const args = [HIGHS_SCRIPT, lpFile, folder, GAP_RATIO, String(OWN_LIMIT_S)];
  const run = await runLimited({ name: 'HiGHS', command: process.execPath, args, ...LIMITS });
  const progress = readIfThere(join(folder, 'progress.json'), JSON.parse);
  const columns = readIfThere(join(folder, 'columns.txt'), (text) => text.split('\n'));
  return {
    ...judge(problem, columns),
    boundUsd: progress === null || progress.boundUsd === null ? null : progress.boundUsd + constantUsd,
    elapsedMs: run.elapsedMs,
    peakMb: run.peakMb,
    ended: describeEnd(run, progress?.status ?? 'no answer'),
  };
}

async function runCbc({ lpFile, folder, problem, constantUsd }) {
  const solutionFile = join(folder, 'solution.txt');
  const args = [lpFile, 'ratio', GAP_RATIO, 'timeMode', 'elapsed', 'sec', String(OWN_LIMIT_S), 'solve', 'solu', solutionFile];
  const run = await runLimited({ name: 'CBC', command: 'cbc', args, ...LIMITS });
  const status = /^Result - (.*)$/m.exec(run.output)?.[1] ?? 'no answer';
  const number = (title) => readNumber(run.output, title);
  // Solved to the end, CBC prints no bound: it is the value.
  const bound = number('Upper bound') ?? (status.startsWith('Optimal') ? number('Objective value') : null);
  const columns = readIfThere(solutionFile, readCbcColumns);
  return {
    ...judge(problem, columns),
    boundUsd: bound === null ? null : bound + constantUsd,
    elapsedMs: run.elapsedMs,
    peakMb: run.peakMb,
    ended: describeEnd(run, status),
  };
}

function readNumber(output, title) {
  const match = new RegExp(`^${title}:\\s+(-?[\\d.e+]+)`, 'm').exec(output);
  return match ? Number(match[1]) : null;
}

/** Lines "index name value reduced-cost" after a first line about the status; "**" marks a value outside of its bounds. */
function readCbcColumns(text) {
  const [status, ...lines] = text.split('\n');
  if (/no integer solution|infeasible/i.test(status)) return null;
  return lines.flatMap((line) => {
    const [, name, value] = line.replace('**', '').trim().split(/\s+/);
    return Number(value) > 0.5 ? [name] : [];
  });
}

/** The value of the solver's plan as the checker reckons it; none where the plan breaks a rule. */
function judge(problem, columns) {
  if (columns === null) return { valueUsd: null };
  const plan = readColumns(problem, columns);
  const recount = recountPlan(problem, plan);
  const violations = findViolations(problem, plan, recount);
  return { valueUsd: violations.length > 0 ? null : Number(recount.valuePusd) / 1e12 };
}

function describeEnd({ killedFor, code, output }, status) {
  if (killedFor) return `killed: ${killedFor}`;
  return code === 0 ? status : `failed: ${output.trim().split('\n').at(-1)?.slice(0, 60) ?? code}`;
}

function readIfThere(file, read) {
  return existsSync(file) ? read(readFileSync(file, 'utf8')) : null;
}
