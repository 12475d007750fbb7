/**
 * `npm run soak -- --miners 6000 --minutes 60 --faults dead=0.05,slow=0.02`: the simulator, two workers of the production build, PostgreSQL and Redis of their own. After a quarter of the time Redis is
 * restarted (it forgets everything), then PostgreSQL, then the worker that polls is killed. Prints what each process uses every half minute, and in the end what was stored: rows, holes, doubles, loss.
 */
import './setup/node-version.mjs';
import { randomBytes, randomUUID } from 'node:crypto';
import { readFileSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import { cpus, loadavg } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { builtEntry, migrate, startProcess } from './setup/app.mjs';
import { ensureApp } from './setup/builds.mjs';
import { stopChild } from './setup/children.mjs';
import { projectFolder, roleFolders } from './setup/folders.mjs';
import { withSetupLock } from './setup/lock.mjs';
import { ensurePackages } from './setup/packages.mjs';
import { findFreePort } from './setup/ports.mjs';
import { startPostgres } from './setup/postgres.mjs';
import { ensureRedisServer, startRedis } from './setup/redis.mjs';
import { runCommand } from './setup/run-command.mjs';
import { beginRun } from './setup/run-lock.mjs';
import { say, UserError } from './setup/say.mjs';
import { cleanEnv } from './setup/test-stack.mjs';
import { COUNT_SAMPLES, findCycles, sumUp } from './soak/count-samples.mjs';
import { readProcessUse } from './soak/process-use.mjs';

const BUILD_NAME = '.hashinsight/soak/build';
const DATABASE = 'hashinsight_soak';
const CADENCE_S = 60;
const LOOK_S = 30;
const FARM_TIMEOUT_MS = 60_000;

function readOptions() {
  const { values } = parseArgs({
    options: {
      miners: { type: 'string', default: '6000' },
      minutes: { type: 'string', default: '60' },
      faults: { type: 'string', default: '' },
    },
  });
  const wholeOf = (name, [min, max]) => {
    const value = /^\d+$/.test(values[name]) ? Number(values[name]) : Number.NaN;
    if (value >= min && value <= max) return value;
    throw new UserError(`--${name} is "${values[name]}"; a whole number from ${min} to ${max} is possible.`);
  };
  return { miners: wholeOf('miners', [1, 60_000]), minutes: wholeOf('minutes', [4, 1_440]), faults: values.faults };
}

async function soak() {
  const { miners, minutes, faults } = readOptions();
  const folders = roleFolders('soak');
  await beginRun('npm run soak', folders);
  const redisProgram = await withSetupLock('npm run soak', async () => {
    await ensurePackages();
    await ensureApp(BUILD_NAME);
    return ensureRedisServer();
  });
  rmSync(folders.postgres, { recursive: true, force: true });
  const [postgres, redis] = await Promise.all([
    startPostgres({ folders, ownerPassword: randomBytes(24).toString('hex') }),
    startRedis(redisProgram, folders),
  ]);
  const env = {
    ...cleanEnv(),
    HASHINSIGHT_MODE: 'test',
    NODE_ENV: 'production',
    DATABASE_URL: postgres.urlFor(DATABASE, 'hashinsight_soak_worker', randomBytes(24).toString('hex')),
    REDIS_URL: redis.url,
    POLLING: 'on',
    POLL_LOOPBACK: 'on',
    LOG_LEVEL: 'debug',
    MARKET_REFRESH_MINUTES: '0',
    MARKET_PRICE_SECONDS: '0',
    MAIL_OUTBOX_DIR: join(folders.folder, 'outbox'),
  };
  await migrate({ nodeArgs: builtEntry(BUILD_NAME, 'migrate'), env: { ...env, DATABASE_OWNER_URL: postgres.urlFor(DATABASE) } });

  const controlPort = await findFreePort();
  const farmArgs = ['--miners', miners, '--base-port', await findFreePort(), '--control', controlPort, '--faults', faults].map(String);
  const farm = startProcess({
    name: 'farm',
    nodeArgs: [join(projectFolder, 'scripts/simulate.mjs'), ...farmArgs],
    env: cleanEnv(),
    folders,
  });
  const machines = await askFarm(controlPort, farm);
  await withOwner(postgres.urlFor(DATABASE), (owner) => enterMachines(owner, machines));

  const startWorker = (name) => ({ name, child: startProcess({ name, nodeArgs: builtEntry(BUILD_NAME, 'worker'), env, folders }) });
  const workers = [startWorker('worker-1'), startWorker('worker-2')];
  const parts = { postgres: postgres.child, redis: redis.child, farm };
  say(
    `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${miners} machines, ${minutes} min, faults "${faults}", load ${loadavg()[0].toFixed(1)}`,
  );

  const restarts = [
    {
      at: 0.25,
      do: async () => {
        parts.redis = await redis.restart();
        return 'Redis restarted, empty';
      },
    },
    {
      at: 0.45,
      do: async () => {
        parts.postgres = await postgres.restart();
        return 'PostgreSQL restarted';
      },
    },
    {
      at: 0.65,
      do: async () => {
        const polling = workers.findLast(({ name }) => readEvents(folders, name).some(({ event }) => event === 'polling.site-taken'));
        if (!polling) return 'nobody polls, so nobody was killed';
        process.kill(-polling.child.pid, 'SIGKILL');
        return `${polling.name} killed`;
      },
    },
  ];
  await watch({ minutes, restarts, parts, workers });
  for (const { child } of workers) await stopChild(child);
  await report({ folders, workers, url: postgres.urlFor(DATABASE), miners });
}

/** Prints memory and processor time of every process until the time is over; does what is to be done in between. */
async function watch({ minutes, restarts, parts, workers }) {
  const beganMs = Date.now();
  const open = [...restarts];
  const before = new Map();
  for (let round = 1; Date.now() - beganMs < minutes * 60_000; round += 1) {
    await delay(Math.max(0, beganMs + round * LOOK_S * 1000 - Date.now()));
    const passedRatio = (Date.now() - beganMs) / (minutes * 60_000);
    const columns = [...Object.entries(parts), ...workers.map(({ name, child }) => [name, child])].map(([name, child]) => {
      const use = readProcessUse(child.pid);
      if (use === null) return `${name} gone`;
      const last = before.get(child.pid);
      before.set(child.pid, use);
      const share = last ? `${Math.max(0, Math.round(((use.cpuS - last.cpuS) / LOOK_S) * 100))} %` : '-';
      return `${name} ${Math.round(use.rssMb)} MB ${share}`;
    });
    say(`${String(Math.round((Date.now() - beganMs) / 1000)).padStart(5)} s  ${columns.join('  ')}  load ${loadavg()[0].toFixed(1)}`);
    while (open[0] && passedRatio >= open[0].at) say(`        ${await open.shift().do()}`);
  }
}

async function askFarm(port, farm) {
  let isGone = false;
  farm.exited.then(() => {
    isGone = true;
  });
  const deadlineMs = Date.now() + FARM_TIMEOUT_MS;
  while (!isGone && Date.now() < deadlineMs) {
    const answer = await askOnce(port);
    if (answer) return answer.machines;
    await delay(200);
  }
  throw new UserError('The simulator did not start: see farm.log of this run.');
}

/** Null: nobody listens yet. */
function askOnce(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write('{"do":"machines"}\n'));
    let text = '';
    socket.setEncoding('utf8');
    socket.on('error', () => resolve(null));
    socket.on('data', (chunk) => {
      text += chunk;
      if (!text.endsWith('\n')) return;
      socket.end();
      resolve(JSON.parse(text));
    });
  });
}

