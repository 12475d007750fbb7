// A report of a stored list against a real database: the totals of the list, for its workspace alone.
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aSnapshot } from '#app/features/api/economics/sample-context.ts';
import { ListAnswerSchema } from '#app/features/api/lists/list-schemas.ts';
import { readBatchUpload } from '#app/features/api/lists/read-batch-upload.ts';
import type { Mapping } from '#app/features/batch/mapping/mapping.ts';
import { beginUpload, type Caller, findBatch, finishUpload, type StoreDeps } from '#app/features/batch/stored/batch-store.server.ts';
import { processBatchWith } from '#app/features/batch/stored/process-batch.server.ts';
import { createPartWriter } from '#app/features/batch/stored/stored-file.server.ts';
import type { StoredSummary } from '#app/features/batch/stored/stored-summary.ts';
import type { Prisma } from '#app/generated/prisma/client.ts';
import { createDb, type Db } from '#app/platform/db.server.ts';
import { getEngine } from '#app/platform/engine.server.ts';
import { withClient } from '../../../prisma/prepare-database.ts';
import { createScratchDatabase, type ScratchDatabase } from '../../../prisma/scratch-database.ts';
import { makeReportNow } from './make-report.server.ts';
import { computeFleet } from './model/compute-fleet.ts';
import { findFile } from './report-content.server.ts';
import { asOwner, findReport, type ReportKey } from './report-store.server.ts';
import { readStoredBatch } from './stored-batch-source.server.ts';

let scratch: ScratchDatabase;
let db: Db;
let caller: Caller;
let deps: StoreDeps;

beforeAll(async () => {
  scratch = await createScratchDatabase(process.env.TEST_DATABASE_OWNER_URL);
  db = createDb(scratch.appUrl, { maxConnections: 4 });
  const tenantId = randomUUID();
  await withClient(scratch.ownerUrl, (owner) =>
    owner.query('INSERT INTO tenants (id, name) VALUES ($1, $2)', [tenantId, 'Northern Hydro']),
  );
  caller = {
    actor: {
      userId: randomUUID(),
      tenantId,
      role: 'operator',
      isAlone: false,
      sessionId: null,
      tokenId: null,
      scopes: null,
      isStaff: false,
      stayEndsAtMs: null,
    },
    origin: { address: null, requestId: null },
  };
  deps = { db, enqueue: async () => undefined, now: () => new Date() };
});
afterAll(async () => {
  await db?.$disconnect();
  await scratch?.drop();
});

const LIST = [
  'Model,Qty,Electricity,Price,Uptime',
  'S19j Pro,10,0.05,900,95%',
  'S21,x,0.05,3000,97%',
  'S21,4,0.06,3000,97%',
  'S19,25,0.11,400,90%',
  'S21,6,0.04,3000,',
].join('\n');

async function storeList(text: string): Promise<string> {
  const read = readBatchUpload(
    { defaults: JSON.stringify({ horizonMonths: 24, discountRatioPerYear: 0.12, pue: 1.1 }), mapping: null, choices: null },
    aSnapshot(),
  );
  if (read.kind !== 'ok') throw new Error(JSON.stringify(read.faults));
  const upload = await beginUpload(deps, caller, 'list.csv');
  const writer = createPartWriter(db, upload.tenantId, upload.batchId);
  await writer.write(new TextEncoder().encode(text));
  await finishUpload(deps, caller, { ...upload, fileBytes: await writer.end(), request: read.request, name: 'Autumn fleet' });
  await processBatchWith(upload, new AbortController().signal, { db, engine: await getEngine(), now: () => new Date() });
  return upload.batchId;
}

const sourceOf = async (batchId: string, tenantId = caller.actor.tenantId!) =>
  readStoredBatch({ db, engine: await getEngine() }, { tenantId, batchId, name: 'Autumn fleet' });

async function makeReport(batchId: string, format: 'xlsx' | 'pptx'): Promise<ReportKey> {
  const key: ReportKey = { id: randomUUID(), tenantId: caller.actor.tenantId };
  await asOwner(
    key,
    (tx) =>
      tx.report.createMany({
        data: {
          ...key,
          kind: 'batch',
          format,
          language: 'en',
          name: 'Autumn fleet',
          inputs: { batchId },
          market: aSnapshot() as unknown as Prisma.InputJsonObject,
          expiresAt: new Date(Date.now() + 3_600_000),
        },
      }),
    db,
  );
  await makeReportNow(key, { isLastAttempt: true, signal: new AbortController().signal, db });
  return key;
}

