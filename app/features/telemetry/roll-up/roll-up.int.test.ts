import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { storeMeterQuarters } from '#app/features/telemetry/energy/store-meter.server.ts';
import { HOUR_S, NO_CLIENT, SLOT_S, toSilenceLimitS } from '#app/features/telemetry/layers.ts';
import { readMachineHistory } from '#app/features/telemetry/read/read-machine.server.ts';
import { readSiteSeries } from '#app/features/telemetry/read/read-site-series.server.ts';
import { readMonthDemand, readSums, type SumOf } from '#app/features/telemetry/read/read-sums.server.ts';
import { findDay } from '#app/features/telemetry/site-time.ts';
import { type MachineReadingOf, storeReadings } from '#app/features/telemetry/store/store-readings.server.ts';
import { backOffCycles } from '#collectors/poller/host.ts';
import { withClient } from '../../../../prisma/prepare-database.ts';
import { addSite, type FixtureSite, failedAt, readAt } from '../../../../tests/support/telemetry-site.ts';
import { startTelemetryStore, type TelemetryStore } from '../../../../tests/support/telemetry-store.ts';

import { addUp, type NaiveSample, rollUpNaively } from './naive-roll-up.fixture.ts';
import { rollUp } from './roll-up.server.ts';

const WORKSPACE = { kind: 'workspace' } as const;
const RATING = { ratedThs: 200, ratedW: 3500 };
const CADENCE_S = 60;
/** Three hours of yesterday, on the hour: partitions are there, and nothing is late. */
const fromS = Math.floor(Date.now() / 1000 / HOUR_S) * HOUR_S - 12 * HOUR_S;
const toS = fromS + 3 * HOUR_S;
const nowMs = (toS + 2 * HOUR_S) * 1000;
const options = { nowMs, rawDays: 2 };

let telemetry: TelemetryStore;
beforeAll(async () => {
  telemetry = await startTelemetryStore();
});
afterAll(() => telemetry?.stop());

/** A generator of one's own, so that a failure can be had again. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

type Drawn = { sample: NaiveSample; reading: MachineReadingOf };

/** Jitter, holes of some minutes, failed readings, idle machines, missing power: everything that the rules have a word for. */
function drawMachine(machine: number, random: () => number): Drawn[] {
  const drawn: Drawn[] = [];
  let atS = fromS - 200 + Math.floor(random() * 100);
  while (atS < toS + 300) {
    const dice = random();
    // Whole numbers and halves are the same in four bytes as in eight.
    const hashrateThs = 150 + Math.floor(random() * 120) / 2;
    const powerW = random() < 0.3 ? null : 3000 + Math.floor(random() * 800);
    if (dice < 0.1) {
      drawn.push({
        sample: { atS, state: 'unknown', isRead: false, hashrateThs: null, powerW: null },
        reading: { machine, reading: failedAt(atS) },
      });
    } else if (dice < 0.2) {
      drawn.push({
        sample: { atS, state: 'faulty', isRead: true, hashrateThs: 0, powerW },
        reading: { machine, reading: readAt(atS, { state: 'idle', hashrateThs: 0, powerW }) },
      });
    } else {
      drawn.push({
        sample: { atS, state: 'hashing', isRead: true, hashrateThs, powerW },
        reading: { machine, reading: readAt(atS, { hashrateThs, powerW }) },
      });
    }
    atS += random() < 0.08 ? Math.floor(random() * 900) + 100 : 45 + Math.floor(random() * 40);
  }
  return drawn;
}

type SlotRow = Record<string, number> & { atS: number };

