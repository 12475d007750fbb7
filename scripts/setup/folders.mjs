/**
 * Where the commands keep what they make. Everything lives in the ignored folder `.hashinsight` of the project,
 * one sub-folder for each role, so that `npm start` and `npm test` never touch each other's data.
 */
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { UserError } from './say.mjs';

export const projectFolder = join(dirname(fileURLToPath(import.meta.url)), '..', '..');
export const stateFolder = join(projectFolder, '.hashinsight');

/** The folders of one role: `start` (also used by dev), `test` or `bench`. */
export function roleFolders(role) {
  const folder = join(stateFolder, role);
  return { role, folder, run: join(folder, 'run'), logs: join(folder, 'logs'), postgres: join(folder, 'postgres') };
}

/** Makes a folder; a project that cannot be written to is named in one line. */
export function makeFolder(folder, mode = 0o755) {
  try {
    mkdirSync(folder, { recursive: true, mode });
  } catch (error) {
    if (error.code !== 'EACCES' && error.code !== 'EPERM' && error.code !== 'EROFS') throw error;
    throw new UserError(`Cannot write to ${folder}: use a clone that belongs to you (${error.code}).`, { cause: error });
  }
}
