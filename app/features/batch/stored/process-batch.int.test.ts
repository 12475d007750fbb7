/** Lists on the server against a real database: stored whole, refused with a reason, resumed after a worker was killed, apart from other workspaces. */
import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createDb, type Db } from '#app/platform/db.server.ts';
import type { Actor } from '#app/platform/permissions/actor.ts';
import { GUEST } from '#app/platform/permissions/actor.ts';
import { PermissionError } from '#app/platform/permissions/require-permission.ts';
import { NOT_FINITE_STATUS } from '#engine';
import { loadBuild } from '#engine/vectors/built-engines.ts';
import { withClient } from '../../../../prisma/prepare-database.ts';
import { createScratchDatabase } from '../../../../prisma/scratch-database.ts';
import { SCENARIO } from '../computing/computing.fixture.ts';
import { aSheet, aWorkbook } from '../fixtures.ts';
import { NO_CHOICES } from '../rows/read-batch.ts';
import type { StoredRequest } from './batch-request.ts';
import {
  beginUpload,
  type Caller,
  cancelBatch,
  deleteBatch,
  duplicateBatch,
  findBatch,
  findShared,
  finishUpload,
  listBatches,
  listErrors,
  listRows,
  removeDeadFiles,
  type StoreDeps,
  shareBatch,
  sumHostedRows,
  unshareBatch,
} from './batch-store.server.ts';
import { processBatchWith } from './process-batch.server.ts';
import { createPartWriter, openStoredFile, PART_BYTES } from './stored-file.server.ts';
import { readStoredMapping } from './stored-mapping.ts';

let db: Db;
let urls: { ownerUrl: string; appUrl: string };
let stop: () => Promise<void>;
let caller: Caller;
let stranger: Caller;
let jobs: { tenantId: string; batchId: string }[];
let deps: StoreDeps;

const REQUEST: StoredRequest = {
  scenario: SCENARIO,
  cnyPerUsd: 7,
  corrections: null,
  choices: NO_CHOICES,
  table: {},
  market: {},
};

async function aCaller(): Promise<Caller> {
  const tenantId = randomUUID();
  await withClient(urls.ownerUrl, (owner) => owner.query('INSERT INTO tenants (id, name) VALUES ($1, $2)', [tenantId, 'Test']));
  const actor: Actor = {
    userId: null,
    tenantId,
    role: 'operator',
    isAlone: false,
    sessionId: null,
    tokenId: null,
    scopes: null,
    isStaff: false,
    stayEndsAtMs: null,
  };
  return { actor: { ...actor, userId: randomUUID() }, origin: { address: null, requestId: null } };
}

beforeAll(async () => {
  const scratch = await createScratchDatabase(process.env.TEST_DATABASE_OWNER_URL);
  urls = scratch;
  db = createDb(scratch.appUrl, { maxConnections: 4 });
  stop = async () => {
    await db.$disconnect();
    await scratch.drop();
  };
  caller = await aCaller();
  stranger = await aCaller();
});
afterAll(() => stop());
beforeEach(() => {
  jobs = [];
  deps = { db, enqueue: async (job) => void jobs.push(job), now: () => new Date() };
});

async function upload(file: string | Uint8Array, request: Partial<StoredRequest> = {}): Promise<string> {
  const { tenantId, batchId } = await beginUpload(deps, caller, 'list.csv');
  const writer = createPartWriter(db, tenantId, batchId);
  await writer.write(typeof file === 'string' ? new TextEncoder().encode(file) : file);
  const fileBytes = await writer.end();
  await finishUpload(deps, caller, { tenantId, batchId, fileBytes, request: { ...REQUEST, ...request }, name: null });
  return batchId;
}

async function work(batchId: string): Promise<void> {
  const engine = await loadBuild('simd');
  const job = { tenantId: caller.actor.tenantId!, batchId };
  await processBatchWith(job, new AbortController().signal, { db, engine, now: () => new Date() });
}

const see = (batchId: string) => findBatch(deps, caller, batchId, null);
const pageOf = (batchId: string, afterRow = 0, take = 1000) => ({ batchId, secret: null, afterRow, take });

const LIST = 'Model,Qty,Electricity,Price\nS19j Pro,10,0.05,900\nS21,x,0.05,3000\nNothing 1000,5,0.05,1\nS21,4,0.06,3000\n';

const HOSTED_LIST = 'Model,Qty,Electricity,Client power\nS21,10,0.05,0.07\nS21,5,0.05,\nS21,5,secret,0.07\n';

