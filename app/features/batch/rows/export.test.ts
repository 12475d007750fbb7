import ExcelJS from 'exceljs';
import { createInstance, type TFunction } from 'i18next';
import { describe, expect, it } from 'vitest';
import { defuseFormula } from '#app/platform/csv/defuse-formula.ts';
import { createFormat } from '#app/ui/format.ts';
import en from '../../../../locales/en/batch.json' with { type: 'json' };
import zh from '../../../../locales/zh/batch.json' with { type: 'json' };
import { aSheet, aWorkbook, createChance, openBytes, readRows, readWhole } from '../fixtures.ts';
import { BATCH_FIELDS } from '../mapping/batch-field.ts';
import { UNIT_NAMES } from '../mapping/units.ts';
import { REFUSAL_CODES } from '../reading/unreadable-file.ts';
import { exportCsv } from './export-csv.ts';
import { exportXlsx } from './export-xlsx.ts';
import type { ExportOptions } from './exported-rows.ts';
import { ROW_ERROR_CODES } from './row-error.ts';
import { type BatchWords, sayRefusal, toProblemTexts } from './say-row-error.ts';

async function wordsIn(language: 'en' | 'zh'): Promise<BatchWords> {
  const instance = createInstance();
  await instance.init({
    lng: language,
    ns: ['batch'],
    defaultNS: 'batch',
    resources: { [language]: { batch: language === 'en' ? en : zh } },
    interpolation: { escapeValue: false },
  });
  return { t: instance.t as unknown as TFunction<'batch'>, format: createFormat(language) };
}

async function join(pieces: AsyncGenerator<Uint8Array>): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const piece of pieces) all.push(piece);
  return new Uint8Array(await new Blob(all.map((piece) => piece.slice())).arrayBuffer());
}

const optionsOf = (
  mapping: ExportOptions['mapping'],
  problems: Iterable<[number, string]> = [],
  only: ExportOptions['only'] = 'all',
): ExportOptions => ({
  mapping,
  edits: [],
  problems: new Map(problems),
  problemHeader: 'Problem',
  only,
});

describe('defuseFormula', () => {
  it.each([
    '=1+1',
    '+1+1',
    '-1+1',
    '@SUM(A1)',
    '\t=1',
    '\r=1',
    '-2-3',
    '=cmd|x',
    '-A1',
    '+1 A',
    '-5 cmd',
    '＝1+1',
    '+',
    '-',
  ])('makes "%s" a text', (text) => {
    expect(defuseFormula(text)).toBe(`'${text}`);
  });

  it.each([
    '-0.05',
    '-1,234.5',
    '+5',
    '-5%',
    '-1.5e-3',
    '- 5',
    '+86 138 0000',
    '+0.010 USD/kWh',
    '−0.02 美元/度',
    '-0.02 美元/度',
    'S19',
    '0.05',
    '',
    '1-2',
    "'=x",
  ])('leaves "%s" alone', (text) => {
    expect(defuseFormula(text)).toBe(text);
  });
});

describe('the exported CSV', () => {
  it('is the same file with one column more: titles, empty lines, delimiter and corrections kept', async () => {
    const { table, mapping, batch } = await readWhole('清单;;\n\n机型;数量;电价\nS19;x;0,05\n"box;7";5;-0,01\n', {});
    const words = await wordsIn('zh');
    const problems = toProblemTexts(batch.errors, words);
    const bytes = await join(exportCsv(table, { ...optionsOf(mapping, problems), edits: [{ row: 5, column: 1, value: '6' }] }));
    expect(new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes)).toBe(
      '\ufeff清单;;;\r\n\r\n机型;数量;电价;Problem\r\nS19;x;0,05;数量：不是数字。\r\n"box;7";6;-0,01;机型：型号库中没有此机型，该行也没有给出算力和功耗。\r\n',
    );
  });

  it('can hold the rows with problems only', async () => {
    const { table, mapping } = await readWhole('Model,Electricity\nS19,0.05\nS21,x\n');
    const bytes = await join(exportCsv(table, optionsOf(mapping, [[3, 'bad']], 'problems')));
    expect(new TextDecoder().decode(bytes)).toBe('Model,Electricity,Problem\r\nS21,x,bad\r\n');
  });

  it('runs no formula of the file, and comes back in as it was', async () => {
    const chance = createChance(31);
    const cells = ['=HYPERLINK("http://x")', '+1+1', '-0.05', '@a', 'S19', 'a"b', 'x,y', 'l\nm', '-', '\t=2'];
    for (let round = 0; round < 60; round++) {
      const rows = Array.from({ length: 5 }, () => ['r', ...Array.from({ length: 3 }, () => chance.pick(cells))]);
      const text = `Model,a,b,c\n${rows.map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',')).join('\n')}\n`;
      const { table, mapping } = await readWhole(text);
      const back = await readRows(await openBytes(await join(exportCsv(table, optionsOf(mapping)))));
      expect(back.slice(1).map((row) => row.cells.slice(0, 4))).toEqual(rows.map((row) => row.map(defuseFormula)));
      for (const row of back) for (const cell of row.cells) if (/^[=+@\t\r]/.test(String(cell))) expect(cell).toBe('never');
    }
  });

  it('replaces the column of an earlier export', async () => {
    const { table, mapping } = await readWhole('Model,Problem,Electricity\nS19,old,0.05\n');
    const bytes = await join(exportCsv(table, optionsOf(mapping, [[2, 'new']])));
    expect(new TextDecoder().decode(bytes)).toBe('Model,Problem,Electricity\r\nS19,new,0.05\r\n');
  });
});

