// A site with racks, two clients and a day of readings in the database of the journeys, for the pages about the fleet.
import { rollUp } from '#app/features/telemetry/roll-up/roll-up.server.ts';
import { storeReadings } from '#app/features/telemetry/store/store-readings.server.ts';
import { createBulkDb } from '../../app/platform/bulk-db.server.ts';
import { createDb } from '../../app/platform/db.server.ts';
import type { MachineSnapshot } from '../../collectors/cgminer/snapshot.ts';
import { asDatabaseOwner, type SeededWorkspace, toJourneysUrl } from './seeded-workspace.ts';
import { failedAt, readAt } from './telemetry-site.ts';

export type SeededFleet = { siteId: string; clientId: string; machines: { id: string; number: number; serial: string }[] };

const RACK = { rows: 4, columns: 6 };
const RATED_THS = 200;
const RATED_W = 3_500;
/** The longest there is: journeys take minutes, and what was seeded must still count as now. */
const CADENCE_S = 600;
const WORKER = 'aurora.rig';

/** Boards, fans and pools as an Antminer tells them; board 2 of every seventh machine is lost. */
function toSnapshot(place: number, minute: number): Partial<MachineSnapshot> {
  const boards = [0, 1, 2].map((position) => {
    const isAlive = !(place % 7 === 3 && position === 2);
    return {
      position,
      hashrateThs: isAlive ? 66 : 0,
      ratedHashrateThs: 66.7,
      chips: isAlive ? 108 : 0,
      ratedChips: 108,
      boardTemperatureC: isAlive ? 58 + (place % 5) : null,
      chipTemperatureC: isAlive ? 64 + (place % 5) * 4 + position : null,
      hardwareErrors: place,
      isAlive,
    };
  });
  const alive = boards.filter(({ isAlive }) => isAlive).length;
  const hashrateThs = alive * 66 + ((place * 7 + minute) % 9) - 4;
  return {
    dialect: 'antminer',
    make: 'Bitmain',
    model: 'Antminer S21',
    firmware: 'stock',
    hashrateThs,
    powerW: place % 11 === 5 ? null : Math.round(hashrateThs * 17.5),
    boards,
    fans: [0, 1, 2, 3].map((position) => ({ position, speedRpm: 5_400 + position * 30 })),
    inletTemperatureC: 24,
    outletTemperatureC: 48,
    chipTemperatureC: Math.max(...boards.map(({ chipTemperatureC }) => chipTemperatureC ?? 0)),
    pools: [
      {
        position: 0,
        url: 'stratum+tcp://btc.pool.example:3333',
        worker: `${WORKER}${place}`,
        isAlive: true,
        isActive: true,
        acceptedShares: 1_000 + minute,
        rejectedShares: 3,
        staleShares: 1,
        isDeveloperFee: false,
      },
      {
        position: 1,
        url: 'stratum+tcp://10.7.0.2:3333',
        worker: `${WORKER}${place}`,
        isAlive: true,
        isActive: false,
        acceptedShares: 0,
        rejectedShares: 0,
        staleShares: 0,
        isDeveloperFee: false,
      },
    ],
    activePool: 0,
    acceptedShares: 1_000 + minute,
    rejectedShares: 3,
    hardwareErrors: place,
    uptimeS: 86_400,
  };
}