const slotsOf = (site: FixtureSite, clientId: string) =>
  telemetry.db.$withTenant(
    site.tenantId,
    (tx) => tx.$queryRaw<SlotRow[]>`
      SELECT extract(epoch FROM at)::float8 AS "atS", machines, samples, failed_samples AS "failedSamples", hashing_s AS "hashingS", curtailed_s AS "curtailedS", planned_s AS "plannedS",
        faulty_s AS "faultyS", unknown_s AS "unknownS", read_s AS "readS", hashed_th AS "hashedTh", delivered_th AS "deliveredTh", energy_machine_kwh AS "machineKwh",
        energy_rated_kwh AS "ratedKwh", power_known_s AS "powerKnownS", owed_th AS "owedTh", unknown_th AS "unknownTh"
      FROM telemetry_site_slots WHERE site = ${site.site}::int4 AND client_id = ${clientId}::uuid ORDER BY at`,
  );

const closeTo = (sums: Record<string, number>) =>
  Object.fromEntries(Object.entries(sums).map(([name, value]) => [name, expect.closeTo(value, 3)]));

describe('rollUp', () => {
  let site: FixtureSite;
  let drawn: Drawn[][];
  const naive = (place: number) =>
    rollUpNaively(
      drawn[place]!.map(({ sample }) => sample),
      CADENCE_S,
      RATING,
      fromS,
      toS,
    );
  const wholeSlot = (slotS: number, places: readonly number[]) => addUp(places.map((place) => naive(place).get(slotS)!));

  beforeAll(async () => {
    site = await addSite(telemetry.ownerUrl, { machines: 6, client: [1, 4] });
    const random = createRandom(20_261_122);
    drawn = site.machines.map(({ number }) => drawMachine(number, random));
    // In no order at all, and a third of it twice.
    const readings = drawn.flat().map(({ reading }) => reading);
    const mixed = [...readings, ...readings.filter((_, index) => index % 3 === 0)].sort(() => random() - 0.5);
    await storeReadings(telemetry.bulk, site.tenantId, mixed.slice(0, 400), options);
    await rollUp(telemetry.db, site.tenantId, options);
    await storeReadings(telemetry.bulk, site.tenantId, mixed.slice(400), options);
    await rollUp(telemetry.db, site.tenantId, options);
  });

  it('comes to what a second-by-second count comes to, for the site and for its client, although half of it came late', async () => {
    for (const [clientId, places] of [
      [NO_CLIENT, [0, 1, 2, 3, 4, 5]],
      [site.clientId, [1, 4]],
    ] as const) {
      const rows = (await slotsOf(site, clientId)).filter(({ atS }) => atS >= fromS && atS < toS);
      expect(rows).toHaveLength(36);
      for (const { atS, machines, owedTh, unknownTh, ...row } of rows) {
        const expected = wholeSlot(atS, places);
        expect(machines).toBe(places.length);
        expect(row, `slot ${atS}`).toEqual(closeTo(expected));
        expect(owedTh).toBeCloseTo(200 * (expected.hashingS + expected.faultyS), 3);
        expect(unknownTh).toBeCloseTo(200 * expected.unknownS, 3);
      }
    }
  });

  it('keeps hours of machines that are the sums of their slots, with a mean for each', async () => {
    const hours = await telemetry.db.$withTenant(
      site.tenantId,
      (tx) => tx.$queryRaw<(Record<string, number> & { slots: (number | null)[] })[]>`
        SELECT samples::int4, failed_samples::int4 AS "failedSamples", hashing_s::int4 AS "hashingS", faulty_s::int4 AS "faultyS", unknown_s::int4 AS "unknownS", read_s::int4 AS "readS",
          hashed_th::float8 AS "hashedTh", delivered_th::float8 AS "deliveredTh", energy_machine_kwh::float8 AS "machineKwh", energy_rated_kwh::float8 AS "ratedKwh", hashrate_slots_ths AS slots
        FROM telemetry_machine_hours WHERE machine = ${site.machines[1]!.number}::int4 AND at = to_timestamp(${fromS + HOUR_S}::int8)`,
    );
    const slots = [...naive(1)].filter(([slotS]) => slotS >= fromS + HOUR_S && slotS < fromS + 2 * HOUR_S).map(([, sums]) => sums);
    const { samples, failedSamples, hashingS, faultyS, unknownS, readS } = addUp(slots);
    expect(hours).toHaveLength(1);
    expect(hours[0]).toMatchObject({ samples, failedSamples, hashingS, faultyS, unknownS, readS });
    // Four bytes hold seven digits.
    for (const name of ['hashedTh', 'deliveredTh', 'machineKwh', 'ratedKwh'] as const) {
      expect((hours[0]?.[name] ?? 0) / addUp(slots)[name]).toBeCloseTo(1, 5);
    }
    hours[0]?.slots.forEach((mean, index) => {
      const { hashedTh, readS: slotReadS } = slots[index]!;
      if (slotReadS === 0) expect(mean).toBeNull();
      else expect(mean).toBeCloseTo(hashedTh / slotReadS, 2);
    });
  });

  it('adds hours up to days by the clock of the site', async () => {
    const machine = site.machines[2]!;
    const sums = await readSums(telemetry.db, site.tenantId, WORKSPACE, {
      of: { kind: 'machine', machineId: machine.id },
      fromS,
      toS,
      nowS: nowMs / 1000,
    });
    const all = addUp(
      rollUpNaively(
        drawn[2]!.map(({ sample }) => sample),
        CADENCE_S,
        RATING,
        fromS - HOUR_S,
        toS + HOUR_S,
      ).values(),
    );
    expect(sums?.energy.energyKwh).toBeCloseTo(all.machineKwh + all.ratedKwh, 2);
    expect(sums?.uptime.availability.ratio).toBeCloseTo(all.deliveredTh / (200 * (all.hashingS + all.faultyS)), 4);
  });

  it('gives the chart of the site the same figures', async () => {
    const series = await readSiteSeries(telemetry.db, site.tenantId, WORKSPACE, { siteId: site.siteId, fromS, toS });
    expect(series?.stepS).toBe(SLOT_S);
    const first = wholeSlot(fromS, [0, 1, 2, 3, 4, 5]);
    expect(series?.points[0]).toMatchObject({
      atS: fromS,
      machines: 6,
      hashrateThs: expect.closeTo(first.hashedTh / SLOT_S, 3),
      unknownRatio: expect.closeTo(first.unknownS / 1800, 6),
    });
    const reach = { kind: 'own', siteIds: [], clientIds: [site.clientId] } as const;
    expect((await readSiteSeries(telemetry.db, site.tenantId, reach, { siteId: site.siteId, fromS, toS }))?.points[0]?.machines).toBe(2);
    await expect(readSiteSeries(telemetry.db, site.tenantId, WORKSPACE, { siteId: site.siteId, fromS: 0, toS })).rejects.toThrow(
      /span of time is .* allowed: more than 0, up to 400/,
    );
  });

  it('has nothing left to do, and does nothing for what was stored already', async () => {
    expect(await rollUp(telemetry.db, site.tenantId, options)).toEqual({ slots: 0, hours: 0, days: 0, expired: 0 });
    await storeReadings(
      telemetry.bulk,
      site.tenantId,
      drawn[0]!.map(({ reading }) => reading),
      options,
    );
    expect(await rollUp(telemetry.db, site.tenantId, options)).toEqual({ slots: 0, hours: 0, days: 0, expired: 0 });
  });

  it('leaves alone what it could only compute anew from samples that may be gone', async () => {
    const before = await slotsOf(site, NO_CLIENT);
    await storeReadings(telemetry.bulk, site.tenantId, [{ machine: site.machines[0]!.number, reading: readAt(fromS + 1) }], options);
    const { expired } = await rollUp(telemetry.db, site.tenantId, { nowMs: (toS + 30 * HOUR_S) * 1000, rawDays: 1 });
    expect(expired).toBeGreaterThan(0);
    expect(await slotsOf(site, NO_CLIENT)).toEqual(before);
  });
});

