/** Readings of a site whose tables are away, or that another process writes to; and ends that are told when they are ends. */
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { toSample } from '#app/features/telemetry/store/sample.server.ts';
import { createDb, type Db } from '#app/platform/db.server.ts';
import type { Letter } from '#app/platform/mail/message.ts';
import type { MachineReading } from '#collectors/cgminer/reading.ts';
import { withClient } from '../../../prisma/prepare-database.ts';
import { createScratchDatabase, type ScratchDatabase } from '../../../prisma/scratch-database.ts';
import { addSite, type FixtureSite, failedAt, readAt } from '../../../tests/support/telemetry-site.ts';
import { type EvaluateDeps, evaluateBatchWith } from './evaluate-batch.server.ts';
import { notifyWorkspaceWith } from './notify/notify-workspace.server.ts';
import { SiteWatches } from './site-watches.server.ts';

let scratch: ScratchDatabase;
let db: Db;
let site: FixtureSite;
let nowS: number;
let deps: EvaluateDeps;
/** What happens to transactions: null, nothing. */
let trouble: 'away' | 'lost at commit' | null;

const withTenant: Db['$withTenant'] = (tenantId, work, options) => {
  if (trouble === 'away') return Promise.reject(new Error('the database is away'));
  if (trouble === null) return db.$withTenant(tenantId, work, options);
  const lose = async (...given: Parameters<typeof work>) => {
    await work(...given);
    throw new Error('the connection is lost');
  };
  return db.$withTenant(tenantId, lose, options);
};

beforeAll(async () => {
  scratch = await createScratchDatabase(process.env.TEST_DATABASE_OWNER_URL);
  db = createDb(scratch.appUrl, { maxConnections: 4 });
});
afterAll(async () => {
  await db?.$disconnect();
  await scratch?.drop();
});
beforeEach(async () => {
  site = await addSite(scratch.ownerUrl, { machines: 2, timeZone: 'Asia/Shanghai' });
  nowS = Math.floor(Date.now() / 1000) - 2_400;
  trouble = null;
  deps = {
    watches: new SiteWatches({ $withTenant: withTenant }),
    publish: async () => undefined,
    orderNotices: async () => undefined,
    nowMs: () => nowS * 1000,
  };
});

/** Two of three hot readings are an alert. */
const hotAt = (atS: number) => readAt(atS, { chipTemperatureC: 110 });

async function live(minutes: number, say: (atS: number) => MachineReading, bad = 1): Promise<void> {
  for (let minute = 0; minute < minutes; minute += 1) {
    nowS += 60;
    const readings = site.machines.map(({ number }, place) => {
      const reading = place < bad ? say(nowS) : readAt(nowS);
      return { machineNumber: number, reading, sample: toSample(reading) };
    });
    await evaluateBatchWith(deps, { tenantId: site.tenantId, siteNumber: site.site, readings });
  }
}

const listRows = () =>
  withClient(scratch.ownerUrl, async (owner) => {
    const { rows } = await owner.query<{ rule: string }>('SELECT rule FROM alerts WHERE tenant_id = $1 ORDER BY rule', [site.tenantId]);
    return rows.map(({ rule }) => rule);
  });

it('readings that came while the tables could not be read are judged with the next', async () => {
  trouble = 'away';
  await expect(live(1, hotAt)).rejects.toThrow('away');
  expect(await listRows()).toEqual([]);
  trouble = null;
  await live(1, hotAt);
  expect(await listRows()).toEqual(['hot-critical']);
});

it('an alert whose rows were lost with their transaction is written with the next', async () => {
  await live(1, hotAt);
  trouble = 'lost at commit';
  await expect(live(1, hotAt)).rejects.toThrow('lost');
  expect(await listRows()).toEqual([]);
  trouble = null;
  await live(1, readAt);
  expect(await listRows()).toEqual(['hot-critical']);
});

it('what is pending goes on when another process has written meanwhile', async () => {
  await live(1, hotAt);
  await withClient(scratch.ownerUrl, (owner) =>
    owner.query('UPDATE alert_watches SET revision = revision + 1 WHERE tenant_id = $1', [site.tenantId]),
  );
  await live(1, hotAt);
  expect(await listRows()).toEqual(['hot-critical']);
});

it('a common alert that has spread is told again, and is acknowledged and snoozed by nobody', async () => {
  site = await addSite(scratch.ownerUrl, { machines: 20 });
  await live(8, failedAt, 7);
  await withClient(scratch.ownerUrl, (owner) =>
    owner.query(`UPDATE alerts SET acknowledged_at = now(), snoozed_until = now() + interval '1 day' WHERE tenant_id = $1`, [
      site.tenantId,
    ]),
  );
  await live(20, failedAt, 14);
  const { rows } = await withClient(scratch.ownerUrl, (owner) =>
    owner.query(
      `SELECT a.scope, a.acknowledged_at, a.snoozed_until, e.is_news AS "isNews", e.detail FROM alerts a JOIN alert_events e ON e.alert_id = a.id
       WHERE a.tenant_id = $1 AND e.kind = 'grown'`,
      [site.tenantId],
    ),
  );
  expect(rows).toEqual([{ scope: 'site', acknowledged_at: null, snoozed_until: null, isNews: true, detail: { machines: 14 } }]);
});

it('the end of an alert is told when it cannot come back as the same, and not before it does', async () => {
  await withClient(scratch.ownerUrl, (owner) =>
    owner.query(
      `INSERT INTO alert_channels (tenant_id, kind, name, target, language, least_severity, messages_per_hour) VALUES ($1, 'email', 'Night', 'n@mine.example', 'en', 3, 100)`,
      [site.tenantId],
    ),
  );
  const letters: Letter[] = [];
  const notify = () =>
    notifyWorkspaceWith(
      { db, origin: undefined, sendLetter: async (letter) => void letters.push(letter), orderWebhook: async () => undefined },
      site.tenantId,
    );
  nowS += 1_200;
  await live(8, failedAt);
  await live(3, readAt);
  await notify();
  expect(letters.map(({ subject }) => subject)).toEqual(['P1 opened: Offline, North']);
  // By the clock of those who stand there.
  expect(letters[0]?.paragraphs[0]).toContain('GMT+8');
  await withClient(scratch.ownerUrl, (owner) =>
    owner.query('UPDATE alerts SET acknowledged_at = now() WHERE tenant_id = $1', [site.tenantId]),
  );
  await live(8, failedAt);
  await notify();
  expect(letters).toHaveLength(1);
  const { rows } = await withClient(scratch.ownerUrl, (owner) =>
    owner.query('SELECT occurrences, resolved_at, acknowledged_at IS NOT NULL AS seen FROM alerts WHERE tenant_id = $1', [site.tenantId]),
  );
  expect(rows).toEqual([{ occurrences: 2, resolved_at: null, seen: true }]);
  // Half an hour after it was over for good.
  await live(3, readAt);
  await withClient(scratch.ownerUrl, (owner) =>
    owner.query(`UPDATE alert_events SET detail = detail || jsonb_build_object('tellAt', now()) WHERE tenant_id = $1 AND is_news`, [
      site.tenantId,
    ]),
  );
  await notify();
  expect(letters.map(({ subject }) => subject).slice(1)).toEqual(['P1 over: Offline, North']);
});
