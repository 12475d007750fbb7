/** Energy of a site as a whole: by its own meter in the quarters of an hour that it counted, and by its machines in the others. */

import { NO_CLIENT } from '#app/features/telemetry/layers.ts';
import type { Span } from '#app/features/telemetry/site-time.ts';
import type { TenantClient } from '#app/platform/tenancy.server.ts';
import type { EnergySums } from './energy.ts';

/** Quarters of an hour begin at full ones UTC in every zone in use. Those that do not lie in the span as a whole are left to the machines. */
export async function readSiteEnergy(tx: TenantClient, siteNumber: number, { fromS, toS }: Span): Promise<EnergySums> {
  const [sums] = await tx.$queryRaw<(Omit<EnergySums, 'meterKwh'> & { meterKwh: number | null })[]>`
    WITH metered AS (
      SELECT q.at, q.energy_kwh FROM telemetry_meter_quarters q WHERE q.site = ${siteNumber}::int4 
        AND q.at >= to_timestamp(${fromS}::float8) AND q.at + interval '15 minutes' <= to_timestamp(${toS}::float8)
    ), slots AS (
      SELECT t.*, hashing_s + curtailed_s + planned_s + faulty_s + unknown_s AS total_s, m.at IS NOT NULL AS is_metered
      FROM telemetry_site_slots t LEFT JOIN metered m ON m.at = date_bin('15 minutes', t.at, to_timestamp(0))
      WHERE t.site = ${siteNumber}::int4 AND t.client_id = ${NO_CLIENT}::uuid 
        AND t.at >= to_timestamp(${fromS}::float8) AND t.at < to_timestamp(${toS}::float8)
    )
    SELECT (SELECT sum(energy_kwh) FROM metered) AS "meterKwh", coalesce(sum(energy_machine_kwh) FILTER (WHERE NOT is_metered), 0) AS "machineKwh",
      coalesce(sum(energy_rated_kwh) FILTER (WHERE NOT is_metered), 0) AS "ratedKwh",
      coalesce(sum(CASE WHEN is_metered THEN total_s ELSE power_known_s END), 0)::float8 AS "powerKnownS", coalesce(sum(total_s), 0)::float8 AS "totalS"
    FROM slots`;
  if (!sums) throw new Error('sums of a site gave no row');
  const { meterKwh, ...machines } = sums;
  return meterKwh === null ? machines : { ...machines, meterKwh };
}
