/** Takes in what a site's own meter counted. A later figure of the same quarter of an hour takes the place of the earlier one. */

import { QUARTER_S } from '#app/features/telemetry/layers.ts';
import type { Db } from '#app/platform/db.server.ts';
import type { TenantClient } from '#app/platform/tenancy.server.ts';
import { MAX_METER_ROWS, MAX_QUARTER_KWH } from './meter-readings.ts';

/** Energy over the quarter of an hour that begins at `atS`. */
export type MeterQuarter = { atS: number; energyKwh: number };

/** Throws RangeError, naming the row, for a time that does not begin a quarter and for an energy that is none. `siteNumber` is one of the workspace's own. */
export async function storeMeterQuarters(db: Db, tenantId: string, siteNumber: number, quarters: readonly MeterQuarter[]): Promise<number> {
  if (quarters.length > MAX_METER_ROWS)
    throw new RangeError(`meter readings: ${quarters.length}, allowed: up to ${MAX_METER_ROWS} at once`);
  quarters.forEach(({ atS, energyKwh }, index) => {
    if (!Number.isInteger(atS) || atS % QUARTER_S !== 0)
      throw new RangeError(`quarters.${index}.atS is ${atS}, allowed: the first second of a quarter of an hour`);
    if (!(energyKwh >= 0 && energyKwh <= MAX_QUARTER_KWH)) {
      throw new RangeError(`quarters.${index}.energyKwh is ${energyKwh}, allowed: 0 to ${MAX_QUARTER_KWH}`);
    }
  });
  return db.$withTenant(tenantId, (tx) => writeMeterQuarters(tx, tenantId, siteNumber, quarters));
}

/** Writes figures that were looked at; of two of the same quarter the later in the list. Answers how many quarters these were. */
export async function writeMeterQuarters(
  tx: TenantClient,
  tenantId: string,
  siteNumber: number,
  quarters: readonly MeterQuarter[],
): Promise<number> {
  const byTime = [...new Map(quarters.map((quarter) => [quarter.atS, quarter])).values()];
  return tx.$executeRaw`
    INSERT INTO telemetry_meter_quarters (tenant_id, site, at, energy_kwh)
    SELECT ${tenantId}::uuid, s.number, to_timestamp(u.at_s), u.energy_kwh
    FROM unnest(${byTime.map(({ atS }) => atS)}::float8[], ${byTime.map(({ energyKwh }) => energyKwh)}::float8[]) AS u(at_s, energy_kwh)
    JOIN sites s ON s.number = ${siteNumber}::int4
    ON CONFLICT (site, at) DO UPDATE SET energy_kwh = excluded.energy_kwh`;
}
