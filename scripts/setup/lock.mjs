/**
 * A lock between processes, held as a file that names its holder. Set-up runs under one such lock, so that
 * `npm start` and `npm test` may begin at the same moment in a fresh clone. The lock of a dead holder is taken over.
 */
import { closeSync, openSync, readFileSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { stopOrphans } from './children.mjs';
import { makeFolder, stateFolder } from './folders.mjs';
import { describeProcess, isSameProcessAlive } from './process-identity.mjs';
import { formatElapsed, say } from './say.mjs';

const POLL_INTERVAL_MS = 200;
/** A set-up can take minutes; whoever waits for it says so again from time to time. */
const WAIT_NOTICE_INTERVAL_MS = 10_000;
/** A lock file is filled at once after it is made; an unreadable one older than this was left by a process that died in between. */
const UNREADABLE_GRACE_MS = 3_000;

/**
 * One attempt. `note` (plain JSON) is stored in the file for others to read.
 * Gives { kind: 'taken', release } or { kind: 'held', holder }; holder is null while the other process is still writing its name.
 */
export function tryTakeLock(file, note = {}) {
  makeFolder(dirname(file));
  if (createLockFile(file, note)) return taken(file);
  const holder = readHolder(file);
  if (!isAbandoned(file, holder)) return { kind: 'held', holder };
  takeAwayAbandoned(file);
  if (createLockFile(file, note)) return taken(file);
  return { kind: 'held', holder: readHolder(file) };
}

/** Runs `task` under the lock; waits for another holder, and calls `onWait(holder, waitedMs)` at first and every ten seconds when it has to. */
export async function withLock(file, { note = {}, onWait = () => {} }, task) {
  const startedAtMs = Date.now();
  let nextNoticeAtMs = startedAtMs;
  for (;;) {
    const attempt = tryTakeLock(file, note);
    if (attempt.kind === 'taken') {
      try {
        return await task();
      } finally {
        attempt.release();
      }
    }
    if (attempt.holder && Date.now() >= nextNoticeAtMs) {
      onWait(attempt.holder, Date.now() - startedAtMs);
      nextNoticeAtMs = Date.now() + WAIT_NOTICE_INTERVAL_MS;
    }
    await delay(POLL_INTERVAL_MS);
  }
}

/** Records of the processes that do set-up work. */
export const setupRecords = join(stateFolder, 'setup-run');

/** The one set-up lock of the project folder: packages, engine, builds and system packages are made by one process at a time. */
export function withSetupLock(command, task) {
  const onWait = (holder, waitedMs) => {
    const waited = waitedMs < WAIT_NOTICE_INTERVAL_MS ? '' : ` ${formatElapsed(waitedMs)}`;
    say(`Waiting for the set-up that ${holder.command} (process ${holder.pid}) is doing ...${waited}`);
  };
  return withLock(join(stateFolder, 'setup.lock'), { note: { command }, onWait }, async () => {
    // An npm or a build that outlived its killed command would write into the same folders as ours.
    await stopOrphans(setupRecords);
    return task();
  });
}

function createLockFile(file, note) {
  let descriptor;
  try {
    descriptor = openSync(file, 'wx', 0o644);
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
  writeSync(descriptor, JSON.stringify({ ...note, ...describeProcess(process.pid) }));
  closeSync(descriptor);
  return true;
}

function taken(file) {
  let isReleased = false;
  const release = () => {
    if (isReleased) return;
    isReleased = true;
    process.off('exit', release);
    if (readHolder(file)?.pid === process.pid) rmSync(file, { force: true });
  };
  process.once('exit', release);
  return { kind: 'taken', release };
}

function readHolder(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return null;
  }
}

function isAbandoned(file, holder) {
  return holder ? !isSameProcessAlive(holder) : isOlderThan(file, UNREADABLE_GRACE_MS);
}

function isOlderThan(file, ageMs) {
  try {
    return Date.now() - statSync(file).mtimeMs > ageMs;
  } catch {
    return false;
  }
}

/**
 * Two processes may see the same abandoned lock. Whoever makes the guard file looks again and removes it; without the
 * guard the slower one would remove the lock that the faster one has just taken.
 */
function takeAwayAbandoned(file) {
  const guard = `${file}.guard`;
  let descriptor;
  try {
    descriptor = openSync(guard, 'wx');
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
    if (isOlderThan(guard, UNREADABLE_GRACE_MS)) rmSync(guard, { force: true });
    return;
  }
  try {
    if (isAbandoned(file, readHolder(file))) rmSync(file, { force: true });
  } finally {
    closeSync(descriptor);
    rmSync(guard, { force: true });
  }
}
