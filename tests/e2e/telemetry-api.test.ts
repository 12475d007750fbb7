// Telemetry over HTTP against the running application: what was stored comes back by pages and as it happens, and a client sees its own machines without addresses.
import { Redis } from 'ioredis';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { storeReadings } from '#app/features/telemetry/store/store-readings.server.ts';
import { publishLive } from '../../app/features/polling/live-stream.server.ts';
import { type BulkDb, createBulkDb } from '../../app/platform/bulk-db.server.ts';
import { getTestOrigin } from '../support/chromium.ts';
import { asDatabaseOwner, type SeededWorkspace, seedWorkspace } from '../support/seeded-workspace.ts';
import { failedAt, readAt } from '../support/telemetry-site.ts';

type Machine = { id: string; number: number };

const MINUTES = 5;
const POOL = {
  worker: 'hosts-account.rig1',
  isAlive: true,
  isActive: false,
  acceptedShares: null,
  rejectedShares: null,
  staleShares: null,
  isDeveloperFee: false,
};
const POOLS = [
  { ...POOL, position: 0, url: 'stratum+tcp://10.9.0.250:3333' },
  { ...POOL, position: 1, url: 'stratum+tcp://btc.pool.example:3333', isActive: true },
];
const nowS = Math.floor(Date.now() / 1000);
let workspace: SeededWorkspace;
let siteId: string;
let siteNumber: number;
let clientId: string;
/** The first is the client's. */
let machines: Machine[];
let bulkDb: BulkDb;
let redis: Redis;

const ask = async (who: 'operator' | 'client' | 'customer', path: string) => {
  const response = await fetch(`${getTestOrigin()}/api/v1${path}`, { headers: { Cookie: workspace.people[who].cookie } });
  return { status: response.status, body: await response.json() };
};

beforeAll(async () => {
  workspace = await seedWorkspace();
  const { tenantId } = workspace;
  redis = new Redis(process.env.TEST_REDIS_URL ?? '');
  const url = new URL(process.env.TEST_DATABASE_OWNER_URL ?? '');
  url.pathname = '/hashinsight_journeys';
  bulkDb = createBulkDb(url.href);
  await asDatabaseOwner(async (owner) => {
    const site = await owner.query<{ id: string; number: number }>(
      `INSERT INTO sites (tenant_id, name, time_zone, status, created_at) VALUES ($1, 'North', 'Asia/Shanghai', 'paused', '2020-01-01') RETURNING id, number`,
      [tenantId],
    );
    const client = await owner.query<{ id: string }>(`INSERT INTO clients (tenant_id, name) VALUES ($1, 'Valley Mining') RETURNING id`, [
      tenantId,
    ]);
    siteId = site.rows[0]!.id;
    siteNumber = site.rows[0]!.number;
    clientId = client.rows[0]!.id;
    const rows = await owner.query<Machine>(
      `INSERT INTO machines (tenant_id, site_id, client_id, serial, host, rated_hashrate_ths, rated_power_w, approval, created_at)
       SELECT $1, $2, CASE WHEN place = 1 THEN $3::uuid END, 'serial ' || place, '10.9.0.' || place, 200, 3500, 'approved', '2020-01-01' FROM generate_series(1, 3) AS place
       ORDER BY place RETURNING id, number`,
      [tenantId, siteId, clientId],
    );
    machines = rows.rows;
    await owner.query('INSERT INTO role_grants (tenant_id, user_id, client_id) VALUES ($1, $2, $3)', [
      tenantId,
      workspace.people.client.userId,
      clientId,
    ]);
  });
  const readings = Array.from({ length: MINUTES }, (_, minute) => nowS - 60 * (MINUTES - minute)).flatMap((atS) => [
    { machine: machines[0]!.number, reading: readAt(atS, { macAddress: '02:00:00:00:09:01', pools: POOLS, activePool: 1 }) },
    { machine: machines[1]!.number, reading: readAt(atS, { hashrateThs: 190 }) },
  ]);
  const failed = {
    machine: machines[0]!.number,
    reading: { ...failedAt(nowS), detail: 'connect to 10.9.0.1:4028 took longer than 3000 ms' },
  };
  for (const batch of [readings, [failed]]) await storeReadings(bulkDb, tenantId, batch, { nowMs: nowS * 1000, rawDays: 2 });
});