describe('a bucket', () => {
  it('is written only after its last sample has had its time, and again when a late one comes', async () => {
    const site = await addSite(telemetry.ownerUrl, { machines: 1 });
    const number = site.machines[0]!.number;
    const readings = [0, 60, 120, 240].map((afterS) => ({ machine: number, reading: readAt(fromS + afterS) }));
    await storeReadings(telemetry.bulk, site.tenantId, readings, options);
    expect((await rollUp(telemetry.db, site.tenantId, { nowMs: (fromS + SLOT_S + 100) * 1000, rawDays: 2 })).slots).toBe(1);
    // The slot before, which the first sample might have reached back into.
    expect((await slotsOf(site, NO_CLIENT)).map(({ atS }) => atS)).toEqual([fromS - SLOT_S]);
    await rollUp(telemetry.db, site.tenantId, { nowMs: (fromS + 2 * SLOT_S + 300) * 1000, rawDays: 2 });
    const [, early] = await slotsOf(site, NO_CLIENT);
    expect(early).toMatchObject({ atS: fromS, samples: 4, hashingS: 300, unknownS: 0 });
    await storeReadings(
      telemetry.bulk,
      site.tenantId,
      [{ machine: number, reading: readAt(fromS + 180, { state: 'idle', hashrateThs: 0, powerW: 40 }) }],
      options,
    );
    await rollUp(telemetry.db, site.tenantId, options);
    const [, late] = await slotsOf(site, NO_CLIENT);
    expect(late).toMatchObject({ samples: 5, hashingS: 240, faultyS: 60 });
  });

  it('counts an approved machine that nobody reached as unknown, and no energy for it', async () => {
    const site = await addSite(telemetry.ownerUrl, { machines: 2 });
    const readings = [0, 60, 120, 180, 240, 300].map((afterS) => ({
      machine: site.machines[0]!.number,
      reading: readAt(fromS + afterS, { powerW: 3600 }),
    }));
    await storeReadings(telemetry.bulk, site.tenantId, readings, options);
    await rollUp(telemetry.db, site.tenantId, options);
    const slot = (await slotsOf(site, NO_CLIENT)).find(({ atS }) => atS === fromS);
    // 3,600 W for 300 s = 0.3 kWh, of one machine.
    expect(slot).toMatchObject({
      machines: 2,
      hashingS: 300,
      unknownS: 300,
      powerKnownS: 300,
      machineKwh: expect.closeTo(0.3, 9),
      ratedKwh: 0,
    });
  });
});

