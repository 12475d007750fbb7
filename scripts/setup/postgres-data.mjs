/**
 * The data folder of the embedded PostgreSQL: made once, never deleted; one that was never finished is set aside.
 * `place` is { binFolder, dataParent, user } with user null for an ordinary user.
 */
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runOrFail, runToEnd, waitUntilGone } from './children.mjs';
import { describeProcess } from './process-identity.mjs';
import { lastLines, say, UserError } from './say.mjs';

/** The superuser that owns the database; the application never connects as it. */
export const OWNER_ROLE = 'postgres';
/** Major version of the packaged programs; data of another one needs pg_upgrade. */
const MAJOR_VERSION = '17';
/** PostgreSQL writes this file in one piece, always of this size; a shorter one means that the folder was cut off. */
const CONTROL_FILE_BYTES = 8192;

export function dataFolderOf(place) {
  return join(place.dataParent, 'data');
}

/** Makes the data folder when there is none, with `ownerPassword`; gives true when it was made. */
export async function ensureDataFolder(place, ownerPassword) {
  const dataFolder = dataFolderOf(place);
  const defect = findDefect(dataFolder);
  if (existsSync(dataFolder)) {
    if (!defect) return false;
    const aside = `${dataFolder}.set-aside-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
    renameSync(dataFolder, aside);
    say(`The database folder was incomplete (${defect}): it is now ${aside}, and a new one is made.`);
  }
  await initialise(place, dataFolder, ownerPassword);
  return true;
}

/** Why a data folder cannot be used, or null. Throws for a good folder of another PostgreSQL version. */
function findDefect(dataFolder) {
  let version;
  try {
    version = readFileSync(join(dataFolder, 'PG_VERSION'), 'utf8').trim();
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return 'no PG_VERSION';
    if (error.code === 'EACCES')
      throw new UserError(`${dataFolder} belongs to another user: start as that user, or use a clone of your own.`, { cause: error });
    throw error;
  }
  const control = statSync(join(dataFolder, 'global', 'pg_control'), { throwIfNoEntry: false });
  if (control?.size !== CONTROL_FILE_BYTES) return 'no control file';
  if (version !== MAJOR_VERSION) {
    throw new UserError(`${dataFolder} was made by PostgreSQL ${version}, this is ${MAJOR_VERSION}: move the folder away to begin anew.`);
  }
  return null;
}

/** initdb in a folder beside, renamed when it is finished: a folder with the final name is complete. */
async function initialise(place, dataFolder, ownerPassword) {
  const unfinished = `${dataFolder}.unfinished`;
  const passwordFile = join(place.dataParent, 'initial-password');
  // Never had the final name, so nothing was ever stored in it.
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  writeFileSync(passwordFile, `${ownerPassword}\n`, { mode: 0o600 });
  if (place.user) for (const path of [unfinished, passwordFile]) chownSync(path, place.user.uid, place.user.gid);
  try {
    await runOrFail({
      name: 'initdb',
      command: join(place.binFolder, 'initdb'),
      args: [
        `--pgdata=${unfinished}`,
        `--username=${OWNER_ROLE}`,
        `--pwfile=${passwordFile}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale=C',
        // Unicode rules built into PostgreSQL itself: the same order on every system.
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
      ],
      cwd: place.dataParent,
      user: place.user,
      failure: 'The database folder could not be made',
    });
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(unfinished, dataFolder);
}

/** Gives the owner another password without knowing the old one. The server must not be running. */
export async function resetOwnerPassword(place, ownerPassword) {
  await runOrFail({
    name: 'postgres-single',
    command: join(place.binFolder, 'postgres'),
    args: ['--single', '-D', dataFolderOf(place), 'postgres'],
    input: `ALTER ROLE ${OWNER_ROLE} PASSWORD '${ownerPassword}';\n`,
    cwd: place.dataParent,
    user: place.user,
    failure: 'The password of the database could not be set anew',
  });
}

/** Stops a server that outlived an earlier run on this data folder. Gives true when there was one. */
export async function stopOrphanServer(place) {
  const dataFolder = dataFolderOf(place);
  const pidFile = join(dataFolder, 'postmaster.pid');
  const pid = readPid(pidFile);
  if (pid === null) return false;
  const server = describeProcess(pid);
  if (server.identity === null) return false; // PostgreSQL itself removes the file of a dead server.
  if (!isServerOf(pid, dataFolder)) {
    // The number has passed to another program (after a restart of the machine); PostgreSQL would take it for a running server.
    rmSync(pidFile, { force: true });
    return false;
  }
  const result = await runToEnd({
    name: 'pg_ctl',
    command: join(place.binFolder, 'pg_ctl'),
    args: ['stop', '-D', dataFolder, '-m', 'fast', '-w', '-t', '30'],
    cwd: place.dataParent,
    user: place.user,
  });
  if (!(await waitUntilGone(server, 5_000))) {
    throw new UserError(`A PostgreSQL of an earlier run (process ${pid}) does not stop: end it, then start again.`, {
      details: lastLines(result.output),
    });
  }
  return true;
}

function readPid(pidFile) {
  try {
    const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
    return Number.isInteger(pid) && pid > 0 ? pid : null;
  } catch (error) {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return null;
    throw error;
  }
}

function isServerOf(pid, dataFolder) {
  if (process.platform !== 'linux') return true;
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').split('\0').includes(dataFolder);
  } catch {
    return false;
  }
}