afterAll(async () => {
  await bulkDb?.close();
  redis?.disconnect();
});

describe('telemetry over HTTP', () => {
  it('lists machines as they are, page by page and by state, with null for what was never heard of', async () => {
    const first = await ask('operator', `/sites/${siteId}/states?limit=2`);
    expect(first).toMatchObject({
      status: 200,
      body: { next: machines[1]!.number, machines: [{ state: 'unknown', trouble: 'unreachable' }, { state: 'hashing' }] },
    });
    const second = await ask('operator', `/sites/${siteId}/states?limit=2&after=${first.body.next}`);
    expect(second.body).toMatchObject({
      next: null,
      machines: [{ number: machines[2]!.number, state: null, hashrateThs: null, atS: null }],
    });
    expect((await ask('operator', `/sites/${siteId}/states?state=hashing`)).body.machines).toMatchObject([
      { number: machines[1]!.number, hashrateThs: 190 },
    ]);
    expect(
      (await ask('operator', `/sites/${siteId}/states?state=asleep&limit=0&colour=red`)).body.errors
        .map(({ field }: { field: string }) => field)
        .sort(),
    ).toEqual(['colour', 'limit', 'state']);
  });

  it('gives every sample once over pages, and refuses spans it has no answer for', async () => {
    const path = `/machines/${machines[0]!.id}/samples`;
    const seen: number[] = [];
    for (let after: number | null = 0; after !== null; ) {
      const { body } = await ask('operator', `${path}?limit=2&after=${after}`);
      seen.push(...body.samples.map(({ atS }: { atS: number }) => atS));
      after = body.next;
    }
    expect(seen).toEqual(Array.from({ length: MINUTES + 1 }, (_, minute) => nowS - 60 * (MINUTES - minute)));
    const refused = await ask('operator', `${path}?lng=en&from=2026-01-01&to=2026-02-01`);
    expect(refused).toMatchObject({ status: 400, body: { errors: [{ field: 'from', max: 2 }] } });
    expect((await ask('operator', `${path}?from=yesterday`)).body.errors).toMatchObject([{ field: 'from' }]);
    expect(await ask('operator', `${path}?from=2600-01-01&to=2600-01-02`)).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'to' }, { field: 'from' }] },
    });
    // Past the last second of four bytes.
    expect(await ask('operator', `${path}?from=2098-01-01&to=2098-01-02`)).toMatchObject({ status: 200, body: { samples: [] } });
  });

  it('answers series, history, demand and uptime of what was rolled up, and of nothing', async () => {
    for (const path of [
      `/sites/${siteId}/series`,
      `/sites/${siteId}/uptime`,
      `/sites/${siteId}/demand?month=2026-10`,
      `/clients/${clientId}/uptime?siteId=${siteId}`,
    ]) {
      expect((await ask('operator', path)).status, path).toBe(200);
    }
    for (const path of ['history', 'uptime', 'live'])
      expect((await ask('operator', `/machines/${machines[0]!.id}/${path}`)).status, path).toBe(200);
    expect((await ask('operator', `/sites/${siteId}/demand?month=2026-13`)).body.errors).toMatchObject([{ field: 'month' }]);
    expect((await ask('operator', `/sites/${siteId}/demand`)).body).toMatchObject({ timeZone: 'Asia/Shanghai', peak: null });
  });

  it('shows a client its own machine, without what names an address, and nothing of the others', async () => {
    const [own, other] = machines;
    const states = await ask('client', `/sites/${siteId}/states`);
    expect(states.body.machines.map(({ number }: Machine) => number)).toEqual([own!.number]);
    const detail = await ask('client', `/machines/${own!.id}/live`);
    expect(detail.body).toMatchObject({ trouble: 'unreachable', snapshot: { hashrateThs: 200 } });
    expect(JSON.stringify(detail.body)).not.toMatch(/10\.9\.0|02:00:00|hosts-account/);
    expect(detail.body.snapshot.pools).toMatchObject([{ url: null, isAlive: true }, { url: 'btc.pool.example' }]);
    expect(JSON.stringify((await ask('operator', `/machines/${own!.id}/live`)).body)).toMatch(/10\.9\.0\.1.*02:00:00:00:09:01/);
    for (const path of ['live', 'samples', 'history', 'uptime'])
      expect((await ask('client', `/machines/${other!.id}/${path}`)).status, path).toBe(404);
    expect((await ask('client', `/sites/${siteId}/demand`)).status).toBe(404);
    expect((await ask('client', `/clients/${clientId}/uptime`)).status).toBe(200);
    expect((await ask('customer', `/sites/${siteId}/states`)).status).toBe(403);
  });
});

