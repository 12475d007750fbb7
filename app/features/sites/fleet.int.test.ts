// Sites, clients and machines with real people of several roles: who sees and changes what, what stays behind in the history and the log.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyChainInDatabase } from '#app/platform/audit/verify-database.server.ts';
import { type Fleet, startFleet } from '../../../tests/support/fleet.ts';
import { changeClient, createClient, listClients } from './clients/client-store.server.ts';
import { listMachineChanges } from './history/list-changes.server.ts';
import { bulkEdit } from './machines/bulk-edit.server.ts';
import { findMachineById, listMachines } from './machines/list-machines.server.ts';
import type { NewMachine } from './machines/machine-fields.ts';
import type { MachineCursor } from './machines/machine-order.ts';
import type { MachineFilter } from './machines/machine-query.ts';
import { changeMachine, createMachine } from './machines/machine-store.server.ts';
import { toEnteredOrder } from './machines/order-machines.server.ts';
import type { ChangeOutcome } from './refused-change.ts';
import type { Caller } from './scope.server.ts';
import { changePlace, createPlace, deletePlace, listPlaces } from './sites/place-store.server.ts';
import { changeSite, createSite, findSite, listSites } from './sites/site-store.server.ts';

let fleet: Fleet;
let tenantId: string;
let admin: Caller;

beforeAll(async () => {
  fleet = await startFleet();
  tenantId = await fleet.aWorkspace();
  admin = await fleet.aPerson(tenantId, 'admin');
});
afterAll(() => fleet?.stop());

function made<T>(outcome: ChangeOutcome<T>): T {
  if (outcome.kind !== 'done') throw new Error(`not done: ${JSON.stringify(outcome)}`);
  return outcome.value;
}
const codesOf = (outcome: ChangeOutcome<unknown> | { kind: string; faults?: readonly { field: string; code: string }[] }) =>
  'faults' in outcome && outcome.faults !== undefined ? outcome.faults.map(({ field, code }) => `${field} ${code}`) : outcome.kind;

const aSite = async (name = `Site ${randomUUID()}`) =>
  made(await createSite(fleet.deps, admin, { name, timeZone: 'Asia/Shanghai', tariffUsdPerKwh: 0.05, contact: 'the gate' }));
const aClient = async (name = `Client ${randomUUID()}`) => made(await createClient(fleet.deps, admin, { name, contact: 'by phone' }));
const aRack = async (siteId: string, name = `R ${randomUUID()}`) =>
  made(await createPlace(fleet.deps, admin, siteId, { kind: 'rack', name, rows: 2, columns: 3 }));
const aMachine = async (siteId: string, values: Partial<NewMachine> = {}) =>
  made(await createMachine(fleet.deps, admin, { siteId, serial: randomUUID(), ...values }));
const list = (caller: Caller, filter: MachineFilter = {}) => listMachines(fleet.deps, caller, filter, { after: null, limit: 100 });
const idsOf = ({ machines }: Awaited<ReturnType<typeof list>>) => machines.map(({ id }) => id);

