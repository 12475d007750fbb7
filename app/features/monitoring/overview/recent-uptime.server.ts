/** Uptime of sites over the last so many hours, to the five minutes; `readSums` of telemetry answers for whole days. */
import { NO_CLIENT, SLOT_S, toRolledS } from '#app/features/telemetry/layers.ts';
import type { MachineReach } from '#app/features/telemetry/read/reach.server.ts';
import { toUptime, type Uptime, type WorkSums, withUncovered } from '#app/features/telemetry/read/uptime.ts';
import type { TenantClient } from '#app/platform/tenancy.server.ts';

type Row = WorkSums & { site: number; coveredS: number; lengthS: number };

/** By the site's number, from its first slot on and up to the last that has been rolled up; of whom nothing was rolled up yet there is no entry. */
export async function readRecentUptime(
  tx: TenantClient,
  reach: MachineReach,
  sites: readonly number[],
  { nowS, hours }: { nowS: number; hours: number },
): Promise<Map<number, Uptime>> {
  const keys = reach.kind === 'own' && reach.clientIds.length > 0 ? [...reach.clientIds] : [NO_CLIENT];
  const found = await tx.$queryRaw<{ site: number; cadenceS: number; beginS: number }[]>`
    SELECT s.number AS site, s.poll_cadence_s AS "cadenceS", extract(epoch FROM min(f.at))::float8 AS "beginS"
    FROM sites s CROSS JOIN unnest(${keys}::uuid[]) AS k(id)
      CROSS JOIN LATERAL (SELECT at FROM telemetry_site_slots WHERE site = s.number AND client_id = k.id AND samples > 0 ORDER BY at LIMIT 1) AS f
    WHERE s.number = ANY(${[...sites]}::int4[]) GROUP BY s.number, s.poll_cadence_s`;
  const spans = found.map(({ site, cadenceS, beginS }) => {
    const toS = Math.floor(toRolledS(nowS, cadenceS) / SLOT_S) * SLOT_S;
    return { site, fromS: Math.max(toS - hours * 3_600, beginS), toS };
  });
  const column = (pick: (span: (typeof spans)[number]) => number) => spans.map(pick);
  const rows = await tx.$queryRaw<Row[]>`
    SELECT t.site, count(DISTINCT t.at)::float8 * ${SLOT_S}::float8 AS "coveredS", max(u.to_s - u.from_s) AS "lengthS",
      sum(hashing_s)::float8 AS "hashingS", sum(curtailed_s)::float8 AS "curtailedS", sum(planned_s)::float8 AS "plannedS", sum(faulty_s)::float8 AS "faultyS",
      sum(unknown_s)::float8 AS "unknownS", sum(delivered_th::float8) AS "deliveredTh", sum(owed_th::float8) AS "owedTh", sum(unknown_th::float8) AS "unknownTh"
    FROM unnest(${column(({ site }) => site)}::int4[], ${column(({ fromS }) => fromS)}::float8[], ${column(({ toS }) => toS)}::float8[]) AS u(site, from_s, to_s)
    JOIN telemetry_site_slots t ON t.site = u.site AND t.client_id = ANY(${keys}::uuid[]) AND t.at >= to_timestamp(u.from_s) AND t.at < to_timestamp(u.to_s)
    GROUP BY t.site`;
  return new Map(rows.map(({ site, coveredS, lengthS, ...sums }) => [site, toUptime(withUncovered(sums, { coveredS, lengthS }))]));
}