/** Reads the stream until `count` events were seen. */
async function watch(who: 'operator' | 'client', count: number, headers: Record<string, string> = {}) {
  const abort = new AbortController();
  const response = await fetch(`${getTestOrigin()}/api/v1/sites/${siteId}/live`, {
    headers: { Cookie: workspace.people[who].cookie, ...headers },
    signal: abort.signal,
  });
  expect(response.headers.get('Content-Type')).toMatch(/^text\/event-stream/);
  const events: { id: string; event: string; data: unknown }[] = [];
  let text = '';
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  while (events.length < count) {
    const { done, value } = await reader.read();
    if (done) throw new Error(`the stream ended after ${events.length} events`);
    text += value;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const field = (name: string) => new RegExp(`^${name}: (.*)$`, 'm').exec(block)?.[1] ?? '';
      if (field('event') !== '') events.push({ id: field('id'), event: field('event'), data: JSON.parse(field('data')) });
    }
  }
  abort.abort();
  return events;
}

describe('the live stream', () => {
  const cells = (hashrateThs: number) => ({
    atS: nowS,
    numbers: [machines[0]!.number, machines[1]!.number],
    states: [1, 4],
    hashrateThs: [hashrateThs, 190],
    powerW: [3_500, null],
    chipTemperatureC: [70, null],
  });
  const publish = (event: 'cells' | 'alerts', data: object) =>
    publishLive(redis, { tenantId: workspace.tenantId, siteNumber }, [{ event, data }]);

  it('tells of what happened while the page was made, and goes on behind the last event that was received', async () => {
    await publish('cells', cells(201));
    await publish('alerts', { open: 2 });
    const events = await watch('operator', 2);
    expect(events).toMatchObject([
      { event: 'cells', data: cells(201) },
      { event: 'alerts', data: { open: 2 } },
    ]);
    await publish('cells', cells(202));
    expect(await watch('operator', 1, { 'Last-Event-ID': events[1]!.id })).toMatchObject([{ event: 'cells', data: cells(202) }]);
  });

  it('says so when what a reader missed is not there any more', async () => {
    const [reset] = await watch('operator', 1, { 'Last-Event-ID': '1000-0' });
    expect(reset).toMatchObject({ event: 'reset', data: {} });
  });

  it('sends a client its own machine only, and no alerts of the site', async () => {
    await publish('alerts', { open: 3 });
    await publish('cells', cells(203));
    const events = await watch('client', 3);
    expect(events.map(({ event }) => event)).toEqual(['cells', 'cells', 'cells']);
    expect(events[2]!.data).toEqual({
      atS: nowS,
      numbers: [machines[0]!.number],
      states: [1],
      hashrateThs: [203],
      powerW: [3_500],
      chipTemperatureC: [70],
    });
  });
});
