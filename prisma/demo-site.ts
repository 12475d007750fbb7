// The demonstration site: the machines of the simulator that `npm start` runs, entered as a site operator would. Nothing is invented beside the site itself: what its machines
// do is read from them like from any others, and demo-history.server.ts adds what reading them would have told in the hours before.
import type { ClientBase } from 'pg';
import { findMachine } from '#app/features/catalogue/find-machine.ts';
import { DIALECTS } from '#collectors/cgminer/snapshot.ts';
import { hostOf } from '#collectors/simulator/farm.ts';
import { drawUnit } from '#collectors/simulator/unit.ts';
import { toDemoUserId, toId } from './demo-people.ts';

/** Seed of the simulator's machines; `npm start` gives it the same. */
export const DEMO_FARM_SEED = 1;
const ROWS = 8;
const COLUMNS = 6;
const POSITIONS = ROWS * COLUMNS;
const RACKS_PER_CONTAINER = 2;
export const DEMO_SITE_ID = toId('3', 0);
const SITE_NAME = 'Demonstration: Birch Falls';
/** Every fifth rack is the first client's, the one behind it the second's. */
const CLIENTS = ['Demonstration: Aurora Capital', 'Demonstration: Silver Birch Mining'].map((name, index) => ({
  id: toId('4', index),
  name,
}));
const RACKS_PER_TURN = 5;

/** What the simulator's machines call themselves, in the words of the catalogue where these differ. */
const CATALOGUE_NAMES: Readonly<Record<string, string>> = {
  M60S_VK30: 'WhatsMiner M60S',
  M50S_VH30: 'WhatsMiner M50S',
  'M30S++_VG40': 'WhatsMiner M30S++',
  '15-194': 'Avalon A15',
  '1466': 'Avalon A1466',
};

export type DemoSite = {
  tenantId: string;
  /** Machines that the simulator serves now. */
  miners: number;
  port: number;
  /** Since when site and machines are there, seconds since 1970. */
  sinceS: number;
};

type Place = { id: string; parentId: string | null; kind: 'container' | 'rack'; name: string };

function listPlaces(miners: number): Place[] {
  const racks = Math.ceil(miners / POSITIONS);
  const containers = Math.ceil(racks / RACKS_PER_CONTAINER);
  return [
    ...Array.from(
      { length: containers },
      (_, index): Place => ({ id: toId('5', index), parentId: null, kind: 'container', name: `Container ${index + 1}` }),
    ),
    ...Array.from(
      { length: racks },
      (_, index): Place => ({
        id: toId('6', index),
        parentId: toId('5', Math.floor(index / RACKS_PER_CONTAINER)),
        kind: 'rack',
        name: `Rack ${index + 1}`,
      }),
    ),
  ];
}

function listMachines(miners: number, port: number) {
  return Array.from({ length: miners }, (_, index) => {
    const { model, macAddress, serial, worker } = drawUnit(DEMO_FARM_SEED, index, DIALECTS);
    const known = findMachine(CATALOGUE_NAMES[model.name] ?? model.name);
    const rack = Math.floor(index / POSITIONS);
    const position = index % POSITIONS;
    return {
      id: toId('7', index),
      clientId: CLIENTS[rack % RACKS_PER_TURN]?.id ?? null,
      rackId: toId('6', rack),
      rackRow: Math.floor(position / COLUMNS) + 1,
      rackColumn: (position % COLUMNS) + 1,
      serial,
      macAddress,
      model: known?.name ?? model.name,
      catalogueId: known?.slug ?? null,
      ratedHashrateThs: model.ratedThs,
      ratedPowerW: model.ratedW,
      host: hostOf(index),
      port,
      worker,
    };
  });
}

