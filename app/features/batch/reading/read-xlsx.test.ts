import ExcelJS from 'exceljs';
import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { aSheet, aWorkbook, createChance, openBytes, readRows } from '../fixtures.ts';
import { sourceOfBytes } from './file-source.ts';
import { openTable } from './open-table.ts';
import type { Cell } from './source-row.ts';

const cellsOf = async (bytes: Uint8Array, sheet?: string) =>
  (await readRows(await openBytes(bytes, sheet === undefined ? {} : { sheet }))).map(({ cells }) => cells);

async function writeWithLibrary(fill: (book: ExcelJS.Workbook) => void): Promise<Uint8Array> {
  const book = new ExcelJS.Workbook();
  fill(book);
  return new Uint8Array(await book.xlsx.writeBuffer());
}

describe('workbooks', () => {
  it('come out as another library wrote them: random tables of texts and numbers', async () => {
    const chance = createChance(11);
    for (let round = 0; round < 12; round++) {
      const rows: Cell[][] = Array.from({ length: 1 + chance.below(40) }, (_, row) =>
        Array.from({ length: 1 + chance.below(8) }, (_, column): Cell => {
          if (row === 0 || column === 0) return `r${row}c${column}`;
          return chance.pick<Cell>(['蚂蚁 S19', '<b>&"\'', ' 空 ', 'a\nb', '=1+1', '😀', chance.next() * 1e6, -0.05, 0, 3250, 1e-7]);
        }),
      );
      const bytes = await writeWithLibrary((book) => book.addWorksheet('矿机').addRows(rows));
      expect(await cellsOf(bytes)).toEqual(rows);
    }
  });

  it.each([
    ['3, 2, 2', [3, 2, 2]],
    ['2, 2', [2, 2]],
    ['5, 4', [5, 4]],
    ['x', ['x']],
  ])('are refused when their rows are numbered %s: a row would be lost', async (_, numbers) => {
    const rows = numbers.map((number) => `<row r="${number}"><c r="A${number}"><v>1</v></c></row>`).join('');
    const table = await openBytes(aWorkbook({ sheets: [{ name: 'a', xml: aSheet(rows) }] }));
    await expect(readRows(table)).rejects.toMatchObject({ code: 'damaged' });
  });

  it('show percentages with their sign, dates as dates, and formulas by the value they had', async () => {
    const bytes = await writeWithLibrary((book) => {
      const sheet = book.addWorksheet('a');
      sheet.addRow([
        0.005,
        new Date(Date.UTC(2025, 2, 5)),
        { formula: 'A1*2', result: 0.01 },
        { formula: 'A1&"x"', result: '0.005x' },
        true,
      ]);
      sheet.getCell('A1').numFmt = '0.0%';
      sheet.getCell('B1').numFmt = 'yyyy-mm-dd';
      sheet.addRow([{ formula: 'B9' }, { error: '#DIV/0!' }, { richText: [{ text: '蚂蚁' }, { text: 'S19' }] }]);
    });
    expect(await cellsOf(bytes)).toEqual([
      ['0.5%', '2025-03-05', 0.01, '0.005x', 'TRUE'],
      ['=B9', '#DIV/0!', '蚂蚁S19'],
    ]);
  });

  it('tell hidden rows, keep row numbers over empty ones, and fill merged cells downwards only', async () => {
    const bytes = await writeWithLibrary((book) => {
      const sheet = book.addWorksheet('a');
      sheet.getCell('A1').value = '清单';
      sheet.mergeCells('A1:C1');
      sheet.getCell('A3').value = 'S19';
      sheet.mergeCells('A3:A5');
      for (const row of [3, 4, 5]) sheet.getCell(`B${row}`).value = row;
      sheet.getRow(4).hidden = true;
    });
    expect(await readRows(await openBytes(bytes))).toEqual([
      { row: 1, line: 1, hidden: false, cells: ['清单'], filled: null },
      { row: 3, line: 3, hidden: false, cells: ['S19', 3], filled: null },
      { row: 4, line: 4, hidden: true, cells: ['S19', 4], filled: [0] },
      { row: 5, line: 5, hidden: false, cells: ['S19', 5], filled: [0] },
    ]);
  });

  it('are read when they are written oddly: prefixes, single quotes, no references, CDATA, comments', async () => {
    const xml = `<!-- x > y --><x:worksheet><x:sheetData><x:row><x:c t='inlineStr'><x:is><x:t>S19 &#x41;&amp;_x000A_B</x:t></x:is></x:c><x:c><x:v><![CDATA[110]]></x:v></x:c></x:row></x:sheetData></x:worksheet>`;
    expect(await cellsOf(aWorkbook({ sheets: [{ name: 'a', xml }] }))).toEqual([['S19 A&\nB', 110]]);
  });

  it('leave pronunciation out of shared texts, and refuse a text that is not there', async () => {
    const row = (index: number) => aSheet(`<row r="1"><c r="A1" t="s"><v>${index}</v></c></row>`);
    const sharedStrings = '<sst><si><r><t>蚂</t></r><r><t>蚁</t></r><rPh><t>mayi</t></rPh></si></sst>';
    expect(await cellsOf(aWorkbook({ sheets: [{ name: 'a', xml: row(0) }], sharedStrings }))).toEqual([['蚂蚁']]);
    await expect(cellsOf(aWorkbook({ sheets: [{ name: 'a', xml: row(1) }], sharedStrings }))).rejects.toThrow('damaged');
  });

  it('count days from 1904 when they say so', async () => {
    const styles = '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>';
    const sheets = [{ name: 'a', xml: aSheet('<row r="1"><c r="A1" s="1"><v>1</v></c></row>') }];
    expect(await cellsOf(aWorkbook({ sheets, styles }))).toEqual([['1899-12-31']]);
    expect(await cellsOf(aWorkbook({ sheets, styles, properties: 'date1904="1"' }))).toEqual([['1904-01-02']]);
  });

  it('give the first visible sheet, the named one, or say that there is none of that name', async () => {
    const cell = (text: string) => aSheet(`<row r="1"><c r="A1" t="str"><v>${text}</v></c></row>`);
    const bytes = aWorkbook({
      sheets: [
        { name: '旧', xml: cell('old'), state: 'hidden' },
        { name: '新', xml: cell('new') },
      ],
    });
    expect(await cellsOf(bytes)).toEqual([['new']]);
    expect(await cellsOf(bytes, '旧')).toEqual([['old']]);
    expect(await openTable(sourceOfBytes(bytes, 'a'), { sheet: 'x' })).toEqual({
      kind: 'refused',
      code: 'sheet_missing',
      params: { sheet: 'x' },
    });
  });

  it('are refused when a part would inflate beyond the bound, as it declares or in truth', async () => {
    const blanks = new Uint8Array(24e6).fill(0x20);
    const honest = await openTable(sourceOfBytes(zipSync({ 'xl/workbook.xml': blanks }), 'bomb.xlsx'));
    expect(honest).toMatchObject({ kind: 'refused', code: 'bomb' });
    const lying = zipSync({ 'xl/workbook.xml': strToU8('<a/>'.repeat(6e6)) });
    const view = new DataView(lying.buffer, lying.byteOffset);
    // The size in the central directory, 24 bytes into its entry: 1,000 bytes are declared.
    for (let at = 0; at < lying.length - 4; at++) if (view.getUint32(at, true) === 0x02014b50) view.setUint32(at + 24, 1000, true);
    let readBytes = 0;
    const source = sourceOfBytes(lying, 'bomb.xlsx');
    const counting = {
      ...source,
      read: async (start: number, end: number) => {
        const bytes = await source.read(start, end);
        readBytes += bytes.length;
        return bytes;
      },
    };
    expect(await openTable(counting)).toMatchObject({ kind: 'refused', code: 'damaged' });
    expect(readBytes).toBeLessThan(1e6);
  });

  it('are refused when they are cut off, when a byte is wrong, and when XML would expand entities', async () => {
    const whole = aWorkbook({ sheets: [{ name: 'a', xml: aSheet('<row r="1"><c r="A1"><v>1</v></c></row>'.repeat(50)) }] });
    const cut = await openTable(sourceOfBytes(whole.subarray(0, whole.length - 30), 'a.xlsx'));
    expect(cut).toMatchObject({ kind: 'refused', code: 'damaged' });
    let noticed = 0;
    for (let at = 60; at < whole.length - 60; at += 17) {
      const wrong = whole.slice();
      wrong[at]! ^= 0x10;
      const opened = await openTable(sourceOfBytes(wrong, 'a.xlsx'));
      const isNoticed =
        opened.kind === 'refused' ||
        (await readRows(opened.table).then(
          () => false,
          () => true,
        ));
      if (isNoticed) noticed++;
      else if (opened.kind === 'table') expect((await readRows(opened.table)).map(({ cells }) => cells)[0]).toEqual([1]);
    }
    expect(noticed).toBeGreaterThan(20);
    const entities = '<!DOCTYPE x [<!ENTITY a "aaaaaaaa">]><worksheet><sheetData/></worksheet>';
    await expect(cellsOf(aWorkbook({ sheets: [{ name: 'a', xml: entities }] }))).rejects.toThrow('damaged');
  });

  it('are refused when an entry has a password, and when a value stands in a column far out', async () => {
    const bytes = zipSync({ 'xl/workbook.xml': strToU8('<workbook/>') });
    const view = new DataView(bytes.buffer, bytes.byteOffset);
    for (let at = 0; at < bytes.length - 4; at++) if (view.getUint32(at, true) === 0x02014b50) view.setUint16(at + 8, 1, true);
    expect(await openTable(sourceOfBytes(bytes, 'a.xlsx'))).toMatchObject({ kind: 'refused', code: 'encrypted' });
    const far = aWorkbook({ sheets: [{ name: 'a', xml: aSheet('<row r="7"><c r="XFD7"><v>1</v></c></row>') }] });
    await expect(cellsOf(far)).rejects.toThrow('too_many_columns');
  });
});
