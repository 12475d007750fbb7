// Demonstration data. Everything here is invented and marked as such in the database; only the demonstration mode
// calls it. Fixed identifiers make it idempotent.
import type { ClientBase } from 'pg';
import { seedDemoPeople } from './demo-people.ts';
import { seedDemoSite } from './demo-site.ts';

export const DEMO_TENANTS = [
  { id: '00000000-0000-4000-8000-000000000001', name: 'Demonstration: Northern Hydro' },
  { id: '00000000-0000-4000-8000-000000000002', name: 'Demonstration: Desert Gas' },
];

export type DemoSeed = {
  /** Of every demonstration account; undefined: there are none. */
  password: string | undefined;
  /** Machines of the simulator that runs beside the product; 0: it does not run. */
  miners: number;
  minerPort: number;
  /** Since when site and machines are there, seconds since 1970; undefined: now. */
  sinceS?: number | undefined;
};

/**
 * Inserts or refreshes the demonstration tenants, one person for each role and a site with simulated machines. Each in its own transaction as that tenant, because the
 * policy holds for the owner too.
 */
export async function seedDemo(
  client: ClientBase,
  { password, miners, minerPort, sinceS }: DemoSeed,
): Promise<{ tenants: number; people: string[] }> {
  for (const { id, name } of DEMO_TENANTS) {
    await client.query('BEGIN');
    try {
      await client.query(`SELECT set_config('app.tenant_id', $1, true)`, [id]);
      await client.query(
        `INSERT INTO tenants (id, name, is_demo) VALUES ($1, $2, true)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, is_demo = true`,
        [id, name],
      );
      await client.query('COMMIT');
    } catch (error) {
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  }
  // Without a password nobody could sign in as them.
  const people = password === undefined ? [] : await seedDemoPeople(client, DEMO_TENANTS[0]!.id, password);
  await seedDemoSite(client, { tenantId: DEMO_TENANTS[0]!.id, miners, port: minerPort, sinceS: sinceS ?? Math.floor(Date.now() / 1000) });
  return { tenants: DEMO_TENANTS.length, people };
}
