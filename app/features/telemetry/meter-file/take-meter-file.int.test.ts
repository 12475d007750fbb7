// A meter's file with a real database: looked at, stored as it was seen, sent again, by people who may and who may not.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Caller } from '#app/features/sites/scope.server.ts';
import { createSite } from '#app/features/sites/sites/site-store.server.ts';
import { type Fleet, startFleet } from '../../../../tests/support/fleet.ts';
import { type MeterFileOutcome, takeMeterFile } from './take-meter-file.server.ts';

let fleet: Fleet;
let tenantId: string;
let admin: Caller;

beforeAll(async () => {
  fleet = await startFleet();
  tenantId = await fleet.aWorkspace();
  admin = await fleet.aPerson(tenantId, 'admin');
});
afterAll(() => fleet?.stop());

const NOW_MS = Date.parse('2026-11-22T12:00:00Z');

async function aSite(): Promise<string> {
  const outcome = await createSite(fleet.deps, admin, { name: `Site ${randomUUID()}`, timeZone: 'Europe/Berlin' });
  if (outcome.kind !== 'done') throw new Error(JSON.stringify(outcome));
  return outcome.value.id;
}
const send = (siteId: string, text: string, digest: string | null = null, caller = admin) =>
  takeMeterFile(
    fleet.deps,
    caller,
    { siteId, fileName: 'meter.csv', bytes: new TextEncoder().encode(text), column: null, values: null, digest },
    NOW_MS,
  );
function digestOf(outcome: MeterFileOutcome): string {
  if (!('digest' in outcome)) throw new Error(JSON.stringify(outcome));
  return outcome.digest;
}
const stored = () =>
  fleet.asOwner(
    async (owner) =>
      (
        await owner.query<{ at: Date; kwh: number }>(
          'SELECT at, energy_kwh::float8 AS kwh FROM telemetry_meter_quarters WHERE tenant_id = $1 ORDER BY site, at',
          [tenantId],
        )
      ).rows,
  );

const FILE = 'Zeit;Verbrauch (kWh)\n01.11.2026 00:00;250,5\n01.11.2026 00:15;260\n01.11.2026 00:20;1\n';

describe('a file of the meter of a site', () => {
  it('is looked at without writing, stored as it was seen with one event, and changes nothing the second time', async () => {
    const site = await aSite();
    const look = await send(site, FILE);
    expect(look).toMatchObject({
      kind: 'planned',
      ledger: { rowsIn: 3, added: 2, replaced: 0, unchanged: 0, blank: 0, repeated: 0, inError: 1 },
      energyKwh: 510.5,
      fromAt: '2026-10-31T23:00:00.000Z',
      toAt: '2026-10-31T23:30:00.000Z',
      refused: [{ line: 4, column: 'Zeit', code: 'off_grid' }],
    });
    expect(await stored()).toEqual([]);
    expect(await send(site, FILE, digestOf(look))).toMatchObject({ kind: 'written', ledger: { added: 2 } });
    expect((await stored()).map(({ kwh }) => kwh)).toEqual([250.5, 260]);
    const again = await send(site, FILE);
    expect(again).toMatchObject({ ledger: { added: 0, replaced: 0, unchanged: 2 } });
    expect(await send(site, FILE, digestOf(again))).toMatchObject({ kind: 'written' });
    const events = await fleet.db.$withTenant(tenantId, (tx) => tx.auditEvent.findMany({ where: { siteId: site, action: 'site.meter' } }));
    expect(events.map(({ body }) => JSON.parse(String(body)).after)).toEqual([
      { quarters: 2, firstAt: '2026-10-31T23:00:00.000Z', lastAt: '2026-10-31T23:15:00.000Z', fileName: 'meter.csv' },
    ]);
  });

  it('is not stored when by now something else would be done', async () => {
    const site = await aSite();
    const look = await send(site, FILE);
    const other = await send(site, FILE.replace('260', '270'));
    expect((await send(site, FILE, digestOf(other))).kind).toBe('not-as-seen');
    expect((await send(site, FILE.replace('260', '270'), digestOf(other))).kind).toBe('written');
    expect((await send(site, FILE, digestOf(look))).kind).toBe('not-as-seen');
    expect(await send(site, FILE)).toMatchObject({ ledger: { added: 0, replaced: 1, unchanged: 1 } });
  });

  it('is taken from whoever may change the site, and no other', async () => {
    const site = await aSite();
    const owner = await fleet.aPerson(tenantId, 'mining_site_owner', [{ kind: 'site', id: site }]);
    expect((await send(site, FILE, null, owner)).kind).toBe('planned');
    const stranger = await fleet.aPerson(tenantId, 'mining_site_owner', [{ kind: 'site', id: await aSite() }]);
    expect((await send(site, FILE, null, stranger)).kind).toBe('not-found');
    await expect(send(site, FILE, null, await fleet.aPerson(tenantId, 'operator'))).rejects.toMatchObject({ status: 403 });
    const elsewhere = await fleet.aPerson(await fleet.aWorkspace(), 'owner');
    expect((await send(site, FILE, null, elsewhere)).kind).toBe('not-found');
  });

  it('with readings of a register is stored as differences, and what it says nothing of stays unknown', async () => {
    const site = await aSite();
    const text = 'Time,Register (kWh)\n2026-11-01 00:00,9000\n2026-11-01 00:15,9250\n2026-11-01 00:45,9750\n2026-11-01 01:00,10000\n';
    const look = await send(site, text);
    expect(look).toMatchObject({
      kind: 'planned',
      columns: { values: 'register', isEnd: false },
      ledger: { rowsIn: 4, added: 2, unpaired: 2, blank: 0, inError: 0 },
      energyKwh: 500,
      fromAt: '2026-10-31T23:00:00.000Z',
      toAt: '2026-11-01T00:00:00.000Z',
      missingQuarters: 2,
    });
    const before = (await stored()).length;
    expect(await send(site, text, digestOf(look))).toMatchObject({ kind: 'written' });
    expect((await stored()).length - before).toBe(2);
  });

  it('that is none is refused with the reason', async () => {
    const site = await aSite();
    expect(await send(site, '%PDF-1.4 a picture of a meter')).toMatchObject({ kind: 'unreadable' });
    expect(await send(site, 'Time,Energy\n2026-11-01 00:00,1\n')).toMatchObject({ kind: 'refused', fault: { kind: 'no-energy-column' } });
  });
});
