/** A solver in a process of its own, killed at a limit of time or memory. */
import { readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { startChild, stopChild } from '../setup/children.mjs';

export const LIMITS = { timeLimitMs: 150_000, memoryLimitMb: 4096 };

const LOOK_INTERVAL_MS = 100;
const KB_PER_MB = 1024;

/** Gives { elapsedMs, peakMb (null where /proc is missing), killedFor: null | 'time' | 'memory', code, output }. */
export async function runLimited({ name, command, args, env, cwd, timeLimitMs, memoryLimitMb }) {
  const startedAtMs = performance.now();
  const child = startChild({ name, command, args, env, cwd, stopSignal: 'SIGKILL' });
  let peakMb = null;
  let killedFor = null;
  let isOver = false;
  const watch = async () => {
    while (!isOver) {
      peakMb = readPeakMb(child.pid) ?? peakMb;
      if (performance.now() - startedAtMs > timeLimitMs) killedFor = 'time';
      else if (peakMb !== null && peakMb > memoryLimitMb) killedFor = 'memory';
      if (killedFor) return stopChild(child);
      await delay(LOOK_INTERVAL_MS);
    }
  };
  const watching = watch();
  const { code } = await child.exited;
  isOver = true;
  const elapsedMs = performance.now() - startedAtMs;
  await watching;
  return { elapsedMs, peakMb, killedFor, code, output: child.output };
}

/** Most memory the process has held at once ("high water mark"). */
function readPeakMb(pid) {
  try {
    const match = /^VmHWM:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'));
    return match ? Number(match[1]) / KB_PER_MB : null;
  } catch {
    return null;
  }
}