describe('a list on the server', () => {
  it('is stored row by row with its errors and its sums', async () => {
    const batchId = await upload(LIST);
    expect(jobs).toEqual([{ tenantId: caller.actor.tenantId, batchId }]);
    await work(batchId);
    expect(await see(batchId)).toMatchObject({
      status: 'done',
      rowsTotal: 4,
      rowsOk: 2,
      rowsFailed: 2,
      rowsSkipped: 0,
      summary: { machines: 14, rows: 2 },
    });
    const rows = await listRows(deps, caller, pageOf(batchId));
    expect(rows.map(({ row, machine, count }) => [row, machine, count])).toEqual([
      [2, 'Antminer S19j Pro', 10],
      [5, 'Antminer S21', 4],
    ]);
    const summary = (await see(batchId))!.summary as { projection: { npvUsd: number } };
    expect(rows.reduce((sum, { npvUsd }) => sum + npvUsd!, 0)).toBeCloseTo(summary.projection.npvUsd, 6);
    expect((await listErrors(deps, caller, pageOf(batchId))).map(({ row, detail }) => [row, (detail as { code: string }).code])).toEqual([
      [3, 'not_a_number'],
      [4, 'model_unknown'],
    ]);
  });

  it('has both sides of a hosting contract where the file names what the client pays', async () => {
    const batchId = await upload('Model,Qty,Electricity,Client power\nS21,10,0.05,0.07\nS21,5,0.05,\nS9,3,0.05,0.07\n');
    await work(batchId);
    const rows = await listRows(deps, caller, pageOf(batchId));
    expect(rows.map(({ clientPowerUsdPerKwh }) => clientPowerUsdPerKwh)).toEqual([0.07, null, 0.07]);
    const [good, unsaid, bad] = rows;
    expect(unsaid).toMatchObject({ clientNetUsdPerDay: null, hostNetUsdPerDay: null });
    expect(good!.clientNetUsdPerDay! + good!.hostNetUsdPerDay!).toBeCloseTo(good!.netUsdPerDay!, 9);
    // The client's old machines do not earn their power: they are off, and the host sells them none.
    expect(bad!.clientNetUsdPerDay).toBeLessThan(0);
    expect(bad!.hostNetUsdPerDay).toBe(0);
    expect(await sumHostedRows(deps, caller, { batchId, secret: null })).toEqual({
      rows: 2,
      machines: 13,
      clientNetUsdPerDay: good!.clientNetUsdPerDay! + bad!.clientNetUsdPerDay!,
      hostNetUsdPerDay: good!.hostNetUsdPerDay,
      clientLosingMachines: 3,
    });
    const plain = await upload(LIST);
    await work(plain);
    expect(await sumHostedRows(deps, caller, { batchId: plain, secret: null })).toBeNull();
  });

  it('loses its file when that is past its time, and an upload that died goes whole', async () => {
    const kept = await upload(LIST);
    const old = await upload(LIST);
    const dead = await beginUpload(deps, caller, 'dead.csv');
    const begun = await beginUpload(deps, caller, 'begun.csv');
    await work(old);
    await withClient(urls.ownerUrl, async (owner) => {
      await owner.query(`SELECT set_config('app.tenant_id', $1, false)`, [caller.actor.tenantId]);
      await owner.query(`UPDATE batch_file_parts SET created_at = now() - interval '91 days' WHERE batch_id = $1`, [old]);
      await owner.query(`UPDATE batches SET created_at = now() - interval '2 hours' WHERE id IN ($1, $2)`, [dead.batchId, old]);
    });
    await removeDeadFiles(db);
    expect(await see(kept)).toMatchObject({ hasFile: true });
    expect(await see(old)).toMatchObject({ hasFile: false, status: 'done', doneRatio: 1, rowsOk: 2 });
    jobs = [];
    expect(await duplicateBatch(deps, caller, old, (request) => request, null)).toEqual({ kind: 'no-file' });
    expect(await duplicateBatch(deps, stranger, kept, (request) => request, null)).toEqual({ kind: 'not-found' });
    expect(jobs).toEqual([]);
    expect(await see(dead.batchId)).toBeNull();
    expect(await see(begun.batchId)).toMatchObject({ status: 'uploading' });
  });

  it('of a worker that was killed in the middle is finished by another, without a row twice', { timeout: 60_000 }, async () => {
    const lines = Array.from({ length: 5000 }, (_, index) =>
      index % 100 === 7 ? 'S19,x,0.05' : `S19j Pro,${1 + (index % 9)},0.0${3 + (index % 5)}`,
    );
    const batchId = await upload(`Model,Qty,Electricity\n${lines.join('\n')}\n`);
    const child = spawn(
      process.execPath,
      [
        '--import',
        'tsx',
        fileURLToPath(new URL('./killed-worker.fixture.server.ts', import.meta.url)),
        urls.appUrl,
        caller.actor.tenantId!,
        batchId,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const firstLine = await new Promise<string>((resolve) => child.stdout.once('data', (data) => resolve(String(data))));
    expect(firstLine).toBe('stored 501\n');
    const ended = new Promise((resolve) => child.once('exit', (_code, signal) => resolve(signal)));
    child.kill('SIGKILL');
    expect(await ended).toBe('SIGKILL');
    const half = await see(batchId);
    expect(half).toMatchObject({ status: 'running', storedThroughRow: 501 });

    await work(batchId);
    expect(await see(batchId)).toMatchObject({ status: 'done', rowsTotal: 5000, rowsOk: 4950, rowsFailed: 50 });
    const numbers: number[] = [];
    for (let after = 0; ; ) {
      const page = await listRows(deps, caller, pageOf(batchId, after));
      if (page.length === 0) break;
      numbers.push(...page.map(({ row }) => row));
      after = page.at(-1)!.row;
    }
    expect(numbers).toHaveLength(4950);
    expect(new Set(numbers).size).toBe(4950);

    const again = await upload(`Model,Qty,Electricity\n${lines.join('\n')}\n`);
    await work(again);
    expect((await see(again))!.summary).toEqual((await see(batchId))!.summary);
  });

  it('says which sheet and header row were read and which other sheets there are, also when it is refused', async () => {
    const rowsOf = (lines: readonly string[][]) =>
      lines
        .map((cells, at) => `<row r="${at + 1}">${cells.map((text) => `<c t="inlineStr"><is><t>${text}</t></is></c>`).join('')}</row>`)
        .join('');
    const sheets = [
      { name: 'Cover', xml: aSheet(rowsOf([['Our machines']])) },
      { name: 'List', xml: aSheet(rowsOf([['As of October'], ['Model', 'Qty'], ['S21', '4']])) },
      {
        name: 'Turned',
        xml: aSheet(
          rowsOf([
            ['Model', 'S21'],
            ['Hashrate', '200'],
            ['Power', '3500'],
          ]),
        ),
      },
      { name: 'Old', state: 'hidden', xml: aSheet(rowsOf([['Model'], ['S19']])) },
    ];
    const batchId = await upload(aWorkbook({ sheets }));
    await work(batchId);
    const { status, mapping } = (await see(batchId))!;
    expect(status).toBe('done');
    expect(readStoredMapping(mapping).table).toEqual({
      format: 'xlsx',
      sheet: 'List',
      otherSheets: [
        { name: 'Cover', isHidden: false },
        { name: 'Turned', isHidden: false },
        { name: 'Old', isHidden: true },
      ],
      encoding: null,
      delimiter: null,
      headerRow: 2,
    });
    expect(readStoredMapping(mapping).mapping).toMatchObject({ headerRow: 2, columns: [{ field: 'model' }, { field: 'count' }] });

    const turned = await upload(aWorkbook({ sheets }), { table: { sheet: 'Turned' } });
    await work(turned);
    const refused = (await see(turned))!;
    expect(refused).toMatchObject({ status: 'failed', failure: { code: 'transposed', params: { seen: 'Model, Hashrate, Power' } } });
    expect(readStoredMapping(refused.mapping)).toMatchObject({ mapping: null, table: { sheet: 'Turned', headerRow: null } });

    const text = await upload('Model;Anzahl\nS21;4\n');
    await work(text);
    expect(readStoredMapping((await see(text))!.mapping).table).toEqual({
      format: 'csv',
      sheet: null,
      otherSheets: [],
      encoding: 'utf-8',
      delimiter: ';',
      headerRow: 1,
    });
  });

  it('that cannot be read or understood says why and is not tried again', async () => {
    const pdf = await upload('%PDF-1.7 nothing else');
    await work(pdf);
    expect(await see(pdf)).toMatchObject({ status: 'failed', failure: { kind: 'refused', code: 'pdf' } });
    const unsaid = await upload('Model,Qty\nS19,3\n', {
      scenario: { ...SCENARIO, defaults: { ...SCENARIO.defaults, powerUsdPerKwh: null } },
    });
    await work(unsaid);
    expect(await see(unsaid)).toMatchObject({ status: 'failed', failure: { kind: 'fields_missing', fields: ['powerUsdPerKwh'] } });
  });

  it('is read below the row that its owner says is the header, and not at all when that row holds nothing', async () => {
    const list = 'Sites,Hashrate,Power,Electricity price,Uptime\nNorth,95,3250,0.05,97%\n\nModel,Qty,Power price\nS21,4,0.04\nS19,2,0.05\n';
    const batchId = await upload(list, { headerRow: 4 });
    await work(batchId);
    expect(await see(batchId)).toMatchObject({ status: 'done', rowsTotal: 2, rowsOk: 2, mapping: { headerRow: 4, lastHeaderRow: 4 } });
    const refused = await upload(list, { headerRow: 3 });
    await work(refused);
    expect(await see(refused)).toMatchObject({
      status: 'failed',
      failure: { kind: 'refused', code: 'header_row_missing', params: { row: 3 } },
    });
  });

  it('stops when it is cancelled, and a job for it comes to nothing', async () => {
    const batchId = await upload(LIST);
    await cancelBatch(deps, caller, batchId);
    await work(batchId);
    expect(await see(batchId)).toMatchObject({ status: 'cancelled', rowsTotal: 0 });
  });

  it('is nobody else’s, but for who has the secret of its link, until the link is withdrawn', async () => {
    const batchId = await upload(LIST);
    await work(batchId);
    expect(await findBatch(deps, stranger, batchId, null)).toBeNull();
    await expect(findBatch(deps, { ...stranger, actor: GUEST }, batchId, null)).rejects.toThrow(PermissionError);
    const secret = await shareBatch(deps, caller, batchId);
    const guest: Caller = { ...stranger, actor: GUEST };
    expect(await findBatch(deps, guest, batchId, secret)).toMatchObject({ id: batchId, status: 'done' });
    expect(await listRows(deps, guest, { ...pageOf(batchId), secret })).toHaveLength(2);
    expect(await findBatch(deps, guest, batchId, 'another secret')).toBeNull();
    await unshareBatch(deps, caller, batchId);
    expect(await findBatch(deps, guest, batchId, secret)).toBeNull();
  });

  it.each([
    'owner',
    'admin',
    'operator',
    'accountant',
    'mining_site_owner',
  ] as const)('with hosted machines has the host’s side for the %s of its workspace', async (role) => {
    const batchId = await upload(HOSTED_LIST);
    await work(batchId);
    const one: Caller = { ...caller, actor: { ...caller.actor, role } };
    expect((await findBatch(deps, one, batchId, null))!.summary).toHaveProperty('today');
    expect((await sumHostedRows(deps, one, { batchId, secret: null }))!.hostNetUsdPerDay).toBeGreaterThan(0);
    const [hosted] = await listRows(deps, one, pageOf(batchId));
    expect(hosted).toMatchObject({ powerUsdPerKwh: 0.05, hostNetUsdPerDay: expect.any(Number), npvUsd: expect.any(Number) });
  });

  it('with hosted machines shows nothing through its link from which the host’s margin follows', async () => {
    const batchId = await upload(HOSTED_LIST);
    await work(batchId);
    const secret = (await shareBatch(deps, caller, batchId))!;
    for (const one of [stranger, { ...stranger, actor: GUEST }, { ...caller, actor: { ...caller.actor, role: 'client' as const } }]) {
      const [hosted, plain] = await listRows(deps, one, { ...pageOf(batchId), secret });
      expect(hosted).toMatchObject({
        clientPowerUsdPerKwh: 0.07,
        clientNetUsdPerDay: expect.any(Number),
        revenueUsdPerDay: expect.any(Number),
      });
      for (const name of ['powerUsdPerKwh', 'powerUsdPerDay', 'netUsdPerDay', 'hostNetUsdPerDay', 'npvUsd', 'profitUsd'] as const)
        expect(hosted![name], name).toBeNull();
      expect(plain).toMatchObject({ powerUsdPerKwh: 0.05, npvUsd: expect.any(Number) });
      for (const shown of [await findBatch(deps, one, batchId, secret), await findShared(deps, secret)]) {
        expect(shown!.summary).toMatchObject({ machines: 15, rows: 2 });
        for (const name of ['today', 'projection', 'unprofitable', 'meanPowerUsdPerKwh', 'cheapestPowerUsdPerKwh'])
          expect(shown!.summary, name).not.toHaveProperty(name);
      }
      expect(await sumHostedRows(deps, one, { batchId, secret })).toMatchObject({ machines: 10, hostNetUsdPerDay: null });
      const errors = await listErrors(deps, one, { ...pageOf(batchId), secret });
      expect(errors.map(({ detail }) => [detail.field, detail.value])).toEqual([['powerUsdPerKwh', '']]);
    }
  });

  it('without hosted machines shows all its sums through its link', async () => {
    const batchId = await upload(LIST);
    await work(batchId);
    const secret = (await shareBatch(deps, caller, batchId))!;
    expect((await findShared(deps, secret))!.summary).toEqual((await see(batchId))!.summary);
  });

  it('has a row that the engine refuses among its errors and not among its rows', async () => {
    const engine = await loadBuild('simd');
    const refusing: typeof engine = {
      ...engine,
      startColumns: (...how) => {
        const run = engine.startColumns(...how);
        if ('kind' in run) return run;
        return {
          ...run,
          add(machines, results, status, from, to) {
            const refused = run.add(machines, results, status, from, to);
            status[from + 1] = NOT_FINITE_STATUS;
            return refused + 1;
          },
        };
      },
    };
    const batchId = await upload('Model,Qty,Electricity\nS21,1,0.05\nS21,2,0.05\nS21,3,0.05\n');
    const job = { tenantId: caller.actor.tenantId!, batchId };
    await processBatchWith(job, new AbortController().signal, { db, engine: refusing, now: () => new Date() });
    expect(await see(batchId)).toMatchObject({
      status: 'done',
      rowsTotal: 3,
      rowsOk: 2,
      rowsFailed: 1,
      summary: { errors: { not_computed: 1 } },
    });
    expect((await listRows(deps, caller, pageOf(batchId))).map(({ row }) => row)).toEqual([2, 4]);
    expect((await listErrors(deps, caller, pageOf(batchId))).map(({ row, detail }) => [row, detail.code])).toEqual([[3, 'not_computed']]);
  });

  it('with a character that the database refuses is stored all the same', async () => {
    const many = 'S19,95,3250,0.05\n'.repeat(5000);
    const batchId = await upload(`Model,Hashrate,Power,Electricity\n${many}S19\0,95,3250,0.05\nS21,200,3500,0.0\u00005\n`);
    await work(batchId);
    expect(await see(batchId)).toMatchObject({ status: 'done', rowsOk: 5001, rowsFailed: 1 });
    expect((await listRows(deps, caller, pageOf(batchId, 5001)))[0]!.model).toBe('S19\ufffd');
    expect((await listErrors(deps, caller, pageOf(batchId)))[0]!.detail.value).toBe('0.0\ufffd5');
  });

  it('is computed again with another scenario as a list of its own, and deleted with everything', async () => {
    const batchId = await upload(LIST);
    await work(batchId);
    const dearer = { ...SCENARIO, network: { ...SCENARIO.network, priceUsdPerBtc: 160_000 } };
    const copy = await duplicateBatch(deps, caller, batchId, (request) => ({ ...request, scenario: dearer }), 'At 160k');
    if (copy.kind !== 'copied') throw new Error(copy.kind);
    await work(copy.id);
    const [first, second] = [await see(batchId), await see(copy.id)];
    const revenueOf = (batch: typeof first) => (batch!.summary as { today: { revenueUsdPerDay: number } }).today.revenueUsdPerDay;
    expect(second).toMatchObject({ name: 'At 160k', status: 'done' });
    expect(revenueOf(second) / revenueOf(first)).toBeCloseTo(2, 9);
    await deleteBatch(deps, caller, batchId);
    expect(await see(batchId)).toBeNull();
    expect(await listRows(deps, caller, pageOf(batchId))).toEqual([]);
    expect((await listBatches(deps, caller)).map(({ id }) => id)).toContain(copy.id);
  });

  it('whose file is in several pieces is read by place as it was written', async () => {
    const text = `Model,Qty,Electricity\n${'S19j Pro,3,0.05\n'.repeat(20_000)}`;
    const batchId = await upload(text);
    const bytes = new TextEncoder().encode(text);
    expect(bytes.length).toBeGreaterThan(PART_BYTES);
    const source = openStoredFile(db, caller.actor.tenantId!, batchId, { name: 'list.csv', sizeBytes: bytes.length });
    expect(await source.read(PART_BYTES - 5, PART_BYTES + 7)).toEqual(bytes.slice(PART_BYTES - 5, PART_BYTES + 7));
    expect(await source.read(bytes.length - 3, bytes.length + 100)).toEqual(bytes.slice(-3));
  });
});
