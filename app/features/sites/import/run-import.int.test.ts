// Machine lists taken over in a real database: looked at first, done exactly as seen, and nothing the second time.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Fleet, startFleet } from '../../../../tests/support/fleet.ts';
import { listMachines } from '../machines/list-machines.server.ts';
import { changeMachine } from '../machines/machine-store.server.ts';
import type { Caller } from '../scope.server.ts';
import { createPlace } from '../sites/place-store.server.ts';
import { createSite, findSite } from '../sites/site-store.server.ts';
import { type ImportOutcome, importMachines } from './run-import.server.ts';

let fleet: Fleet;
let tenantId: string;
let admin: Caller;
let sites = 0;

beforeAll(async () => {
  fleet = await startFleet();
  tenantId = await fleet.aWorkspace();
  admin = await fleet.aPerson(tenantId, 'admin');
});
afterAll(() => fleet?.stop());

async function aSite(): Promise<string> {
  const outcome = await createSite(fleet.deps, admin, { name: `Site ${++sites}`, timeZone: 'UTC' });
  if (outcome.kind !== 'done') throw new Error('the site was not made');
  const { id } = outcome.value;
  await createPlace(fleet.deps, admin, id, { kind: 'rack', name: 'R1', rows: 2, columns: 2 });
  return id;
}

const take = (siteId: string, text: string, digest: string | null = null, caller = admin): Promise<ImportOutcome> =>
  importMachines(fleet.deps, caller, { siteId, fileName: 'list.csv', bytes: new TextEncoder().encode(text), corrections: [], digest });
function seen(outcome: ImportOutcome) {
  if (outcome.kind !== 'planned' && outcome.kind !== 'written') throw new Error(`refused: ${JSON.stringify(outcome)}`);
  const { created, updated, unchanged, inError, skipped, entriesIn } = outcome.ledger;
  expect(created + updated + unchanged + inError + skipped).toBe(entriesIn);
  return outcome;
}
const list = (siteId: string) => listMachines(fleet.deps, admin, { siteId }, { after: null, limit: 100 });

const LIST =
  'SN,MAC,IP,Model,Rack,Position\na1,02:00:00:00:01:01,10.0.0.1:4028,Antminer S21,R1,1-1\na2,,10.0.0.2-3,,,\na3,,10.0.0.4,,R1,9-9\n# spare,,,,,\n,,10.0.0.5-6,,,\n';

describe('a machine list', () => {
  it('is looked at without writing, taken over as it was seen, and changes nothing the second time', async () => {
    const siteId = await aSite();
    const look = seen(await take(siteId, LIST));
    expect(look.ledger).toEqual({ rowsIn: 5, entriesIn: 6, created: 3, updated: 0, unchanged: 0, inError: 2, skipped: 1 });
    expect(look.problems.map(({ row, code }) => [row, code])).toEqual([
      [3, 'range_with_identity'],
      [4, 'outside_rack'],
    ]);
    expect((await list(siteId)).counts.total).toBe(0);
    const written = seen(await take(siteId, LIST, look.digest));
    expect([written.kind, written.ledger]).toEqual(['written', look.ledger]);
    const { machines } = await list(siteId);
    expect(machines.map(({ serial, host, port, rackRow, approval }) => [serial, host, port, rackRow, approval])).toEqual([
      ['A1', '10.0.0.1', 4028, 1, 'draft'],
      [null, '10.0.0.5', null, null, 'draft'],
      [null, '10.0.0.6', null, null, 'draft'],
    ]);
    expect(seen(await take(siteId, LIST)).ledger).toMatchObject({ created: 0, updated: 0, unchanged: 3, inError: 2 });
    const lines = await fleet.db.$withTenant(tenantId, (tx) => tx.machineChange.findMany({ where: { setId: written.setId ?? '' } }));
    expect(lines.map(({ act, field }) => [act, field])).toEqual(Array(3).fill(['import', null]));
    const events = await fleet.db.$withTenant(tenantId, (tx) => tx.auditEvent.findMany({ where: { action: 'machine.import', siteId } }));
    expect(events).toHaveLength(1);
  });

  it('is not taken over when something else would be done by now', async () => {
    const siteId = await aSite();
    const first = seen(await take(siteId, 'SN,Firmware\nb1,stock\n'));
    seen(await take(siteId, 'SN,Firmware\nb1,stock\n', first.digest));
    const look = seen(await take(siteId, 'SN,Firmware\nb1,Braiins\n'));
    expect(look.updated).toMatchObject([{ row: 2, changes: [{ field: 'firmware', from: 'stock', to: 'Braiins' }] }]);
    const [machine] = (await list(siteId)).machines;
    await changeMachine(fleet.deps, admin, machine?.id ?? '', { firmware: 'Vnish' });
    expect(await take(siteId, 'SN,Firmware\nb1,Braiins\n', look.digest)).toEqual({ kind: 'not-as-seen' });
    expect((await list(siteId)).machines[0]?.firmware).toBe('Vnish');
  });

  it('moves a machine that stands on another site of the workspace, and tells so in the preview', async () => {
    const [here, there] = [await aSite(), await aSite()];
    seen(await take(there, 'SN\nc1\n', seen(await take(there, 'SN\nc1\n')).digest));
    const look = seen(await take(here, 'SN\nc1\n'));
    const nameOf = async (id: string) => (await findSite(fleet.deps, admin, id))?.name;
    expect(look.updated[0]?.changes).toEqual([
      { field: 'siteId', from: there, to: here, fromName: await nameOf(there), toName: await nameOf(here) },
    ]);
    const siteOwner = await fleet.aPerson(tenantId, 'mining_site_owner', [{ kind: 'site', id: here }]);
    expect(seen(await take(here, 'SN\nc1\n', null, siteOwner)).problems.map(({ code }) => code)).toEqual(['unknown_reference']);
    expect(await take(there, 'SN\nc2\n', null, siteOwner)).toEqual({ kind: 'not-found' });
  });

  it('is refused when it tells no machine, is no table, or comes from whoever only reads', async () => {
    const siteId = await aSite();
    expect(await take(siteId, 'Model,Hashrate (TH/s)\nS21,200\n')).toMatchObject({
      kind: 'no-columns',
      columns: [{ field: 'model' }, { field: 'ratedHashrateThs' }],
    });
    expect(await take(siteId, '%PDF-1.7')).toMatchObject({ kind: 'unreadable', code: 'pdf' });
    const accountant = await fleet.aPerson(tenantId, 'accountant');
    await expect(take(siteId, 'SN\nd1\n', null, accountant)).rejects.toMatchObject({ status: 403 });
  });
});
