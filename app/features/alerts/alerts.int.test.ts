/** From readings to alert rows, through the tables: a restart in between, people's acts, what clients see, the telling of news, and a rule held to the past. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Caller } from '#app/features/sites/scope.server.ts';
import { toSample } from '#app/features/telemetry/store/sample.server.ts';
import { storeReadings } from '#app/features/telemetry/store/store-readings.server.ts';
import { type BulkDb, createBulkDb } from '#app/platform/bulk-db.server.ts';
import { createDb, type Db } from '#app/platform/db.server.ts';
import type { Letter } from '#app/platform/mail/message.ts';
import { type Actor, GUEST } from '#app/platform/permissions/actor.ts';
import { PermissionError } from '#app/platform/permissions/require-permission.ts';
import type { MachineReading } from '#collectors/cgminer/reading.ts';
import { withClient } from '../../../prisma/prepare-database.ts';
import { createScratchDatabase, type ScratchDatabase } from '../../../prisma/scratch-database.ts';
import { addSite, type FixtureSite, failedAt, readAt } from '../../../tests/support/telemetry-site.ts';
import { actOnAlert } from './act-on-alert.server.ts';
import { type EvaluateDeps, evaluateBatchWith, sweepSiteWith } from './evaluate-batch.server.ts';
import { callWebhookWith } from './notify/call-webhook.server.ts';
import { notifyWorkspaceWith } from './notify/notify-workspace.server.ts';
import { isSignedBy } from './notify/sign-webhook.ts';
import { AlertFilterSchema } from './read/alert-view.ts';
import { countOpen, countOpenBySite, listOpenOf } from './read/open-alerts.server.ts';
import { findAlert, listAlerts } from './read/read-alerts.server.ts';
import { createChannel, listChannels } from './settings/channel-store.server.ts';
import { setRule } from './settings/rule-store.server.ts';
import { testChannel } from './settings/test-channel.server.ts';
import { testRule } from './settings/test-rule.server.ts';
import { SiteWatches } from './site-watches.server.ts';

const SECRET = 'a secret that is long enough for a test of this kind';
const BEGIN_S = Math.floor(Date.now() / 1000) - 6 * 3_600;
const OPEN = AlertFilterSchema.parse({});
const ALL = AlertFilterSchema.parse({ status: 'all' });
const PAGE = { after: null, limit: 50 };

let scratch: ScratchDatabase;
let db: Db;
let bulk: BulkDb;
let site: FixtureSite;
let nowS: number;
let opens: number[];
let deps: EvaluateDeps;

/** A process that has just started. */
const start = (): EvaluateDeps => ({
  watches: new SiteWatches(db),
  publish: async (_tenantId, _site, open) => void opens.push(open),
  orderNotices: async () => undefined,
  nowMs: () => nowS * 1000,
});

beforeAll(async () => {
  scratch = await createScratchDatabase(process.env.TEST_DATABASE_OWNER_URL);
  db = createDb(scratch.appUrl, { maxConnections: 4 });
  bulk = createBulkDb(scratch.appUrl);
});
afterAll(async () => {
  await bulk?.close();
  await db?.$disconnect();
  await scratch?.drop();
});
beforeEach(async () => {
  site = await addSite(scratch.ownerUrl, { machines: 12, client: [0] });
  nowS = BEGIN_S;
  opens = [];
  deps = start();
});

async function aPerson(role: Actor['role'], clientId: string | null = null): Promise<Caller> {
  return withClient(scratch.ownerUrl, async (owner) => {
    const { rows } = await owner.query<{ id: string }>(
      `INSERT INTO users (email, email_key, name, locale) VALUES (gen_random_uuid() || '@mine.example', gen_random_uuid() || '@mine.example', $1, 'en') RETURNING id`,
      [`A ${role}`],
    );
    const userId = rows[0]?.id ?? '';
    await owner.query('INSERT INTO memberships (tenant_id, user_id, role) VALUES ($1, $2, $3)', [site.tenantId, userId, role]);
    if (clientId !== null)
      await owner.query('INSERT INTO role_grants (tenant_id, user_id, client_id) VALUES ($1, $2, $3)', [site.tenantId, userId, clientId]);
    return { actor: { ...GUEST, userId, tenantId: site.tenantId, role }, origin: { address: null, requestId: null } };
  });
}

