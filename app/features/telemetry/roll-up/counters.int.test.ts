import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { HOUR_S, toSilenceLimitS } from '#app/features/telemetry/layers.ts';
import { storeReadings } from '#app/features/telemetry/store/store-readings.server.ts';
import { withClient } from '../../../../prisma/prepare-database.ts';
import { addSite, type FixtureSite, failedAt, readAt } from '../../../../tests/support/telemetry-site.ts';
import { startTelemetryStore, type TelemetryStore } from '../../../../tests/support/telemetry-store.ts';

import { countNaively } from './naive-roll-up.fixture.ts';
import { rollUp } from './roll-up.server.ts';

const fromS = Math.floor(Date.now() / 1000 / HOUR_S) * HOUR_S - 12 * HOUR_S;
const options = { nowMs: (fromS + 4 * HOUR_S) * 1000, rawDays: 2 };

let telemetry: TelemetryStore;
beforeAll(async () => {
  telemetry = await startTelemetryStore();
});
afterAll(() => telemetry?.stop());

type Counted = { accepted: number | null; rejected: number | null; errors: number | null };

const countsOf = (site: FixtureSite, layer: 'hours' | 'days', atS?: number) =>
  telemetry.db.$withTenant(site.tenantId, (tx) =>
    tx.$queryRawUnsafe<Counted[]>(
      `SELECT accepted_shares::float8 AS accepted, rejected_shares::float8 AS rejected, hardware_errors::float8 AS errors FROM telemetry_machine_${layer}
       WHERE machine = $1::int4 AND ($2::float8 IS NULL OR at = to_timestamp($2::float8)) ORDER BY at`,
      site.machines[0]!.number,
      atS ?? null,
    ),
  );

type Minute = 'failed' | 'bare' | 'gone' | { accepted: number; rejected: number; errors: number };

async function store(site: FixtureSite, minutes: readonly Minute[]): Promise<void> {
  const readings = minutes.flatMap((minute, index) => {
    const atS = fromS + index * 60;
    if (minute === 'gone') return [];
    if (minute === 'failed') return [failedAt(atS)];
    if (minute === 'bare') return [readAt(atS)];
    return [readAt(atS, { acceptedShares: minute.accepted, rejectedShares: minute.rejected, hardwareErrors: minute.errors })];
  });
  await storeReadings(
    telemetry.bulk,
    site.tenantId,
    readings.map((reading) => ({ machine: site.machines[0]!.number, reading })),
    options,
  );
}

describe('counters', () => {
  it('grow across readings that failed or did not have them, and never by what the machine had counted before', async () => {
    const site = await addSite(telemetry.ownerUrl, { machines: 1 });
    const minutes = Array.from({ length: 61 }, (_, minute): Minute => {
      if (minute === 10 || minute === 11 || minute === 60) return 'failed';
      if (minute === 30 || minute === 33) return 'bare';
      return { accepted: 1_000_000 + minute * 10, rejected: 5_000, errors: 70_000 + minute };
    });
    await store(site, minutes);
    await rollUp(telemetry.db, site.tenantId, options);
    // From minute 0 to minute 59.
    expect(await countsOf(site, 'hours', fromS)).toEqual([{ accepted: 590, rejected: 0, errors: 59 }]);
  });

  it('come to what a count reading by reading comes to, with restarts and holes longer than a silent machine is left alone', async () => {
    const site = await addSite(telemetry.ownerUrl, { machines: 1 });
    let accepted = 7_000;
    const minutes = Array.from({ length: 185 }, (_, minute): Minute => {
      accepted = minute % 47 === 46 ? 3 : accepted + (minute % 7);
      if (minute > 20 && minute < 31) return 'gone';
      if (minute > 70 && minute < 78) return 'failed';
      if (minute % 13 === 5) return 'bare';
      return { accepted, rejected: minute, errors: 0 };
    });
    await store(site, minutes);
    await rollUp(telemetry.db, site.tenantId, options);
    const samples = minutes.map((minute, index) => ({
      atS: fromS + index * 60,
      counter: typeof minute === 'string' ? null : minute.accepted,
    }));
    for (const hour of [0, 1, 2]) {
      const startS = fromS + hour * HOUR_S;
      const expected = countNaively(samples, toSilenceLimitS(60), startS, startS + HOUR_S);
      expect(expected).toBeGreaterThan(100);
      expect((await countsOf(site, 'hours', startS))[0]?.accepted, `hour ${hour}`).toBe(expected);
    }
  });

  it('of a machine that counts from near the widest number again and again are summed, and not refused', async () => {
    const site = await addSite(telemetry.ownerUrl, { machines: 1 });
    const most = 2_147_483_647;
    // Every other reading has begun anew.
    const minutes = Array.from({ length: 60 }, (_, minute): Minute => {
      const value = minute % 2 === 0 ? most : most - 1;
      return { accepted: value, rejected: value, errors: value };
    });
    await store(site, minutes);
    await rollUp(telemetry.db, site.tenantId, options);
    const expected = 30 * (most - 1) + 29;
    expect(await countsOf(site, 'hours', fromS)).toEqual([{ accepted: expected, rejected: expected, errors: expected }]);
    expect((await countsOf(site, 'days')).reduce((sum, { accepted }) => sum + (accepted ?? 0), 0)).toBe(expected);
  });
});

describe('a site that cannot be rolled up', () => {
  it('stops no other, keeps its marks, and is told by its number', async () => {
    const broken = await addSite(telemetry.ownerUrl, { machines: 2 });
    const [first, second] = broken.machines;
    const siteNumber = await withClient(telemetry.ownerUrl, async (owner) => {
      await owner.query('BEGIN');
      await owner.query(`SELECT set_config('app.tenant_id', $1, true)`, [broken.tenantId]);
      const id = randomUUID();
      const { rows } = await owner.query<{ number: number }>(
        `INSERT INTO sites (id, tenant_id, name, time_zone, poll_cadence_s, created_at) VALUES ($1, $2, 'South', 'UTC', 60, '2020-01-01') RETURNING number`,
        [id, broken.tenantId],
      );
      await owner.query('UPDATE machines SET site_id = $1 WHERE number = $2', [id, second!.number]);
      await owner.query(`UPDATE sites SET time_zone = 'Nowhere/None' WHERE number = $1`, [broken.site]);
      await owner.query('COMMIT');
      return rows[0]!.number;
    });
    const readings = [first!, second!].flatMap(({ number }) => [0, 60, 120].map((s) => ({ machine: number, reading: readAt(fromS + s) })));
    await storeReadings(telemetry.bulk, broken.tenantId, readings, options);
    await expect(rollUp(telemetry.db, broken.tenantId, options)).rejects.toThrow(
      new RegExp(`roll-ups failed, site ${broken.site}: .*Nowhere/None`),
    );
    const rolled = await telemetry.db.$withTenant(
      broken.tenantId,
      (tx) => tx.$queryRaw<{ site: number }[]>`SELECT DISTINCT site FROM telemetry_site_slots`,
    );
    expect(rolled).toEqual([{ site: siteNumber }]);
    const marked = await telemetry.db.$withTenant(
      broken.tenantId,
      (tx) => tx.$queryRaw<{ site: number }[]>`SELECT DISTINCT site FROM telemetry_dirty WHERE layer = 'slot'`,
    );
    expect(marked).toEqual([{ site: broken.site }]);
  });
});