describe('a report of a stored list', () => {
  it('comes to the totals that the list shows', async () => {
    const batchId = await storeList(LIST);
    const batch = (await findBatch(deps, caller, batchId, null))!;
    expect(ListAnswerSchema.safeParse(JSON.parse(JSON.stringify(batch))).error).toBeUndefined();
    const summary = batch.summary as unknown as StoredSummary;
    const read = await sourceOf(batchId);
    if (read.kind !== 'ok') throw new Error(read.kind);
    expect(read.source).toMatchObject({ rowsFailed: batch.rowsFailed, rowsSkipped: 0, discountRatioPerYear: 0.12 });
    expect(read.source.market.priceUsdPerBtc).toMatchObject({
      origin: aSnapshot().priceUsdPerBtc.origin,
      source: aSnapshot().priceUsdPerBtc.source,
    });
    const computed = computeFleet(await getEngine(), read.source);
    if (computed.kind !== 'ok') throw new Error(computed.field);
    const { fleet } = computed;
    expect(fleet.machines).toBe(summary.machines);
    expect(fleet.losingMachines).toBe(summary.unprofitable.machines);
    expect(fleet.capexUsd).toBe(summary.projection.capexUsd);
    expect(fleet.today.netUsdPerDay).toBeCloseTo(summary.today.netUsdPerDay, 8);
    expect(fleet.npvUsd).toBeCloseTo(summary.projection.npvUsd, 6);
    expect(fleet.paybackMonths).toEqual(summary.projection.paybackMonths);
    expect(fleet.irrRatioPerYear).toEqual(summary.projection.irrRatioPerYear);
    for (const [index, { netUsd }] of fleet.months.entries()) expect(netUsd).toBeCloseTo(summary.projection.netUsdByMonth[index]!, 6);
  });

  it('reads the columns as they were understood when the list was computed', async () => {
    const batchId = await storeList(LIST);
    await db.$withTenant(caller.actor.tenantId!, async (tx) => {
      const { mapping } = await tx.batch.findUniqueOrThrow({ where: { id: batchId }, select: { mapping: true } });
      // The stored mapping leaves out a column that a new proposal would take.
      const { columns, ...rest } = mapping as unknown as Mapping;
      const other = columns.map((column) => (column.field === 'uptimeRatio' ? { ...column, field: null, unit: null } : column));
      await tx.batch.update({
        where: { id: batchId },
        data: { mapping: { ...rest, columns: other } as unknown as Prisma.InputJsonObject },
      });
    });
    const read = await sourceOf(batchId);
    if (read.kind !== 'ok') throw new Error(read.kind);
    const [first] = read.source.rows;
    expect(read.source.rows.every(({ uptimeRatio }) => uptimeRatio === first!.uptimeRatio)).toBe(true);
  });

  it('reckons hosted rows as the list does, and counts them', async () => {
    const batchId = await storeList('Model,Qty,Electricity,Client power\nS21,10,0.04,0.07\nS21,5,0.04,\n');
    const read = await sourceOf(batchId);
    if (read.kind !== 'ok') throw new Error(read.kind);
    expect(read.source.hostedRows).toBe(1);
    expect(read.source.rows.map(({ powerUsdPerKwh }) => powerUsdPerKwh)).toEqual([0.04, 0.04]);
  });

  it.each(['xlsx', 'pptx'] as const)('is made as %s', { timeout: 60_000 }, async (format) => {
    const key = await makeReport(await storeList(LIST), format);
    const file = await findFile(key, db);
    expect(file, JSON.stringify(await findReport(key, { db }))).not.toBeNull();
    expect(file!.fileName).toContain('Autumn fleet');
  });

  it('is not made of a list of another workspace, nor of one without a good row', async () => {
    const batchId = await storeList(LIST);
    expect(await sourceOf(batchId, randomUUID())).toEqual({ kind: 'gone' });
    const empty = await makeReport(await storeList('Model,Qty,Electricity\nNothing 1000,5,0.05\n'), 'xlsx');
    expect(await findReport(empty, { db })).toMatchObject({ status: 'failed', errorCode: 'list-empty' });
  });

  it('says so when rows have different discount rates', async () => {
    const read = await sourceOf(await storeList('Model,Qty,Electricity,Discount rate (%)\nS21,5,0.05,10\nS21,6,0.05,12\n'));
    expect(read.kind).toBe('mixed-discount');
  });
});
