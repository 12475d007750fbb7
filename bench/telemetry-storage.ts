/**
 * Storage of telemetry: loads a simulated day of 6,000 machines (8.64 M samples, the same on every run) through the product's own code into a PostgreSQL of its own that writes as durably as the product's,
 * rolls it up and reads it back. `--hours 2` for a part of the day, sizes are then scaled to 24 h. Asked for: 20,000 samples/s, 1.2 GB of samples and 60 MB of roll-ups a day, a chart of 30 days in 150 ms
 * and a machine's 24 h in 60 ms (p95). Reports, never gates.
 */
import { randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { DAY_S, HOUR_S, NO_CLIENT, SLOT_S } from '#app/features/telemetry/layers.ts';
import { findLive, listLive } from '#app/features/telemetry/read/read-live.server.ts';
import { readMachineSamples } from '#app/features/telemetry/read/read-machine.server.ts';
import { readSiteSeries } from '#app/features/telemetry/read/read-site-series.server.ts';
import { rollUp } from '#app/features/telemetry/roll-up/roll-up.server.ts';
import { type MachineReadingOf, storeReadings } from '#app/features/telemetry/store/store-readings.server.ts';
import { createBulkDb } from '#app/platform/bulk-db.server.ts';
import { createDb } from '#app/platform/db.server.ts';
import type { Board, MachineSnapshot } from '#collectors/cgminer/snapshot.ts';
import { migrationsFolder } from '../prisma/migration-files.ts';
import { prepareDatabase, withClient } from '../prisma/prepare-database.ts';
import { startOwnDatabase } from '../scripts/setup/own-database.mjs';

const { values } = parseArgs({ options: { hours: { type: 'string', default: '24' }, machines: { type: 'string', default: '6000' } } });
const HOURS = Math.min(Math.max(Number(values.hours), 1), 24);
const MACHINES = Number(values.machines);
const CLIENTS = 10;
const CADENCE_S = 60;
/** Cycles that are stored one by one, as a poller hands them over; the others come some at a time, as after an outage. */
const SINGLE_CYCLES = 30;
const CYCLES_AT_ONCE = 5;
const READS = 100;
const CHART_DAYS = 30;
const WORKSPACE = { kind: 'workspace' } as const;

/** Stateless: the same number for the same machine and minute, whatever the order. In [0, 1). */
function chance(machine: number, minute: number): number {
  let hash = Math.imul(machine + 1, 0x9e3779b1) ^ Math.imul(minute + 1, 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return ((hash ^ (hash >>> 13)) >>> 0) / 2 ** 32;
}

const board = (position: number): Board => ({
  position,
  hashrateThs: 66.7,
  ratedHashrateThs: 66.7,
  chips: 108,
  ratedChips: 108,
  boardTemperatureC: 58,
  chipTemperatureC: 72,
  hardwareErrors: 3,
  isAlive: true,
});

function snapshotOf(machine: number, atS: number, minute: number): MachineSnapshot {
  const noise = chance(machine, minute);
  const isIdle = chance(machine, Math.floor(minute / 60) + 100_000) < 0.01;
  const chipC = 68 + Math.round(10 * noise);
  return {
    dialect: 'antminer',
    observedAtMs: atS * 1000,
    clockSkewS: 0,
    make: 'Bitmain',
    model: 'Antminer S21',
    firmware: 'stock',
    firmwareVersion: '2026-03-11',
    serial: `SMTT${machine}`,
    macAddress: '02:00:00:00:00:01',
    state: isIdle ? 'idle' : 'hashing',
    mode: 'normal',
    hashrateThs: isIdle ? 0 : 190 + 20 * noise,
    hashrate5mThs: isIdle ? 0 : 200,
    hashrate15mThs: null,
    hashrate24hThs: null,
    hashrateAverageThs: 199.5,
    ratedHashrateThs: 200,
    powerW: machine % 20 === 0 ? null : isIdle ? 60 : 3450 + Math.round(100 * noise),
    powerSource: 'machine',
    powerLimitW: null,
    boards: [board(0), board(1), board(2)],
    fans: [0, 1, 2, 3].map((position) => ({ position, speedRpm: 5800 + Math.round(300 * noise) })),
    inletTemperatureC: 24,
    outletTemperatureC: 41,
    chipTemperatureC: chipC,
    boardTemperatureC: chipC - 12,
    acceptedShares: 12 * minute,
    rejectedShares: minute >> 4,
    staleShares: 0,
    hardwareErrors: minute >> 2,
    pools: [0, 1, 2].map((position) => ({
      position,
      url: `stratum+tcp://pool-${position}.example:3333`,
      worker: `farm.${machine}`,
      isAlive: true,
      isActive: position === 0,
      acceptedShares: 12 * minute,
      rejectedShares: 0,
      staleShares: 0,
      isDeveloperFee: false,
    })),
    activePool: 0,
    uptimeS: minute * 60,
    errorCodes: [],
    notes: [],
  };
}

function cycleOf(numbers: readonly number[], startS: number, minute: number): MachineReadingOf[] {
  return numbers.map((machine, place) => {
    // A cycle takes some seconds, and one in twenty-five machines does not answer.
    const atS = startS + minute * CADENCE_S + (place % 15);
    return chance(place, Math.floor(minute / 30) + 200_000) < 0.04
      ? {
          machine,
          reading: {
            kind: 'failed',
            trouble: 'unreachable',
            detail: 'connect: time-out',
            observedAtMs: atS * 1000,
            raw: [],
            latencyMs: 3000,
          },
        }
      : { machine, reading: { kind: 'read', snapshot: snapshotOf(place, atS, minute), raw: [], latencyMs: 20 } };
  });
}

const mb = (bytes: number) => `${(bytes / 1e6).toFixed(1)} MB`;
const say = (label: string, text: string) => console.log(`${label.padEnd(44)} ${text}   load ${(loadavg()[0] ?? 0).toFixed(1)}`);

/** Ticks of /proc, 10 ms each on Linux. */
const TICK_MS = 10;

/** CPU time of the server's processes, ms; null where there is no /proc. On a busy machine it says more than a clock. */
function readServerCpuMs(serverPid: number): number | null {
  if (!existsSync('/proc/self/stat')) return null;
  let ticks = 0;
  for (const pid of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const fields = readStat(pid);
    if (Number(pid) === serverPid || Number(fields[1]) === serverPid) ticks += Number(fields[11]) + Number(fields[12]);
    // Of its processes that have ended.
    if (Number(pid) === serverPid) ticks += Number(fields[13]) + Number(fields[14]);
  }
  return ticks * TICK_MS;
}

/** Fields of /proc/PID/stat behind the program's name; none when the process has ended meanwhile. */
function readStat(pid: string): string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  } catch {
    return [];
  }
}

