import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { withClient } from '../../../prisma/prepare-database.ts';
import { createScratchDatabase, type ScratchDatabase } from '../../../prisma/scratch-database.ts';
import { createDb, type Db } from '../db.server.ts';
import { type Actor, GUEST } from '../permissions/actor.ts';
import { actInTenant } from '../tenancy.server.ts';
import { recordAudit, recordAuditAlone } from './record-audit.server.ts';
import { listChainIds, verifyChainInDatabase } from './verify-database.server.ts';

let scratch: ScratchDatabase;
let db: Db;
let tenant: string;
let actor: Actor;

const origin = { address: '192.0.2.7', requestId: 'r-1' };

beforeAll(async () => {
  scratch = await createScratchDatabase(process.env.TEST_DATABASE_OWNER_URL);
  db = createDb(scratch.appUrl);
});
afterAll(async () => {
  await db?.$disconnect();
  await scratch?.drop();
});
beforeEach(() => {
  tenant = randomUUID();
  actor = { ...GUEST, userId: randomUUID(), tenantId: tenant, role: 'admin', sessionId: randomUUID() };
});

function record(number: number, chain = tenant) {
  return recordAuditAlone(chain, { action: 'settings.change', actor, origin, after: { name: 'n', value: number } }, db);
}

async function recordMany(count: number): Promise<void> {
  for (let number = 1; number <= count; number += 1) await record(number);
}

/** As the owner of the table, who can do what the application cannot. FORCE binds the owner too unless it is a superuser, as in tests. */
const asOwner = (sql: string, values: unknown[] = []) =>
  withClient(scratch.ownerUrl, async (client: Client) => {
    await client.query(sql, values);
  });

const asApp = (sql: string, values: unknown[] = []) =>
  withClient(scratch.appUrl, async (client: Client) => {
    await client.query('BEGIN');
    await client.query(`SELECT set_config('app.tenant_id', $1, true)`, [tenant]);
    return client.query(sql, values);
  });

describe('recordAudit', () => {
  it('keeps who, what, where from and what changed', async () => {
    await db.$withTenant(tenant, (tx) =>
      recordAudit(tx, tenant, {
        action: 'member.change-role',
        actor,
        origin,
        target: { kind: 'member', id: 'u2' },
        before: { role: 'operator' },
        after: { role: 'admin' },
        at: new Date('2026-05-01T12:00:00.123Z'),
      }),
    );
    const [event] = await db.$withTenant(tenant, (tx) => tx.auditEvent.findMany());
    expect(JSON.parse(event?.body ?? '')).toEqual({
      tenantId: tenant,
      at: '2026-05-01T12:00:00.123Z',
      action: 'member.change-role',
      outcome: 'succeeded',
      actor: { userId: actor.userId, role: 'admin', sessionId: actor.sessionId, tokenId: null },
      target: { kind: 'member', id: 'u2' },
      siteId: null,
      clientId: null,
      before: { role: 'operator' },
      after: { role: 'admin' },
      address: '192.0.2.7',
      requestId: 'r-1',
    });
  });

  it('leaves nothing when the act is rolled back, and the next event takes the number', async () => {
    await record(1);
    const act = db.$withTenant(tenant, async (tx) => {
      await recordAudit(tx, tenant, { action: 'settings.change', actor, origin });
      throw new Error('the act failed');
    });
    await expect(act).rejects.toThrow('the act failed');
    await record(2);
    expect(await verifyChainInDatabase(db, tenant)).toMatchObject({ kind: 'intact', count: 2, head: { seq: 2 } });
  });

  it('writes into the chain of its own transaction only', async () => {
    const other = randomUUID();
    const act = db.$withTenant(tenant, (tx) => recordAudit(tx, other, { action: 'session.sign-out', actor, origin }));
    await act;
    // The number counts in the tenant of the transaction; the body names another, and the proof says so.
    expect(await verifyChainInDatabase(db, other)).toMatchObject({ kind: 'intact', count: 0 });
    expect(await verifyChainInDatabase(db, tenant)).toMatchObject({ kind: 'broken', first: { because: 'foreign' } });
  });

  it('is refused outside of a tenant', async () => {
    const act = db.$transaction((tx) => recordAudit(tx as never, tenant, { action: 'session.sign-out', actor, origin }));
    await expect(act).rejects.toThrow(/needs a tenant/);
  });

  it('keeps an event in the chain it was handed in for when the transaction goes on elsewhere', async () => {
    const other = randomUUID();
    await db.$withTenant(tenant, async (tx) => {
      await recordAudit(tx, tenant, { action: 'session.sign-out', actor, origin });
      await actInTenant(tx, other);
      await recordAudit(tx, other, { action: 'session.sign-in', actor, origin });
    });
    expect(await verifyChainInDatabase(db, tenant)).toMatchObject({ kind: 'intact', count: 1 });
    expect(await verifyChainInDatabase(db, other)).toMatchObject({ kind: 'intact', count: 1 });
  });

  it('holds nobody up before the commit: an act that takes its time after its event lets the others write', async () => {
    await db.$withTenant(tenant, async (tx) => {
      await recordAudit(tx, tenant, { action: 'settings.change', actor, origin, after: { name: 'slow', value: 1 } });
      await record(2);
    });
    const events = await db.$withTenant(tenant, (tx) => tx.auditEvent.findMany({ orderBy: { seq: 'asc' } }));
    expect(events.map(({ body }) => JSON.parse(body).after.name)).toEqual(['n', 'slow']);
    expect(await verifyChainInDatabase(db, tenant)).toMatchObject({ kind: 'intact', count: 2 });
  });

  it('leaves nothing waiting', async () => {
    await record(1);
    const { rows } = await withClient(scratch.ownerUrl, (client) => client.query('SELECT count(*)::int AS waiting FROM audit_inbox'));
    expect(rows).toEqual([{ waiting: 0 }]);
  });

  it('makes one chain of what 20 writers append at once', async () => {
    const pool = createDb(scratch.appUrl);
    const writers = Array.from({ length: 20 }, async (_, writer) => {
      for (let number = 0; number < 5; number += 1) {
        await pool.$withTenant(tenant, (tx) =>
          recordAudit(tx, tenant, { action: 'settings.change', actor, origin, after: { name: `w${writer}`, value: number } }),
        );
      }
    });
    await Promise.all(writers);
    await pool.$disconnect();
    expect(await verifyChainInDatabase(db, tenant)).toMatchObject({ kind: 'intact', count: 100, head: { seq: 100 } });
    expect(await listChainIds(db)).toContain(tenant);
  });
});

