// Reports made from stored requests: every subject in every format and language, for their owner alone, through crashes of worker and page.
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { buffer } from 'node:stream/consumers';
import { Redis } from 'ioredis';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { BATCH_EXAMPLE, GOLDEN_EXAMPLE } from '#app/features/api/developers/worked-example.ts';
import { aSnapshot } from '#app/features/api/economics/sample-context.ts';
import { getPlanDesk } from '#app/features/curtailment/plan-desk.server.ts';
import { PLAN_EXAMPLE } from '#app/features/curtailment/plan-example.ts';
import type { Prisma } from '#app/generated/prisma/client.ts';
import { createDb, type Db } from '#app/platform/db.server.ts';
import { Queues } from '#app/platform/queues.server.ts';
import { reportRender } from '#jobs/contracts/report-render.ts';
import { withClient } from '../../../prisma/prepare-database.ts';
import { createScratchDatabase, type ScratchDatabase } from '../../../prisma/scratch-database.ts';
import { convertWithLibreOffice, readPdfText } from '../../../tests/support/office.ts';
import { countCharts, readSlides } from '../../../tests/support/report-figures.ts';
import { makeReportNow } from './make-report.server.ts';
import { createBrowserPool, PageLost } from './pdf/browser-pool.server.ts';
import { findChromium } from './pdf/find-chromium.server.ts';
import { openPrintRoom } from './pdf/print-room.server.ts';
import { SLIDES } from './pptx/render-pptx.ts';
import { findFile } from './report-content.server.ts';
import type { ReportFormat } from './report-file.ts';
import {
  asOwner,
  findReport,
  listReports,
  noteProgress,
  type ReportKey,
  type ReportKind,
  removeExpiredReports,
} from './report-store.server.ts';

const MARKET = aSnapshot() as unknown as Prisma.InputJsonObject;
const tenantId = randomUUID();

let scratch: ScratchDatabase;
let db: Db;
const children: ChildProcess[] = [];

beforeAll(async () => {
  scratch = await createScratchDatabase(process.env.TEST_DATABASE_OWNER_URL);
  await withClient(scratch.ownerUrl, (owner) =>
    owner.query('INSERT INTO tenants (id, name) VALUES ($1, $2)', [tenantId, '北方水电 Northern Hydro']),
  );
  db = createDb(scratch.appUrl, { maxConnections: 4 });
  // What the room finds out for itself reads the configuration of a process; a test has none of its own.
  process.env.DATABASE_URL ??= scratch.appUrl;
  process.env.REDIS_URL ??= process.env.TEST_REDIS_URL;
  process.env.HASHINSIGHT_MODE ??= 'test';
});
afterEach(() => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
});
afterAll(async () => {
  await getPlanDesk().close();
  await db?.$disconnect();
  await scratch?.drop();
});

const INPUTS: Record<ReportKind, object> = { scenario: GOLDEN_EXAMPLE, batch: BATCH_EXAMPLE, plan: PLAN_EXAMPLE };

type Order = { kind?: ReportKind; format: ReportFormat; language?: 'en' | 'zh'; inputs?: object; owner?: string | null; expiresAt?: Date };

async function order({
  kind = 'scenario',
  format,
  language = 'en',
  inputs = INPUTS[kind],
  owner = tenantId,
  expiresAt,
}: Order): Promise<ReportKey> {
  const key: ReportKey = { id: randomUUID(), tenantId: owner };
  await asOwner(
    key,
    (tx) =>
      tx.report.createMany({
        data: {
          ...key,
          kind,
          format,
          language,
          name: 'Autumn',
          inputs: inputs as Prisma.InputJsonObject,
          market: MARKET,
          expiresAt: expiresAt ?? new Date(Date.now() + 3_600_000),
        },
      }),
    db,
  );
  return key;
}

const once1 = { isLastAttempt: true, signal: new AbortController().signal };
const make = (key: ReportKey) => makeReportNow(key, { ...once1, db });

async function textOf(format: ReportFormat, content: Uint8Array): Promise<string> {
  return format === 'pdf' ? readPdfText(content) : readSlides(content).join('\n');
}

