/**
 * What the commands say to the person at the terminal: one line at a time, plain text.
 * A UserError is a problem that the person can solve; it is printed as its one line, without a stack.
 */

/** A problem whose message tells in one line what to do about it. `details` (may be long) is printed above that line. */
export class UserError extends Error {
  constructor(message, { details = null, cause = undefined } = {}) {
    super(message, { cause });
    this.name = 'UserError';
    this.details = details;
  }
}

export function say(line) {
  process.stdout.write(`${line}\n`);
}

export function sayError(error) {
  if (!(error instanceof UserError)) {
    process.stderr.write(`${error?.stack ?? error}\n`);
    return;
  }
  if (error.details) process.stderr.write(`${error.details}\n`);
  process.stderr.write(`${error.message}\n`);
}

/** "0.4 s", "58 s", "2 min 5 s". */
export function formatElapsed(elapsedMs) {
  const elapsedS = elapsedMs / 1000;
  if (elapsedS < 10) return `${elapsedS.toFixed(1)} s`;
  if (elapsedS < 60) return `${Math.round(elapsedS)} s`;
  const wholeS = Math.round(elapsedS);
  return `${Math.floor(wholeS / 60)} min ${wholeS % 60} s`;
}

const PROGRESS_INTERVAL_MS = 10_000;

/**
 * Runs a long step and shows that it is alive: a line when it begins, one every ten seconds, one when it is done.
 * Whole lines rather than a redrawn one, so that a log file reads the same as a terminal.
 */
export async function withProgress(title, task) {
  const startedAtMs = Date.now();
  say(`${title} ...`);
  const timer = setInterval(() => say(`${title} ... ${formatElapsed(Date.now() - startedAtMs)}`), PROGRESS_INTERVAL_MS);
  try {
    const result = await task();
    say(`${title}: done in ${formatElapsed(Date.now() - startedAtMs)}`);
    return result;
  } finally {
    clearInterval(timer);
  }
}

/** The last lines of a long output: where the reason of a failure usually is. */
export function lastLines(text, count = 25) {
  return text.trimEnd().split('\n').slice(-count).join('\n');
}