describe('a site', () => {
  it('is added, changed and closed by whoever manages the workspace, and each is an event', async () => {
    const site = await aSite();
    expect(site).toMatchObject({ status: 'planned', pollCadenceS: 60, capacityKw: null, machines: 0 });
    const changed = made(
      await changeSite(fleet.deps, admin, site.id, { status: 'closed', capacityKw: 5_000, latitude: 44, longitude: 87 }),
    );
    expect(changed).toMatchObject({ status: 'closed', capacityKw: 5_000, tariffUsdPerKwh: 0.05 });
    const events = await fleet.db.$withTenant(tenantId, (tx) =>
      tx.auditEvent.findMany({ where: { siteId: site.id }, orderBy: { seq: 'asc' } }),
    );
    expect(events.map(({ action }) => action)).toEqual(['site.create', 'site.change']);
    expect(await verifyChainInDatabase(fleet.db, tenantId)).toMatchObject({ kind: 'intact' });
  });

  it('is refused with a name that is taken, a time zone that there is not, and half a position', async () => {
    const { name } = await aSite();
    expect(codesOf(await createSite(fleet.deps, admin, { name, timeZone: 'Asia/Nowhere', latitude: 1 }))).toEqual([
      'timeZone not_a_time_zone',
      'longitude needs_other',
      'name taken',
    ]);
    expect(codesOf(await createSite(fleet.deps, admin, { name: `${name} 2`, timeZone: '+08:00' }))).toEqual(['timeZone not_a_time_zone']);
  });

  it('is seen and changed by its own site owner, and no other', async () => {
    const own = await aSite();
    const other = await aSite();
    const siteOwner = await fleet.aPerson(tenantId, 'mining_site_owner', [{ kind: 'site', id: own.id }]);
    expect((await listSites(fleet.deps, siteOwner)).map(({ id }) => id)).toEqual([own.id]);
    expect(await findSite(fleet.deps, siteOwner, other.id)).toBeNull();
    expect((await changeSite(fleet.deps, siteOwner, own.id, { contact: 'me' })).kind).toBe('done');
    expect((await changeSite(fleet.deps, siteOwner, other.id, { contact: 'me' })).kind).toBe('not-found');
    await expect(createSite(fleet.deps, siteOwner, { name: 'Mine', timeZone: 'UTC' })).rejects.toMatchObject({ status: 403 });
    const ungranted = await fleet.aPerson(tenantId, 'mining_site_owner');
    expect(await listSites(fleet.deps, ungranted)).toEqual([]);
    expect((await list(ungranted)).counts.total).toBe(0);
  });

  it('of another workspace is not found', async () => {
    const site = await aSite();
    const stranger = await fleet.aPerson(await fleet.aWorkspace(), 'owner');
    expect(await findSite(fleet.deps, stranger, site.id)).toBeNull();
    expect((await changeSite(fleet.deps, stranger, site.id, { contact: 'x' })).kind).toBe('not-found');
    expect(await listPlaces(fleet.deps, stranger, site.id)).toBeNull();
  });
});

describe('places of a site', () => {
  it('hold each other from large to small, and a rack does not shrink below its machines', async () => {
    const site = await aSite();
    const hall = made(await createPlace(fleet.deps, admin, site.id, { kind: 'building', name: 'Hall' }));
    const rack = made(await createPlace(fleet.deps, admin, site.id, { kind: 'rack', name: 'R1', parentId: hall.id, rows: 2, columns: 3 }));
    expect(codesOf(await createPlace(fleet.deps, admin, site.id, { kind: 'building', name: 'In a rack', parentId: rack.id }))).toEqual([
      'parentId unknown_reference',
    ]);
    expect(
      codesOf(await createPlace(fleet.deps, admin, site.id, { kind: 'rack', name: 'r1', parentId: hall.id, rows: 1, columns: 1 })),
    ).toEqual(['name taken']);
    await aMachine(site.id, { rackId: rack.id, rackRow: 2, rackColumn: 3 });
    expect(codesOf(await changePlace(fleet.deps, admin, { siteId: site.id, id: rack.id }, { rows: 1 }))).toEqual(['rows not_empty']);
    expect(codesOf(await deletePlace(fleet.deps, admin, { siteId: site.id, id: rack.id }))).toEqual(['id not_empty']);
    const empty = await aRack(site.id);
    expect((await deletePlace(fleet.deps, admin, { siteId: site.id, id: empty.id })).kind).toBe('done');
  });
});

