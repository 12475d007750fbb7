import { randomUUID } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createScratchDatabase, type ScratchDatabase } from '../../../prisma/scratch-database.ts';
import { createDb, type Db } from '../db.server.ts';
import { createLog } from '../log.server.ts';
import { GUEST } from '../permissions/actor.ts';
import { appendToFiles, listChainsInFiles, readFileHead, verifyChainInFiles } from './audit-files.server.ts';
import { type ChainLink, computeLinkHash, GENESIS_HASH, toChainLine } from './chain.server.ts';
import { recordAuditAlone } from './record-audit.server.ts';
import { streamAudit } from './stream-audit.server.ts';
import { verifyEverything } from './verify-everything.server.ts';

let folder: string;
let chain: string;
let links: ChainLink[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-'));
  chain = randomUUID();
  links = aChain(6);
});
const folders: string[] = [];
beforeEach(() => folders.push(folder));
afterAll(() => Promise.all(folders.map((one) => rm(one, { recursive: true, force: true }))));

function aChain(length: number): ChainLink[] {
  const made: ChainLink[] = [];
  for (let seq = 1; seq <= length; seq += 1) {
    const previousHash = made.at(-1)?.hash ?? GENESIS_HASH;
    const body = `{"note":"回本 ${seq}","tenantId":"${chain}"}`;
    made.push({ seq, previousHash, body, hash: computeLinkHash({ previousHash, seq, body }) });
  }
  return made;
}

const fileOf = (name = '000000000001.jsonl') => join(folder, chain, name);
const readLines = async (name?: string) => (await readFile(fileOf(name), 'utf8')).split('\n').slice(0, -1);
const writeLines = (lines: string[], name?: string) => writeFile(fileOf(name), lines.map((line) => `${line}\n`).join(''));

describe('files of a chain', () => {
  it('prove it without the database, over several files', async () => {
    await appendToFiles(folder, chain, links.slice(0, 2), { maxFileBytes: 300 });
    await appendToFiles(folder, chain, links, { maxFileBytes: 300 });
    expect((await readdir(join(folder, chain))).length).toBeGreaterThan(3);
    expect(await verifyChainInFiles(folder, chain)).toEqual({ kind: 'intact', count: 6, head: { seq: 6, hash: links[5]?.hash } });
    expect(await listChainsInFiles(folder)).toEqual([chain]);
    expect(await readFileHead(folder, chain)).toEqual({ seq: 6, hash: links[5]?.hash });
  });

  it('are readable by the process alone', async () => {
    await appendToFiles(folder, chain, links);
    expect((await stat(fileOf())).mode & 0o077).toBe(0);
  });

  it('go on where a crash cut a line, and where lines were written but not yet their end', async () => {
    await appendToFiles(folder, chain, links.slice(0, 2));
    const cut = links.slice(2, 4).map(toChainLine).join('').slice(0, -30);
    await writeFile(fileOf(), cut, { flag: 'a' });
    await appendToFiles(folder, chain, links);
    expect(await verifyChainInFiles(folder, chain)).toMatchObject({ kind: 'intact', count: 6 });
  });

  it('are not written to when the chain was made anew behind their back', async () => {
    await appendToFiles(folder, chain, links.slice(0, 2));
    const anew = aChain(6).map((link) => (link.seq === 3 ? { ...link, previousHash: 'f'.repeat(64) } : link));
    await expect(appendToFiles(folder, chain, anew.slice(2))).rejects.toThrow('does not follow');
    await expect(appendToFiles(folder, chain, links.slice(3))).rejects.toThrow('does not follow');
    expect(await verifyChainInFiles(folder, chain)).toMatchObject({ kind: 'intact', count: 2 });
  });

  it('are not written to when they hold what was never recorded', async () => {
    await appendToFiles(folder, chain, links.slice(0, 2));
    await writeFile(fileOf(), '{"seq":3}\n', { flag: 'a' });
    await expect(appendToFiles(folder, chain, links)).rejects.toThrow('never recorded');
  });
});

