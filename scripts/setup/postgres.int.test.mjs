// What a killed run leaves behind, made for real: a small parent starts the services and is ended with SIGKILL.
// Everything happens in a role of its own below .hashinsight, so nothing of `npm start` or of this test run is touched.
import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { stopChild, stopOrphans } from './children.mjs';
import { roleFolders } from './folders.mjs';
import { startPostgres } from './postgres.mjs';
import { readProcessIdentity } from './process-identity.mjs';

const ROLE_PREFIX = 'recovery-';
const role = `test/${ROLE_PREFIX}${randomBytes(4).toString('hex')}`;
const folders = roleFolders(role);
const ownerPassword = randomBytes(16).toString('hex');
const PARENT = new URL('./postgres-parent.fixture.mjs', import.meta.url);

let running = null;
let dataParent = null;
const start = async (password = ownerPassword) => {
  running = await startPostgres({ folders, ownerPassword: password });
  dataParent = dirname(running.dataFolder); // Outside of the project when the database's user cannot enter it.
  return running;
};
const stop = async () => {
  if (running) await stopChild(running.child);
  running = null;
};

/** A run of this very test that was killed may have left servers of its own behind. */
beforeAll(async () => {
  const parent = roleFolders('test').folder;
  const left = existsSync(parent) ? readdirSync(parent).filter((name) => name.startsWith(ROLE_PREFIX)) : [];
  for (const name of left) {
    await stopOrphans(roleFolders(`test/${name}`).run);
    rmSync(join(parent, name), { recursive: true, force: true });
  }
});
afterEach(stop);
afterAll(async () => {
  await stopOrphans(folders.run);
  for (const folder of [folders.folder, dataParent]) if (folder) rmSync(folder, { recursive: true, force: true });
});

async function query(url, sql) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
}

/** Starts the parent, waits until its PostgreSQL answers, and kills the parent alone. */
function startAndKillParent() {
  return new Promise((resolve, reject) => {
    const parent = spawn(process.execPath, [PARENT.pathname, role, ownerPassword], { stdio: ['ignore', 'pipe', 'inherit'] });
    let line = '';
    parent.stdout.setEncoding('utf8').on('data', (chunk) => {
      line += chunk;
      if (line.includes('\n') && !parent.killed) parent.kill('SIGKILL');
    });
    parent.on('exit', (_, signal) => (signal === 'SIGKILL' ? resolve(JSON.parse(line)) : reject(new Error('the parent ended by itself'))));
  });
}

it('keeps its data from one start to the next', async () => {
  const { urlFor } = await start();
  await query(urlFor('postgres'), 'CREATE TABLE kept AS SELECT 21 AS value');
  await stop();
  const again = await start();
  expect(await query(again.urlFor('postgres'), 'SELECT value FROM kept')).toEqual([{ value: 21 }]);
});

it('stops the server that outlived a killed parent and starts again on the same data', async () => {
  const left = await startAndKillParent();
  expect(readProcessIdentity(left.pid)).not.toBeNull();
  await query(left.url, 'CREATE TABLE written_by_the_killed_run (id int)');
  const { urlFor } = await start();
  expect(readProcessIdentity(left.pid)).toBeNull();
  expect(await query(urlFor('postgres'), 'SELECT * FROM written_by_the_killed_run')).toEqual([]);
});

it('sets an unfinished data folder aside instead of deleting it', async () => {
  await start();
  const { dataFolder } = running;
  await stop();
  renameSync(join(dataFolder, 'PG_VERSION'), join(dataFolder, 'PG_VERSION.gone'));
  const { urlFor } = await start();
  expect(await query(urlFor('postgres'), `SELECT to_regclass('kept') IS NULL AS "isNew"`)).toEqual([{ isNew: true }]);
  const aside = readdirSync(join(dataFolder, '..')).filter((name) => name.startsWith('data.set-aside-'));
  expect(aside).toHaveLength(1);
  expect(readdirSync(join(dataFolder, '..', aside[0]))).toContain('PG_VERSION.gone');
});

it('finds its way back into data whose password was lost', async () => {
  await start();
  await stop();
  const { urlFor } = await start('another-password');
  expect(await query(urlFor('postgres'), 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
});

it('listens on 127.0.0.1 only and lets nobody in without a password', async () => {
  const { urlFor } = await start('another-password');
  const [{ listen_addresses: addresses }] = await query(urlFor('postgres'), 'SHOW listen_addresses');
  expect(addresses).toBe('127.0.0.1');
  await expect(query(urlFor('postgres', 'postgres', 'guess'), 'SELECT 1')).rejects.toThrow('password authentication failed');
});