describe('a machine', () => {
  it('is told in its history by the names of its sites, clients and racks, as far as its reader may know them', async () => {
    const [here, there] = [await aSite(), await aSite()];
    const client = await aClient();
    const rack = await aRack(there.id);
    const machine = await aMachine(here.id);
    made(await changeMachine(fleet.deps, admin, machine.id, { siteId: there.id, rackId: rack.id, clientId: client.id }));
    const namesFor = async (caller: Caller) => {
      const history = await listMachineChanges(fleet.deps, caller, machine.id, { before: null, limit: 10 });
      return Object.fromEntries(history?.changes.map(({ field, fromName, toName }) => [field, [fromName, toName]]) ?? []);
    };
    expect(await namesFor(admin)).toEqual({
      siteId: [here.name, there.name],
      rackId: [null, rack.name],
      clientId: [null, client.name],
      null: [null, null],
    });
    const siteOwner = await fleet.aPerson(tenantId, 'mining_site_owner', [{ kind: 'site', id: there.id }]);
    expect(await namesFor(siteOwner)).toMatchObject({ siteId: [null, there.name], rackId: [null, rack.name] });
  });

  it('is a draft at first, and its history tells every field, who and when', async () => {
    const site = await aSite();
    const machine = await aMachine(site.id, { model: 'Antminer S19j Pro 104T', macAddress: '50-74-68-61-44-69' });
    expect(machine).toMatchObject({ approval: 'draft', status: 'active', ratedHashrateThs: 104, macAddress: '50:74:68:61:44:69' });
    made(await changeMachine(fleet.deps, admin, machine.id, { firmware: 'Braiins', host: '10.0.0.5', port: 4028 }));
    made(await changeMachine(fleet.deps, admin, machine.id, { firmware: 'Braiins' }));
    const history = await listMachineChanges(fleet.deps, admin, machine.id, { before: null, limit: 10 });
    expect(history?.changes.map(({ act, field, from, to, user }) => [act, field, from, to, user?.name])).toEqual([
      ['edit', 'firmware', null, 'Braiins', 'A admin'],
      ['edit', 'port', null, 4028, 'A admin'],
      ['edit', 'host', null, '10.0.0.5', 'A admin'],
      ['create', null, null, null, 'A admin'],
    ]);
    const older = await listMachineChanges(fleet.deps, admin, machine.id, { before: BigInt(history?.changes[2]?.id ?? 0), limit: 10 });
    expect(older?.changes.map(({ act }) => act)).toEqual(['create']);
  });

  it('shares neither number, address nor position with another; a retired one gives the last two up', async () => {
    const site = await aSite();
    const rack = await aRack(site.id);
    const at = { rackId: rack.id, rackRow: 1, rackColumn: 1, host: '10.0.0.9', port: 4028 };
    const machine = await aMachine(site.id, { serial: `s-${site.number}`, macAddress: `02:00:00:00:00:${10 + (site.number % 80)}`, ...at });
    const twin = { siteId: site.id, serial: `S-${site.number}`, macAddress: machine.macAddress ?? '', ...at };
    expect(codesOf(await createMachine(fleet.deps, admin, twin))).toEqual([
      'serial taken',
      'macAddress taken',
      'host taken',
      'rackRow taken',
    ]);
    expect(
      codesOf(
        await createMachine(fleet.deps, admin, { siteId: site.id, serial: randomUUID(), rackId: rack.id, rackRow: 3, rackColumn: 1 }),
      ),
    ).toEqual(['rackRow outside_rack']);
    made(await changeMachine(fleet.deps, admin, machine.id, { status: 'retired' }));
    expect(codesOf(await createMachine(fleet.deps, admin, twin))).toEqual(['serial taken', 'macAddress taken']);
    await aMachine(site.id, at);
    expect(codesOf(await changeMachine(fleet.deps, admin, machine.id, { status: 'active' }))).toEqual(['host taken', 'rackRow taken']);
  });

  it('is let in by somebody else than an operator, step by step', async () => {
    const operator = await fleet.aPerson(tenantId, 'operator');
    const machine = await aMachine((await aSite()).id);
    expect(codesOf(await changeMachine(fleet.deps, admin, machine.id, { approval: 'approved' }))).toEqual(['approval no_such_step']);
    made(await changeMachine(fleet.deps, operator, machine.id, { approval: 'pending' }));
    await expect(changeMachine(fleet.deps, operator, machine.id, { approval: 'approved' })).rejects.toMatchObject({ status: 403 });
    await expect(changeMachine(fleet.deps, operator, machine.id, { approval: 'approved', firmware: 'x' })).rejects.toMatchObject({
      status: 403,
    });
    expect(made(await changeMachine(fleet.deps, admin, machine.id, { approval: 'approved' })).approval).toBe('approved');
  });

  it('is written by operations only, and by nobody who reads', async () => {
    const { id: siteId } = await aSite();
    const machine = await aMachine(siteId);
    for (const role of ['accountant', 'client', 'customer'] as const) {
      const caller = await fleet.aPerson(tenantId, role, [{ kind: 'site', id: siteId }]);
      await expect(changeMachine(fleet.deps, caller, machine.id, { firmware: 'x' }), role).rejects.toMatchObject({ status: 403 });
      await expect(createMachine(fleet.deps, caller, { siteId, serial: 'x' }), role).rejects.toMatchObject({ status: 403 });
    }
  });

  it('is not moved out of what is granted, nor into what is not', async () => {
    const own = await aSite();
    const other = await aSite();
    const machine = await aMachine(own.id);
    const siteOwner = await fleet.aPerson(tenantId, 'mining_site_owner', [{ kind: 'site', id: own.id }]);
    await expect(changeMachine(fleet.deps, siteOwner, machine.id, { siteId: other.id })).rejects.toMatchObject({ status: 403 });
    expect(codesOf(await createMachine(fleet.deps, siteOwner, { siteId: other.id, serial: 'x' }))).toEqual(['siteId unknown_reference']);
    expect((await changeMachine(fleet.deps, siteOwner, (await aMachine(other.id)).id, { firmware: 'x' })).kind).toBe('not-found');
  });
});

