/**
 * Installs a missing system package where we may (as root on Debian and its relatives); elsewhere says in one line what to do.
 */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { runToEnd } from './children.mjs';
import { lastLines, UserError, withProgress } from './say.mjs';

/** Another apt may be at work; its own lock option covers installing, not the package lists. */
const LIST_ATTEMPTS = 20;
const LIST_RETRY_MS = 3_000;

/** Full path of the first of `names` found on the PATH, or null. */
export function findProgram(names, path = process.env.PATH ?? '') {
  for (const name of names) {
    for (const folder of [...path.split(delimiter), '/usr/local/bin', '/usr/bin', '/bin']) {
      const file = join(folder, name);
      if (folder && isExecutable(file)) return file;
    }
  }
  return null;
}

/**
 * Installs the Debian package `name` and gives the path of the first of `programs` that it brought. `need` begins the line that
 * the person reads when this cannot be done ("Redis is needed"), `otherwise` ends it.
 */
export async function installSystemPackage({ name, programs, need, otherwise }) {
  const byHand = `install it (on Debian: sudo apt-get install ${name}) or ${otherwise}.`;
  if (process.getuid?.() !== 0) throw new UserError(`${need}: ${byHand}`);
  if (!findProgram(['apt-get'])) throw new UserError(`${need}, and this system has no apt-get: ${byHand}`);
  await withProgress(`${need}: installing the Debian package ${name}`, async () => {
    await updateLists();
    const result = await apt(['install', '-y', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', name]);
    if (result.code !== 0)
      throw new UserError(`${need}, and apt-get could not install it: ${byHand}`, { details: lastLines(result.output) });
  });
  const program = findProgram(programs);
  if (!program) throw new UserError(`${need}, and the package ${name} did not bring it: ${byHand}`);
  return program;
}

async function updateLists() {
  for (let attempt = 1; attempt <= LIST_ATTEMPTS; attempt += 1) {
    const result = await apt(['update']);
    // Stale lists may still do, so a failed update is not the end; the install that follows is the judge.
    if (!/could not get lock/i.test(result.output)) return;
    await delay(LIST_RETRY_MS);
  }
}

function apt(args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C.UTF-8' };
  return runToEnd({ name: 'apt-get', command: 'apt-get', args, env, stopTimeoutMs: 60_000 });
}

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
