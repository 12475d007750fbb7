/**
 * Entry point of a process of the demonstration, beside the product and after its start: the last hours of the simulator's machines, as reading them would have told, the
 * latest hour first. Once: a site that has a past keeps it, holes included. Ends by itself.
 */
import { parseArgs } from 'node:util';
import { storeReadings } from '#app/features/telemetry/store/store-readings.server.ts';
import { createBulkDb } from '#app/platform/bulk-db.server.ts';
import { createDb, type Db } from '#app/platform/db.server.ts';
import { getEnv } from '#app/platform/env.server.ts';
import { DIALECTS } from '#collectors/cgminer/snapshot.ts';
import { hostOf } from '#collectors/simulator/farm.ts';
import { parseFaultShares } from '#collectors/simulator/faults.ts';
import { createPastReadings } from '#collectors/simulator/past-readings.ts';
import { USUAL_TROUBLES_PER_DAY } from '#collectors/simulator/population.ts';
import { DEMO_FARM_SEED, DEMO_SITE_ID } from './demo-site.ts';
import { DEMO_TENANTS } from './seed-demo.ts';

const CADENCE_S = 60;
const HOUR_S = 3_600;
/** Machines are asked within so many seconds of a minute, as the poller spreads them. */
const SPREAD_S = 6;
const CYCLES_AT_ONCE = 5;

type Site = { number: number; hasPast: boolean; machines: { number: number; host: string | null }[] };

function readOptions() {
  const { values } = parseArgs({
    options: { miners: { type: 'string' }, faults: { type: 'string', default: '' }, since: { type: 'string' }, until: { type: 'string' } },
  });
  const [miners, sinceS, untilS] = (['miners', 'since', 'until'] as const).map((name) => {
    const value = Number(values[name] ?? Number.NaN);
    if (!(Number.isInteger(value) && value > 0)) throw new Error(`--${name} is "${values[name]}"; a whole number above 0 is needed.`);
    return value;
  }) as [number, number, number];
  return { miners, sinceS, untilS, faults: parseFaultShares(values.faults) };
}

async function readSite(db: Db, tenantId: string): Promise<Site | null> {
  return db.$withTenant(tenantId, async (tx) => {
    const site = await tx.site.findUnique({ where: { id: DEMO_SITE_ID }, select: { number: true } });
    if (!site) return null;
    const [past] = await tx.$queryRaw<[{ exists: boolean }]>`
      SELECT EXISTS (SELECT FROM telemetry_site_slots WHERE site = ${site.number}::int4) AS "exists"`;
    const machines = await tx.$queryRaw<Site['machines']>`SELECT number, host FROM machines WHERE site_id = ${DEMO_SITE_ID}::uuid`;
    return { number: site.number, hasPast: past.exists, machines };
  });
}

async function fill(): Promise<void> {
  const { miners, sinceS, untilS, faults } = readOptions();
  const env = getEnv();
  if (env.HASHINSIGHT_MODE !== 'demo')
    throw new Error(`HASHINSIGHT_MODE is ${env.HASHINSIGHT_MODE}; invented readings belong into demo only`);
  const tenantId = DEMO_TENANTS[0]!.id;
  const db = createDb(env.DATABASE_URL);
  const bulk = createBulkDb(env.DATABASE_URL);
  try {
    const site = await readSite(db, tenantId);
    if (site === null || site.hasPast) return;
    const numberAt = new Map(site.machines.map(({ host, number }) => [host, number]));
    const machines = Array.from({ length: miners }, (_, index) => ({ index, number: numberAt.get(hostOf(index)) }));
    const plan = {
      miners,
      seed: DEMO_FARM_SEED,
      dialects: DIALECTS,
      faults,
      troublesPerDay: USUAL_TROUBLES_PER_DAY,
      runningSinceS: sinceS,
    };
    for (let hourS = untilS - HOUR_S; hourS >= sinceS; hourS -= HOUR_S) {
      // A machine's time does not go back, so each hour has machines of its own: the same ones, by the seed.
      const read = createPastReadings(plan);
      for (let fromS = hourS; fromS < hourS + HOUR_S; fromS += CYCLES_AT_ONCE * CADENCE_S) {
        const readings = Array.from({ length: CYCLES_AT_ONCE }, (_, cycle) => fromS + cycle * CADENCE_S).flatMap((cycleS) =>
          machines.flatMap(({ index, number }) =>
            number === undefined ? [] : [{ machine: number, reading: read(index, cycleS + (index % SPREAD_S)) }],
          ),
        );
        await storeReadings(bulk, tenantId, readings, { nowMs: Date.now(), rawDays: env.TELEMETRY_RAW_DAYS });
      }
      console.log(`Readings from ${new Date(hourS * 1000).toISOString()} on are stored.`);
    }
  } finally {
    await db.$disconnect();
    await bulk.close();
  }
}

try {
  await fill();
} catch (error) {
  console.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
  process.exitCode = 1;
}