/** Machines by their place say the same for so many minutes. */
async function live(minutes: number, say: (place: number, atS: number) => MachineReading): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) {
    nowS += 60;
    const readings = site.machines.map(({ number }, place) => {
      const reading = say(place, nowS);
      return { machineNumber: number, reading, sample: toSample(reading) };
    });
    await evaluateBatchWith(deps, { tenantId: site.tenantId, siteNumber: site.site, readings });
  }
}
const well = (_place: number, atS: number) => readAt(atS);
const without = (down: (place: number) => boolean) => (place: number, atS: number) => (down(place) ? failedAt(atS) : readAt(atS));

describe('alerts in the tables', () => {
  it('open, are told live, and end when the machine is back, with their history', async () => {
    const operator = await aPerson('operator');
    await live(3, well);
    await live(
      8,
      without((place) => place === 3),
    );
    const { alerts, open } = await listAlerts({ db }, operator, OPEN, PAGE);
    expect(alerts).toMatchObject([{ rule: 'offline', severity: 'P1', scope: 'machine', subject: 'serial 3', machines: 1 }]);
    expect(open).toEqual({ P0: 0, P1: 1, P2: 0, P3: 0 });
    expect(opens).toEqual([1]);
    await live(3, well);
    expect((await listAlerts({ db }, operator, OPEN, PAGE)).alerts).toEqual([]);
    const detail = await findAlert({ db }, operator, alerts[0]!.id);
    expect(detail).toMatchObject({ alert: { resolution: 'recovered' }, members: [{ number: site.machines[3]!.number }], mayWrite: true });
    expect(detail!.events.map(({ kind }) => kind)).toEqual(['resolved', 'opened']);
    expect(opens).toEqual([1, 0]);
  });

  it('go on after a restart: what is open ends, and what comes back within the cool-down is the same alert', async () => {
    const operator = await aPerson('operator');
    await live(
      9,
      without((place) => place === 3),
    );
    deps = start();
    await live(3, well);
    deps = start();
    await live(
      9,
      without((place) => place === 3),
    );
    const { alerts } = await listAlerts({ db }, operator, ALL, PAGE);
    expect(alerts).toMatchObject([{ rule: 'offline', occurrences: 2, resolvedAt: null }]);
  });

  it('are one for a site whose machines fail together, of which a client sees its own machine', async () => {
    await live(
      9,
      without((place) => place < 8),
    );
    const operator = await aPerson('operator');
    expect((await listAlerts({ db }, operator, OPEN, PAGE)).alerts).toMatchObject([{ scope: 'site', severity: 'P0', machines: 8 }]);
    const client = await aPerson('client', site.clientId);
    const seen = await listAlerts({ db }, client, OPEN, PAGE);
    expect(seen.alerts).toMatchObject([{ machines: 1, machinesEver: 1 }]);
    expect(seen.alerts[0]).not.toHaveProperty('assignee');
    const stranger = await aPerson('client');
    expect((await listAlerts({ db }, stranger, OPEN, PAGE)).alerts).toEqual([]);
    await expect(actOnAlert({ db }, client, seen.alerts[0]!.id, { acknowledged: true })).rejects.toThrow();
  });

  it('are raised by the sweep for a site that nobody reads any more, and written once by two processes', async () => {
    await withClient(scratch.ownerUrl, (owner) =>
      owner.query(`UPDATE machines SET host = '10.0.0.' || (number % 200) WHERE tenant_id = $1`, [site.tenantId]),
    );
    await live(3, well);
    const readings = site.machines.map(({ number }) => ({ machine: number, reading: readAt(nowS) }));
    await storeReadings(bulk, site.tenantId, readings, { nowMs: nowS * 1000, rawDays: 2 });
    nowS += 600;
    const other = start();
    expect(await sweepSiteWith(deps, site.tenantId, site.site)).toEqual({ changed: 1 });
    expect(await sweepSiteWith(other, site.tenantId, site.site)).toEqual({ changed: 0 });
    await live(3, well);
    const operator = await aPerson('operator');
    expect((await listAlerts({ db }, operator, ALL, PAGE)).alerts).toMatchObject([
      { rule: 'not-read', scope: 'site', machinesEver: 12, resolution: 'recovered' },
    ]);
    // The other process still holds the alert as open; it finds out before it writes.
    nowS += 30;
    await sweepSiteWith(other, site.tenantId, site.site);
    expect((await listAlerts({ db }, operator, OPEN, PAGE)).alerts).toEqual([]);
  });

  it('end when the machine is announced as in maintenance, and stay away from a rule that is off', async () => {
    const admin = await aPerson('admin');
    await live(
      9,
      without((place) => place === 3),
    );
    await withClient(scratch.ownerUrl, (owner) =>
      owner.query(`UPDATE machines SET status = 'maintenance' WHERE id = $1`, [site.machines[3]!.id]),
    );
    await live(
      2,
      without((place) => place === 3),
    );
    expect((await listAlerts({ db }, admin, ALL, PAGE)).alerts).toMatchObject([{ resolution: 'maintenance' }]);
    expect(await setRule({ db }, admin, { rule: 'offline', siteId: site.siteId, change: { isEnabled: false } })).toMatchObject({
      kind: 'done',
    });
    await live(
      10,
      without((place) => place === 5),
    );
    expect((await listAlerts({ db }, admin, OPEN, PAGE)).alerts).toEqual([]);
  });
});

