/** The only code that knows the layers to be cut into partitions: makes them ahead of time and drops what is past its time (decision 0094). */
import type { Db } from '#app/platform/db.server.ts';
import type { Env } from '#app/platform/env.server.ts';

export type Retention = Pick<Env, 'TELEMETRY_RAW_DAYS' | 'TELEMETRY_SITE_DAYS' | 'TELEMETRY_HOUR_DAYS' | 'TELEMETRY_DAY_DAYS'>;

const LAYERS: readonly { table: string; days: keyof Retention }[] = [
  { table: 'telemetry_samples', days: 'TELEMETRY_RAW_DAYS' },
  { table: 'telemetry_site_slots', days: 'TELEMETRY_SITE_DAYS' },
  { table: 'telemetry_machine_hours', days: 'TELEMETRY_HOUR_DAYS' },
  { table: 'telemetry_machine_days', days: 'TELEMETRY_DAY_DAYS' },
];

/** Names of partitions that were made and dropped. A layer that somebody is reading from for long is left to the next call. */
export async function keepPartitions(db: Db, retention: Retention): Promise<{ made: string[]; dropped: string[] }> {
  const changes = { made: [] as string[], dropped: [] as string[] };
  for (const { table, days } of LAYERS) {
    // A statement of its own for each layer: locks are held no longer than it takes to change one.
    const rows = await db.$queryRaw<
      { made: string[]; dropped: string[] }[]
    >`SELECT made, dropped FROM telemetry_upkeep(${table}, ${retention[days]}::int4)`;
    for (const { made, dropped } of rows) {
      changes.made.push(...made);
      changes.dropped.push(...dropped);
    }
  }
  return changes;
}