describe('a search', () => {
  it('finds machines by the name of their site and by their number as the pages show it', async () => {
    const site = await aSite(`Altai ${randomUUID()}`);
    const [first, second] = [await aMachine(site.id, { tags: ['lot 7'] }), await aMachine(site.id, { status: 'maintenance' })];
    const other = await aSite();
    await aMachine(other.id);
    expect(idsOf(await list(admin, { q: site.name.toUpperCase() }))).toEqual([first.id, second.id]);
    for (const q of [`No. ${second.number}`, `${second.number} 号`, String(second.number)]) {
      expect(idsOf(await list(admin, { q, siteId: site.id })), q).toContain(second.id);
    }
    made(await changeSite(fleet.deps, admin, site.id, { name: `Ob ${site.id}` }));
    expect(idsOf(await list(admin, { q: site.name }))).toEqual([]);
    expect(idsOf(await list(admin, { q: `ob ${site.id}` }))).toEqual([first.id, second.id]);
  });

  it('goes with every filter, order and page, and finds by a single letter too', async () => {
    const site = await aSite();
    const client = await aClient();
    const rack = await aRack(site.id);
    const one = await aMachine(site.id, {
      serial: `A-${randomUUID()}`,
      model: 'Antminer S21',
      clientId: client.id,
      rackId: rack.id,
      tags: ['lot 7'],
    });
    const two = await aMachine(site.id, { serial: `B-${randomUUID()}`, model: 'Antminer S21', status: 'maintenance' });
    const filters: [MachineFilter, string[]][] = [
      [{ q: 'antminer' }, [one.id, two.id]],
      [{ q: 'a' }, [one.id, two.id]],
      [{ q: 'antminer', clientId: client.id }, [one.id]],
      [{ q: 'antminer', clientId: 'none' }, [two.id]],
      [{ q: 'antminer', rackId: rack.id }, [one.id]],
      [{ q: 'antminer', tag: 'lot 7' }, [one.id]],
      [{ q: 'antminer', status: ['maintenance'] }, [two.id]],
      [{ q: 'antminer', approval: ['approved'] }, []],
    ];
    for (const [filter, ids] of filters)
      expect(idsOf(await list(admin, { ...filter, siteId: site.id })), JSON.stringify(filter)).toEqual(ids);
    made(await changeMachine(fleet.deps, admin, two.id, { status: 'active', clientId: client.id }));
    expect((await list(admin, { q: 'antminer', siteId: site.id })).counts.byStatus).toEqual({ active: 2 });
    expect(idsOf(await list(admin, { q: 'antminer', siteId: site.id, clientId: client.id }))).toEqual([one.id, two.id]);
    const order = toEnteredOrder('serial', true);
    const page = (after: MachineCursor | null) =>
      listMachines(fleet.deps, admin, { q: 'antminer', siteId: site.id }, { after, limit: 1 }, order);
    const first = await page(null);
    expect([idsOf(first), idsOf(await page(first.next))]).toEqual([[two.id], [one.id]]);
  });
});

