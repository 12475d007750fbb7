/**
 * The built product as child processes: the migrate step, the web server, the worker.
 */

import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { runOrFail, startChild } from './children.mjs';
import { projectFolder } from './folders.mjs';
import { lastLines, say, UserError } from './say.mjs';

const READY_TIMEOUT_MS = 60_000;
const READY_NOTICE_INTERVAL_MS = 10_000;
const READY_POLL_MS = 100;
const READY_REQUEST_TIMEOUT_MS = 5_000;

/** `env` must hold HASHINSIGHT_MODE, DATABASE_URL and DATABASE_OWNER_URL. */
export function migrate({ nodeArgs, env }) {
  return runOrFail({
    name: 'migrate',
    command: process.execPath,
    args: nodeArgs,
    cwd: projectFolder,
    env,
    failure: 'The database could not be prepared',
  });
}

/**
 * The worker's heap, MB: V8 lets garbage pile up to four times what lives when it may take gigabytes, and to one and a half when it may take one. A list of 100,000 rows
 * keeps some 70 MB alive and took 400 MB; no job comes near the bound. docker-compose.yml and `npm run start:worker` say the same.
 */
const WORKER_HEAP_MB = 1024;

/** Command line of one built entry point (`web`, `worker` or `migrate`) in `buildName`. */
export function builtEntry(buildName, entry) {
  const heap = entry === 'worker' ? [`--max-old-space-size=${WORKER_HEAP_MB}`] : [];
  return ['--enable-source-maps', ...heap, join(resolve(projectFolder, buildName), `${entry}.mjs`)];
}

/** `output`: 'inherit', or null for a log file of the role. */
export function startProcess({ name, nodeArgs, env, folders, output = null }) {
  const logFile = join(folders.logs, `${name}.log`);
  const child = startChild({
    name,
    command: process.execPath,
    args: nodeArgs,
    cwd: projectFolder,
    env,
    output: output ?? logFile,
    recordFolder: folders.run,
    stopTimeoutMs: 15_000,
  });
  child.logFile = output ? null : logFile;
  return child;
}

/** Waits until GET /readyz says 200. Throws a UserError with the state of each check, or with the log of a child that died. */
export async function waitUntilReady(origin, children) {
  const death = watchForDeath(children);
  const deadlineMs = Date.now() + READY_TIMEOUT_MS;
  let state = 'no answer';
  let nextNoticeAtMs = Date.now() + READY_NOTICE_INTERVAL_MS;
  while (Date.now() < deadlineMs) {
    if (death.error) throw death.error;
    const answer = await askReadiness(origin);
    if (answer.isReady) return;
    if (answer.state) state = answer.state;
    if (Date.now() >= nextNoticeAtMs) {
      say(`Waiting for HashInsight to become ready ... ${state}`);
      nextNoticeAtMs += READY_NOTICE_INTERVAL_MS;
    }
    await delay(READY_POLL_MS);
  }
  throw new UserError(`HashInsight did not become ready within ${READY_TIMEOUT_MS / 1000} s: ${state}`, { details: logsOf(children) });
}

async function askReadiness(origin) {
  try {
    const response = await fetch(`${origin}/readyz`, { signal: AbortSignal.timeout(READY_REQUEST_TIMEOUT_MS) });
    return { isReady: response.status === 200, state: await response.text() };
  } catch {
    return { isReady: false, state: null }; // Not listening yet.
  }
}

/** Resolves never while all live; rejects with one line when one ends that nobody asked to end. */
export function untilOneDies(children) {
  return new Promise((_, reject) => {
    for (const child of children) {
      child.exited.then((result) => {
        if (!child.isStopping) reject(unexpectedEnd(child, result));
      });
    }
  });
}

function watchForDeath(children) {
  const death = { error: null };
  untilOneDies(children).catch((error) => {
    death.error = error;
  });
  return death;
}

function unexpectedEnd(child, { code, signal, error }) {
  const how = error ? error.message : signal ? `signal ${signal}` : `exit code ${code}`;
  const where = child.logFile ? `; its log is ${child.logFile}` : '';
  return new UserError(`${child.name} stopped unexpectedly (${how})${where}. Everything else is stopped too.`, {
    details: logsOf([child]),
  });
}

function logsOf(children) {
  const parts = children
    .filter((child) => child.logFile)
    .map((child) => `--- ${child.name}\n${lastLines(readFileSync(child.logFile, 'utf8'), 12)}`);
  return parts.length > 0 ? parts.join('\n') : null;
}