describe('the silence of a machine that is switched off', () => {
  it('is curtailed or planned time as announced, until it is asked again or is hashing, and unknown after that', async () => {
    const site = await addSite(telemetry.ownerUrl, { machines: 3 });
    await withClient(telemetry.ownerUrl, async (owner) => {
      await owner.query(`UPDATE machines SET status = 'curtailed' WHERE id = $1`, [site.machines[0]!.id]);
      await owner.query(`UPDATE machines SET status = 'maintenance' WHERE id = $1`, [site.machines[1]!.id]);
    });
    // Asked every eight minutes for two hours; then the first hashes for a while and the others are not asked any more.
    const lastS = fromS + 2 * HOUR_S;
    const samples: NaiveSample[][] = [[], [], []];
    const readings: MachineReadingOf[] = [];
    site.machines.forEach(({ number }, place) => {
      const state = (['curtailed', 'planned', 'unknown'] as const)[place]!;
      for (let atS = fromS; atS <= lastS; atS += 480) {
        samples[place]!.push({ atS, state, isRead: false, hashrateThs: null, powerW: null });
        readings.push({ machine: number, reading: failedAt(atS) });
      }
    });
    for (let atS = lastS + 200; atS < lastS + 500; atS += 60) {
      samples[0]!.push({ atS, state: 'hashing', isRead: true, hashrateThs: 200, powerW: 3500 });
      readings.push({ machine: site.machines[0]!.number, reading: readAt(atS) });
    }
    await storeReadings(telemetry.bulk, site.tenantId, readings, options);
    await rollUp(telemetry.db, site.tenantId, options);
    const names = ['hashingS', 'curtailedS', 'plannedS', 'faultyS', 'unknownS'] as const;
    const rows = (await slotsOf(site, NO_CLIENT)).filter(({ atS }) => atS >= fromS && atS < toS);
    expect(rows.length).toBeGreaterThan(24);
    const expected = samples.map((own) => rollUpNaively(own, CADENCE_S, RATING, fromS, toS));
    for (const row of rows) {
      const sums = addUp(expected.map((slots) => slots.get(row.atS)!));
      for (const name of names) expect(row[name], `${name} ${row.atS}`).toBe(sums[name]);
    }
    const firstTwoHours = addUp(expected.map((slots) => addUp([...slots].filter(([atS]) => atS < lastS).map(([, sums]) => sums))));
    expect(firstTwoHours).toMatchObject({ curtailedS: 2 * HOUR_S, plannedS: 2 * HOUR_S });
  });

  it('is at most as long as the poller may leave a machine alone, at any cadence', () => {
    for (const cadenceS of [10, 30, 60, 90, 300, 600]) {
      const backOffS = backOffCycles(20, cadenceS * 1000, 0) * cadenceS;
      expect(toSilenceLimitS(cadenceS)).toBeGreaterThanOrEqual(backOffS + cadenceS);
      expect(toSilenceLimitS(cadenceS)).toBeLessThanOrEqual(backOffS + cadenceS * 1.5 + cadenceS);
    }
  });
});

