// Sites, clients and machines over HTTP against the running application: who may do what, what a client never sees, and a list taken over.
import { beforeAll, describe, expect, it } from 'vitest';
import { CSRF_HEADER } from '../../app/platform/http/csrf-names.ts';
import { getTestOrigin } from '../support/chromium.ts';
import { asDatabaseOwner, type SeededPerson, type SeededWorkspace, seedWorkspace } from '../support/seeded-workspace.ts';

type Answer = { status: number; body: Record<string, unknown> & { errors?: { field: string; message: string }[] } };
type Ask = (method: string, path: string, body?: unknown) => Promise<Answer>;

let workspace: SeededWorkspace;
let admin: Ask;

/** A browser of this person: session, form token and the marks of a request of our own pages. */
async function asBrowserOf({ cookie }: SeededPerson): Promise<Ask> {
  const page = await fetch(`${getTestOrigin()}/profile`, { headers: { Cookie: cookie } });
  const token = /name="csrf"[^>]*value="([^"]+)"/.exec(await page.text())?.[1] ?? '';
  const set = page.headers.getSetCookie().map((line) => line.split(';')[0]);
  const headers = { Cookie: [cookie, ...set].join('; '), Origin: getTestOrigin(), 'Sec-Fetch-Site': 'same-origin', [CSRF_HEADER]: token };
  return async (method, path, body) => {
    const isForm = body instanceof FormData;
    const response = await fetch(`${getTestOrigin()}/api/v1${path}`, {
      method,
      redirect: 'manual',
      headers: body === undefined || isForm ? headers : { ...headers, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: isForm ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return { status: response.status, body: text === '' ? {} : JSON.parse(text) };
  };
}

beforeAll(async () => {
  workspace = await seedWorkspace();
  admin = await asBrowserOf(workspace.people.admin);
});

const idOf = ({ body }: Answer) => String(body.id);
let sites = 0;
const aSite = async () =>
  idOf(await admin('POST', '/sites', { name: `Site ${++sites}`, timeZone: 'Asia/Shanghai', tariffUsdPerKwh: 0.05 }));

describe('the fleet over HTTP', () => {
  it('is built up: site, rack, client and machine, each with the address of the problem when it is refused', async () => {
    const site = await admin('POST', '/sites', { name: 'North', timeZone: 'Asia/Shanghai' });
    expect(site).toMatchObject({ status: 201, body: { status: 'planned', pollCadenceS: 60 } });
    const id = idOf(site);
    const refused = await admin('PATCH', `/sites/${id}`, { pue: 4, timeZone: 7, height: 1 });
    expect(refused.body.errors?.map(({ field }) => field).sort()).toEqual(['height', 'pue', 'timeZone']);
    const rack = await admin('POST', `/sites/${id}/places`, { kind: 'rack', name: 'R1', rows: 2, columns: 8 });
    const client = await admin('POST', '/clients', { name: 'Ridge Mining' });
    const machine = await admin('POST', '/machines', {
      siteId: id,
      clientId: idOf(client),
      rackId: idOf(rack),
      rackRow: 1,
      rackColumn: 2,
      serial: 'http-1',
      host: '10.0.0.5',
    });
    expect(machine).toMatchObject({ status: 201, body: { serial: 'HTTP-1', approval: 'draft', client: { name: 'Ridge Mining' } } });
    const twice = await admin('POST', '/machines', { siteId: id, serial: 'HTTP-1', rackId: 'nowhere' });
    expect([twice.status, twice.body.errors?.map(({ field }) => field)]).toEqual([400, ['rackId']]);
    const page = await admin('GET', `/machines?q=http-1&siteId=${id}&status=active,maintenance&limit=10`);
    expect(page.body).toMatchObject({ next: null, counts: { total: 1 }, machines: [{ host: '10.0.0.5' }] });
    expect((await admin('GET', '/machines?colour=red&limit=0')).body.errors?.map(({ field }) => field)).toEqual(['colour', 'limit']);
    const history = await admin('GET', `/machines/${idOf(machine)}/changes`);
    expect(history.body.changes).toMatchObject([{ act: 'create', field: null }]);
  });

  it('shows a client own machines without addresses, and lets nobody write who may not', async () => {
    const siteId = await aSite();
    const clientId = idOf(await admin('POST', '/clients', { name: 'Valley Mining' }));
    const own = idOf(
      await admin('POST', '/machines', {
        siteId,
        clientId,
        serial: 'valley-1',
        host: '10.0.1.5',
        worker: 'pool-account.1',
        macAddress: '02:00:00:00:02:01',
      }),
    );
    const other = idOf(await admin('POST', '/machines', { siteId, serial: 'valley-2', host: '10.0.1.6' }));
    await asDatabaseOwner((owner) =>
      owner.query('INSERT INTO role_grants (tenant_id, user_id, client_id) VALUES ($1, $2, $3)', [
        workspace.tenantId,
        workspace.people.client.userId,
        clientId,
      ]),
    );
    const client = await asBrowserOf(workspace.people.client);
    const seen = await client('GET', '/machines');
    expect(seen.body.counts).toMatchObject({ total: 1 });
    expect(JSON.stringify(seen.body)).not.toMatch(/10\.0\.1|02:00:00|pool-account|"host"|"macAddress"|"worker"/);
    expect((await client('GET', `/machines/${own}`)).status).toBe(200);
    expect((await client('GET', `/machines/${other}`)).status).toBe(404);
    expect((await client('GET', `/sites/${siteId}`)).status).toBe(404);
    expect((await client('PATCH', `/machines/${own}`, { worker: 'x' })).status).toBe(403);
    expect((await client('POST', '/machines/bulk', { ids: [own], change: { firmware: 'x' } })).status).toBe(403);
    const customer = await asBrowserOf(workspace.people.customer);
    for (const path of ['/sites', '/clients', '/machines']) expect((await customer('GET', path)).status, path).toBe(403);
    const guest = await fetch(`${getTestOrigin()}/api/v1/machines`);
    expect(guest.status).toBe(401);
  });

  it('of another workspace is not found', async () => {
    const siteId = await aSite();
    const machine = idOf(await admin('POST', '/machines', { siteId, serial: 'apart-1' }));
    const stranger = await asBrowserOf((await seedWorkspace()).people.owner);
    for (const path of [`/sites/${siteId}`, `/sites/${siteId}/places`, `/machines/${machine}`, `/machines/${machine}/changes`])
      expect((await stranger('GET', path)).status, path).toBe(404);
    expect((await stranger('PATCH', `/machines/${machine}`, { worker: 'x' })).status).toBe(404);
    expect((await stranger('GET', '/machines')).body.counts).toMatchObject({ total: 0 });
  });

  it('takes a list over as it was looked at', async () => {
    const siteId = await aSite();
    const order = (more: Record<string, string> = {}) => {
      const form = new FormData();
      form.set('file', new File(['SN,IP,Model\nlist-1,10.0.2.1,Antminer S21\nlist-2,10.0.2.999,\n'], 'list.csv'));
      for (const [name, value] of Object.entries({ siteId, ...more })) form.set(name, value);
      return form;
    };
    const look = await admin('POST', '/machines/imports?lng=en', order());
    expect(look.body).toMatchObject({
      isWritten: false,
      ledger: { created: 1, inError: 1 },
      problems: [{ row: 3, field: 'host', value: '10.0.2.999', message: expect.stringContaining('no IP address') }],
    });
    expect((await admin('GET', `/machines?siteId=${siteId}`)).body.counts).toMatchObject({ total: 0 });
    const done = await admin('POST', '/machines/imports', order({ digest: String(look.body.digest) }));
    expect(done.body).toMatchObject({ isWritten: true, ledger: { created: 1, inError: 1 } });
    const again = await admin('POST', '/machines/imports?lng=en', order({ digest: String(look.body.digest) }));
    expect(again.body.errors).toMatchObject([{ field: 'digest', message: expect.stringContaining('Look at the preview again') }]);
  });
});

describe('readings of the meter of a site', () => {
  const quarterS = Date.parse('2026-10-10T06:00:00Z') / 1000;

  it('are taken in from whoever may change the site, as often as they are sent, and are its demand', async () => {
    const id = await aSite();
    const quarters = [
      { atS: quarterS, energyKwh: 250 },
      { atS: quarterS + 900, energyKwh: 300 },
    ];
    for (let time = 0; time < 2; time += 1)
      expect(await admin('POST', `/sites/${id}/meter`, { quarters })).toEqual({ status: 200, body: { written: 2 } });
    const { body } = await admin('GET', `/sites/${id}/demand?month=2026-10`);
    expect(body).toMatchObject({ quarters: [{ demandKw: 1_000 }, { demandKw: 1_200 }], peak: { atS: quarterS + 900, source: 'meter' } });
    const client = await asBrowserOf(workspace.people.client);
    expect((await client('POST', `/sites/${id}/meter`, { quarters })).status).toBe(403);
    const audited = await asDatabaseOwner(
      async (owner) =>
        (
          await owner.query(
            `SELECT body::jsonb -> 'after' AS after FROM audit_events WHERE action = 'site.meter' AND tenant_id = $1 ORDER BY seq`,
            [workspace.tenantId],
          )
        ).rows,
    );
    expect(audited).toHaveLength(2);
    expect(audited[0]).toMatchObject({ after: { quarters: 2, firstAt: '2026-10-10T06:00:00.000Z', lastAt: '2026-10-10T06:15:00.000Z' } });
  });

  it('come as a file too: looked at first, every row counted, stored as it was seen', async () => {
    const id = await aSite();
    const order = (fields: Record<string, string> = {}) => {
      const form = new FormData();
      form.set('file', new File(['Time,Energy (kWh)\n2026-10-10T06:00:00Z,250\n2026-10-10T06:15:00Z,a lot\n'], 'meter.csv'));
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
      return form;
    };
    const look = await admin('POST', `/sites/${id}/meter/files?lng=en`, order());
    expect(look).toMatchObject({
      status: 200,
      body: {
        isWritten: false,
        ledger: { rowsIn: 2, added: 1, inError: 1 },
        problems: [{ line: 3, column: 'Energy (kWh)', value: 'a lot', code: 'not_a_number', message: 'Not a number.' }],
      },
    });
    const done = await admin('POST', `/sites/${id}/meter/files`, order({ digest: String(look.body.digest) }));
    expect(done.body).toMatchObject({ isWritten: true, ledger: { added: 1 } });
    const { body } = await admin('GET', `/sites/${id}/demand?month=2026-10`);
    expect(body).toMatchObject({ peak: { demandKw: 1_000, source: 'meter' } });
    const none = await admin('POST', `/sites/${id}/meter/files?lng=en`, new FormData());
    expect(none).toMatchObject({ status: 400, body: { errors: [{ field: 'file' }] } });
    const client = await asBrowserOf(workspace.people.client);
    expect((await client('POST', `/sites/${id}/meter/files`, order())).status).toBe(403);
  });

  it('are refused by place and field', async () => {
    const id = await aSite();
    const send = (...quarters: object[]) => admin('POST', `/sites/${id}/meter`, { quarters });
    expect(await send({ atS: quarterS, energyKwh: 1 }, { atS: quarterS + 60, energyKwh: 1 })).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'quarters[1].atS', value: quarterS + 60 }] },
    });
    expect(await send({ atS: quarterS, energyKwh: -1 })).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'quarters[0].energyKwh', min: 0, max: 2_500_000 }] },
    });
  });
});
