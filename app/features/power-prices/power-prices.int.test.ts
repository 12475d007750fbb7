// Series of power prices with real people, a real database and a server on loopback that answers well or badly.
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ChangeOutcome } from '#app/features/sites/refused-change.ts';
import type { Caller } from '#app/features/sites/scope.server.ts';
import { createFetchJson } from '#collectors/market/fetch-json.ts';
import { type Fleet, startFleet } from '../../../tests/support/fleet.ts';
import type { PowerDeps } from './ercot-config.server.ts';
import { beginFetches, type FetchDeps, fetchFeed } from './fetch-feed.server.ts';
import { loadFile } from './load-file.server.ts';
import { readSeries } from './read-series.server.ts';
import { MAX_PRICES, type NewSeries } from './series-fields.ts';
import { createSeries, deleteSeries, listSeries } from './series-store.server.ts';

const NOW_MS = Date.parse('2024-01-10T12:00:00Z');
const HOUR_MS = 3_600_000;
const FILE: NewSeries = {
  name: 'West',
  origin: 'file',
  timeZone: 'America/Chicago',
  resolutionMinutes: 60,
  currency: 'USD',
  unit: 'perMwh',
};
const NEWEST = { fromMs: null, toMs: null };

let fleet: Fleet;
let power: PowerDeps;
let tenantId: string;
let accountant: Caller;
let server: Server;
let origin: string;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let asked: IncomingMessage[] = [];