describe('people', () => {
  it('acknowledge, snooze, assign and comment, each in the history', async () => {
    const operator = await aPerson('operator');
    await live(
      9,
      without((place) => place === 3),
    );
    const [alert] = (await listAlerts({ db }, operator, OPEN, PAGE)).alerts;
    const act = { acknowledged: true, snoozeMinutes: 60, assigneeId: operator.actor.userId, comment: 'On my way.' };
    expect(await actOnAlert({ db }, operator, alert!.id, act)).toMatchObject({ kind: 'done', value: { assignee: { name: 'A operator' } } });
    const detail = await findAlert({ db }, operator, alert!.id);
    expect(detail!.events.map(({ kind }) => kind)).toEqual(['commented', 'assigned', 'snoozed', 'acknowledged', 'opened']);
    const outsider = '00000000-0000-4000-8000-000000000001';
    expect(await actOnAlert({ db }, operator, alert!.id, { assigneeId: outsider })).toMatchObject({
      kind: 'refused',
      faults: [{ field: 'assigneeId', code: 'unknown_reference' }],
    });
  });
});

describe('news', () => {
  let server: Server;
  let port: number;
  let calls: { body: string; headers: NodeJS.Dict<string | string[]> }[];
  let status: number;
  beforeAll(async () => {
    server = createServer((request, response) => {
      let body = '';
      request.on('data', (part) => {
        body += String(part);
      });
      request.on('end', () => {
        calls.push({ body, headers: request.headers });
        response.writeHead(status, status === 302 ? { Location: 'http://127.0.0.1:1/' } : {}).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    port = (server.address() as AddressInfo).port;
  });
  afterAll(() => new Promise((resolve) => server.close(resolve)));
  beforeEach(() => {
    calls = [];
    status = 200;
  });

  it('go out within the budget, and what is beyond it waits', async () => {
    const admin = await aPerson('admin');
    await createChannel({ db }, admin, { kind: 'email', name: 'Night', target: 'night@mine.example', messagesPerHour: 2 }, SECRET);
    await live(
      9,
      without((place) => place < 4),
    );
    const letters: Letter[] = [];
    const notify = {
      db,
      origin: 'https://mine.example',
      sendLetter: async (letter: Letter) => void letters.push(letter),
      orderWebhook: async () => undefined,
    };
    await notifyWorkspaceWith(notify, site.tenantId);
    expect(letters.map(({ paragraphs }) => paragraphs.length)).toEqual([1, 3]);
    await live(3, well);
    await notifyWorkspaceWith(notify, site.tenantId);
    expect(letters).toHaveLength(2);
  });

  it('call a webhook that can tell they are ours, again after trouble, and never follow a redirect', async () => {
    const admin = await aPerson('admin');
    const made = await createChannel({ db }, admin, { kind: 'webhook', name: 'Pager', target: `http://127.0.0.1:${port}/` }, SECRET);
    if (made.kind !== 'done') throw new Error('the channel was not made');
    await live(
      9,
      without((place) => place === 3),
    );
    const messages: string[] = [];
    await notifyWorkspaceWith(
      { db, origin: undefined, sendLetter: async () => undefined, orderWebhook: async (_tenant, id) => void messages.push(id) },
      site.tenantId,
    );
    expect(messages).toHaveLength(1);
    const webhook = { db, sealingSecret: SECRET, guard: { privateNetworks: ['127.0.0.0/8'] }, nowMs: () => nowS * 1000 };
    status = 503;
    await expect(callWebhookWith(webhook, site.tenantId, messages[0]!, 1)).rejects.toThrow('answered: 503');
    status = 200;
    await callWebhookWith(webhook, site.tenantId, messages[0]!, 2);
    const last = calls.at(-1)!;
    const signature = String(last.headers['x-hashinsight-signature']);
    expect(isSignedBy(made.value.secret!, nowS, last.body, signature)).toBe(true);
    expect(isSignedBy(made.value.secret!, nowS, `${last.body} `, signature)).toBe(false);
    expect(JSON.parse(last.body)).toMatchObject({ id: messages[0], alerts: [{ rule: 'offline', severity: 'P1', subject: 'serial 3' }] });
    await callWebhookWith(webhook, site.tenantId, messages[0]!, 3);
    expect(calls).toHaveLength(2);
    // Out of the networks that the operator opened nothing is called.
    await live(3, well);
    await notifyWorkspaceWith(
      { db, origin: undefined, sendLetter: async () => undefined, orderWebhook: async (_tenant, id) => void messages.push(id) },
      site.tenantId,
    );
    await callWebhookWith({ ...webhook, guard: { privateNetworks: [] } }, site.tenantId, messages[1]!, 1);
    expect(calls).toHaveLength(2);
  });
});

describe('a channel that is tried', () => {
  const guard = { privateNetworks: ['127.0.0.0/8'] };
  const letters: Letter[] = [];
  const toDeps = () => ({
    db,
    sealingSecret: SECRET,
    guard,
    sendLetter: async (letter: Letter) => void letters.push(letter),
    origin: undefined,
    nowMs: () => 1_700_000_000_000,
  });

  it('gets one letter in its language, or one signed call whose answer is told, and counts for no budget', async () => {
    const admin = await aPerson('admin');
    const calls: { body: string; signature: string }[] = [];
    const server = createServer((request, response) => {
      request.setEncoding('utf8');
      let body = '';
      request.on('data', (part: string) => {
        body += part;
      });
      request.on('end', () => {
        calls.push({ body, signature: String(request.headers['x-hashinsight-signature']) });
        response.writeHead(500).end();
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const target = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const letter = await createChannel(
      { db },
      admin,
      { kind: 'email', name: 'Nacht', target: 'night@mine.example', language: 'zh' },
      SECRET,
    );
    const hook = await createChannel({ db }, admin, { kind: 'webhook', name: 'Pager', target }, SECRET);
    if (letter.kind !== 'done' || hook.kind !== 'done') throw new Error('the channels were not made');
    expect(await testChannel(toDeps(), admin, letter.value.id)).toMatchObject({ kind: 'done', value: { outcome: 'queued' } });
    expect(letters).toMatchObject([{ to: 'night@mine.example', language: 'zh', subject: '告警通知渠道“Nacht”测试' }]);
    expect(await testChannel(toDeps(), admin, hook.value.id)).toMatchObject({ kind: 'done', value: { outcome: 'answered: 500' } });
    expect(isSignedBy(hook.value.secret!, 1_700_000_000, calls[0]!.body, calls[0]!.signature)).toBe(true);
    expect(JSON.parse(calls[0]!.body)).toMatchObject({ isTest: true, alerts: [] });
    expect((await listChannels({ db }, admin)).map(({ lastOutcome }) => lastOutcome)).toEqual([null, null]);
    await new Promise((resolve) => server.close(resolve));
  });

  it('is not tried for whoever may not set up channels', async () => {
    const operator = await aPerson('operator');
    await expect(testChannel(toDeps(), operator, '00000000-0000-4000-8000-000000000001')).rejects.toThrow(PermissionError);
  });
});

describe('alerts on other pages', () => {
  it('are counted for a site, and shown for a site and a machine, the gravest first', async () => {
    const operator = await aPerson('operator');
    await live(
      9,
      without((place) => place === 3),
    );
    expect(await countOpen({ db }, operator)).toBe(1);
    expect(await countOpenBySite({ db }, operator)).toEqual(new Map([[site.siteId, { alerts: 1, gravest: 'P1' }]]));
    expect(await listOpenOf({ db }, operator, { siteId: site.siteId })).toMatchObject({ total: 1, alerts: [{ rule: 'offline' }] });
    expect(await listOpenOf({ db }, operator, { machineId: site.machines[3]!.id })).toMatchObject({ total: 1 });
    expect(await listOpenOf({ db }, operator, { machineId: site.machines[2]!.id })).toEqual({ total: 0, alerts: [] });
  });
});

describe('a rule held to the past', () => {
  it('for machines that are offline finds those that were not asked any more while others were', async () => {
    const operator = await aPerson('operator');
    await withClient(scratch.ownerUrl, (owner) =>
      owner.query(`UPDATE machines SET host = '10.0.0.' || (number % 200) WHERE tenant_id = $1`, [site.tenantId]),
    );
    const readings = Array.from({ length: 60 }, (_, minute) => BEGIN_S + minute * 60).flatMap((atS) =>
      site.machines.flatMap(({ number }, place) =>
        place === 2 && atS >= BEGIN_S + 1_200 ? [] : [{ machine: number, reading: readAt(atS) }],
      ),
    );
    await storeReadings(bulk, site.tenantId, readings, { nowMs: Date.now(), rawDays: 2 });
    expect(await testRule({ db }, operator, { rule: 'offline', siteId: site.siteId, hours: 12, change: {} })).toMatchObject({
      value: { alerts: 1, named: [{ scope: 'machine', machines: [site.machines[2]!.number] }] },
    });
  });

  it('says what it would have found, and writes nothing', async () => {
    const operator = await aPerson('operator');
    const readings = Array.from({ length: 60 }, (_, minute) => BEGIN_S + minute * 60).flatMap((atS) =>
      site.machines.map(({ number }, place) => ({
        machine: number,
        reading: place === 2 && atS >= BEGIN_S + 1_200 ? readAt(atS, { hashrateThs: 120 }) : readAt(atS),
      })),
    );
    await storeReadings(bulk, site.tenantId, readings, { nowMs: Date.now(), rawDays: 2 });
    const ask = { rule: 'low-hashrate' as const, siteId: site.siteId, hours: 12, change: {} };
    expect(await testRule({ db }, operator, ask)).toMatchObject({
      kind: 'done',
      value: {
        machines: 12,
        machinesTested: 12,
        samples: 720,
        alerts: 1,
        named: [{ scope: 'machine', machines: [site.machines[2]!.number] }],
      },
    });
    const low = await testRule({ db }, operator, { ...ask, change: { numbers: { floorRatio: 0.5, clearRatio: 0.5 } } });
    expect(low).toMatchObject({ value: { alerts: 0 } });
    // As the site set it, and what is tried on top of that.
    await setRule({ db }, operator, {
      rule: 'low-hashrate',
      siteId: site.siteId,
      change: { numbers: { floorRatio: 0.5, clearRatio: 0.5 } },
    });
    expect(await testRule({ db }, operator, ask)).toMatchObject({ value: { alerts: 0 } });
    expect(await testRule({ db }, operator, { ...ask, change: { numbers: { floorRatio: 0.7, clearRatio: 0.75 } } })).toMatchObject({
      value: { alerts: 1 },
    });
    expect(await testRule({ db }, operator, { ...ask, rule: 'wrong-pool' })).toMatchObject({
      kind: 'refused',
      faults: [{ code: 'not_in_history' }],
    });
    expect((await listAlerts({ db }, operator, ALL, PAGE)).alerts).toEqual([]);
  });
});