describe('the exported workbook', () => {
  it('opens in another library with the same values, row numbers and hidden rows, and texts stay texts', async () => {
    const xml = aSheet(
      '<row r="2"><c r="A2" t="str"><v>Model</v></c><c r="B2" t="str"><v>Electricity</v></c></row>' +
        '<row r="4" hidden="1"><c r="A4" t="str"><v>=1+1</v></c><c r="B4"><v>-0.05</v></c></row>' +
        '<row r="5"><c r="A5" t="str"><v>&lt;b&gt;S19&amp;</v></c><c r="B5"><v>0.06</v></c></row>',
    );
    const { table, mapping } = await readWhole(aWorkbook({ sheets: [{ name: '一/二', xml }] }));
    const bytes = await join(exportXlsx(table, optionsOf(mapping, [[4, 'bad']])));
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(bytes.buffer as ArrayBuffer);
    const sheet = book.worksheets[0]!;
    expect(sheet.name).toBe('一 二');
    expect(sheet.getCell('C2').value).toBe('Problem');
    expect(sheet.getCell('A4').value).toBe('=1+1');
    expect(sheet.getCell('A4').formula).toBeUndefined();
    expect(sheet.getCell('B4').value).toBe(-0.05);
    expect(sheet.getCell('C4').value).toBe('bad');
    expect(sheet.getRow(4).hidden).toBe(true);
    expect(sheet.getCell('A5').value).toBe('<b>S19&');
    expect((await readRows(await openBytes(bytes))).map(({ row, hidden }) => [row, hidden])).toEqual([
      [2, false],
      [4, true],
      [5, false],
    ]);
  });
});

describe('words', () => {
  it.each(['en', 'zh'] as const)('exist in %s for every refusal, error, field and unit', async (language) => {
    const texts = language === 'en' ? en : zh;
    expect(Object.keys(texts.refusal).sort()).toEqual([...REFUSAL_CODES].sort());
    expect(Object.keys(texts.error).sort()).toEqual([...ROW_ERROR_CODES].sort());
    expect(Object.keys(texts.field).sort()).toEqual([...BATCH_FIELDS].sort());
    expect(Object.keys(texts.unit).sort()).toEqual([...UNIT_NAMES].sort());
  });

  it('say range and unit in the language, and what the file holds as it is', async () => {
    const { batch } = await readWhole('Model,Power (kW),Electricity\nS19,3.25,0.05\nS19,5000,0.05\n{{x}} $t(a) <b>,,0.05\n');
    expect([...toProblemTexts(batch.errors, await wordsIn('en')).values()]).toEqual([
      'Power (kW): The value must be above 0 and at most 1,000 kW. Perhaps in W?',
      'Model: The model is not in the catalogue, and the row does not give hash rate and power itself.',
    ]);
    expect([...toProblemTexts(batch.errors, await wordsIn('zh')).values()][0]).toBe(
      'Power (kW)：必须大于 0，且不超过 1,000 kW。单位是不是 W？',
    );
    const refusal = { kind: 'refused', code: 'sheet_missing', params: { sheet: '<b>{{x}}' } } as const;
    expect(sayRefusal(refusal, await wordsIn('en'))).toBe('The workbook has no sheet named “<b>{{x}}”.');
  });
});
