/**
 * Redis: the one of REDIS_URL, or a server of our own on a free port. Ours keeps nothing on disk: it holds queues and
 * caches, which the worker fills again; everything worth keeping is in PostgreSQL.
 */
import { randomBytes } from 'node:crypto';
import { createConnection } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { startChild, stopChild } from './children.mjs';
import { findProgram, installSystemPackage } from './debian.mjs';
import { makeFolder } from './folders.mjs';
import { findFreePort } from './ports.mjs';
import { lastLines, UserError } from './say.mjs';

const SERVER_NAMES = ['redis-server', 'valkey-server'];
const START_ATTEMPTS = 3;
const START_TIMEOUT_MS = 15_000;

/** Path of the server program; installed when it is missing and we may. */
export async function ensureRedisServer() {
  const installed = findProgram(SERVER_NAMES);
  if (installed) return installed;
  const otherwise = 'set REDIS_URL to a running one';
  return installSystemPackage({ name: 'redis-server', programs: SERVER_NAMES, need: 'Redis is needed', otherwise });
}

/** Starts a server for `folders` (one role); gives { url, child, restart() }; `restart` gives the new child, empty and at the same port. */
export async function startRedis(program, folders) {
  const password = randomBytes(24).toString('hex');
  const dataFolder = join(folders.folder, 'redis');
  makeFolder(dataFolder);
  const start = (port) =>
    startChild({
      name: 'redis',
      command: program,
      args: ['-'],
      // By standard input, so that the password appears in no process list.
      input: configuration({ port, password }),
      cwd: dataFolder,
      output: join(folders.logs, 'redis.log'),
      recordFolder: folders.run,
    });
  let child;
  for (let attempt = 1; attempt <= START_ATTEMPTS; attempt += 1) {
    const port = await findFreePort();
    child = start(port);
    if (await isReady(child, port, password)) return { url: `redis://:${password}@127.0.0.1:${port}`, child, restart: () => restart(port) };
    await stopChild(child);
  }
  throw new UserError(`Redis did not start: see ${join(folders.logs, 'redis.log')}`, { details: lastLines(child.output) });

  async function restart(port) {
    await stopChild(child);
    child = start(port);
    if (!(await isReady(child, port, password))) throw new UserError(`Redis did not start again: see ${join(folders.logs, 'redis.log')}`);
    return child;
  }
}

function configuration({ port, password }) {
  return [
    'bind 127.0.0.1',
    `port ${port}`,
    `requirepass ${password}`,
    'save ""',
    'appendonly no',
    // A queue must never lose jobs to make room.
    'maxmemory-policy noeviction',
    'daemonize no',
    '',
  ].join('\n');
}

async function isReady(child, port, password) {
  let isGone = false;
  child.exited.then(() => {
    isGone = true;
  });
  const deadlineMs = Date.now() + START_TIMEOUT_MS;
  while (!isGone && Date.now() < deadlineMs) {
    if (await answersPing(port, password)) return true;
    await delay(50);
  }
  return false;
}

/** True when the server at `port` takes our password: another program that happened to get the port would not. */
function answersPing(port, password) {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port });
    let reply = '';
    const finish = (isAnswered) => {
      socket.destroy();
      resolve(isAnswered);
    };
    socket.setTimeout(1_000, () => finish(false));
    socket.on('error', () => finish(false));
    socket.on('end', () => finish(false));
    socket.on('connect', () => socket.write(`AUTH ${password}\r\nPING\r\n`));
    socket.on('data', (chunk) => {
      reply += chunk;
      if (reply.includes('+PONG')) finish(true);
      if (reply.includes('-')) finish(false);
    });
  });
}
