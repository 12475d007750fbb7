import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { DAY_S, HOUR_S, SLOT_S } from '#app/features/telemetry/layers.ts';
import { rollUp } from '#app/features/telemetry/roll-up/roll-up.server.ts';
import { storeReadings } from '#app/features/telemetry/store/store-readings.server.ts';
import { addSite, type FixtureSite, readAt } from '../../../../tests/support/telemetry-site.ts';
import { startTelemetryStore, type TelemetryStore } from '../../../../tests/support/telemetry-store.ts';

import { readSums, type SumOf } from './read-sums.server.ts';

const WORKSPACE = { kind: 'workspace' } as const;
/** On an hour; 3 h 55 min of readings follow, and the page is looked at when the last of them has come. */
const fromS = Math.floor(Date.now() / 1000 / HOUR_S) * HOUR_S - 12 * HOUR_S;
const nowS = fromS + 4 * HOUR_S - SLOT_S;
const options = { nowMs: nowS * 1000, rawDays: 2 };

let telemetry: TelemetryStore;
beforeAll(async () => {
  telemetry = await startTelemetryStore();
});
afterAll(() => telemetry?.stop());

/** A reading a minute of machine 0, but for `missing` seconds after the first. */
async function addHashing(missing: (afterS: number) => boolean = () => false): Promise<FixtureSite> {
  const site = await addSite(telemetry.ownerUrl, { machines: 1, client: [0] });
  const readings = [];
  for (let atS = fromS; atS < nowS; atS += 60) {
    if (!missing(atS - fromS)) readings.push({ machine: site.machines[0]!.number, reading: readAt(atS) });
  }
  await storeReadings(telemetry.bulk, site.tenantId, readings, options);
  await rollUp(telemetry.db, site.tenantId, options);
  return site;
}

const read = (site: FixtureSite, of: SumOf, days: number) =>
  readSums(telemetry.db, site.tenantId, WORKSPACE, { of, fromS: nowS - days * DAY_S, toS: nowS, nowS });

describe('the uptime of what began a few hours ago and never failed', () => {
  it('has no unknown time, of the machine, of its old site and of its client, however long the span', async () => {
    const site = await addHashing();
    const asked: SumOf[] = [
      { kind: 'machine', machineId: site.machines[0]!.id },
      { kind: 'site', siteId: site.siteId },
      { kind: 'client', clientId: site.clientId },
      { kind: 'client', clientId: site.clientId, siteId: site.siteId },
    ];
    for (const of of asked) {
      const sums = await read(site, of, 30);
      expect(sums?.uptime.split?.unknownRatio, of.kind).toBe(0);
      expect(sums?.uptime.availability.leastRatio, of.kind).toBe(1);
      expect(sums?.energy.unknownRatio, of.kind).toBe(0);
    }
    // Three closed hours; the one that is going on is in none of the figures.
    expect(await read(site, asked[0]!, 30)).toMatchObject({ fromS, toS: fromS + 3 * HOUR_S, uptime: { totalS: 3 * HOUR_S } });
  });

  it('counts what was not read after it began as unknown', async () => {
    const site = await addHashing((afterS) => afterS >= HOUR_S && afterS < 2 * HOUR_S);
    const machine = await read(site, { kind: 'machine', machineId: site.machines[0]!.id }, 30);
    // The reading before the hole speaks for its cadence only.
    expect(machine?.uptime.split?.unknownRatio).toBeCloseTo(1 / 3, 2);
    const whole = await read(site, { kind: 'site', siteId: site.siteId }, 30);
    expect(whole?.uptime.split?.unknownRatio).toBeGreaterThan(0.25);
  });
});