describe('a client', () => {
  it('sees own machines only, without addresses, prices and notes, in rows, search and history', async () => {
    const site = await aSite();
    const client = await aClient();
    const secret = {
      host: '10.9.9.9',
      port: 4028,
      macAddress: '02:aa:bb:cc:dd:01',
      tags: ['slow payer'],
      purchaseUsd: 999,
      purchasedOn: '2024-01-01',
    };
    const own = await aMachine(site.id, { clientId: client.id, model: 'Antminer S21', ...secret });
    await aMachine(site.id);
    await aMachine(site.id, { clientId: (await aClient()).id });
    const person = await fleet.aPerson(tenantId, 'client', [{ kind: 'client', id: client.id }]);
    const seen = await list(person);
    expect(idsOf(seen)).toEqual([own.id]);
    expect(seen.counts).toMatchObject({ total: 1, byApproval: { draft: 1 } });
    const [machine] = seen.machines;
    for (const field of Object.keys(secret)) expect(machine, field).not.toHaveProperty(field);
    expect(machine).toMatchObject({ model: 'Antminer S21', client: { id: client.id } });
    for (const q of ['10.9.9', '02:aa:bb', 'slow pay', ':4028']) {
      expect((await list(person, { q })).counts.total, q).toBe(0);
      expect(idsOf(await list(admin, { q, siteId: site.id })), q).toEqual([own.id]);
    }
    for (const q of ['s21', site.name, `No. ${own.number}`, `${own.number} 号`]) {
      expect(idsOf(await list(person, { q })), q).toEqual([own.id]);
    }
    expect((await list(person, { tag: 'slow payer' })).counts.total).toBe(0);
    made(await changeMachine(fleet.deps, admin, own.id, { host: '10.9.9.8', firmware: 'Braiins' }));
    const history = await listMachineChanges(fleet.deps, person, own.id, { before: null, limit: 10 });
    expect(history?.changes.map(({ field, user }) => [field, user])).toEqual([
      ['firmware', null],
      [null, null],
    ]);
    expect(await listSites(fleet.deps, person)).toEqual([]);
    expect((await listClients(fleet.deps, person)).map(({ id, contact }) => [id, contact])).toEqual([[client.id, undefined]]);
  });

  it('neither sees nor finds by its worker a machine of its own: it names the account at the pool', async () => {
    const { id: siteId } = await aSite();
    const client = await aClient();
    const machine = await aMachine(siteId, { clientId: client.id, worker: 'pool-account.17' });
    made(await changeMachine(fleet.deps, admin, machine.id, { worker: 'pool-account.18' }));
    const person = await fleet.aPerson(tenantId, 'client', [{ kind: 'client', id: client.id }]);
    const seen = await findMachineById(fleet.deps, person, machine.id);
    const history = await listMachineChanges(fleet.deps, person, machine.id, { before: null, limit: 10 });
    expect(seen).not.toHaveProperty('worker');
    expect(JSON.stringify([seen, history])).not.toContain('pool-account');
    expect((await list(person, { q: 'pool-account' })).counts.total).toBe(0);
    expect((await list(person, {})).counts.total).toBe(1);
    expect(idsOf(await list(admin, { q: 'pool-account.18' }))).toEqual([machine.id]);
  });

  it('does not see what was before a machine came to it, nor another’s machine at all', async () => {
    const { id: siteId } = await aSite();
    const [first, second] = [await aClient(), await aClient()];
    const machine = await aMachine(siteId, { clientId: first.id, firmware: 'first.1' });
    made(await changeMachine(fleet.deps, admin, machine.id, { firmware: 'first.2' }));
    made(await changeMachine(fleet.deps, admin, machine.id, { clientId: second.id }));
    made(await changeMachine(fleet.deps, admin, machine.id, { firmware: 'second.1' }));
    const before = await fleet.aPerson(tenantId, 'client', [{ kind: 'client', id: first.id }]);
    const now = await fleet.aPerson(tenantId, 'client', [{ kind: 'client', id: second.id }]);
    expect(await findMachineById(fleet.deps, before, machine.id)).toBeNull();
    expect(await listMachineChanges(fleet.deps, before, machine.id, { before: null, limit: 10 })).toBeNull();
    const history = await listMachineChanges(fleet.deps, now, machine.id, { before: null, limit: 10 });
    expect(JSON.stringify(history)).toContain('second.1');
    expect(history?.changes.map(({ to }) => to)).toEqual(['second.1']);
  });

  it('is added and named by whoever manages the workspace', async () => {
    const client = await aClient();
    expect(codesOf(await createClient(fleet.deps, admin, { name: client.name }))).toEqual(['name taken']);
    expect(made(await changeClient(fleet.deps, admin, client.id, { name: `${client.name} 2` })).contact).toBe('by phone');
    const operator = await fleet.aPerson(tenantId, 'operator');
    await expect(createClient(fleet.deps, operator, { name: 'x' })).rejects.toMatchObject({ status: 403 });
  });
});

