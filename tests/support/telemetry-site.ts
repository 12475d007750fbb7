/** For integration tests: a workspace with a site and machines, and readings as the poller hands them over. */
import { randomUUID } from 'node:crypto';
import type { MachineReading, ReadTrouble } from '#collectors/cgminer/reading.ts';
import type { MachineSnapshot } from '#collectors/cgminer/snapshot.ts';
import { withClient } from '../../prisma/prepare-database.ts';

export type FixtureMachine = { id: string; number: number };
export type FixtureSite = { tenantId: string; siteId: string; site: number; clientId: string; machines: FixtureMachine[] };

/** Machines of 200 TH/s and 3,500 W, there since long ago; those in `client` belong to the one client, by place. */
export async function addSite(
  ownerUrl: string,
  { machines, timeZone = 'UTC', cadenceS = 60, client = [] }: { machines: number; timeZone?: string; cadenceS?: number; client?: number[] },
): Promise<FixtureSite> {
  const tenantId = randomUUID();
  return withClient(ownerUrl, async (owner) => {
    await owner.query(`INSERT INTO tenants (id, name) VALUES ($1, 'Hash House')`, [tenantId]);
    const sites = await owner.query<{ id: string; number: number }>(
      `INSERT INTO sites (tenant_id, name, time_zone, poll_cadence_s, created_at) VALUES ($1, 'North', $2, $3, '2020-01-01') RETURNING id, number`,
      [tenantId, timeZone, cadenceS],
    );
    const clients = await owner.query<{ id: string }>(`INSERT INTO clients (tenant_id, name) VALUES ($1, 'Aurora') RETURNING id`, [
      tenantId,
    ]);
    const [site] = sites.rows;
    const [aurora] = clients.rows;
    if (!site || !aurora) throw new Error('the site was not made');
    const rows = await owner.query<FixtureMachine>(
      `INSERT INTO machines (tenant_id, site_id, client_id, serial, rated_hashrate_ths, rated_power_w, approval, created_at)
       SELECT $1, $2, CASE WHEN place = ANY($3::int[]) THEN $4::uuid END, 'serial ' || place, 200, 3500, 'approved', '2020-01-01' FROM generate_series(0, $5::int - 1) AS place
       ORDER BY place RETURNING id, number`,
      [tenantId, site.id, client, aurora.id, machines],
    );
    return { tenantId, siteId: site.id, site: site.number, clientId: aurora.id, machines: rows.rows };
  });
}

const BLANK: MachineSnapshot = {
  dialect: 'cgminer',
  observedAtMs: 0,
  clockSkewS: null,
  make: null,
  model: null,
  firmware: null,
  firmwareVersion: null,
  serial: null,
  macAddress: null,
  state: 'hashing',
  mode: null,
  hashrateThs: 200,
  hashrate5mThs: null,
  hashrate15mThs: null,
  hashrate24hThs: null,
  hashrateAverageThs: null,
  ratedHashrateThs: null,
  powerW: 3500,
  powerSource: 'machine',
  powerLimitW: null,
  boards: [],
  fans: [],
  inletTemperatureC: null,
  outletTemperatureC: null,
  chipTemperatureC: null,
  boardTemperatureC: null,
  acceptedShares: null,
  rejectedShares: null,
  staleShares: null,
  hardwareErrors: null,
  pools: [],
  activePool: null,
  uptimeS: null,
  errorCodes: [],
  notes: [],
};

export const readAt = (atS: number, figures: Partial<MachineSnapshot> = {}): MachineReading => ({
  kind: 'read',
  snapshot: { ...BLANK, ...figures, observedAtMs: atS * 1000 },
  raw: [],
  latencyMs: 20,
});

export const failedAt = (atS: number, trouble: ReadTrouble = 'unreachable'): MachineReading => ({
  kind: 'failed',
  trouble,
  detail: 'connect: time-out',
  observedAtMs: atS * 1000,
  raw: [],
  latencyMs: 3000,
});
