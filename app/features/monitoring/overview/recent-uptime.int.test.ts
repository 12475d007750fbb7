import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HOUR_S } from '#app/features/telemetry/layers.ts';
import { rollUp } from '#app/features/telemetry/roll-up/roll-up.server.ts';
import { storeReadings } from '#app/features/telemetry/store/store-readings.server.ts';
import { type BulkDb, createBulkDb } from '#app/platform/bulk-db.server.ts';
import { createDb, type Db } from '#app/platform/db.server.ts';
import { createScratchDatabase, type ScratchDatabase } from '../../../../prisma/scratch-database.ts';
import { addSite, readAt } from '../../../../tests/support/telemetry-site.ts';
import { readRecentUptime } from './recent-uptime.server.ts';

const fromS = Math.floor(Date.now() / 1000 / HOUR_S) * HOUR_S - 6 * HOUR_S;
const nowS = fromS + HOUR_S + 160;

let scratch: ScratchDatabase;
let db: Db;
let bulk: BulkDb;
beforeAll(async () => {
  scratch = await createScratchDatabase(process.env.TEST_DATABASE_OWNER_URL);
  db = createDb(scratch.appUrl);
  bulk = createBulkDb(scratch.appUrl);
});
afterAll(async () => {
  await db?.$disconnect();
  await bulk?.close();
  await scratch?.drop();
});

describe('the uptime of a site over the last day', () => {
  it('is that of the hour since its first machine was asked, up to the last slot that has been rolled up', async () => {
    const site = await addSite(scratch.ownerUrl, { machines: 1, client: [0] });
    const readings = Array.from({ length: 63 }, (_, minute) => ({
      machine: site.machines[0]!.number,
      reading: readAt(fromS + minute * 60),
    }));
    const options = { nowMs: nowS * 1000, rawDays: 2 };
    await storeReadings(bulk, site.tenantId, readings, options);
    await rollUp(db, site.tenantId, options);
    for (const reach of [{ kind: 'workspace' }, { kind: 'own', siteIds: [], clientIds: [site.clientId] }] as const) {
      const uptimes = await db.$withTenant(site.tenantId, (tx) => readRecentUptime(tx, reach, [site.site], { nowS, hours: 24 }));
      expect(uptimes.get(site.site)).toMatchObject({
        totalS: HOUR_S - 300,
        split: { hashingRatio: 1, unknownRatio: 0 },
        availability: { leastRatio: 1 },
      });
    }
  });
});
