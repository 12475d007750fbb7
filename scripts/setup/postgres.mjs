/**
 * The embedded PostgreSQL of one role: listens on 127.0.0.1 only, on a free port, with random passwords.
 * What an earlier run left behind (a living server, an unfinished folder, lost secrets) is put right first.
 */
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startChild, stopChild } from './children.mjs';
import { makeFolder } from './folders.mjs';
import { findFreePort } from './ports.mjs';
import { dataFolderOf, ensureDataFolder, OWNER_ROLE, resetOwnerPassword, stopOrphanServer } from './postgres-data.mjs';
import { preparePostgresPlace } from './postgres-place.mjs';
import { ensureDatabaseUser } from './postgres-user.mjs';
import { lastLines, say, UserError } from './say.mjs';

const START_ATTEMPTS = 20;
const START_RETRY_MS = 500;
/** Crash recovery of a large database takes its time. */
const START_TIMEOUT_MS = 120_000;
/** Left-overs of a server killed a moment ago, or a port that somebody else was quicker to take: worth another attempt. */
const PASSING_FAILURE = /pre-existing shared memory block|lock file .* already exists|could not bind|Address already in use/i;

/**
 * Starts the server. `isThrowaway`: for tests; begins with an empty server, whatever an interrupted run left there, and
 * trades safety against a crash of the machine for speed.
 * Gives { child, dataFolder, urlFor(database, role?, password?), restart() }, the owner's URL by default; `restart` gives the new child, at the same port.
 */
export async function startPostgres({ folders, ownerPassword, isThrowaway = false }) {
  makeFolder(folders.logs);
  const user = await ensureDatabaseUser();
  const place = { ...(await preparePostgresPlace(folders, user)), user };
  if (await stopOrphanServer(place)) say('Stopped the PostgreSQL server that an earlier run left behind.');
  if (isThrowaway) rmSync(dataFolderOf(place), { recursive: true, force: true });
  const isNew = await ensureDataFolder(place, ownerPassword);
  let { child, port } = await startServer(place, folders, isThrowaway);
  if (!isNew && !(await acceptsOwner(port, ownerPassword))) {
    // The data outlived the secrets: the project was cloned anew while its data is kept outside.
    await stopChild(child);
    await resetOwnerPassword(place, ownerPassword);
    ({ child, port } = await startServer(place, folders, isThrowaway));
    if (!(await acceptsOwner(port, ownerPassword))) {
      throw new UserError(`The database in ${dataFolderOf(place)} lets nobody in: move that folder away to begin with an empty one.`);
    }
  }
  return {
    child,
    dataFolder: dataFolderOf(place),
    restart: async () => {
      await stopChild(child);
      ({ child } = await startServer(place, folders, isThrowaway, port));
      return child;
    },
    urlFor: (database, role = OWNER_ROLE, password = ownerPassword) => `postgresql://${role}:${password}@127.0.0.1:${port}/${database}`,
  };
}

async function startServer(place, folders, isThrowaway, fixedPort = null) {
  const logFile = join(folders.logs, 'postgres.log');
  for (let attempt = 1; ; attempt += 1) {
    const port = fixedPort ?? (await findFreePort());
    const child = startChild({
      name: 'postgres',
      command: join(place.binFolder, 'postgres'),
      args: ['-D', dataFolderOf(place), '-p', String(port), ...settings(isThrowaway)],
      cwd: place.dataParent,
      user: place.user,
      env: { ...process.env, LC_MESSAGES: 'C', TZ: 'UTC' },
      output: logFile,
      recordFolder: folders.run,
      stopSignal: 'SIGINT', // "fast": ends the sessions, writes everything out
      stopTimeoutMs: 30_000,
    });
    if (await isReady(child, place, port)) return { child, port };
    await stopChild(child);
    const log = readFileSync(logFile, 'utf8');
    if (attempt >= START_ATTEMPTS || !PASSING_FAILURE.test(log)) {
      throw new UserError(`PostgreSQL did not start: see ${logFile}; its data is in ${dataFolderOf(place)}`, { details: lastLines(log) });
    }
    await delay(START_RETRY_MS);
  }
}

function settings(isThrowaway) {
  const values = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Change data capture reads the log; the setting needs a restart, so it is there from the first day.
    wal_level: 'logical',
    max_replication_slots: '8',
    max_wal_senders: '8',
    ...(isThrowaway ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' } : {}),
  };
  return Object.entries(values).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}

/** The server writes its state into postmaster.pid: line 1 its pid, line 4 its port, line 8 "ready". */
async function isReady(child, place, port) {
  let isGone = false;
  child.exited.then(() => {
    isGone = true;
  });
  const pidFile = join(dataFolderOf(place), 'postmaster.pid');
  const deadlineMs = Date.now() + START_TIMEOUT_MS;
  while (!isGone && Date.now() < deadlineMs) {
    const lines = readLines(pidFile);
    if (lines[0]?.trim() === String(child.pid) && lines[3]?.trim() === String(port) && lines[7]?.trim() === 'ready') return true;
    await delay(30);
  }
  return false;
}

function readLines(file) {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    return []; // Not there yet.
  }
}

/** Tries the password. Any answer but a refusal of the password is thrown. */
async function acceptsOwner(port, ownerPassword) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ host: '127.0.0.1', port, user: OWNER_ROLE, password: ownerPassword, database: 'postgres' });
  try {
    await client.connect();
    return true;
  } catch (error) {
    if (error.code === '28P01') return false;
    throw error;
  } finally {
    await client.end();
  }
}