async function enterMachines(owner, machines) {
  const tenantId = randomUUID();
  await owner.query('BEGIN');
  await owner.query(`SELECT set_config('app.tenant_id', $1, true)`, [tenantId]);
  await owner.query(`INSERT INTO tenants (id, name) VALUES ($1, 'Soak')`, [tenantId]);
  const { rows } = await owner.query(
    `INSERT INTO sites (tenant_id, name, time_zone, poll_cadence_s, status) VALUES ($1, 'North', 'UTC', $2, 'active') RETURNING id`,
    [tenantId, CADENCE_S],
  );
  await owner.query(
    `INSERT INTO machines (tenant_id, site_id, serial, model, host, port, rated_hashrate_ths, rated_power_w, approval)
     SELECT $1, $2, 'soak ' || place, model, host, port, 100, 3000, 'approved' FROM unnest($3::text[], $4::text[], $5::int[]) WITH ORDINALITY AS m (model, host, port, place)`,
    [
      tenantId,
      rows[0].id,
      machines.map(({ model }) => model),
      machines.map(({ address }) => address.host),
      machines.map(({ address }) => address.port),
    ],
  );
  await owner.query('COMMIT');
}

async function withOwner(connectionString, work) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Between the cycle that a kill cut off and the first of the worker that took the site. */
function sayGaps(cycles) {
  const gaps = cycles.slice(0, -1).flatMap(({ startS, isWhole }, at) => (isWhole ? [] : [cycles[at + 1].startS - startS]));
  return gaps.length === 0
    ? 'none'
    : gaps.map((gapS) => `${gapS} s from a cut cycle's beginning to the next one's (cadence ${CADENCE_S} s)`).join(', ');
}