describe('the clock of the site', () => {
  it('gives the day on which clocks change its own length', async () => {
    // The whole autumn day of 25 hours cannot be had from samples of the last two days: its partitions and a machine's hours are written by hand.
    const site = await addSite(telemetry.ownerUrl, { machines: 1, timeZone: 'America/Chicago' });
    const day = findDay('America/Chicago', Date.parse('2026-11-01T18:00:00Z') / 1000);
    await withClient(telemetry.ownerUrl, async (owner) => {
      for (const layer of ['telemetry_machine_hours', 'telemetry_machine_days']) {
        await owner.query('SELECT make_telemetry_partitions($1, to_timestamp($2), to_timestamp($3))', [layer, day.fromS, day.toS]);
      }
      await owner.query(
        `INSERT INTO telemetry_machine_hours (tenant_id, client_id, site, machine, at, samples, failed_samples, hashing_s, curtailed_s, planned_s, faulty_s, unknown_s, read_s, power_known_s,
           rated_ths, hashed_th, delivered_th, energy_machine_kwh, energy_rated_kwh)
         SELECT $1, $2, $3, $4, at, 60, 0, 3600, 0, 0, 0, 0, 3600, 3600, 200, 720000, 720000, 3.5, 0
         FROM generate_series(to_timestamp($5::int8 - 3600), to_timestamp($6::int8), '1 hour') AS at`,
        [site.tenantId, NO_CLIENT, site.site, site.machines[0]!.number, day.fromS, day.toS],
      );
      await owner.query(`INSERT INTO telemetry_dirty (tenant_id, site, layer, at) VALUES ($1, $2, 'day', to_timestamp($3))`, [
        site.tenantId,
        site.site,
        day.fromS,
      ]);
    });
    expect(await rollUp(telemetry.db, site.tenantId, options)).toMatchObject({ days: 1 });
    const sums = await readSums(telemetry.db, site.tenantId, WORKSPACE, {
      of: { kind: 'machine', machineId: site.machines[0]!.id },
      fromS: day.fromS + 5 * HOUR_S,
      toS: day.fromS + 6 * HOUR_S,
      nowS: nowMs / 1000,
    });
    // 25 h x 3.5 kWh, not 24 and not 27.
    expect(sums?.energy.energyKwh).toBeCloseTo(87.5, 3);
    expect(sums?.uptime).toMatchObject({ totalS: 25 * HOUR_S, availability: { ratio: 1 } });
    const history = await readMachineHistory(telemetry.db, site.tenantId, WORKSPACE, {
      machineId: site.machines[0]!.id,
      fromS: day.fromS,
      toS: day.fromS + 40 * 86_400,
    });
    expect(history).toMatchObject({ layer: 'days', buckets: [{ atS: day.fromS, hashrateThs: 200, powerW: expect.closeTo(3500, 1) }] });
  });

  it('cuts hours at half past where the site is half an hour off', async () => {
    const site = await addSite(telemetry.ownerUrl, { machines: 1, timeZone: 'Asia/Kolkata' });
    const readings = Array.from({ length: 180 }, (_, minute) => ({
      machine: site.machines[0]!.number,
      reading: readAt(fromS + minute * 60),
    }));
    await storeReadings(telemetry.bulk, site.tenantId, readings, options);
    await rollUp(telemetry.db, site.tenantId, options);
    const rows = await telemetry.db.$withTenant(
      site.tenantId,
      (tx) => tx.$queryRaw<{ atS: number; hashingS: number }[]>`
        SELECT extract(epoch FROM at)::float8 AS "atS", hashing_s::int4 AS "hashingS" FROM telemetry_machine_hours WHERE site = ${site.site}::int4 AND hashing_s > 0 ORDER BY at`,
    );
    // Half an hour, two hours, and the half hour that is left.
    expect(rows).toEqual([1800, 3600, 3600, 1800].map((hashingS, index) => ({ atS: fromS - 1800 + index * HOUR_S, hashingS })));
  });
});