describe('the application', () => {
  it.each([
    'UPDATE audit_events SET action = action',
    'DELETE FROM audit_events',
    'TRUNCATE audit_events',
    'ALTER TABLE audit_events DISABLE ROW LEVEL SECURITY',
    'DROP FUNCTION append_audit_event',
  ])('may not run %s', async (sql) => {
    await record(1);
    await expect(asApp(sql)).rejects.toThrow(/permission denied|must be owner/);
  });

  it('puts an event nowhere but at the end of the chain, whatever number and hashes it names', async () => {
    await record(1);
    const body = JSON.stringify({ tenantId: tenant });
    await withClient(scratch.appUrl, async (client) => {
      await client.query('BEGIN');
      await client.query(`SELECT set_config('app.tenant_id', $1, true)`, [tenant]);
      await client.query(
        `INSERT INTO audit_events (tenant_id, seq, at, action, outcome, role, body, previous_hash, hash)
         VALUES ($1, 9000000000, now(), 'x.y', 'succeeded', 'guest', $2, repeat('a', 64), repeat('b', 64))`,
        [tenant, body],
      );
      await client.query('COMMIT');
    });
    await record(3);
    const seen = await db.$withTenant(tenant, (tx) => tx.auditEvent.findMany({ orderBy: { seq: 'asc' }, select: { seq: true } }));
    expect(seen.map(({ seq }) => Number(seq))).toEqual([1, 2, 3]);
    // What was put there is no event of ours: its columns say more than its body.
    expect(await verifyChainInDatabase(db, tenant)).toMatchObject({ kind: 'broken', count: 1, first: { seq: 2, because: 'disagrees' } });
  });

  it('misleads the chain by no table or function of its own making', async () => {
    await record(1);
    await withClient(scratch.appUrl, async (client) => {
      await client.query('CREATE TEMP TABLE audit_events (LIKE public.audit_events)');
      await client.query('CREATE TEMP TABLE audit_inbox (LIKE public.audit_inbox INCLUDING DEFAULTS)');
      await client.query('CREATE TEMP TABLE audit_chains (LIKE public.audit_chains)');
      await client.query(`CREATE FUNCTION pg_temp.current_tenant_id() RETURNS uuid LANGUAGE sql AS 'SELECT gen_random_uuid()'`);
      await client.query('SET search_path = pg_temp, public');
      await client.query('BEGIN');
      await client.query(`SELECT set_config('app.tenant_id', $1, true)`, [tenant]);
      const body = JSON.stringify({ tenantId: tenant });
      await client.query(`SELECT public.append_audit_event(now(), 'x.y', 'succeeded', NULL, 'guest', NULL, NULL, NULL, NULL, $1)`, [body]);
      await client.query('COMMIT');
    });
    const seen = await db.$withTenant(tenant, (tx) =>
      tx.auditEvent.findMany({ orderBy: { seq: 'asc' }, select: { seq: true, action: true } }),
    );
    expect(seen).toEqual([
      { seq: 1n, action: 'settings.change' },
      { seq: 2n, action: 'x.y' },
    ]);
  });

  it('moves the remembered end of no chain: neither back, nor to an event that is not there, nor that of another workspace', async () => {
    await record(1);
    await record(2);
    for (const sql of [
      'UPDATE audit_chains SET head_seq = 1 WHERE id = $1',
      `UPDATE audit_chains SET head_seq = 3, head_hash = repeat('a', 64) WHERE id = $1`,
      'UPDATE audit_chains SET id = gen_random_uuid() WHERE id = $1',
      `INSERT INTO audit_chains VALUES (gen_random_uuid(), length($1::text), repeat('a', 64))`,
    ]) {
      await expect(asApp(sql, [tenant]), sql).rejects.toThrow(/permission denied/);
      await expect(
        withClient(scratch.appUrl, (client) => client.query(sql, [tenant])),
        sql,
      ).rejects.toThrow(/permission denied/);
    }
    await expect(asApp('DELETE FROM audit_chains WHERE id = $1', [tenant])).rejects.toThrow(/permission denied/);
    expect(await verifyChainInDatabase(db, tenant)).toMatchObject({ kind: 'intact', count: 2 });
  });

  it('sees no event of another workspace', async () => {
    await record(1);
    expect(await db.$withTenant(randomUUID(), (tx) => tx.auditEvent.count())).toBe(0);
    expect(await db.auditEvent.count()).toBe(0);
  });
});