describe('makeReportNow', () => {
  it.each((['scenario', 'batch', 'plan'] as const).flatMap((kind) => (['en', 'zh'] as const).map((language) => [kind, language] as const)))(
    'writes a %s in %s in three formats with the same figures',
    { timeout: 150_000 },
    async (kind, language) => {
      const texts: string[] = [];
      let figures: string[] = [];
      for (const format of ['pptx', 'pdf', 'xlsx'] as const) {
        const key = await order({
          kind,
          format,
          language,
          inputs: kind === 'batch' ? { ...BATCH_EXAMPLE, defaults: { ...BATCH_EXAMPLE.defaults } } : INPUTS[kind],
        });
        await make(key);
        const file = await findFile(key, db);
        expect(file, `${format}: ${JSON.stringify(await findReport(key, { db }))}`).not.toBeNull();
        const content = await buffer(file!.read());
        expect(createHash('sha256').update(content).digest('hex')).toBe(file!.hash);
        expect(content.length).toBe(file!.sizeBytes);
        if (format === 'xlsx') continue;
        const text = await textOf(format, content);
        expect(text).toContain('Northern Hydro');
        texts.push(text.replaceAll(/\s+/g, ''));
        if (format === 'pptx') {
          const slides = readSlides(content);
          expect(slides.length).toBeGreaterThanOrEqual(SLIDES.least);
          expect(slides.length).toBeLessThanOrEqual(SLIDES.most);
          expect(countCharts(content)).toBeGreaterThanOrEqual(3);
          const opened = await readPdfText(await convertWithLibreOffice(content, 'pptx', 'pdf'));
          // A form feed ends each page: LibreOffice shows every slide.
          expect(opened.split('\f').length - 1).toBe(slides.length);
          // The second slide is the answer: whatever amounts stand there stand in the other format too.
          figures = slides[1]!.match(/[+−]?\$[\d,]+(?:\.\d+)?|\d[\d,]*\.\d+%?/g) ?? [];
        }
      }
      expect(figures.length).toBeGreaterThan(5);
      for (const figure of figures) for (const text of texts) expect(text).toContain(figure);
    },
  );

  it('says why inputs can never be computed, without another attempt', async () => {
    const key = await order({ format: 'xlsx', inputs: { ...GOLDEN_EXAMPLE, uptimeRatio: 97 } });
    await makeReportNow(key, { ...once1, isLastAttempt: false, db });
    expect(await findReport(key, { db })).toMatchObject({
      status: 'failed',
      errorCode: 'refused-inputs',
      errorDetail: expect.stringContaining('uptimeRatio'),
    });
  });

  it('leaves a cancelled report alone', async () => {
    const key = await order({ format: 'xlsx' });
    await asOwner(key, (tx) => tx.report.updateMany({ where: key, data: { status: 'cancelled' } }), db);
    await make(key);
    expect(await findReport(key, { db })).toMatchObject({ status: 'cancelled', sizeBytes: null });
    expect(await noteProgress(key, 0.5, db)).toBe(false);
  });
});

describe('ownership', () => {
  it("shows a workspace's report to that workspace, and a guest's to whoever names it", async () => {
    const own = await order({ format: 'xlsx' });
    const guests = await order({ format: 'xlsx', owner: null });
    expect(await findReport(own, { db })).not.toBeNull();
    expect(await findReport({ ...own, tenantId: randomUUID() }, { db })).toBeNull();
    expect(await findReport({ ...own, tenantId: null }, { db })).toBeNull();
    expect(await findReport(guests, { db })).not.toBeNull();
    expect(await findReport({ id: randomUUID(), tenantId: null }, { db })).toBeNull();
    expect((await listReports(tenantId, { db })).map(({ id }) => id)).not.toContain(guests.id);
    expect(await db.report.count()).toBe(0);
  });

  it('removes what has expired and nothing else', async () => {
    const old = await order({ format: 'xlsx', expiresAt: new Date(Date.now() - 1_000) });
    const oldGuests = await order({ format: 'xlsx', owner: null, expiresAt: new Date(Date.now() - 1_000) });
    const fresh = await order({ format: 'xlsx' });
    await removeExpiredReports(db);
    const count = (key: ReportKey) => asOwner(key, (tx) => tx.report.count({ where: { id: key.id } }), db);
    expect([await count(old), await count(oldGuests), await count(fresh)]).toEqual([0, 0, 1]);
  });

  it("shows a file to its report's owner alone, and takes it away with the report", async () => {
    for (const owner of [tenantId, null]) {
      const key = await order({ format: 'pptx', owner });
      await make(key);
      const count = (as: ReportKey) => asOwner(as, (tx) => tx.reportPart.count({ where: { reportId: key.id } }), db);
      expect(await count(key)).toBeGreaterThan(0);
      expect(await count({ ...key, tenantId: randomUUID() })).toBe(0);
      expect(await count({ id: randomUUID(), tenantId: null })).toBe(0);
      expect(await db.reportPart.count()).toBe(0);
      await asOwner(key, (tx) => tx.report.deleteMany({ where: key }), db);
      expect(await count(key)).toBe(0);
    }
  });
});