describe('demand', () => {
  it('is the mean of whole quarters of an hour, by the meter where there is one, with the peak of the month', async () => {
    const site = await addSite(telemetry.ownerUrl, { machines: 2 });
    const readings = site.machines.flatMap(({ number }) =>
      Array.from({ length: 61 }, (_, minute) => ({
        machine: number,
        reading: readAt(fromS + minute * 60, { powerW: minute < 30 ? 3000 : 3600 }),
      })),
    );
    await storeReadings(telemetry.bulk, site.tenantId, readings, options);
    await rollUp(telemetry.db, site.tenantId, options);
    const read = async () => {
      const month = await readMonthDemand(telemetry.db, site.tenantId, WORKSPACE, { siteId: site.siteId, atS: fromS });
      return {
        quarters: month?.quarters.filter(({ atS }) => atS >= fromS && atS < fromS + HOUR_S).map(({ demandKw }) => demandKw),
        peak: month?.peak,
      };
    };
    // Two machines: 2 x 3.0 kW, then 2 x 3.6 kW.
    expect(await read()).toMatchObject({
      quarters: [6, 6, 7.2, 7.2].map((kw) => expect.closeTo(kw, 9)),
      peak: { atS: fromS + 1800, source: 'machines', estimatedRatio: 0, unknownRatio: 0 },
    });
    await storeMeterQuarters(telemetry.db, site.tenantId, site.site, [{ atS: fromS, energyKwh: 2 }]);
    // 2 kWh / 0.25 h
    expect(await read()).toMatchObject({ peak: { atS: fromS, source: 'meter', demandKw: 8 } });
    const energyOf = async (of: SumOf) => {
      const sums = await readSums(telemetry.db, site.tenantId, WORKSPACE, { of, fromS, toS, nowS: nowMs / 1000 });
      return sums?.energy;
    };
    // 2 kWh of the meter instead of 1.5; then 1.5 + 1.8 + 1.8 and the minute that the last reading speaks for.
    expect(await energyOf({ kind: 'site', siteId: site.siteId })).toMatchObject({
      energyKwh: expect.closeTo(7.1 + 0.12, 9),
      meterRatio: expect.closeTo(2 / 7.22, 9),
      estimatedRatio: 0,
    });
    expect(await energyOf({ kind: 'machine', machineId: site.machines[0]!.id })).toMatchObject({ meterRatio: 0 });
    await expect(storeMeterQuarters(telemetry.db, site.tenantId, site.site, [{ atS: fromS + 60, energyKwh: 2 }])).rejects.toThrow(
      /quarters.0.atS/,
    );
    const client = { kind: 'own', siteIds: [], clientIds: [site.clientId] } as const;
    expect(await readMonthDemand(telemetry.db, site.tenantId, client, { siteId: site.siteId, atS: fromS })).toBeNull();
  });
});