/** Adds up clock and CPU time of what is run through it. */
function createMeter(serverPid: number) {
  const sum = { ms: 0, ownMs: 0, serverMs: 0 };
  return {
    sum,
    async run<T>(work: () => Promise<T>): Promise<T> {
      const cpu = process.cpuUsage();
      const server = readServerCpuMs(serverPid);
      const { ms, result } = await time(work);
      const { user, system } = process.cpuUsage(cpu);
      sum.ms += ms;
      sum.ownMs += (user + system) / 1000;
      sum.serverMs += (readServerCpuMs(serverPid) ?? Number.NaN) - (server ?? Number.NaN);
      return result;
    },
    tell: () =>
      `${(sum.ms / 1000).toFixed(1)} s; CPU ${(sum.ownMs / 1000).toFixed(1)} s here, ${(sum.serverMs / 1000).toFixed(1)} s PostgreSQL`,
  };
}

type Meter = ReturnType<typeof createMeter>;

async function time<T>(work: () => Promise<T>): Promise<{ ms: number; result: T }> {
  const from = performance.now();
  const result = await work();
  return { ms: performance.now() - from, result };
}

async function percentiles(label: string, read: (round: number) => Promise<number>): Promise<void> {
  const took: number[] = [];
  let rows = 0;
  for (let round = 0; round < READS; round += 1) {
    const { ms, result } = await time(() => read(round));
    took.push(ms);
    rows = result;
  }
  took.sort((one, other) => one - other);
  say(label, `p50 ${took[READS / 2]?.toFixed(1)} ms, p95 ${took[Math.floor(READS * 0.95)]?.toFixed(1)} ms (${rows} rows)`);
}

