import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { withClient } from '../../../../prisma/prepare-database.ts';
import { addSite, readAt } from '../../../../tests/support/telemetry-site.ts';
import { startTelemetryStore, type TelemetryStore } from '../../../../tests/support/telemetry-store.ts';

import { keepPartitions } from './partitions.server.ts';
import { storeReadings } from './store-readings.server.ts';

const RETENTION = { TELEMETRY_RAW_DAYS: 2, TELEMETRY_SITE_DAYS: 400, TELEMETRY_HOUR_DAYS: 100, TELEMETRY_DAY_DAYS: 0 };

let telemetry: TelemetryStore;
beforeAll(async () => {
  telemetry = await startTelemetryStore();
});
afterAll(() => telemetry?.stop());

const asOwner = <T extends Record<string, unknown>>(sql: string, values: unknown[] = []) =>
  withClient(telemetry.ownerUrl, async (owner) => (await owner.query<T>(sql, values)).rows);
const keepAt = async (layer: string, days: number, at: string) => {
  const [change] = await asOwner<{ made: string[]; dropped: string[] }>('SELECT made, dropped FROM keep_telemetry_layer($1, $2, $3)', [
    layer,
    days,
    at,
  ]);
  return change;
};
const partitionsOf = async (layer: string) =>
  (
    await asOwner<{ name: string }>(`SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = $1::regclass ORDER BY 1`, [
      layer,
    ])
  ).map(({ name }) => name);

describe('keepPartitions', () => {
  it('finds everything made for today, and does nothing twice', async () => {
    expect(await keepPartitions(telemetry.db, RETENTION)).toEqual({ made: [], dropped: [] });
    expect((await partitionsOf('telemetry_samples')).length).toBeGreaterThanOrEqual(5);
  });

  it('takes its clock from the database: the application can neither move it nor reach the function that would', async () => {
    await expect(telemetry.db.$queryRaw`SELECT keep_telemetry_layer('telemetry_samples', 1, now() + interval '10 years')`).rejects.toThrow(
      /permission denied/,
    );
    await expect(telemetry.db.$queryRaw`SELECT make_telemetry_partitions('telemetry_samples', now(), now())`).rejects.toThrow(
      /permission denied/,
    );
    await expect(telemetry.db.$queryRaw`SELECT * FROM telemetry_upkeep('telemetry_samples', -1)`).rejects.toThrow(
      /days to keep of telemetry_samples is -1, allowed: 0 \(all\) to 36500/,
    );
    await expect(telemetry.db.$queryRaw`SELECT * FROM telemetry_upkeep('tenants', 1)`).rejects.toThrow();
  });

  it('moves with the days: one made ahead, one dropped behind, over the change of a month', async () => {
    await keepAt('telemetry_samples', 2, '2031-01-30T23:59:00Z');
    expect(await keepAt('telemetry_samples', 2, '2031-01-31T00:01:00Z')).toEqual({
      made: ['telemetry_samples_20310203'],
      dropped: ['telemetry_samples_20310128'],
    });
    expect(await partitionsOf('telemetry_samples')).toEqual(
      ['20310129', '20310130', '20310131', '20310201', '20310202', '20310203'].map((day) => `telemetry_samples_${day}`),
    );
  });

  it('never drops what somebody may still send late, nor anything with 0 days', async () => {
    await keepAt('telemetry_samples', 1, '2031-01-31T12:00:00Z');
    expect(await partitionsOf('telemetry_samples')).toContain('telemetry_samples_20310130');
    expect((await keepAt('telemetry_machine_days', 0, '2090-01-01T00:00:00Z'))?.dropped).toEqual([]);
  });

  it('leaves a layer that somebody is reading to the next call, and its readers to read', async () => {
    await withClient(telemetry.ownerUrl, async (reader) => {
      await reader.query('BEGIN');
      await reader.query('SELECT count(*) FROM telemetry_samples');
      expect((await keepAt('telemetry_samples', 1, '2031-02-02T00:00:00Z'))?.dropped).toEqual([]);
      // Made all the same: attaching does not wait for readers.
      expect(await partitionsOf('telemetry_samples')).toContain('telemetry_samples_20310204');
      expect((await reader.query('SELECT count(*)::int AS rows FROM telemetry_samples')).rows).toEqual([{ rows: 0 }]);
      await reader.query('COMMIT');
    });
    expect((await keepAt('telemetry_samples', 1, '2031-02-02T00:00:00Z'))?.dropped).toEqual(
      ['20310130', '20310131'].map((day) => `telemetry_samples_${day}`),
    );
  });

  it('gives every partition its own wall and the application no right on it', async () => {
    const open = await asOwner(`
      SELECT c.relname FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid
      WHERE c.relkind = 'r' AND (NOT (c.relrowsecurity AND c.relforcerowsecurity) OR has_table_privilege('hashinsight_app', c.oid, 'SELECT, INSERT, UPDATE, DELETE'))`);
    expect(open).toEqual([]);
  });

  it('makes partitions whose keys and indexes are those of the whole', async () => {
    const site = await addSite(telemetry.ownerUrl, { machines: 1 });
    const atS = Date.parse('2031-02-03T23:59:30Z') / 1000;
    const readings = [0, 60].map((afterS) => ({ machine: site.machines[0]!.number, reading: readAt(atS + afterS) }));
    const options = { nowMs: (atS + 60) * 1000, rawDays: 1 };
    // Two partitions, one statement.
    expect(await storeReadings(telemetry.bulk, site.tenantId, readings, options)).toMatchObject({ stored: 2 });
    expect(await storeReadings(telemetry.bulk, site.tenantId, readings, options)).toMatchObject({ stored: 0, duplicate: 2 });
    expect(await asOwner(`SELECT tableoid::regclass::text AS part FROM telemetry_samples ORDER BY at_s`)).toEqual([
      { part: 'telemetry_samples_20310203' },
      { part: 'telemetry_samples_20310204' },
    ]);
  });
});
