/**
 * Every process that the commands start is started here, in a process group of its own, and is stopped again whatever
 * happens: at the end, on Ctrl-C, on an error. Long-lived ones leave a record file, so that the next run finds and stops
 * those that outlived a killed parent.
 */
import { spawn } from 'node:child_process';
import { closeSync, openSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { makeFolder } from './folders.mjs';
import { describeProcess, isSameProcessAlive } from './process-identity.mjs';
import { lastLines, UserError } from './say.mjs';

/** Living children, oldest first. */
const children = new Set();
/** From then on nothing new is started: it would outlive the stopping of everything else. */
let isStoppingAll = false;

/**
 * Starts a child. `output`: 'inherit', 'collect' (see child.output) or the path of a log file, which the child writes
 * itself, so that it does not depend on this process. `input` is written to its standard input.
 * `recordFolder` makes it findable after this process was killed. `exited` never rejects.
 */
export function startChild(options) {
  const { name, command, args = [], env = process.env, cwd, user = null, output = 'collect', input = null } = options;
  const { recordFolder = null, stopSignal = 'SIGTERM', stopTimeoutMs = 10_000 } = options;
  if (isStoppingAll) throw new Error(`${name} is not started: everything is being stopped`);
  const logDescriptor = output === 'inherit' || output === 'collect' ? null : openLog(output);
  const stream = output === 'inherit' ? 'inherit' : (logDescriptor ?? 'pipe');
  const spawned = spawn(command, args, {
    cwd,
    env,
    // A group of its own: Ctrl-C in a terminal reaches only us, and we stop the children in the right order.
    detached: true,
    stdio: [input === null ? 'ignore' : 'pipe', stream, stream],
    ...(user ? { uid: user.uid, gid: user.gid } : {}),
  });
  if (logDescriptor !== null) closeSync(logDescriptor);

  const child = { name, pid: spawned.pid ?? null, output: '', isStopping: false, stopSignal, stopTimeoutMs, recordFile: null };
  const collect = (chunk) => {
    child.output += chunk;
  };
  spawned.stdout?.setEncoding('utf8').on('data', collect);
  spawned.stderr?.setEncoding('utf8').on('data', collect);
  if (input !== null) {
    spawned.stdin.on('error', () => {}); // The child may exit without reading; its exit status says more than a broken pipe.
    spawned.stdin.end(input);
  }
  if (recordFolder && child.pid) {
    child.recordFile = join(recordFolder, `${name}.json`);
    writeRecord(child.recordFile, { ...describeProcess(child.pid), name, stopSignal });
  }
  children.add(child);
  child.exited = new Promise((resolve) => {
    const settle = (result) => {
      children.delete(child);
      if (child.recordFile) rmSync(child.recordFile, { force: true });
      resolve(result);
    };
    spawned.on('error', (error) => settle({ code: null, signal: null, error }));
    spawned.on('close', (code, signal) => settle({ code, signal, error: null }));
  });
  return child;
}

/** Runs a command to its end. Gives { code, signal, error, output }; `timeoutMs` ends it by force. */
export async function runToEnd(options) {
  const child = startChild(options);
  const timer = options.timeoutMs ? setTimeout(() => killGroup(child.pid, 'SIGKILL'), options.timeoutMs) : null;
  const result = await child.exited;
  if (timer) clearTimeout(timer);
  return { ...result, output: child.output };
}

/** Runs a command that must succeed; otherwise a UserError with `failure` as its line and the end of the output above it. */
export async function runOrFail({ failure, ...options }) {
  const result = await runToEnd(options);
  if (result.code === 0) return result.output;
  const reason = result.error?.message ?? (result.signal ? `ended by ${result.signal}` : `exit code ${result.code}`);
  throw new UserError(`${failure} (${reason}).`, { details: lastLines(result.output) });
}

export async function stopChild(child) {
  child.isStopping = true;
  killGroup(child.pid, child.stopSignal);
  const timer = setTimeout(() => killGroup(child.pid, 'SIGKILL'), child.stopTimeoutMs);
  await child.exited;
  clearTimeout(timer);
}

/** Youngest first: the web server goes before the database that it uses. */
export async function stopAllChildren() {
  isStoppingAll = true;
  for (const child of [...children].reverse()) await stopChild(child);
}

/** Stops what an earlier run left behind in `recordFolder`; gives the names of what was stopped. */
export async function stopOrphans(recordFolder) {
  const stopped = [];
  for (const record of readRecords(recordFolder)) {
    if (isSameProcessAlive(record)) {
      stopped.push(record.name);
      await endRecordedProcess(record);
    }
    rmSync(record.file, { force: true });
  }
  return stopped;
}

async function endRecordedProcess(record) {
  killGroup(record.pid, record.stopSignal ?? 'SIGTERM');
  if (await waitUntilGone(record, 10_000)) return;
  killGroup(record.pid, 'SIGKILL');
  await waitUntilGone(record, 5_000);
}

/** True when the recorded process ended within `timeoutMs`. It is not our child, so there is no event to wait for. */
export async function waitUntilGone(recorded, timeoutMs) {
  const deadlineMs = Date.now() + timeoutMs;
  while (isSameProcessAlive(recorded)) {
    if (Date.now() > deadlineMs) return false;
    await delay(50);
  }
  return true;
}

function killGroup(pid, signal) {
  if (!pid) return;
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if (error.code !== 'ESRCH') throw error;
  }
}

/** Keeps the log of the run before, under the name with `.1`. */
function openLog(file) {
  makeFolder(dirname(file));
  try {
    renameSync(file, `${file}.1`);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
  return openSync(file, 'a', 0o640);
}

function writeRecord(file, record) {
  makeFolder(dirname(file));
  writeFileSync(file, JSON.stringify(record));
}

function readRecords(folder) {
  let names;
  try {
    names = readdirSync(folder).filter((name) => name.endsWith('.json'));
  } catch (error) {
    if (error.code === 'ENOENT') return [];
    throw error;
  }
  return names.map((name) => {
    const file = join(folder, name);
    try {
      return { ...JSON.parse(readFileSync(file, 'utf8')), file };
    } catch {
      return { file }; // Cut off in the middle of writing: names no process, is only removed.
    }
  });
}