console.log(
  `${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, ${MACHINES} machines, ${HOURS} h, ${new Date().toISOString()}`,
);
const { ownerUrl, appUrl, serverPid, end } = await startOwnDatabase('bench-telemetry');
await prepareDatabase({ ownerUrl, appUrl, migrationsFolder: migrationsFolder() });
const db = createDb(appUrl);
const bulk = createBulkDb(appUrl);

try {
  const tenantId = randomUUID();
  const site = await withClient(ownerUrl, async (owner) => {
    await owner.query(`INSERT INTO tenants (id, name) VALUES ($1, 'Bench')`, [tenantId]);
    await owner.query(`INSERT INTO clients (tenant_id, name) SELECT $1, 'client ' || place FROM generate_series(1, $2::int) AS place`, [
      tenantId,
      CLIENTS,
    ]);
    const { rows } = await owner.query<{ id: string; number: number }>(
      `INSERT INTO sites (tenant_id, name, time_zone, poll_cadence_s, created_at) VALUES ($1, 'North', 'UTC', $2, '2020-01-01') RETURNING id, number`,
      [tenantId, CADENCE_S],
    );
    await owner.query(
      `INSERT INTO machines (tenant_id, site_id, client_id, serial, model, rated_hashrate_ths, rated_power_w, approval, created_at)
       SELECT $1, $2, (SELECT id FROM clients WHERE name = 'client ' || (1 + place % $3::int)), 'SMTT' || place, 'Antminer S21', 200, 3500, 'approved', '2020-01-01'
       FROM generate_series(0, $4::int - 1) AS place ORDER BY place`,
      [tenantId, rows[0]?.id, CLIENTS, MACHINES],
    );
    return rows[0]!;
  });
  const machines = await listLive(db, tenantId, WORKSPACE, { take: MACHINES });
  const numbers = machines.map(({ number }) => number);

  const nowS = Math.floor(Date.now() / 1000);
  const startS = Math.floor(nowS / HOUR_S) * HOUR_S - HOURS * HOUR_S;
  const options = { nowMs: nowS * 1000, rawDays: 2 };
  const cycles = (HOURS * HOUR_S) / CADENCE_S;
  let rows = 0;
  const [single, several, rolling, lateRolling] = Array.from({ length: 4 }, () => createMeter(serverPid)) as [Meter, Meter, Meter, Meter];
  for (let minute = 0; minute < cycles; ) {
    const count = minute < SINGLE_CYCLES ? 1 : Math.min(CYCLES_AT_ONCE, cycles - minute);
    const batch = Array.from({ length: count }, (_, index) => cycleOf(numbers, startS, minute + index)).flat();
    const stored = await (count === 1 ? single : several).run(() => storeReadings(bulk, tenantId, batch, options));
    rows += stored.stored;
    minute += count;
    if (minute % 240 === 0) say(`stored ${minute / 60} h`, `${rows} rows`);
  }
  const perS = (cyclesStored: number, { sum, tell }: Meter) =>
    `${((cyclesStored * MACHINES * 1000) / sum.ms).toFixed(0)} samples/s (${tell()})`;
  say('stored a cycle at a time, live state each', perS(SINGLE_CYCLES, single));
  say(`stored ${CYCLES_AT_ONCE} cycles at a time, live state of the last`, perS(cycles - SINGLE_CYCLES, several));
  say('stored in all', `${rows} rows`);

  // As the first roll-up after an outage: everything at once.
  const rolled = await rolling.run(() => rollUp(db, tenantId, options));
  say('rolled up', `${rolled.slots} slots, ${rolled.hours} hours, ${rolled.days} days: ${rolling.tell()}`);
  await storeReadings(bulk, tenantId, cycleOf(numbers.slice(0, 1), startS + 7, 1), options);
  await lateRolling.run(() => rollUp(db, tenantId, options));
  say('rolled up after one late sample', lateRolling.tell());

  await withClient(ownerUrl, async (owner) => {
    await owner.query('VACUUM ANALYZE');
    const { rows: sizes } = await owner.query<{ layer: string; bytes: number; tuples: number }>(
      `SELECT i.inhparent::regclass::text AS layer, sum(pg_total_relation_size(c.oid))::float8 AS bytes, sum(greatest(c.reltuples, 0))::float8 AS tuples
       FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid WHERE c.relkind = 'r' AND c.relname LIKE 'telemetry%' GROUP BY 1 ORDER BY 2 DESC`,
    );
    // Rows of a whole day, however many hours of it were loaded and are closed.
    const rowsADay: Record<string, number> = {
      telemetry_samples: (DAY_S / CADENCE_S) * MACHINES,
      telemetry_site_slots: (DAY_S / SLOT_S) * (CLIENTS + 1),
      telemetry_machine_hours: 24 * MACHINES,
      telemetry_machine_days: MACHINES,
    };
    let rollUpBytes = 0;
    for (const { layer, bytes, tuples } of sizes) {
      const bytesADay = (bytes / Math.max(tuples, 1)) * (rowsADay[layer] ?? 0);
      if (layer !== 'telemetry_samples') rollUpBytes += bytesADay;
      say(layer, `${mb(bytes)}, ${tuples} rows, ${(bytes / Math.max(tuples, 1)).toFixed(0)} B a row, ${mb(bytesADay)} a day`);
    }
    say('all roll-ups', `${mb(rollUpBytes)} a day`);
    await owner.query(`SELECT make_telemetry_partitions('telemetry_site_slots', to_timestamp($1), to_timestamp($2))`, [
      startS - (CHART_DAYS + 1) * DAY_S,
      nowS,
    ]);
    const columns = (
      await owner.query<{ name: string }>(
        `SELECT attname AS name FROM pg_attribute WHERE attrelid = 'telemetry_site_slots'::regclass AND attnum > 0 AND attname <> 'at'`,
      )
    ).rows.map((column) => column.name);
    // The chart's other days: one loaded hour over and over.
    await owner.query(
      `INSERT INTO telemetry_site_slots (at, ${columns.join()})
       SELECT at - make_interval(hours => hours), ${columns.join()} FROM telemetry_site_slots, generate_series(1, $2::int) AS hours
       WHERE at >= to_timestamp($1) AND at < to_timestamp($1 + 3600) ON CONFLICT DO NOTHING`,
      [startS, CHART_DAYS * 24],
    );
    await owner.query('VACUUM ANALYZE telemetry_site_slots');
  });
  const endS = startS + HOURS * HOUR_S;
  const chart = (days: number) => async () =>
    (await readSiteSeries(db, tenantId, WORKSPACE, { siteId: site.id, fromS: endS - days * DAY_S, toS: endS }))?.points.length ?? 0;
  await percentiles(`chart of the site, ${CHART_DAYS} days`, chart(CHART_DAYS));
  await percentiles('chart of the site, 24 h', chart(1));
  const clientId = machines[0]?.clientId ?? NO_CLIENT;
  await percentiles(`chart of a client, ${CHART_DAYS} days`, async () => {
    const reach = { kind: 'own', siteIds: [], clientIds: [clientId] } as const;
    return (
      (await readSiteSeries(db, tenantId, reach, { siteId: site.id, fromS: endS - CHART_DAYS * DAY_S, toS: endS }))?.points.length ?? 0
    );
  });
  await percentiles('machine page: 24 h of samples, live state', async (round) => {
    const machineId = machines[(round * 977) % MACHINES]?.machineId ?? '';
    const [samples] = await Promise.all([
      readMachineSamples(db, tenantId, WORKSPACE, { machineId, fromS: endS - DAY_S, toS: endS }),
      findLive(db, tenantId, WORKSPACE, machineId),
    ]);
    return samples?.length ?? 0;
  });
  await percentiles(
    'live list of the site',
    async () => (await listLive(db, tenantId, WORKSPACE, { siteId: site.id, take: MACHINES })).length,
  );
} finally {
  await db.$disconnect();
  await bulk.close();
  await end();
}