describe('many machines', () => {
  it('are found by every field, by rack and client, in pages, with counts of all that fit', async () => {
    const site = await aSite();
    const rack = await aRack(site.id, `Rack ${site.number}`);
    const client = await aClient();
    const mac = `02:00:5e:00:00:${10 + (site.number % 80)}`;
    const machine = await aMachine(site.id, {
      serial: `ZX-${site.number}`,
      macAddress: mac,
      model: 'Whatsminer M60S',
      host: '10.1.2.3',
      port: 4029,
      firmware: 'vnish 1.2',
      worker: 'farm.w17',
      rackId: rack.id,
      clientId: client.id,
      tags: ['hall_9'],
    });
    for (let index = 0; index < 4; index += 1) await aMachine(site.id);
    const words = [
      `zx-${site.number}`,
      mac,
      mac.replaceAll(':', ''),
      mac.slice(0, 8).toUpperCase(),
      'm60s whatsminer',
      '10.1.2.3:4029',
      'VNISH',
      'w17',
      rack.name,
      client.name,
      'hall_9',
    ];
    for (const q of words) expect(idsOf(await list(admin, { q, siteId: site.id })), q).toEqual([machine.id]);
    expect((await list(admin, { q: 'hall%9', siteId: site.id })).counts.total).toBe(0);
    const page = await listMachines(fleet.deps, admin, { siteId: site.id }, { after: null, limit: 3 });
    expect(page.counts).toEqual({ total: 5, bySite: { [site.id]: 5 }, byStatus: { active: 5 }, byApproval: { draft: 5 } });
    const rest = await listMachines(fleet.deps, admin, { siteId: site.id }, { after: page.next, limit: 3 });
    expect([page.machines.length, rest.machines.length, rest.next]).toEqual([3, 2, null]);
    for (const filter of [{ rackId: rack.id }, { clientId: client.id }, { tag: 'hall_9' }])
      expect(idsOf(await list(admin, { ...filter, siteId: site.id })), JSON.stringify(filter)).toEqual([machine.id]);
    expect((await list(admin, { clientId: 'none', siteId: site.id })).counts.total).toBe(4);
    expect((await list(admin, { status: ['retired', 'maintenance'], siteId: site.id })).counts.total).toBe(0);
  });

  it('are changed together after a preview that says how many, with a line of history each, or not at all', async () => {
    const site = await aSite();
    const client = await aClient();
    const machines = [await aMachine(site.id), await aMachine(site.id), await aMachine(site.id, { clientId: client.id })];
    const edit = { filter: { siteId: site.id }, change: { clientId: client.id, addTags: ['lot 7'] } };
    expect(await bulkEdit(fleet.deps, admin, { ...edit, preview: true })).toEqual({ kind: 'done', fitting: 3, changed: 3, setId: null });
    expect((await list(admin, { clientId: client.id })).counts.total).toBe(1);
    expect(codesOf(await bulkEdit(fleet.deps, admin, { ...edit, expected: 2 }))).toEqual(['expected not_as_seen']);
    const outcome = await bulkEdit(fleet.deps, admin, { ...edit, expected: 3 });
    expect(outcome).toMatchObject({ kind: 'done', fitting: 3, changed: 3 });
    expect((await list(admin, { clientId: client.id, tag: 'lot 7' })).counts.total).toBe(3);
    const setId = outcome.kind === 'done' ? (outcome.setId ?? '') : '';
    const lines = await fleet.db.$withTenant(tenantId, (tx) => tx.machineChange.findMany({ where: { setId } }));
    expect(lines.map(({ act, field }) => `${act} ${field}`).sort()).toEqual([
      ...Array<string>(2).fill('bulk-edit clientId'),
      ...Array<string>(3).fill('bulk-edit tags'),
    ]);
    expect(await bulkEdit(fleet.deps, admin, edit)).toMatchObject({ fitting: 3, changed: 0, setId: null });
    // One of three may not be let in: none is.
    made(await changeMachine(fleet.deps, admin, machines[0]!.id, { approval: 'pending' }));
    const approve = { ids: machines.map(({ id }) => id), change: { approval: 'approved' as const } };
    expect(codesOf(await bulkEdit(fleet.deps, admin, approve))).toEqual([
      `machine ${machines[1]!.number}: approval no_such_step`,
      `machine ${machines[2]!.number}: approval no_such_step`,
    ]);
    expect((await list(admin, { siteId: site.id, approval: ['approved'] })).counts.total).toBe(0);
  });

  it('that a caller may not see are not among those that he changes', async () => {
    const [own, other] = [await aSite(), await aSite()];
    const ids = [(await aMachine(own.id)).id, (await aMachine(other.id)).id];
    const siteOwner = await fleet.aPerson(tenantId, 'mining_site_owner', [{ kind: 'site', id: own.id }]);
    expect(await bulkEdit(fleet.deps, siteOwner, { ids, change: { firmware: 'x' } })).toMatchObject({ fitting: 1, changed: 1 });
    const stranger = await fleet.aPerson(await fleet.aWorkspace(), 'owner');
    expect(await bulkEdit(fleet.deps, stranger, { ids, change: { firmware: 'y' } })).toMatchObject({ fitting: 0, changed: 0 });
  });
});