beforeAll(async () => {
  fleet = await startFleet();
  power = { ...fleet.deps, hasErcotKey: false };
  server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(async () => {
  server?.closeAllConnections();
  server?.close();
  await fleet?.stop();
});
beforeEach(async () => {
  tenantId = await fleet.aWorkspace();
  accountant = await fleet.aPerson(tenantId, 'accountant');
  asked = [];
});

function made<T>(outcome: ChangeOutcome<T>): T {
  if (outcome.kind !== 'done') throw new Error(`not done: ${JSON.stringify(outcome)}`);
  return outcome.value;
}
const add = async (series: NewSeries = FILE) => made(await createSeries(power, accountant, series, NOW_MS));
const load = (seriesId: string, text: string, caller = accountant, fileName = 'west.csv') =>
  loadFile(power, caller, { seriesId, fileName, bytes: new TextEncoder().encode(text) }, NOW_MS);
async function read(id: string, span: { fromMs: number | null; toMs: number | null } = NEWEST, caller = accountant) {
  const outcome = await readSeries(power, caller, id, span, NOW_MS);
  if (outcome.kind !== 'read') throw new Error(outcome.kind);
  return outcome.value;
}
const toCsv = (rows: readonly [string, number | string][]) => ['time,price USD/MWh', ...rows.map((row) => row.join(','))].join('\n');

describe('a series of files', () => {
  it('keeps value, unit, source, interval and time of every price, and says what is unknown', async () => {
    const { id } = await add();
    const rows: [string, number | string][] = [
      ['2024-01-01T06:00Z', 20.5],
      ['2024-01-01T07:00Z', -3],
      ['2024-01-01T08:00Z', ''],
      ['2024-01-01T10:00Z', 31],
    ];
    expect(await load(id, toCsv(rows))).toMatchObject({ kind: 'loaded', added: 3, blanks: 1, rowsRefused: 0 });
    const { series, prices, gaps } = await read(id);
    expect(prices[1]).toEqual({
      startAt: '2024-01-01T07:00:00.000Z',
      endAt: '2024-01-01T08:00:00.000Z',
      pricePerMwh: -3,
      source: 'west.csv',
      fetchedAt: new Date(NOW_MS).toISOString(),
    });
    expect(series).toMatchObject({
      status: 'file',
      currency: 'USD',
      coverage: {
        prices: 3,
        intervals: 5,
        missing: 2,
        fromAt: '2024-01-01T06:00:00.000Z',
        toAt: '2024-01-01T11:00:00.000Z',
        source: 'west.csv',
      },
    });
    expect(gaps).toEqual([{ fromAt: '2024-01-01T08:00:00.000Z', toAt: '2024-01-01T10:00:00.000Z', intervals: 2 }]);
  });

  it('changes nothing when the same file comes again, and replaces what another file says', async () => {
    const { id } = await add();
    const rows: [string, number][] = [
      ['2024-01-01T06:00Z', 1],
      ['2024-01-01T07:00Z', 2],
    ];
    await load(id, toCsv(rows));
    expect(await load(id, toCsv(rows), accountant, 'again.csv')).toMatchObject({ added: 0, changed: 0, unchanged: 2 });
    expect((await read(id)).prices[0]?.source).toBe('west.csv');
    rows[1] = ['2024-01-01T07:00Z', 2.5];
    expect(await load(id, toCsv(rows), accountant, 'settled.csv')).toMatchObject({ added: 0, changed: 1, unchanged: 1 });
    expect((await read(id)).prices).toMatchObject([{ source: 'west.csv' }, { source: 'settled.csv', pricePerMwh: 2.5 }]);
  });

  it('stores the rows that can be believed and names the others', async () => {
    const { id } = await add();
    const rows: [string, number | string][] = [
      ['2024-01-01T06:00Z', 1],
      ['2024-01-01T07:00Z', 250_000],
      ['2024-01-01T08:00Z', 2],
    ];
    expect(await load(id, toCsv(rows))).toMatchObject({ added: 2, refused: [{ line: 3, code: 'out_of_range', value: '250000' }] });
    expect((await read(id)).series).toMatchObject({ rowsRefused: 1, coverage: { missing: 1 } });
  });

  it('refuses a file of another unit without storing a row', async () => {
    const { id } = await add();
    expect(await load(id, 'time,price EUR/MWh\n2024-01-01T06:00Z,1')).toMatchObject({ kind: 'refused', fault: { kind: 'wrong-unit' } });
    expect((await read(id)).prices).toEqual([]);
  });

  it('asks for zone, interval, currency and unit, and knows those of ERCOT', async () => {
    for (const field of ['timeZone', 'resolutionMinutes', 'currency', 'unit'] as const) {
      const outcome = await createSeries(power, accountant, { ...FILE, [field]: null }, NOW_MS);
      expect(outcome).toMatchObject({ kind: 'refused', faults: [{ field, code: 'needs_other' }] });
    }
    expect(await createSeries(power, accountant, { ...FILE, timeZone: 'Texas' })).toMatchObject({
      faults: [{ code: 'not_a_time_zone' }],
    });
    expect(await add({ name: 'Hub', origin: 'ercot-rtm', node: 'HB_WEST' })).toMatchObject({
      timeZone: 'America/Chicago',
      resolutionMinutes: 15,
      currency: 'USD',
      unit: 'perMwh',
      everyMinutes: 60,
      // Nobody gave this installation a key.
      status: 'off',
    });
  });

  it('is full by what is new alone: prices that it has count once', { timeout: 120_000 }, async () => {
    const { id } = await add();
    await fleet.db.$withTenant(
      tenantId,
      (tx) => tx.$executeRaw`
        INSERT INTO power_prices (tenant_id, series_id, start_at, price_per_mwh, source, fetched_at)
        SELECT ${tenantId}::uuid, ${id}::uuid, to_timestamp(${NOW_MS / 1000}::float8) - make_interval(hours => n), 1, 'bulk', now()
        FROM generate_series(1, ${MAX_PRICES - 1}::int4) AS n`,
      { timeoutMs: 60_000 },
    );
    const [known, fresh, more] = ['2024-01-10T11:00Z', '2024-01-10T12:00Z', '2024-01-10T13:00Z'];
    expect(
      await load(
        id,
        toCsv([
          [known, 1],
          [fresh, 2],
        ]),
      ),
    ).toMatchObject({ kind: 'loaded', added: 1, unchanged: 1 });
    expect(await load(id, toCsv([[known, 3]]))).toMatchObject({ kind: 'loaded', changed: 1 });
    expect(await load(id, toCsv([[more, 4]]))).toEqual({ kind: 'refused', fault: { kind: 'full', max: MAX_PRICES } });
  });

  it('is read in pieces of bounded length', async () => {
    const { id } = await add();
    const span = { fromMs: 0, toMs: NOW_MS };
    expect(await readSeries(power, accountant, id, span, NOW_MS)).toMatchObject({ kind: 'too-long', max: 17_600 });
  });

  it('is deleted with its prices, and every act is an event', async () => {
    const { id } = await add();
    await load(id, toCsv([['2024-01-01T06:00Z', 1]]));
    made(await deleteSeries(power, accountant, id));
    expect(await listSeries(power, accountant)).toEqual([]);
    const { events, prices } = await fleet.db.$withTenant(tenantId, async (tx) => ({
      events: await tx.auditEvent.findMany({ orderBy: { seq: 'asc' }, where: { action: { startsWith: 'power-price' } } }),
      prices: await tx.powerPrice.count(),
    }));
    expect(events.map(({ action }) => action)).toEqual(['power-price.create', 'power-price.load', 'power-price.delete']);
    expect(prices).toBe(0);
  });
});

describe('who may', () => {
  it('is told to nobody of another workspace, and to no client', async () => {
    const { id } = await add();
    const stranger = await fleet.aPerson(await fleet.aWorkspace(), 'admin');
    expect(await listSeries(power, stranger)).toEqual([]);
    expect(await readSeries(power, stranger, id, NEWEST)).toEqual({ kind: 'not-found' });
    expect(await load(id, toCsv([['2024-01-01T06:00Z', 1]]), stranger)).toEqual({ kind: 'not-found' });
    expect(await deleteSeries(power, stranger, id)).toEqual({ kind: 'not-found' });
    const client = await fleet.aPerson(tenantId, 'client');
    await expect(listSeries(power, client)).rejects.toThrow('power-prices.read');
  });
});

describe('a series that is fetched', () => {
  const GOOD = toCsv([
    ['2024-01-10T06:00Z', 10],
    ['2024-01-10T07:00Z', 11],
  ]);
  let nowMs = NOW_MS;
  const deps = (timeoutMs = 2_000): FetchDeps => ({
    db: fleet.db,
    guard: { privateNetworks: ['127.0.0.0/8'] },
    fetchJson: createFetchJson({ timeoutMs, maxBytes: 100_000 }),
    ercot: {
      addresses: { apiUrl: origin, tokenUrl: origin },
      login: { subscriptionKey: 'a key', username: 'a miner', password: 'a password' },
    },
    nowMs: () => nowMs,
    timeoutMs,
  });
  const say =
    (body: string, status = 200, headers: Record<string, string> = { 'content-type': 'text/csv' }) =>
    (_: IncomingMessage, response: ServerResponse) =>
      void response.writeHead(status, headers).end(body);
  const addUrl = (name = 'Feed') => add({ ...FILE, name, origin: 'url', url: `${origin}/prices.csv` });

  beforeEach(() => {
    nowMs = NOW_MS;
    answer = say(GOOD);
  });

  it('stores what came with the host as its source, and asks again only for what is new', async () => {
    const { id } = await addUrl();
    answer = say(GOOD, 200, { 'content-type': 'text/csv; charset=utf-8', etag: '"one"', 'last-modified': 'Wed, 10 Jan 2024 07:00:00 GMT' });
    expect(await fetchFeed(deps(), tenantId, id)).toEqual({ kind: 'stored', added: 2, changed: 0, refused: 0 });
    expect((await read(id)).prices[0]).toMatchObject({ source: new URL(origin).host, fetchedAt: new Date(NOW_MS).toISOString() });
    answer = say('', 304, {});
    nowMs += HOUR_MS;
    expect(await fetchFeed(deps(), tenantId, id)).toEqual({ kind: 'not-modified' });
    expect(asked[1]?.headers).toMatchObject({ 'if-none-match': '"one"', 'if-modified-since': 'Wed, 10 Jan 2024 07:00:00 GMT' });
    expect((await read(id)).series).toMatchObject({ status: 'answers', answeredAt: new Date(nowMs).toISOString(), failure: null });
  });

  it('asks for everything again while rows are refused, so that what was too far ahead gets in', async () => {
    const { id } = await addUrl();
    const ahead = toCsv([
      ['2024-01-10T06:00Z', 10],
      ['2024-01-17T13:00Z', 12],
    ]);
    const tags = { 'content-type': 'text/csv', etag: '"two"', 'last-modified': 'Wed, 10 Jan 2024 07:00:00 GMT' };
    answer = (request, response) =>
      request.headers['if-none-match'] === '"two"' ? response.writeHead(304).end() : response.writeHead(200, tags).end(ahead);
    expect(await fetchFeed(deps(), tenantId, id)).toEqual({ kind: 'stored', added: 1, changed: 0, refused: 1 });
    nowMs += 2 * HOUR_MS;
    expect(await fetchFeed(deps(), tenantId, id)).toEqual({ kind: 'stored', added: 1, changed: 0, refused: 0 });
    nowMs += HOUR_MS;
    expect(await fetchFeed(deps(), tenantId, id)).toEqual({ kind: 'not-modified' });
  });

  it.each([
    ['silence', () => undefined, 'no-answer', 'timeout'],
    [
      'an answer that is cut off',
      (_: IncomingMessage, response: ServerResponse) => {
        response.writeHead(200, { 'content-type': 'text/csv', 'content-length': 1_000 });
        response.write('time,price USD/MWh\n2024-01-10T06:00Z,1', () => response.destroy());
      },
      'no-answer',
      'connection',
    ],
    ['an error of the server', say('broken', 500), 'no-answer', 'HTTP 500'],
    [
      'a page of the web by its type',
      say('<html>', 200, { 'content-type': 'text/html' }),
      'garbled',
      'content type "text/html" is no table of text',
    ],
    ['a page of the web that calls itself CSV', say('<!doctype html><html></html>'), 'garbled', 'web-page'],
    ['a redirect', say('', 302, { location: 'http://127.0.0.1/' }), 'refused', 'redirect'],
    ['another unit', say('time,price c/kWh\n2024-01-10T06:00Z,1'), 'refused', 'wrong-unit: ? cents/kWh, expected USD/MWh'],
    ['absurd prices alone', say(toCsv([['2024-01-10T06:00Z', 1e9]])), 'refused', 'no-prices: row 2 out_of_range 1000000000'],
    ['prices of next year', say(toCsv([['2025-01-10T06:00Z', 1]])), 'refused', 'no-prices: row 2 in_future 2025-01-10T06:00Z'],
  ])('writes down %s, keeps what it had and stores nothing of it', async (_, bad, kind, reason) => {
    const { id } = await addUrl();
    await fetchFeed(deps(), tenantId, id);
    nowMs += HOUR_MS;
    answer = bad;
    expect(await fetchFeed(deps(300), tenantId, id)).toMatchObject({ kind, reason });
    const { series, prices } = await read(id);
    expect(series).toMatchObject({ status: 'failing', failure: { kind, reason }, answeredAt: new Date(NOW_MS).toISOString() });
    expect(prices.map(({ pricePerMwh }) => pricePerMwh)).toEqual([10, 11]);
  });

  it('leaves a source alone for as long as it asks, and after three failures in a row', async () => {
    const { id } = await addUrl();
    answer = say('', 429, { 'retry-after': '7200' });
    expect(await fetchFeed(deps(), tenantId, id)).toMatchObject({ reason: 'HTTP 429', retryAfterMs: 7_200_000 });
    const outcome = await readSeries(power, accountant, id, NEWEST, nowMs);
    expect(outcome).toMatchObject({ value: { series: { status: 'resting', restsUntil: new Date(NOW_MS + 2 * HOUR_MS).toISOString() } } });
    nowMs += HOUR_MS;
    expect(await fetchFeed(deps(), tenantId, id)).toEqual({ kind: 'not-due' });
    expect(asked).toHaveLength(1);
    nowMs += HOUR_MS;
    answer = say(GOOD);
    expect(await fetchFeed(deps(), tenantId, id)).toMatchObject({ kind: 'stored' });
  });

  it('never calls an address inside that the operator has not opened', async () => {
    const { id } = await addUrl();
    expect(await fetchFeed({ ...deps(), guard: { privateNetworks: [] } }, tenantId, id)).toMatchObject({ kind: 'refused', reason: 'url' });
    expect(asked).toEqual([]);
  });

  it('is begun when its time has come, and a series of files never', async () => {
    await add();
    const { id } = await addUrl();
    const begun: string[] = [];
    const begin = async (tenant: string, series: string) => void (tenant === tenantId && begun.push(series));
    await beginFetches(begin, fleet.db);
    expect(begun).toEqual([id]);
    nowMs = Date.now();
    await fetchFeed(deps(), tenantId, id);
    await beginFetches(begin, fleet.db);
    expect(begun).toEqual([id]);
  });

  describe('from ERCOT', () => {
    const REPORT = {
      _meta: { totalRecords: 2, pageSize: 2000, totalPages: 1, currentPage: 1 },
      fields: ['deliveryDate', 'hourEnding', 'settlementPoint', 'settlementPointPrice', 'DSTFlag'].map((name) => ({ name })),
      data: [
        ['2024-01-10', '01:00', 'HB_WEST', 21.5, false],
        ['2024-01-10', '02:00', 'HB_WEST', -2, false],
      ],
    };
    const json = (response: ServerResponse, body: unknown) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
    const addHub = () => add({ name: 'Hub', origin: 'ercot-dam', node: 'HB_WEST' });

    it('signs in, asks for the days around today with key and token, and stores the hours', async () => {
      let form = '';
      answer = (request, response) => {
        if (request.method === 'POST') {
          request.on('data', (piece) => {
            form += piece;
          });
          request.on('end', () => json(response, { id_token: 'a token', expires_in: '3600' }));
        } else json(response, REPORT);
      };
      const { id } = await addHub();
      expect(await fetchFeed(deps(), tenantId, id)).toEqual({ kind: 'stored', added: 2, changed: 0, refused: 0 });
      expect(new URLSearchParams(form).get('username')).toBe('a miner');
      expect(asked[1]?.headers).toMatchObject({ 'ocp-apim-subscription-key': 'a key', authorization: 'Bearer a token' });
      const url = new URL(asked[1]?.url ?? '', origin);
      expect(url.pathname).toBe('/api/public-reports/np4-190-cd/dam_stlmnt_pnt_prices');
      expect(Object.fromEntries(url.searchParams)).toMatchObject({
        deliveryDateFrom: '2024-01-09',
        deliveryDateTo: '2024-01-11',
        settlementPoint: 'HB_WEST',
      });
      // 00:00 CST is 06:00 UTC.
      expect((await read(id)).prices.map(({ startAt, pricePerMwh }) => [startAt, pricePerMwh])).toEqual([
        ['2024-01-10T06:00:00.000Z', 21.5],
        ['2024-01-10T07:00:00.000Z', -2],
      ]);
    });

    it.each([
      ['a sign-in without a token', { error: 'invalid_grant' }, REPORT, { kind: 'garbled', reason: 'sign-in: no id_token in the answer' }],
      ['a report of another shape', { id_token: 'a token' }, { rows: [] }, { kind: 'garbled' }],
      ['a report of several pages', { id_token: 'a token' }, { ...REPORT, _meta: { totalPages: 3 } }, { kind: 'refused' }],
      [
        'a report of another node',
        { id_token: 'a token' },
        { ...REPORT, data: [['2024-01-10', '01:00', 'HB_EAST', 1, false]] },
        { reason: 'unknown-node: HB_WEST' },
      ],
    ])('writes down %s', async (_, token, report, expected) => {
      answer = (request, response) => void json(response, request.method === 'POST' ? token : report);
      const { id } = await addHub();
      expect(await fetchFeed(deps(), tenantId, id)).toMatchObject(expected);
      expect((await readSeries({ ...power, hasErcotKey: true }, accountant, id, NEWEST)) as object).toMatchObject({
        value: { series: { status: 'failing' } },
      });
    });

    it('asks nobody without a key', async () => {
      const { id } = await addHub();
      expect(await fetchFeed({ ...deps(), ercot: null }, tenantId, id)).toEqual({ kind: 'off' });
      expect(asked).toEqual([]);
    });
  });
});