describe('the proof from the table', () => {
  beforeEach(() => recordMany(5));

  it('finds nothing wrong with what nobody touched', async () => {
    expect(await verifyChainInDatabase(db, tenant)).toMatchObject({ kind: 'intact', count: 5 });
    expect(await verifyChainInDatabase(db, tenant, { mostEvents: 3 })).toMatchObject({ kind: 'intact', count: 3, head: { seq: 3 } });
  });

  it('names a changed event', async () => {
    await asOwner(`UPDATE audit_events SET body = replace(body, '"value":3', '"value":4') WHERE tenant_id = $1 AND seq = 3`, [tenant]);
    expect(await verifyChainInDatabase(db, tenant)).toEqual({ kind: 'broken', count: 2, first: { seq: 3, because: 'changed' } });
  });

  it('names an event whose searchable columns were changed', async () => {
    await asOwner(`UPDATE audit_events SET user_id = gen_random_uuid() WHERE tenant_id = $1 AND seq = 3`, [tenant]);
    expect(await verifyChainInDatabase(db, tenant)).toMatchObject({ count: 2, first: { seq: 3, because: 'disagrees' } });
  });

  it('names an event whose content is no event any more', async () => {
    for (const body of ['not JSON', 'null', '[]']) {
      await asOwner('UPDATE audit_events SET body = $2 WHERE tenant_id = $1 AND seq = 3', [tenant, body]);
      expect(await verifyChainInDatabase(db, tenant)).toEqual({ kind: 'broken', count: 2, first: { seq: 3, because: 'changed' } });
    }
  });

  it('names a chain whose remembered end is gone', async () => {
    await asOwner('DELETE FROM audit_chains WHERE id = $1', [tenant]);
    expect(await verifyChainInDatabase(db, tenant)).toMatchObject({ kind: 'broken', count: 5, first: { because: 'cut-off' } });
  });

  it('names a dropped event, in the middle and at the end', async () => {
    await asOwner('DELETE FROM audit_events WHERE tenant_id = $1 AND seq = 5', [tenant]);
    expect(await verifyChainInDatabase(db, tenant)).toEqual({ kind: 'broken', count: 4, first: { seq: 5, because: 'cut-off' } });
    await asOwner('DELETE FROM audit_events WHERE tenant_id = $1 AND seq = 2', [tenant]);
    expect(await verifyChainInDatabase(db, tenant)).toEqual({ kind: 'broken', count: 1, first: { seq: 2, because: 'missing' } });
  });

  it('names where two events changed places', async () => {
    await asOwner(
      `UPDATE audit_events e SET body = o.body, hash = o.hash, previous_hash = o.previous_hash
       FROM audit_events o WHERE e.tenant_id = $1 AND o.tenant_id = $1 AND (e.seq, o.seq) IN ((2, 3), (3, 2))`,
      [tenant],
    );
    expect(await verifyChainInDatabase(db, tenant)).toMatchObject({ kind: 'broken', count: 1, first: { seq: 2 } });
  });
});
