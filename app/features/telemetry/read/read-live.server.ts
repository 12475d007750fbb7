/** How machines are now, as far as was last heard. */

import {
  fromStateCode,
  fromTroubleCode,
  type SampleTrouble,
  type TimeState,
  toStateCode,
} from '#app/features/telemetry/store/sample-state.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import type { Db } from '#app/platform/db.server.ts';
import type { MachineSnapshot } from '#collectors/cgminer/snapshot.ts';
import { findMachine, isReached, type MachineReach, ownedSinceS } from './reach.server.ts';

export const MAX_LIVE_ROWS = 10_000;

export type LiveMachine = {
  machineId: string;
  /** `machines.number`: order of the list and its cursor. */
  number: number;
  siteId: string;
  clientId: string | null;
  model: string | null;
  rackId: string | null;
  rackRow: number | null;
  rackColumn: number | null;
  ratedHashrateThs: number | null;
  /** Null in all of these: never heard of. */
  state: TimeState | null;
  trouble: SampleTrouble | null;
  /** Last asked. */
  atS: number | null;
  /** Last answered; figures of the machine page are from then. */
  readAtS: number | null;
  hashrateThs: number | null;
  powerW: number | null;
  chipTemperatureC: number | null;
  fanRpm: number | null;
  boardsAlive: number | null;
};

type LiveRow = Omit<LiveMachine, 'state' | 'trouble'> & { state: number | null; trouble: number | null };

const fromRow = (row: LiveRow): LiveMachine => ({
  ...row,
  state: row.state === null ? null : fromStateCode(row.state),
  trouble: row.trouble === null ? null : fromTroubleCode(row.trouble),
});

export type LiveQuery = {
  siteId?: string;
  states?: readonly TimeState[];
  /** Machines after this number. */
  afterNumber?: number;
  /** At most 10,000. */
  take: number;
};

/** Approved machines that are not retired, by number. The age of a state is the reader's to judge: `atS`. */
export async function listLive(
  db: Db,
  tenantId: string,
  reach: MachineReach,
  { siteId, states, afterNumber = 0, take }: LiveQuery,
): Promise<LiveMachine[]> {
  const site = siteId === undefined ? Prisma.sql`true` : Prisma.sql`m.site_id = ${siteId}::uuid`;
  const state = states === undefined ? Prisma.sql`true` : Prisma.sql`l.state = ANY(${states.map(toStateCode)}::int2[])`;
  const rows = await db.$withTenant(tenantId, (tx) => {
    return tx.$queryRaw<LiveRow[]>`
      SELECT m.id AS "machineId", m.number, m.site_id AS "siteId", m.client_id AS "clientId", m.model, m.rack_id AS "rackId", m.rack_row AS "rackRow", m.rack_column AS "rackColumn",
        m.rated_hashrate_ths AS "ratedHashrateThs", l.state::int4, l.trouble::int4, l.at_s AS "atS", CASE WHEN l.read_at_s >= ${ownedSinceS(reach)} THEN l.read_at_s END AS "readAtS", l.hashrate_ths AS "hashrateThs",
        l.power_w AS "powerW", l.chip_temperature_c::int4 AS "chipTemperatureC", l.fan_rpm::int4 AS "fanRpm", l.boards_alive::int4 AS "boardsAlive"
      FROM machines m LEFT JOIN telemetry_live l ON l.machine = m.number AND l.at_s >= ${ownedSinceS(reach)}
      WHERE m.number > ${afterNumber}::int4 AND m.approval = 'approved' AND m.status <> 'retired' AND ${site} AND ${state} AND ${isReached(reach)}
      ORDER BY m.number LIMIT ${Math.min(Math.max(take, 1), MAX_LIVE_ROWS)}`;
  });
  return rows.map(fromRow);
}

export type LiveDetail = {
  atS: number;
  readAtS: number | null;
  state: TimeState;
  trouble: SampleTrouble;
  /** What went wrong with the last reading; null: nothing did. Names the address: not for clients. */
  troubleDetail: string | null;
  /** Of the last reading that came; boards, fans and pools in full. Null: none ever did. */
  snapshot: MachineSnapshot | null;
};

/** A reader limited to clients is told what was heard since the machine is their client's. Null: no such machine within reach, or never heard of. */
export async function findLive(db: Db, tenantId: string, reach: MachineReach, machineId: string): Promise<LiveDetail | null> {
  return db.$withTenant(tenantId, async (tx) => {
    const machine = await findMachine(tx, reach, machineId);
    if (!machine) return null;
    const [row] = await tx.$queryRaw<(Omit<LiveDetail, 'state' | 'trouble'> & { state: number; trouble: number })[]>`
      SELECT at_s AS "atS", read_at_s AS "readAtS", state::int4, trouble::int4, trouble_detail AS "troubleDetail", snapshot
      FROM telemetry_live WHERE machine = ${machine.number}::int4`;
    if (row === undefined || row.atS < machine.ownedSinceS) return null;
    const isOwnReading = row.readAtS !== null && row.readAtS >= machine.ownedSinceS;
    const read = isOwnReading ? {} : { readAtS: null, snapshot: null };
    return { ...row, ...read, state: fromStateCode(row.state), trouble: fromTroubleCode(row.trouble) };
  });
}