/** `isShort`: of the last two minutes only. */
export async function seedFleet(
  workspace: SeededWorkspace,
  { machines = 96, isShort = false }: { machines?: number; isShort?: boolean } = {},
): Promise<SeededFleet> {
  const { tenantId, people } = workspace;
  const fleet = await asDatabaseOwner(async (owner): Promise<SeededFleet> => {
    const one = async (sql: string, values: unknown[]) => {
      const { rows } = await owner.query<{ id: string }>(sql, values);
      const [row] = rows;
      if (row === undefined) throw new Error('nothing was written');
      return row.id;
    };
    const siteId = await one(
      `INSERT INTO sites (tenant_id, name, location, time_zone, status, poll_cadence_s, tariff_usd_per_kwh, created_at)
       VALUES ($1, 'Ordos North', 'Ordos, Inner Mongolia', 'Asia/Shanghai', 'active', $2, 0.043, now() - interval '40 days') RETURNING id`,
      [tenantId, CADENCE_S],
    );
    const clientId = await one(`INSERT INTO clients (tenant_id, name) VALUES ($1, 'Aurora Mining') RETURNING id`, [tenantId]);
    const racks: string[] = [];
    const perRack = RACK.rows * RACK.columns;
    for (let rack = 0; rack * perRack < machines; rack++) {
      racks.push(
        await one(
          `INSERT INTO site_places (tenant_id, site_id, kind, name, rows, columns) VALUES ($1, $2, 'rack', $3, $4, $5) RETURNING id`,
          [tenantId, siteId, `R${rack + 1}`, RACK.rows, RACK.columns],
        ),
      );
    }
    const { rows } = await owner.query<{ id: string; number: number; serial: string }>(
      `INSERT INTO machines (tenant_id, site_id, client_id, rack_id, rack_row, rack_column, serial, model, host, port, worker, rated_hashrate_ths, rated_power_w, approval, status, created_at)
       SELECT $1, $2, CASE WHEN place % 4 = 0 THEN $3::uuid END, ($4::uuid[])[place / $5 + 1], (place % $5) / $6 + 1, place % $6 + 1, 'JYZZ' || lpad(place::text, 6, '0'),
         'Antminer S21', '10.7.' || place / 250 + 1 || '.' || place % 250 + 1, 4028, '${WORKER}' || place, $7, $8, 'approved', CASE place % 24 WHEN 9 THEN 'maintenance' WHEN 10 THEN 'curtailed' ELSE 'active' END,
         now() - interval '40 days'
       FROM generate_series(0, $9::int - 1) AS place ORDER BY place RETURNING id, number, serial`,
      [tenantId, siteId, clientId, racks, perRack, RACK.columns, RATED_THS, RATED_W, machines],
    );
    await owner.query('INSERT INTO role_grants (tenant_id, user_id, client_id) VALUES ($1, $2, $3)', [
      tenantId,
      people.client.userId,
      clientId,
    ]);
    return { siteId, clientId, machines: rows.sort((a, b) => a.number - b.number) };
  });
  await storeDay(tenantId, fleet, isShort ? [1, 0] : MINUTES);
  return fleet;
}

/** Ago: every five of five hours, and each of the last ten. */
const MINUTES = [...Array.from({ length: 60 }, (_, index) => 310 - index * 5), ...Array.from({ length: 10 }, (_, index) => 9 - index)];

async function storeDay(tenantId: string, { machines }: SeededFleet, minutes: readonly number[]): Promise<void> {
  const nowMs = Date.now();
  const nowS = Math.floor(nowMs / 1000);
  const bulk = createBulkDb(toJourneysUrl());
  const db = createDb(toJourneysUrl());
  const read = (place: number, minute: number) => {
    const atS = nowS - minute * 60;
    if (place % 24 === 20) return failedAt(atS, 'silent');
    if (place % 24 === 9 || place % 24 === 10)
      return readAt(atS, { ...toSnapshot(place, minute), state: 'sleeping', hashrateThs: 0, powerW: 90 });
    if (place % 24 === 15) return readAt(atS, { ...toSnapshot(place, minute), state: 'idle', hashrateThs: 0, powerW: 140 });
    return readAt(atS, toSnapshot(place, minute));
  };
  try {
    // One machine was last heard of half an hour ago.
    const batch = minutes.flatMap((minute) =>
      machines.flatMap(({ number }, place) => (place === 2 && minute < 30 ? [] : [{ machine: number, reading: read(place, minute) }])),
    );
    await storeReadings(bulk, tenantId, batch, { nowMs, rawDays: 2 });
    await rollUp(db, tenantId, { nowMs, rawDays: 2, signal: new AbortController().signal });
  } finally {
    await bulk.close();
    await db.$disconnect();
  }
}
