/**
 * The steps of `npm test` and `npm run check`: each is a command whose result counts. One line for a step that passed,
 * the whole output of one that failed.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { runToEnd } from './children.mjs';
import { makeFolder, projectFolder } from './folders.mjs';
import { sumVitestReport } from './results.mjs';
import { formatElapsed, say } from './say.mjs';

/** Nothing here takes nearly so long; a step that hangs must not hang the whole run. */
const STEP_TIMEOUT_MS = 15 * 60_000;
const CHECKS_FOLDER = 'scripts/checks';

const inProject = (path) => join(projectFolder, path);

/** Adds up results as the steps end. */
export function createTally() {
  const total = { passed: 0, failed: 0 };
  return {
    total,
    add({ passed, failed }) {
      total.passed += passed;
      total.failed += failed;
    },
    /** For what failed outside of a step, such as a service that did not start. */
    addFailure(title, error) {
      total.failed += 1;
      say(`FAILED  ${title}`);
      if (error.details) say(error.details);
      say(error.name === 'UserError' ? error.message : String(error.stack ?? error));
    },
  };
}

/** Types, lint and format, and every file of scripts/checks: one step each. */
export function staticSteps() {
  return [
    { title: 'types', args: [inProject('node_modules/typescript/bin/tsc'), '--noEmit', '-p', '.'] },
    { title: 'lint and format', args: [inProject('node_modules/@biomejs/biome/bin/biome'), 'check', '--error-on-warnings', '.'] },
    ...listChecks().map((file) => ({ title: file.replace(/\.[a-z]+$/, '').replaceAll('-', ' '), args: checkArgs(file) })),
  ];
}

function listChecks() {
  if (!existsSync(inProject(CHECKS_FOLDER))) return [];
  return readdirSync(inProject(CHECKS_FOLDER))
    .filter((name) => /\.(mjs|ts)$/.test(name) && !name.includes('.test.'))
    .sort();
}

function checkArgs(file) {
  const path = inProject(join(CHECKS_FOLDER, file));
  return file.endsWith('.ts') ? ['--import', 'tsx', path] : [path];
}

/** Runs a step that passes or fails as a whole. */
export async function runStep({ title, args }, { env, tally, recordFolder = null }) {
  const startedAtMs = Date.now();
  const result = await runNode(title, args, env, recordFolder);
  const isPassed = result.code === 0;
  report(title, { passed: Number(isPassed), failed: Number(!isPassed), reasons: reasonsOf(result) }, result.output, startedAtMs);
  tally.add({ passed: Number(isPassed), failed: Number(!isPassed) });
}

/** Runs one vitest project and counts its tests one by one. `reportFolder` receives the JSON report, `recordFolder` the record of the process. */
export async function runVitest({ title, project, maxWorkers = null }, { env, tally, reportFolder, recordFolder = null }) {
  const startedAtMs = Date.now();
  const reportFile = join(reportFolder, `${project}.json`);
  makeFolder(reportFolder);
  rmSync(reportFile, { force: true });
  const result = await runNode(
    title,
    [
      inProject('node_modules/vitest/vitest.mjs'),
      'run',
      `--project=${project}`,
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${reportFile}`,
      ...(maxWorkers ? [`--maxWorkers=${maxWorkers}`] : []),
    ],
    env,
    recordFolder,
  );
  const sum = sumVitestReport(readReport(reportFile), result.code ?? 1);
  report(title, sum, result.output, startedAtMs);
  tally.add(sum);
}

function runNode(name, args, env, recordFolder) {
  return runToEnd({ name, command: process.execPath, args, cwd: projectFolder, env, recordFolder, timeoutMs: STEP_TIMEOUT_MS });
}

function report(title, { passed, failed, reasons }, output, startedAtMs) {
  const elapsed = formatElapsed(Date.now() - startedAtMs);
  if (failed === 0) {
    say(`ok      ${title}${passed > 1 ? `: ${passed} tests` : ''} (${elapsed})`);
    return;
  }
  say(output.trimEnd());
  for (const reason of reasons) say(reason);
  say(`FAILED  ${title} (${elapsed})`);
}

function reasonsOf({ signal, error }) {
  if (error) return [error.message];
  return signal ? [`ended by ${signal}`] : [];
}

function readReport(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

/** Runs tasks with at most `limit` at once, in order of their start. */
export async function runTogether(limit, tasks) {
  const waiting = [...tasks];
  const work = async () => {
    for (let task = waiting.shift(); task; task = waiting.shift()) await task();
  };
  await Promise.all(Array.from({ length: limit }, work));
}
