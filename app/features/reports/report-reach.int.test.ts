// Who reaches which reports of a workspace: everybody with the whole workspace all of them, whoever is limited only what they ordered.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { GOLDEN_EXAMPLE } from '#app/features/api/developers/worked-example.ts';
import { aSnapshot } from '#app/features/api/economics/sample-context.ts';
import type { Prisma } from '#app/generated/prisma/client.ts';
import { createDb, type Db } from '#app/platform/db.server.ts';
import { type Actor, GUEST, ROLES, type Role } from '#app/platform/permissions/actor.ts';
import { withClient } from '../../../prisma/prepare-database.ts';
import { createScratchDatabase, type ScratchDatabase } from '../../../prisma/scratch-database.ts';
import { cancelReport, downloadReport, findForCaller, findLimit, removeReport } from './order-report.server.ts';
import { asOwner, listReports, type ReportKey } from './report-store.server.ts';

const tenantId = randomUUID();
const colleague = randomUUID();
let scratch: ScratchDatabase;
let db: Db;

beforeAll(async () => {
  scratch = await createScratchDatabase(process.env.TEST_DATABASE_OWNER_URL);
  db = createDb(scratch.appUrl, { maxConnections: 4 });
  await withClient(scratch.ownerUrl, (owner) => owner.query("INSERT INTO tenants (id, name) VALUES ($1, 'Northern Hydro')", [tenantId]));
});
afterAll(async () => {
  await db?.$disconnect();
  await scratch?.drop();
});

const anActor = (role: Role): Actor => ({ ...GUEST, userId: randomUUID(), tenantId, role, sessionId: 'session' });
const toOrdering = (actor: Actor) => ({ actor, address: '192.0.2.7', requestId: randomUUID() });

async function aReport(userId: string | null): Promise<ReportKey & { id: string }> {
  const key = { id: randomUUID(), tenantId };
  await asOwner(
    key,
    async (tx) => {
      await tx.report.createMany({
        data: {
          ...key,
          userId,
          kind: 'scenario',
          format: 'pdf',
          language: 'en',
          name: 'Autumn',
          inputs: GOLDEN_EXAMPLE as unknown as Prisma.InputJsonObject,
          market: aSnapshot() as unknown as Prisma.InputJsonObject,
          status: 'done',
          fileName: 'Autumn',
          sizeBytes: 3,
          hash: 'a'.repeat(64),
          expiresAt: new Date(Date.now() + 3_600_000),
        },
      });
      await tx.reportPart.createMany({ data: { reportId: key.id, tenantId, part: 0, bytes: new Uint8Array([1, 2, 3]) } });
    },
    db,
  );
  return key;
}

/** Gives an operator a grant of one site, as the page Members does. */
async function limitToSite(actor: Actor): Promise<void> {
  await withClient(scratch.ownerUrl, async (owner) => {
    await owner.query("INSERT INTO users (id, email, email_key, name, locale) VALUES ($1::uuid, $1::text, $1::text, 'Lin Wei', 'en')", [
      actor.userId,
    ]);
    await owner.query('INSERT INTO memberships (tenant_id, user_id, role) VALUES ($1, $2, $3)', [tenantId, actor.userId, actor.role]);
    const site = randomUUID();
    await owner.query("INSERT INTO sites (id, tenant_id, name, time_zone) VALUES ($1, $2, 'North', 'UTC')", [site, tenantId]);
    await owner.query('INSERT INTO role_grants (tenant_id, user_id, site_id) VALUES ($1, $2, $3)', [tenantId, actor.userId, site]);
  });
}

const seen = async (actor: Actor): Promise<string[]> => {
  const limit = await findLimit(actor, 'reports.read', db);
  return (await listReports(limit.tenantId, { db, limit })).map(({ id }) => id);
};

describe('reports of a workspace', () => {
  it.each(['owner', 'admin', 'operator', 'accountant'] as const)('are all there for the %s', async (role) => {
    const { id } = await aReport(colleague);
    const actor = anActor(role);
    expect(await seen(actor)).toContain(id);
    expect((await findForCaller(actor, id, db))?.report.id).toBe(id);
    expect(await downloadReport(toOrdering(actor), id, db)).not.toBeNull();
  });

  it.each(['mining_site_owner', 'client', 'customer'] as const)('are there for the %s only as far as they ordered them', async (role) => {
    const actor = anActor(role);
    const theirs = await aReport(colleague);
    const nobodys = await aReport(null);
    const own = await aReport(actor.userId);
    expect(await seen(actor)).toEqual([own.id]);
    for (const { id } of [theirs, nobodys]) {
      expect(await findForCaller(actor, id, db)).toBeNull();
      expect(await downloadReport(toOrdering(actor), id, db)).toBeNull();
    }
    expect((await findForCaller(actor, own.id, db))?.report.id).toBe(own.id);
    expect(await downloadReport(toOrdering(actor), own.id, db)).not.toBeNull();
  });

  it('are there for an operator who is limited to a site only as far as they ordered them', async () => {
    const actor = anActor('operator');
    await limitToSite(actor);
    const theirs = await aReport(colleague);
    const own = await aReport(actor.userId);
    expect(await seen(actor)).toEqual([own.id]);
    expect(await findForCaller(actor, theirs.id, db)).toBeNull();
  });

  it('are not there for a guest, and the list is refused to one', async () => {
    const { id } = await aReport(colleague);
    expect(await findForCaller(GUEST, id, db)).toBeNull();
    await expect(findLimit(GUEST, 'reports.read', db)).rejects.toMatchObject({ status: 401 });
  });

  it('are removed and cancelled by a site owner only where they ordered them', async () => {
    const actor = anActor('mining_site_owner');
    const theirs = await aReport(colleague);
    expect(await removeReport(toOrdering(actor), theirs.id, db)).toBe('not-found');
    expect(await cancelReport(toOrdering(actor), theirs.id, db)).toBe('not-found');
    expect(await seen(anActor('owner'))).toContain(theirs.id);
    const own = await aReport(actor.userId);
    expect(await removeReport(toOrdering(actor), own.id, db)).toBe('done');
  });

  it.each(ROLES.filter((role) => role === 'client' || role === 'guest'))('are not removed by a %s', async (role) => {
    const { id } = await aReport(colleague);
    const actor = role === 'guest' ? GUEST : anActor(role);
    await expect(removeReport(toOrdering(actor), id, db)).rejects.toMatchObject({ name: 'PermissionError' });
  });
});
