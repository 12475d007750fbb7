import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { DAY_S } from '#app/features/telemetry/layers.ts';
import { findLive, listLive } from '#app/features/telemetry/read/read-live.server.ts';
import { readMachineSamples } from '#app/features/telemetry/read/read-machine.server.ts';
import type { MachineReading } from '#collectors/cgminer/reading.ts';
import { withClient } from '../../../../prisma/prepare-database.ts';
import { addSite, type FixtureSite, failedAt, readAt } from '../../../../tests/support/telemetry-site.ts';
import { startTelemetryStore, type TelemetryStore } from '../../../../tests/support/telemetry-store.ts';

import { storeReadings } from './store-readings.server.ts';

const WORKSPACE = { kind: 'workspace' } as const;
/** Within what partitions were made for. */
const nowS = Math.floor(Date.now() / 1000);
const options = { nowMs: nowS * 1000, rawDays: 2 };

let telemetry: TelemetryStore;
let ours: FixtureSite;
let theirs: FixtureSite;

beforeAll(async () => {
  telemetry = await startTelemetryStore();
  ours = await addSite(telemetry.ownerUrl, { machines: 8, client: [0, 1] });
  theirs = await addSite(telemetry.ownerUrl, { machines: 1 });
});
afterAll(() => telemetry?.stop());

const machine = (place: number) => ours.machines[place]!;
const samplesOf = async (place: number, tenantId = ours.tenantId) =>
  readMachineSamples(telemetry.db, tenantId, WORKSPACE, { machineId: machine(place).id, fromS: nowS - DAY_S, toS: nowS + 60 });

describe('storeReadings', () => {
  it('stores what was read, once, however often and in whatever order it is sent', async () => {
    const batch = [3, 1, 2].map((minute) => ({ machine: machine(0).number, reading: readAt(nowS - 600 + minute * 60, { powerW: null }) }));
    expect(await storeReadings(telemetry.bulk, ours.tenantId, batch, options)).toEqual({
      stored: 3,
      duplicate: 0,
      foreign: 0,
      tooOld: 0,
      ahead: 0,
    });
    expect(await storeReadings(telemetry.bulk, ours.tenantId, [...batch, batch[0]!], options)).toMatchObject({ stored: 0, duplicate: 4 });
    const samples = await samplesOf(0);
    expect(samples?.map(({ atS }) => atS)).toEqual([nowS - 540, nowS - 480, nowS - 420]);
    expect(samples?.[0]).toMatchObject({ state: 'hashing', trouble: 'none', hashrateThs: 200, powerW: null });
  });

  it('stores a failed reading as a time of which nothing is known', async () => {
    await storeReadings(telemetry.bulk, ours.tenantId, [{ machine: machine(1).number, reading: failedAt(nowS - 60, 'silent') }], options);
    expect(await samplesOf(1)).toMatchObject([{ state: 'unknown', trouble: 'silent', hashrateThs: null, powerW: null }]);
  });

  it('judges the state by what people announced', async () => {
    await withClient(telemetry.ownerUrl, async (owner) => {
      await owner.query(`UPDATE machines SET status = 'maintenance' WHERE id = $1`, [machine(2).id]);
      await owner.query(`UPDATE machines SET status = 'curtailed' WHERE id = $1`, [machine(3).id]);
    });
    const rest = { state: 'sleeping', hashrateThs: 0 } as const;
    await storeReadings(
      telemetry.bulk,
      ours.tenantId,
      [2, 3, 4].map((place) => ({ machine: machine(place).number, reading: readAt(nowS - 60, rest) })),
      options,
    );
    const states = await Promise.all([2, 3, 4].map(async (place) => (await samplesOf(place))?.[0]?.state));
    expect(states).toEqual(['planned', 'curtailed', 'faulty']);
  });

  it('refuses what is too old, ahead of the clock or of a machine that the workspace does not have', async () => {
    const batch = [
      { machine: machine(5).number, reading: readAt(nowS - 2 * DAY_S) },
      { machine: machine(5).number, reading: readAt(nowS + 600) },
      { machine: theirs.machines[0]!.number, reading: readAt(nowS) },
      { machine: 2_000_000_000, reading: readAt(nowS) },
    ];
    expect(await storeReadings(telemetry.bulk, ours.tenantId, batch, options)).toEqual({
      stored: 0,
      duplicate: 0,
      foreign: 2,
      tooOld: 1,
      ahead: 1,
    });
    expect(await samplesOf(5)).toEqual([]);
  });

  it('keeps the newest as the live state, also when an older one comes after it', async () => {
    const store = (reading: ReturnType<typeof readAt>) =>
      storeReadings(telemetry.bulk, ours.tenantId, [{ machine: machine(6).number, reading }], options);
    await store(readAt(nowS - 60, { model: 'S21', hashrateThs: 201 }));
    await store(readAt(nowS - 300, { model: 'S19', hashrateThs: 95 }));
    expect(await findLive(telemetry.db, ours.tenantId, WORKSPACE, machine(6).id)).toMatchObject({
      atS: nowS - 60,
      snapshot: { model: 'S21', hashrateThs: 201 },
    });
  });

  it('keeps the last snapshot, with its age, of a machine that stopped answering', async () => {
    await storeReadings(telemetry.bulk, ours.tenantId, [{ machine: machine(6).number, reading: failedAt(nowS) }], options);
    expect(await findLive(telemetry.db, ours.tenantId, WORKSPACE, machine(6).id)).toMatchObject({
      atS: nowS,
      readAtS: nowS - 60,
      state: 'unknown',
      trouble: 'unreachable',
      troubleDetail: 'connect: time-out',
      snapshot: { model: 'S21' },
    });
  });

  it('keeps the last snapshot of readings that came together and of which the newest failed', async () => {
    const of = (reading: ReturnType<typeof readAt> | ReturnType<typeof failedAt>) => ({ machine: machine(6).number, reading });
    await storeReadings(telemetry.bulk, ours.tenantId, [of(failedAt(nowS + 30)), of(readAt(nowS + 20, { model: 'S23' }))], options);
    expect(await findLive(telemetry.db, ours.tenantId, WORKSPACE, machine(6).id)).toMatchObject({
      atS: nowS + 30,
      readAtS: nowS + 20,
      trouble: 'unreachable',
      snapshot: { model: 'S23' },
    });
  });

  it('stores names with characters that the database cannot hold', async () => {
    await storeReadings(
      telemetry.bulk,
      ours.tenantId,
      [{ machine: machine(7).number, reading: readAt(nowS, { model: 'S\u000021 "pro" \\u0000' }) }],
      options,
    );
    expect((await findLive(telemetry.db, ours.tenantId, WORKSPACE, machine(7).id))?.snapshot?.model).toMatch(/^S21 "pro"/);
  });
});

