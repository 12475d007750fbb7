import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withClient } from './prepare-database.ts';
import { createScratchDatabase, type ScratchDatabase } from './scratch-database.ts';
import { seedDemo } from './seed-demo.ts';

let scratch: ScratchDatabase;

beforeAll(async () => {
  scratch = await createScratchDatabase(process.env.TEST_DATABASE_OWNER_URL);
});
afterAll(async () => {
  await scratch?.drop();
});

const seed = (miners: number, minerPort: number, password?: string) =>
  withClient(scratch.ownerUrl, (client) => seedDemo(client, { password, miners, minerPort }));

type Row = {
  serial: string;
  host: string | null;
  port: number | null;
  model: string;
  catalogueId: string | null;
  approval: string;
  clientId: string | null;
  rackId: string;
  rackRow: number;
  rackColumn: number;
};

const readMachines = () =>
  withClient(scratch.ownerUrl, async (client) => {
    const { rows } = await client.query<Row>(
      `SELECT serial, host, port, model, catalogue_id AS "catalogueId", approval, client_id AS "clientId", rack_id AS "rackId", rack_row AS "rackRow", rack_column AS "rackColumn" FROM machines ORDER BY id`,
    );
    return rows;
  });

/** One story: each start of the demonstration follows the one before. */
describe('the demonstration site', () => {
  it('has the machines of the simulator in racks, of models of the catalogue, for two clients', async () => {
    await seed(120, 5_001, 'correct horse battery staple');
    const machines = await readMachines();
    expect(machines).toHaveLength(120);
    expect(machines[0]).toMatchObject({ host: '127.16.0.1', port: 5_001, approval: 'approved', rackRow: 1, rackColumn: 1 });
    expect(new Set(machines.map(({ rackId, rackRow, rackColumn }) => `${rackId} ${rackRow} ${rackColumn}`)).size).toBe(120);
    expect(new Set(machines.map(({ clientId }) => clientId)).size).toBe(3);
    // One in seven speaks for no make, so that the fall-back is seen too.
    expect(new Set(machines.filter(({ catalogueId }) => catalogueId === null).map(({ model }) => model))).toEqual(
      new Set(['SHA-256 ASIC']),
    );
    const [site] = await withClient(scratch.ownerUrl, async (client) => (await client.query('SELECT is_demo, status FROM sites')).rows);
    expect(site).toEqual({ is_demo: true, status: 'active' });
  });

  it('lets the client and the site owner see what is theirs', async () => {
    const { rows } = await withClient(scratch.ownerUrl, (client) =>
      client.query<{ role: string; site: boolean; client: boolean }>(
        `SELECT m.role, g.site_id IS NOT NULL AS site, g.client_id IS NOT NULL AS client FROM role_grants g JOIN memberships m USING (tenant_id, user_id) ORDER BY m.role`,
      ),
    );
    expect(rows).toEqual([
      { role: 'client', site: false, client: true },
      { role: 'mining_site_owner', site: true, client: false },
    ]);
  });

  it('keeps what was changed on it and follows the simulator to another port', async () => {
    await withClient(scratch.ownerUrl, (client) => client.query(`UPDATE machines SET status = 'maintenance' WHERE host = '127.16.0.7'`));
    await seed(120, 5_002, 'correct horse battery staple');
    const { rows } = await withClient(scratch.ownerUrl, (client) =>
      client.query(
        `SELECT count(*)::int AS machines, min(port) AS port, count(*) FILTER (WHERE status = 'maintenance')::int AS maintained FROM machines`,
      ),
    );
    expect(rows).toEqual([{ machines: 120, port: 5_002, maintained: 1 }]);
  });

  it('takes the address from machines that the simulator serves no more, and gives it back', async () => {
    await seed(0, 4_028);
    expect((await readMachines()).filter(({ host }) => host !== null)).toEqual([]);
    await seed(50, 5_003);
    expect((await readMachines()).filter(({ host }) => host !== null)).toHaveLength(50);
  });
});
