import { describe, expect, it } from 'vitest';
import { createChance, encodeText, openBytes, readRows } from '../fixtures.ts';
import { sourceOfBlob, sourceOfBytes } from './file-source.ts';
import { MAX_COLUMNS, SAMPLE_BYTES } from './limits.ts';
import { openTable } from './open-table.ts';
import type { TextEncoding } from './text-encoding.ts';

const cellsOf = async (bytes: Uint8Array) => (await readRows(await openBytes(bytes))).map(({ cells }) => cells);

describe('text files', () => {
  it('come out as they went in: random tables, every encoding, delimiter and line break', { timeout: 60_000 }, async () => {
    const chance = createChance(5);
    const words = ['蚂蚁S19', 'S21 Pro', '0,05', '3.250', '机柜 "A"', 'a\nb', '', '-1', '电价（元/度）', 'x;y', 'p|q', ' 空格 '];
    const encodings: readonly TextEncoding[] = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030'];
    for (let round = 0; round < 240; round++) {
      const encoding = encodings[round % encodings.length]!;
      const hasMark = encoding !== 'gb18030' && chance.next() < 0.5;
      const delimiter = chance.pick([',', ';', '\t', '|']);
      const newline = chance.pick(['\n', '\r\n', '\r']);
      const width = 2 + chance.below(6);
      // CR inside quotes comes back as LF, so with CR as the line break no cell may hold LF alone.
      const choices = newline === '\r' ? words.filter((word) => !word.includes('\n')) : words;
      const header = Array.from({ length: width }, (_, column) => `列${column}`);
      const rows = Array.from({ length: 1 + chance.below(30) }, () => [
        `行`,
        ...Array.from({ length: width - 1 }, () => chance.pick(choices)),
      ]);
      const quote = (cell: string) =>
        /["\n\r]/.test(cell) || cell.includes(delimiter) || chance.next() < 0.1 ? `"${cell.replaceAll('"', '""')}"` : cell;
      const text = [header, ...rows].map((cells) => cells.map(quote).join(delimiter)).join(newline);
      const table = await openBytes(encodeText((hasMark ? '\ufeff' : '') + text, encoding));
      expect(table.format, text).toMatchObject({ kind: 'csv', delimiter, encoding });
      expect(
        (await readRows(table)).map(({ cells }) => cells),
        text,
      ).toEqual([header, ...rows]);
    }
  });

  it('find GB18030 that begins far behind the first part of the file', async () => {
    const ascii = 'Model,Note\n'.concat('Antminer S19,ok\n'.repeat((2 * SAMPLE_BYTES) / 16));
    const rows = await cellsOf(encodeText(`${ascii}蚂蚁S21,机柜七\n`, 'gb18030'));
    expect(rows.at(-1)).toEqual(['蚂蚁S21', '机柜七']);
  });

  it('keep a UTF-8 file with one broken character, and show where it was', async () => {
    const bytes = encodeText(`型号,备注\n${'蚂蚁S19,正常\n'.repeat(50)}`, 'utf-8');
    bytes[bytes.lastIndexOf(0xe6)] = 0xff;
    const rows = await cellsOf(bytes);
    expect(rows).toHaveLength(51);
    expect(JSON.stringify(rows.at(-1))).toContain('\ufffd');
  });

  it('number rows as a spreadsheet does and lines as an editor does', async () => {
    const rows = await readRows(await openBytes(encodeText('a,b\n\n"x\ny",1\nz,2\n', 'utf-8')));
    expect(rows.map(({ row, line }) => [row, line])).toEqual([
      [1, 1],
      [3, 3],
      [4, 5],
    ]);
  });

  it('take the instruction "sep=" for what it is', async () => {
    const table = await openBytes(encodeText('sep=;\r\nModel;Price\r\nS19,5;2\r\n', 'utf-8'));
    expect(table.format).toMatchObject({ delimiter: ';', hasSeparatorLine: true });
    expect((await readRows(table)).map(({ row, cells }) => [row, ...cells])).toEqual([
      [2, 'Model', 'Price'],
      [3, 'S19,5', '2'],
    ]);
  });

  it.each([
    ['decimal commas in every column', 'a;b;c\n1,5;2,5;3,5\n4,5;5,5;6,5\n', ';'],
    ['lists with semicolons in a cell', 'a,b\nx;y,1\nz;w,2\n', ','],
    ['a title and a date above', '矿机清单\n2026年1月\n机型\t数量\nS19\t3\nS21\t4\n', '\t'],
    ['one column', 'hostname\nhost-1\nhost-2\n', ','],
  ])('tell the delimiter of a file with %s', async (_, text, delimiter) => {
    expect((await openBytes(encodeText(text, 'utf-8'))).format).toMatchObject({ delimiter });
  });

  it('obey the user about encoding and delimiter', async () => {
    const bytes = Uint8Array.from([...encodeText('Prix,', 'utf-8'), 0x80, ...encodeText(';1\n', 'utf-8')]);
    const table = await openBytes(bytes, { encoding: 'windows-1252', delimiter: ';' });
    expect((await readRows(table))[0]!.cells).toEqual(['Prix,€', '1']);
  });

  it('can be read again from the beginning, and from a Blob as from bytes', async () => {
    const bytes = encodeText('a,b\n1,2\n', 'utf-8');
    const opened = await openTable(sourceOfBlob(new Blob([bytes.slice()]), 'a.csv'));
    if (opened.kind !== 'table') throw new Error(opened.code);
    expect(await readRows(opened.table)).toEqual(await readRows(opened.table));
    expect(await readRows(opened.table)).toEqual(await readRows(await openBytes(bytes)));
  });

  it('are refused beyond the bound on columns, and not for delimiters at the end of a line', async () => {
    const wide = await openBytes(encodeText(`a${',b'.repeat(MAX_COLUMNS)}\n`, 'utf-8'));
    await expect(readRows(wide)).rejects.toThrow('too_many_columns');
    const trailing = await openBytes(encodeText(`a,b${','.repeat(2 * MAX_COLUMNS)}\n`, 'utf-8'));
    expect((await readRows(trailing))[0]!.cells).toEqual(['a', 'b']);
  });

  it('are not text when they hold zero bytes, and not ours in another encoding', async () => {
    const binary = await openTable(
      sourceOfBytes(
        Uint8Array.from({ length: 4000 }, (_, i) => (i * 7919) % 256),
        'a.csv',
      ),
    );
    expect(binary).toMatchObject({ kind: 'refused', code: 'binary' });
    const latin = await openTable(sourceOfBytes(Uint8Array.from([0x4d, 0xff, 0x2c, 0xff, 0x0a, 0xff, 0xff, 0x0a]), 'a.csv'));
    expect(latin).toMatchObject({ kind: 'refused', code: 'encoding' });
  });
});
