/**
 * Tells whether a recorded process is still the same process. A bare pid is not enough: after a restart of a
 * container or a machine the number may belong to something else, which must never be stopped by us.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';

/**
 * A text that is equal only for the same process: boot and start time (from /proc, or from ps where there is no /proc).
 * Null when no such process lives; a zombie counts as dead.
 */
export function readProcessIdentity(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return null;
  if (process.platform === 'linux') return readLinuxIdentity(pid);
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}

function readLinuxIdentity(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name in brackets and may itself hold spaces and brackets; fields are counted after it.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const state = fields[0];
    const startTicks = fields[19]; // field 22 of proc(5): start time since boot, clock ticks
    if (state === 'Z' || state === 'X') return null;
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${startTicks}`;
  } catch {
    return null;
  }
}

export function describeProcess(pid) {
  return { pid, identity: readProcessIdentity(pid) };
}

/** `recorded` is what describeProcess gave earlier, possibly read back from a file that was cut off. */
export function isSameProcessAlive(recorded) {
  if (!recorded || typeof recorded.identity !== 'string') return false;
  return readProcessIdentity(recorded.pid) === recorded.identity;
}
