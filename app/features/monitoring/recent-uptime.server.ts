/** Uptime of sites over the last so many hours, to the five minutes; `readSums` of telemetry answers for whole days. */
import { NO_CLIENT, SLOT_S } from '#app/features/telemetry/layers.ts';
import type { MachineReach } from '#app/features/telemetry/reach.server.ts';
import { toUptime, type Uptime, type WorkSums, withUncovered } from '#app/features/telemetry/uptime.ts';
import type { TenantClient } from '#app/platform/tenancy.server.ts';

type Row = WorkSums & { site: number; coveredS: number; createdAtS: number };

/** By the site's number; of whom nothing was rolled up yet there is no entry. */
export async function readRecentUptime(
  tx: TenantClient,
  reach: MachineReach,
  sites: readonly number[],
  { nowS, hours }: { nowS: number; hours: number },
): Promise<Map<number, Uptime>> {
  const keys = reach.kind === 'own' && reach.clientIds.length > 0 ? [...reach.clientIds] : [NO_CLIENT];
  const toS = Math.floor(nowS / SLOT_S) * SLOT_S;
  const fromS = toS - hours * 3_600;
  const rows = await tx.$queryRaw<Row[]>`
    SELECT t.site, count(DISTINCT t.at)::float8 * ${SLOT_S}::float8 AS "coveredS", extract(epoch FROM min(s.created_at))::float8 AS "createdAtS",
      sum(hashing_s)::float8 AS "hashingS", sum(curtailed_s)::float8 AS "curtailedS", sum(planned_s)::float8 AS "plannedS", sum(faulty_s)::float8 AS "faultyS",
      sum(unknown_s)::float8 AS "unknownS", sum(delivered_th::float8) AS "deliveredTh", sum(owed_th::float8) AS "owedTh", sum(unknown_th::float8) AS "unknownTh"
    FROM telemetry_site_slots t JOIN sites s ON s.number = t.site
    WHERE t.site = ANY(${[...sites]}::int4[]) AND t.client_id = ANY(${keys}::uuid[]) AND t.at >= to_timestamp(${fromS}::float8) AND t.at < to_timestamp(${toS}::float8)
    GROUP BY t.site`;
  return new Map(
    rows.map(({ site, coveredS, createdAtS, ...sums }) => {
      const begunS = Math.max(fromS, Math.floor(createdAtS / SLOT_S) * SLOT_S);
      return [site, toUptime(withUncovered(sums, { coveredS, lengthS: toS - begunS }))];
    }),
  );
}
