/** What a client reads of an alert on its own machine. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Caller } from '#app/features/sites/scope.server.ts';
import { toSample } from '#app/features/telemetry/store/sample.server.ts';
import { createDb, type Db } from '#app/platform/db.server.ts';
import { GUEST } from '#app/platform/permissions/actor.ts';
import { withClient } from '../../../prisma/prepare-database.ts';
import { createScratchDatabase, type ScratchDatabase } from '../../../prisma/scratch-database.ts';
import { addSite, readAt } from '../../../tests/support/telemetry-site.ts';
import { evaluateBatchWith } from './evaluate-batch.server.ts';
import { AlertFilterSchema } from './read/alert-view.ts';
import { findAlert, listAlerts } from './read/read-alerts.server.ts';
import { SiteWatches } from './site-watches.server.ts';

const BEGIN_S = Math.floor(Date.now() / 1000) - 3_600;

let scratch: ScratchDatabase;
let db: Db;

beforeAll(async () => {
  scratch = await createScratchDatabase(process.env.TEST_DATABASE_OWNER_URL);
  db = createDb(scratch.appUrl, { maxConnections: 4 });
});
afterAll(async () => {
  await db?.$disconnect();
  await scratch?.drop();
});

const poolAt = (url: string) => ({
  position: 0,
  url,
  worker: null,
  isAlive: true,
  isActive: true,
  acceptedShares: null,
  rejectedShares: null,
  staleShares: null,
  isDeveloperFee: false,
});

it('names neither addresses of the host nor pools of other clients', async () => {
  const site = await addSite(scratch.ownerUrl, { machines: 2, client: [0] });
  const client = await withClient(scratch.ownerUrl, async (owner): Promise<Caller> => {
    const { rows } = await owner.query<{ id: string }>(
      `INSERT INTO users (email, email_key, name, locale) VALUES ('c@mine.example', 'c@mine.example', 'A client', 'en') RETURNING id`,
    );
    const userId = rows[0]?.id ?? '';
    await owner.query(`INSERT INTO memberships (tenant_id, user_id, role) VALUES ($1, $2, 'client')`, [site.tenantId, userId]);
    await owner.query('INSERT INTO role_grants (tenant_id, user_id, client_id) VALUES ($1, $2, $3)', [
      site.tenantId,
      userId,
      site.clientId,
    ]);
    await owner.query(`INSERT INTO alert_rules (tenant_id, rule, change) VALUES ($1, 'wrong-pool', $2)`, [
      site.tenantId,
      JSON.stringify({ poolHosts: ['btc.other-client.example', '10.9.8.7'] }),
    ]);
    return { actor: { ...GUEST, userId, tenantId: site.tenantId, role: 'client' }, origin: { address: null, requestId: null } };
  });
  const deps = {
    watches: new SiteWatches(db),
    publish: async () => undefined,
    orderNotices: async () => undefined,
    nowMs: () => BEGIN_S * 1000,
  };
  for (let minute = 0; minute < 4; minute += 1) {
    const readings = site.machines.map(({ number }) => {
      const reading = readAt(BEGIN_S + minute * 60, { pools: [poolAt('stratum+tcp://10.9.8.6:3333')], activePool: 0 });
      return { machineNumber: number, reading, sample: toSample(reading) };
    });
    await evaluateBatchWith(deps, { tenantId: site.tenantId, siteNumber: site.site, readings });
  }
  const { alerts } = await listAlerts({ db }, client, AlertFilterSchema.parse({}), { after: null, limit: 50 });
  expect(alerts).toMatchObject([{ rule: 'wrong-pool', evidence: { seen: null, limit: null } }]);
  const detail = await findAlert({ db }, client, alerts[0]!.id);
  expect(detail).toMatchObject({ members: [{ evidence: { seen: null, limit: null } }] });
  expect(JSON.stringify({ alerts, detail })).not.toMatch(/10\.9\.8|other-client/);
});