describe('the proof from files', () => {
  beforeEach(() => appendToFiles(folder, chain, links));

  it('names a changed line', async () => {
    const lines = await readLines();
    await writeLines(lines.map((line, index) => (index === 3 ? line.replace('回本 4', '回本 9') : line)));
    expect(await verifyChainInFiles(folder, chain)).toEqual({ kind: 'broken', count: 3, first: { seq: 4, because: 'changed' } });
  });

  it('names a dropped line and two that changed places', async () => {
    const lines = await readLines();
    await writeLines(lines.filter((_, index) => index !== 1));
    expect(await verifyChainInFiles(folder, chain)).toMatchObject({ first: { seq: 2, because: 'missing' } });
    await writeLines([lines[0], lines[2], lines[1], ...lines.slice(3)].map((line) => line ?? ''));
    expect(await verifyChainInFiles(folder, chain)).toMatchObject({ first: { seq: 2, because: 'missing' } });
  });

  it('names where a file was cut, inside a line and between two', async () => {
    const { length } = await readFile(fileOf());
    await truncate(fileOf(), length - 20);
    expect(await verifyChainInFiles(folder, chain)).toEqual({ kind: 'broken', count: 5, first: { seq: 6, because: 'unreadable' } });
    await writeLines((await readLines()).slice(0, 4));
    expect(await verifyChainInFiles(folder, chain)).toEqual({ kind: 'broken', count: 4, first: { seq: 5, because: 'cut-off' } });
  });

  it('names lines whose remembered end is gone: how many there were, nobody can say', async () => {
    await writeLines((await readLines()).slice(0, 4));
    await rm(join(folder, chain, 'head.json'));
    expect(await verifyChainInFiles(folder, chain)).toEqual({ kind: 'broken', count: 4, first: { seq: 5, because: 'cut-off' } });
  });

  it('names a file that is gone', async () => {
    await rm(fileOf());
    expect(await verifyChainInFiles(folder, chain)).toEqual({ kind: 'broken', count: 0, first: { seq: 1, because: 'cut-off' } });
  });
});

describe('streamAudit', () => {
  let scratch: ScratchDatabase;
  let db: Db;
  const complaints: string[] = [];
  const log = createLog({ minLevel: 'warn', now: () => new Date(), write: (line) => complaints.push(line) });

  beforeAll(async () => {
    scratch = await createScratchDatabase(process.env.TEST_DATABASE_OWNER_URL);
    db = createDb(scratch.appUrl);
  });
  afterAll(async () => {
    await db?.$disconnect();
    await scratch?.drop();
  });

  const record = (tenant: string, name: string) =>
    recordAuditAlone(tenant, { action: 'workspace.rename', actor: GUEST, origin: { address: null, requestId: null }, after: { name } }, db);

  it('carries every chain into its own folder, once, also when two workers run at the same time', async () => {
    const tenants = [randomUUID(), randomUUID()];
    for (const tenant of tenants) for (const name of ['a', 'b', 'c']) await record(tenant, name);
    await Promise.all([streamAudit({ db, folder, log }), streamAudit({ db, folder, log })]);
    await record(tenants[0] ?? '', 'd');
    expect(await streamAudit({ db, folder, log })).toBe(1);
    expect(await streamAudit({ db, folder, log })).toBe(0);
    expect(await verifyChainInFiles(folder, tenants[0] ?? '')).toMatchObject({ kind: 'intact', count: 4 });
    expect(await verifyChainInFiles(folder, tenants[1] ?? '')).toMatchObject({ kind: 'intact', count: 3 });
    expect(complaints).toEqual([]);
  });

  it('lets the comparison name files that were cut off together with their end, and a folder that is gone', async () => {
    const tenant = randomUUID();
    const at = new Date(Date.now() - 7_200_000);
    for (const name of ['a', 'b', 'c']) {
      const event = { action: 'workspace.rename', actor: GUEST, origin: { address: null, requestId: null }, after: { name }, at } as const;
      await recordAuditAlone(tenant, event, db);
    }
    await streamAudit({ db, folder, log });
    const verify = async () => {
      const [report] = await verifyEverything({ databaseUrl: scratch.appUrl, folder, chainId: tenant });
      return report?.disagreement ?? null;
    };
    expect(await verify()).toBeNull();
    const file = join(folder, tenant, '000000000001.jsonl');
    const [first = ''] = (await readFile(file, 'utf8')).split('\n');
    await writeFile(file, `${first}\n`);
    await writeFile(join(folder, tenant, 'head.json'), JSON.stringify({ seq: 1, hash: JSON.parse(first).hash }));
    expect(await verifyChainInFiles(folder, tenant)).toMatchObject({ kind: 'intact', count: 1 });
    expect(await verify()).toMatch(/^the files end at event 1, though the next one/);
    await rm(join(folder, tenant), { recursive: true });
    expect(await verify()).toMatch(/^the files end at event 0/);
  });
});