/** Lines of a worker's log about polling; the last one of a killed worker may be cut off. */
function readEvents(folders, name) {
  return readFileSync(join(folders.logs, `${name}.log`), 'utf8')
    .split('\n')
    .filter((line) => line.includes('"event":"polling.'))
    .flatMap((line) => {
      try {
        return [JSON.parse(line)];
      } catch {
        return [];
      }
    });
}

async function report({ folders, workers, url, miners }) {
  const events = workers.flatMap(({ name }) => readEvents(folders, name));
  const cycles = findCycles(events, { cadenceS: CADENCE_S });
  const starts = cycles.map(({ startS }) => startS);
  const machines = await withOwner(url, async (owner) => (await owner.query(COUNT_SAMPLES, [starts])).rows);
  const sums = sumUp(machines, cycles);
  say(`Stored: ${sums.rows} rows of ${machines.length} of ${miners} machines, ${sums.failedRows} of them readings that failed.`);
  say(
    `Machines that always answered: ${sums.liveMachines}; ${sums.wholeCycles} whole cycles x ${sums.liveMachines} = ${sums.expected} rows, stored ${sums.rowsOfWhole}: missing ${sums.missing} (at most ${sums.mostMissing} of one machine), doubles ${sums.doubles}.`,
  );
  say(
    `Cycles cut off by a kill or the end: ${cycles.length - sums.wholeCycles}, with ${sums.rowsOfCut} rows. Time without a cycle: ${sayGaps(cycles)}.`,
  );
  const lost = events.filter(({ event }) => event === 'polling.lost').reduce((sum, { readings }) => sum + readings, 0);
  const taken = events.reduce((sum, { answered = 0, failed = 0 }) => sum + answered + failed, 0);
  say(`Readings of cycles that came to their end, as the pollers count: ${taken}.`);
  say(
    `Counted as lost by the workers: ${lost}; cycles with machines that had no turn: ${events.filter(({ event }) => event === 'polling.missed').length}.`,
  );
  const percentiles = (name) => {
    const values = events.flatMap((event) => (typeof event[name] === 'number' ? [event[name]] : [])).sort((one, other) => one - other);
    return values.length === 0
      ? 'none'
      : `p50 ${values[Math.floor(values.length / 2)]}, p95 ${values[Math.floor(values.length * 0.95)]}, most ${values.at(-1)}`;
  };
  say(`From a cycle's beginning to its last answer, ms: ${percentiles('lastAnswerMs')}`);
  say(`From a reading to its row, the longest of each cycle, ms: ${percentiles('storeLagMs')}`);
}

runCommand(soak, { exitCodeWhenStopped: 130 });