describe('a worker that is killed', () => {
  async function startChild(prefix: string): Promise<ChildProcess> {
    const child = spawn(process.execPath, ['--import', 'tsx', 'tests/support/report-worker.ts', prefix, '1500'], {
      env: {
        ...process.env,
        DATABASE_URL: scratch.appUrl,
        REDIS_URL: process.env.TEST_REDIS_URL,
        HASHINSIGHT_MODE: 'test',
        LOG_LEVEL: 'error',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    children.push(child);
    await once(child.stdout!, 'data');
    return child;
  }

  async function until(key: ReportKey, isReached: (report: { status: string; progressRatio: number }) => boolean): Promise<void> {
    for (;;) {
      const report = await findReport(key, { db });
      if (report !== null && isReached(report)) return;
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  it('in the middle of a report is followed by another that makes it, once', { timeout: 120_000 }, async () => {
    const prefix = randomUUID();
    const queues = new Queues(new Redis(process.env.TEST_REDIS_URL!, { maxRetriesPerRequest: null }), { prefix });
    const rows = Array.from({ length: 6_000 }, (_, index) => ({ ...GOLDEN_EXAMPLE, powerUsdPerKwh: 0.03 + (index % 40) / 1000 }));
    const key = await order({ kind: 'batch', format: 'xlsx', inputs: { rows } });
    const first = await startChild(prefix);
    await queues.enqueue(reportRender, key);
    await until(key, ({ status }) => status === 'running');
    first.kill('SIGKILL');
    await once(first, 'exit');
    expect(await findReport(key, { db })).toMatchObject({ status: 'running', sizeBytes: null });
    await startChild(prefix);
    await until(key, ({ status }) => status !== 'running' && status !== 'queued');
    expect(await findReport(key, { db })).toMatchObject({ status: 'done', progressRatio: 1 });
    expect((await listReports(tenantId, { db })).filter(({ id }) => id === key.id)).toHaveLength(1);
    await queues.close();
  });
});

describe('the browser pool', () => {
  it('survives a page that crashes and a browser that is killed', { timeout: 90_000 }, async () => {
    const pool = createBrowserPool(findChromium()!);
    const { signal } = new AbortController();
    const crash = pool.withPage(signal, async (page) => {
      // Never answers: the page is gone.
      await page.goto('chrome://crash');
    });
    await expect(crash).rejects.toThrow();
    expect(await pool.withPage(signal, (page) => page.evaluate(() => 6 * 7))).toBe(42);
    const killed = pool.withPage(signal, async (page) => {
      page.browser().process()?.kill('SIGKILL');
      await new Promise(() => undefined);
    });
    await expect(killed).rejects.toBeInstanceOf(PageLost);
    expect(await pool.withPage(signal, (page) => page.evaluate(() => 6 * 7))).toBe(42);
    await pool.close();
  });

  it('stops when it is told to', async () => {
    const pool = createBrowserPool(findChromium()!);
    const cancelled = new AbortController();
    const work = pool.withPage(cancelled.signal, async () => {
      cancelled.abort(new Error('cancelled'));
      await new Promise(() => undefined);
    });
    await expect(work).rejects.toThrow('cancelled');
    await pool.close();
  });
});

describe('the print room', () => {
  it('shows a document once, and to nobody with another address', async () => {
    let nowMs = 0;
    const room = await openPrintRoom(() => nowMs);
    const address = room.show(() => ({ html: '<p>answer</p>', css: 'p{}' }));
    expect((await fetch(`${address.slice(0, -1)}${address.endsWith('A') ? 'B' : 'A'}`)).status).toBe(404);
    expect(await (await fetch(address)).text()).toBe('<p>answer</p>');
    expect((await fetch(address)).status).toBe(404);
    const late = room.show(() => ({ html: '', css: '' }));
    nowMs = 60_001;
    expect((await fetch(late)).status).toBe(404);
    await room.close();
  });
});
