import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { encodeText, readRows } from '../fixtures.ts';
import { openFileSource } from './file-source.server.ts';
import { sourceOfBytes } from './file-source.ts';
import { CHUNK_BYTES } from './limits.ts';
import { openTable } from './open-table.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'hashinsight-batch-'));
});

afterAll(() => rm(folder, { recursive: true }));

it('reads a file of the disk as the same bytes in memory, over several chunks', async () => {
  const line = '蚂蚁S19,"a\nb",0.05\n';
  const bytes = encodeText(`机型,备注,电价\n${line.repeat(Math.ceil((3 * CHUNK_BYTES) / line.length))}`, 'utf-8');
  const path = join(folder, 'upload');
  await writeFile(path, bytes);
  const source = await openFileSource(path, '清单.csv');
  const onDisk = await openTable(source);
  const inMemory = await openTable(sourceOfBytes(bytes, '清单.csv'));
  if (onDisk.kind !== 'table' || inMemory.kind !== 'table') throw new Error('refused');
  expect(onDisk.table.name).toBe('清单.csv');
  const rows = await readRows(onDisk.table);
  expect(rows.length).toBeGreaterThan(10_000);
  expect(rows).toEqual(await readRows(inMemory.table));
  await source.close();
});