/** Inserts what is missing and says where the machines listen now; what somebody changed on the site stays. Machines that the simulator does not serve lose their address and are asked no more. */
export async function seedDemoSite(client: ClientBase, { tenantId, miners, port, sinceS }: DemoSite): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(`SELECT set_config('app.tenant_id', $1, true)`, [tenantId]);
    if (miners > 0) await insertSite(client, tenantId, miners, sinceS);
    const machines = listMachines(miners, port);
    await client.query(
      `INSERT INTO machines (tenant_id, site_id, id, client_id, rack_id, rack_row, rack_column, serial, mac_address, model, catalogue_id, rated_hashrate_ths, rated_power_w,
         host, port, worker, approval, created_at)
       SELECT $1, $2, x.id, x."clientId", x."rackId", x."rackRow", x."rackColumn", x.serial, x."macAddress", x.model, x."catalogueId", x."ratedHashrateThs", x."ratedPowerW",
         x.host, x.port, x.worker, 'approved', to_timestamp($4)
       FROM jsonb_to_recordset($3::jsonb) AS x(id uuid, "clientId" uuid, "rackId" uuid, "rackRow" int, "rackColumn" int, serial text, "macAddress" text, model text,
         "catalogueId" text, "ratedHashrateThs" float8, "ratedPowerW" float8, host text, port int, worker text)
       ORDER BY x.id
       ON CONFLICT (id) DO UPDATE SET host = excluded.host, port = excluded.port`,
      [tenantId, DEMO_SITE_ID, JSON.stringify(machines), sinceS],
    );
    await client.query(
      'UPDATE machines SET host = NULL, port = NULL WHERE site_id = $1 AND id::text LIKE $2 AND NOT id = ANY($3::uuid[]) AND host IS NOT NULL',
      [DEMO_SITE_ID, `${toId('7', 0).slice(0, -11)}%`, machines.map(({ id }) => id)],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

async function insertSite(client: ClientBase, tenantId: string, miners: number, sinceS: number): Promise<void> {
  const capacityKw = Math.ceil(miners * 4);
  await client.query(
    `INSERT INTO sites (tenant_id, id, name, location, latitude, longitude, time_zone, capacity_kw, tariff_usd_per_kwh, pue, status, is_demo, created_at)
     VALUES ($1, $2, $3, 'Invented, on the north shore of the Saint Lawrence', 50.2, -66.4, 'America/Toronto', $4, 0.045, 1.05, 'active', true, to_timestamp($5))
     ON CONFLICT (id) DO UPDATE SET is_demo = true, capacity_kw = greatest(sites.capacity_kw, excluded.capacity_kw)`,
    [tenantId, DEMO_SITE_ID, SITE_NAME, capacityKw, sinceS],
  );
  for (const { id, name } of CLIENTS) {
    await client.query('INSERT INTO clients (tenant_id, id, name, is_demo) VALUES ($1, $2, $3, true) ON CONFLICT (id) DO NOTHING', [
      tenantId,
      id,
      name,
    ]);
  }
  for (const { id, parentId, kind, name } of listPlaces(miners)) {
    await client.query(
      `INSERT INTO site_places (tenant_id, site_id, id, parent_id, kind, name, rows, columns) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (id) DO NOTHING`,
      [tenantId, DEMO_SITE_ID, id, parentId, kind, name, ...(kind === 'rack' ? [ROWS, COLUMNS] : [null, null])],
    );
  }
  // Whoever sees only what was granted to them is granted something to see; without a password there are no such people.
  await client.query(
    `INSERT INTO role_grants (tenant_id, user_id, site_id, client_id)
     SELECT $1, m.user_id, CASE WHEN m.role = 'mining_site_owner' THEN $2::uuid END, CASE WHEN m.role = 'client' THEN $3::uuid END
     FROM memberships m WHERE m.tenant_id = $1 AND m.user_id = ANY($4::uuid[])
     ON CONFLICT DO NOTHING`,
    [tenantId, DEMO_SITE_ID, CLIENTS[0]!.id, [toDemoUserId('mining_site_owner'), toDemoUserId('client')]],
  );
}
