/**
 * One run of a role at a time: two of them would share a data folder. Also the place where what an earlier, killed run
 * left behind is stopped, before anything looks at ports or data.
 */
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { stopOrphans } from './children.mjs';
import { tryTakeLock } from './lock.mjs';
import { describeProcess, isSameProcessAlive } from './process-identity.mjs';
import { say, UserError } from './say.mjs';

/** A command whose npm was killed stops by itself within a second or two; a slow shutdown is given this long. */
const STOPPING_TIMEOUT_MS = 45_000;
const POLL_INTERVAL_MS = 200;

/** Takes the lock for the rest of this process's life. Throws a UserError when another run is alive and well. */
export async function beginRun(command, folders) {
  const lockFile = join(folders.folder, 'run.lock');
  const note = { command, npm: process.env.npm_lifecycle_event ? describeProcess(process.ppid) : null };
  const deadlineMs = Date.now() + STOPPING_TIMEOUT_MS;
  let hasSaidSo = false;
  for (;;) {
    const attempt = tryTakeLock(lockFile, note);
    if (attempt.kind === 'taken') break;
    const { holder } = attempt;
    if (holder && (!isLeftAlone(holder) || Date.now() > deadlineMs)) {
      throw new UserError(
        `${holder.command} is already running in this folder (process ${holder.pid}): stop it with Ctrl-C there, or with kill ${holder.pid}, then try again.`,
      );
    }
    if (holder && !hasSaidSo) {
      say(`Waiting for an earlier ${holder.command} (process ${holder.pid}) to stop ...`);
      hasSaidSo = true;
    }
    await delay(POLL_INTERVAL_MS);
  }
  const stopped = await stopOrphans(folders.run);
  if (stopped.length > 0) say(`Stopped what an earlier run left behind: ${stopped.join(', ')}.`);
}

/** The npm that started the holder is gone, so the holder is about to stop. */
function isLeftAlone(holder) {
  return Boolean(holder.npm) && !isSameProcessAlive(holder.npm);
}
