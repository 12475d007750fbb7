/**
 * `npm run bench`: measures, never judges. Builds the engine and the pages, then runs engine/bench/run.ts, every other
 * `*.bench.ts`, and the files of bench/ against the production build in a real browser. `-- NAME` runs only those whose
 * path contains the name; what follows and begins with a dash is handed to them. One that fails stops no other.
 */
import './setup/node-version.mjs';
import { existsSync, readdirSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { ensureApp } from './setup/builds.mjs';
import { runToEnd } from './setup/children.mjs';
import { ensureChromium } from './setup/chromium.mjs';
import { projectFolder, roleFolders } from './setup/folders.mjs';
import { withSetupLock } from './setup/lock.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { ensureRedisServer } from './setup/redis.mjs';
import { runCommand } from './setup/run-command.mjs';
import { beginRun } from './setup/run-lock.mjs';
import { say, UserError } from './setup/say.mjs';
import { cleanEnv, startTestApp, startTestServices } from './setup/test-stack.mjs';

const BUILD_NAME = '.hashinsight/bench/build';
const ENGINE_BENCH = 'engine/bench/run.ts';
const SOURCE_FOLDERS = ['app', 'collectors', 'engine', 'jobs'];

async function bench() {
  const { names, args } = readArguments(process.argv.slice(2));
  const isWanted = (file) => names.length === 0 || names.some((name) => file.includes(name));
  const sourceBenches = listSourceBenches().filter(isWanted);
  const pageBenches = listFiles('bench').filter((file) => file.endsWith('.ts') && isWanted(file));
  if (sourceBenches.length + pageBenches.length === 0) throw new UserError(`No benchmark has ${names.join(' or ')} in its path.`);
  const folders = roleFolders('bench');
  await beginRun('npm run bench', folders);
  const tools = await withSetupLock('npm run bench', async () => {
    await ensurePackages();
    await ensureApp(BUILD_NAME);
    return pageBenches.length > 0 ? { redisProgram: await ensureRedisServer(), chromium: await ensureChromium() } : null;
  });
  say(
    `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.version}, load ${loadavg()[0].toFixed(1)}, ${new Date().toISOString()}`,
  );

  const env = cleanEnv();
  const failures = [];
  const run = async (file, fileEnv) => {
    const failure = await runBench(file, args, fileEnv);
    if (failure !== null) failures.push(failure);
  };
  for (const file of sourceBenches) await run(file, env);
  if (tools) {
    const services = await startTestServices(folders, tools.redisProgram);
    const { origin } = await startTestApp({ folders, buildName: BUILD_NAME, services });
    for (const file of pageBenches) await run(file, { ...env, ...services.env, TEST_ORIGIN: origin, TEST_CHROMIUM: tools.chromium });
  }
  if (failures.length > 0) throw new UserError(failures.join('\n'));
}

/** Names up to the first argument that begins with a dash; the rest is not ours. */
function readArguments(given) {
  const dash = given.findIndex((argument) => argument.startsWith('-'));
  return dash === -1 ? { names: given, args: [] } : { names: given.slice(0, dash), args: given.slice(dash) };
}

/** engine/bench/run.ts runs what lies beside it, so that its baselines are measured in turns with it. */
function listSourceBenches() {
  const own = existsSync(join(projectFolder, ENGINE_BENCH)) ? [ENGINE_BENCH] : [];
  const others = SOURCE_FOLDERS.flatMap(listFiles).filter((file) => file.endsWith('.bench.ts'));
  return [...own, ...others.filter((file) => own.length === 0 || !file.startsWith('engine/bench/'))];
}

/** Null, or what is to be said of a benchmark that failed. */
async function runBench(file, args, env) {
  say(`\n${file}`);
  const result = await runToEnd({
    name: file,
    command: process.execPath,
    args: ['--import', 'tsx', file, ...args],
    cwd: projectFolder,
    env,
    output: 'inherit',
  });
  return result.code === 0 ? null : `${file} failed (exit code ${result.code ?? result.signal}).`;
}

/** Paths relative to the project, in name order; empty when the folder is not there. */
function listFiles(folder) {
  const full = join(projectFolder, folder);
  if (!existsSync(full)) return [];
  return readdirSync(full, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath ?? entry.path, entry.name)
        .slice(projectFolder.length)
        .replace(/^\//, ''),
    )
    .sort();
}

runCommand(bench, { exitCodeWhenStopped: 130 });