describe('what is read back', () => {
  it('is nothing for another workspace, by list, by machine or by plain SQL', async () => {
    expect(await samplesOf(0, theirs.tenantId)).toBeNull();
    expect(await findLive(telemetry.db, theirs.tenantId, WORKSPACE, machine(6).id)).toBeNull();
    expect((await listLive(telemetry.db, theirs.tenantId, WORKSPACE, { take: 100 })).map(({ machineId }) => machineId)).toEqual([
      theirs.machines[0]!.id,
    ]);
    expect(await telemetry.db.$withTenant(theirs.tenantId, (tx) => tx.$queryRaw`SELECT * FROM telemetry_samples`)).toEqual([]);
  });

  it('cannot be had from a partition, nor written under the number of another workspace’s machine', async () => {
    const [partition] = await withClient(telemetry.ownerUrl, async (owner) => {
      return (
        await owner.query<{ name: string }>(
          `SELECT inhrelid::regclass::text AS name FROM pg_inherits WHERE inhparent = 'telemetry_samples'::regclass`,
        )
      ).rows;
    });
    await expect(telemetry.db.$withTenant(ours.tenantId, (tx) => tx.$queryRawUnsafe(`SELECT * FROM ${partition?.name}`))).rejects.toThrow(
      /permission denied/,
    );
    await expect(
      telemetry.db.$withTenant(
        theirs.tenantId,
        (tx) => tx.$executeRaw`
          INSERT INTO telemetry_samples (at_s, machine, site, state, trouble, tenant_id)
          VALUES (${nowS}::int4, ${machine(0).number}::int4, 1, 1, 0, ${theirs.tenantId}::uuid)`,
      ),
    ).rejects.toThrow(/row-level security/);
  });

  it('is, for somebody limited to a client, that client’s machines and no others', async () => {
    const reach = { kind: 'own', siteIds: [], clientIds: [ours.clientId] } as const;
    expect((await listLive(telemetry.db, ours.tenantId, reach, { take: 100 })).map(({ number }) => number)).toEqual([
      machine(0).number,
      machine(1).number,
    ]);
    expect(
      await readMachineSamples(telemetry.db, ours.tenantId, reach, { machineId: machine(4).id, fromS: nowS - 60, toS: nowS }),
    ).toBeNull();
    expect(await listLive(telemetry.db, ours.tenantId, { kind: 'own', siteIds: [], clientIds: [] }, { take: 100 })).toEqual([]);
  });

  it('is, for a client to whom a machine came, nothing of the time before', async () => {
    const site = await addSite(telemetry.ownerUrl, { machines: 2, client: [0, 1] });
    const [changed, kept] = site.machines.map(({ id, number }) => ({ id, number }));
    const reach = { kind: 'own', siteIds: [], clientIds: [site.clientId] } as const;
    const changedS = nowS - 100;
    await withClient(telemetry.ownerUrl, (owner) =>
      owner.query(
        `INSERT INTO machine_changes (tenant_id, machine_id, at, act, set_id, field, from_value, to_value)
         VALUES ($1, $2, to_timestamp($3), 'edit', gen_random_uuid(), 'clientId', '"another"', '"Aurora"')`,
        [site.tenantId, changed!.id, changedS],
      ),
    );
    const store = (readings: MachineReading[]) =>
      storeReadings(
        telemetry.bulk,
        site.tenantId,
        site.machines.flatMap(({ number }) => readings.map((reading) => ({ machine: number, reading }))),
        options,
      );
    const span = { fromS: nowS - 600, toS: nowS + 60 };
    const timesOf = async (id: string) =>
      (await readMachineSamples(telemetry.db, site.tenantId, reach, { machineId: id, ...span }))?.map(({ atS }) => atS);

    await store([readAt(nowS - 180, { model: 'S21' }), readAt(nowS - 120, { model: 'S21' })]);
    expect(await timesOf(changed!.id)).toEqual([]);
    expect(await timesOf(kept!.id)).toEqual([nowS - 180, nowS - 120]);
    expect(await findLive(telemetry.db, site.tenantId, reach, changed!.id)).toBeNull();
    expect(await listLive(telemetry.db, site.tenantId, reach, { take: 10 })).toMatchObject([
      { atS: null, hashrateThs: null },
      { atS: nowS - 120 },
    ]);

    await store([failedAt(nowS - 60)]);
    expect(await timesOf(changed!.id)).toEqual([nowS - 60]);
    expect(await findLive(telemetry.db, site.tenantId, reach, changed!.id)).toMatchObject({
      atS: nowS - 60,
      readAtS: null,
      snapshot: null,
    });
    expect(await listLive(telemetry.db, site.tenantId, reach, { take: 1 })).toMatchObject([{ atS: nowS - 60, readAtS: null }]);
    expect(await findLive(telemetry.db, site.tenantId, WORKSPACE, changed!.id)).toMatchObject({
      readAtS: nowS - 120,
      snapshot: { model: 'S21' },
    });
  });

  it('goes page by page, and by state', async () => {
    const first = await listLive(telemetry.db, ours.tenantId, WORKSPACE, { siteId: ours.siteId, take: 3 });
    const second = await listLive(telemetry.db, ours.tenantId, WORKSPACE, {
      siteId: ours.siteId,
      take: 3,
      afterNumber: first.at(-1)!.number,
    });
    expect([...first, ...second].map(({ number }) => number)).toEqual(ours.machines.slice(0, 6).map(({ number }) => number));
    expect((await listLive(telemetry.db, ours.tenantId, WORKSPACE, { states: ['planned'], take: 10 })).map(({ number }) => number)).toEqual(
      [machine(2).number],
    );
  });

  it('of a machine that was never heard of is null, not zero', async () => {
    expect(await listLive(telemetry.db, theirs.tenantId, WORKSPACE, { take: 1 })).toMatchObject([
      { state: null, atS: null, hashrateThs: null, powerW: null },
    ]);
  });
});
