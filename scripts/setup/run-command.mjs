/**
 * The frame around every command: stops all children at the end, on an error, on Ctrl-C and the like,
 * and when npm itself was killed and can no longer pass a signal on.
 */
import { stopAllChildren } from './children.mjs';
import { say, sayError } from './say.mjs';

const PARENT_CHECK_INTERVAL_MS = 200;

/**
 * Runs `task`; its result is the exit code (nothing means 0). `exitCodeWhenStopped` is used after Ctrl-C or SIGTERM:
 * 0 for servers, which end no other way. `onStop` may say a last line.
 */
export async function runCommand(task, { exitCodeWhenStopped, onStop = () => {} }) {
  let isStopping = false;
  const stop = async (reason) => {
    // A terminal sends Ctrl-C to npm and to us, and npm passes its own on: the second one is the same wish.
    if (isStopping) return;
    isStopping = true;
    say(`${reason}: stopping ...`);
    try {
      await stopAllChildren();
      onStop();
      process.exit(exitCodeWhenStopped);
    } catch (error) {
      sayError(error);
      process.exit(1);
    }
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(signal === 'SIGINT' ? 'Interrupted' : signal));
  // A reader of our output that went away (npm start | head) is no reason to leave children behind.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {});
  watchParent(() => stop('npm has gone'));
  // A defect of ours must not leave children behind either.
  process.on('uncaughtException', async (error) => {
    sayError(error);
    await stopAllChildren();
    process.exit(1);
  });

  let exitCode;
  try {
    exitCode = (await task()) ?? 0;
  } catch (error) {
    // The task fails as a consequence when its children are being stopped; that is no news.
    if (isStopping) return;
    sayError(error);
    exitCode = 1;
  }
  if (isStopping) return;
  isStopping = true;
  await stopAllChildren();
  process.exit(exitCode);
}

/** Only under npm: a command started directly may well outlive the shell that started it. */
function watchParent(onGone) {
  if (!process.env.npm_lifecycle_event) return;
  const parentPid = process.ppid;
  setInterval(() => {
    if (process.ppid !== parentPid) onGone();
  }, PARENT_CHECK_INTERVAL_MS).unref();
}
