/**
 * npm packages: installed when absent, incomplete or not what package-lock.json says.
 * An install by hand (`npm ci`, `npm install`) is accepted as it is when it is complete.
 */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runOrFail } from './children.mjs';
import { makeFolder, projectFolder, stateFolder } from './folders.mjs';
import { setupRecords } from './lock.mjs';
import { withProgress } from './say.mjs';

/** Exists while an install of ours runs: found at the beginning of a run, it tells that the install was interrupted. */
const installingMark = join(stateFolder, 'installing-packages');

export async function ensurePackages() {
  const staleness = findPackagesStaleness(projectFolder, existsSync(installingMark));
  if (!staleness) return;
  makeFolder(stateFolder);
  writeFileSync(installingMark, '');
  await withProgress(`Installing npm packages (${staleness})`, installPackages);
  rmSync(installingMark, { force: true });
}

function installPackages() {
  const [command, ...first] = process.env.npm_execpath?.endsWith('.js') ? [process.execPath, process.env.npm_execpath] : ['npm'];
  const { NODE_ENV: _, ...env } = process.env; // With NODE_ENV=production npm would leave out what the builds need.
  return runOrFail({
    name: 'npm',
    command,
    args: [...first, 'ci', '--include=dev', '--no-fund', '--no-audit'],
    cwd: projectFolder,
    env,
    recordFolder: setupRecords,
    failure: 'npm ci failed: see the lines above, then run the command again',
  });
}

/**
 * Null when node_modules holds exactly what package-lock.json names, else the reason in a few words. npm writes
 * node_modules/.package-lock.json as the last act of an install; packages for other platforms are optional and absent.
 */
export function findPackagesStaleness(root, wasInterrupted) {
  if (!existsSync(join(root, 'node_modules'))) return 'first time';
  if (wasInterrupted) return 'the last install was interrupted';
  const installed = readLock(join(root, 'node_modules', '.package-lock.json'));
  if (!installed) return 'node_modules is incomplete';
  const wanted = readLock(join(root, 'package-lock.json'));
  if (!wanted) throw new Error('package-lock.json is missing or unreadable');
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === '') continue;
    const found = installed[path];
    if (!found && (entry.optional || entry.devOptional)) continue;
    if (!found || found.version !== entry.version || found.integrity !== entry.integrity) return 'package-lock.json has changed';
  }
  for (const path of Object.keys(installed)) {
    if (!wanted[path]) return 'package-lock.json has changed';
    if (!existsSync(join(root, path, 'package.json'))) return 'node_modules is incomplete';
  }
  return null;
}

function readLock(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8')).packages ?? null;
  } catch {
    return null;
  }
}
