/** Lists as they really arrive. Each file is made here, goes the whole way, and its figures are compared with what a person would read. */
import { describe, expect, it } from 'vitest';
import { defuseFormula } from '#app/platform/csv/defuse-formula.ts';
import { aSheet, aWorkbook, createChance, encodeText, readWhole } from './fixtures.ts';
import { sourceOfBytes } from './reading/file-source.ts';
import { openTable } from './reading/open-table.ts';
import { UnreadableFile } from './reading/unreadable-file.ts';
import { isBalanced } from './rows/row-ledger.ts';

const text = (reference: string, value: string) => `<c r="${reference}" t="str"><v>${value}</v></c>`;
const number = (reference: string, value: number, style = 0) => `<c r="${reference}" s="${style}"><v>${value}</v></c>`;
const row = (index: number, cells: string, attributes = '') => `<row r="${index}" ${attributes}>${cells}</row>`;

describe('the nastiest lists', () => {
  it('a Chinese Excel CSV in GB18030: titles, sums, remarks, units in cells, a header on every page', async () => {
    const list = [
      '某某矿场设备清单,,,,',
      '制表日期：2026年1月5日,,,,',
      '序号,机型,台数,电价(元/度),单机算力',
      '1,蚂蚁S19 95T,120台,0.35,95T',
      '2,神马M50S,80,0.36元,126T',
      '序号,机型,台数,电价(元/度),单机算力',
      '3,阿瓦隆A1366,40台,￥0.35,130 TH/s',
      '合计,,240,,',
      '备注：以上不含税,,,,',
    ].join('\r\n');
    const { batch } = await readWhole(encodeText(list, 'gb18030'), { choices: { sideLines: 'skip' } });
    expect(batch.errors).toEqual([]);
    expect(batch.rows.map(({ match, inputs }) => [match?.machine.slug, inputs.count, inputs.hashrateThs, inputs.powerUsdPerKwh])).toEqual([
      ['antminer-s19', 120, 95, 0.35 / 7],
      ['whatsminer-m50s', 80, 126, 0.36 / 7],
      ['avalon-a1366', 40, 130, 0.35 / 7],
    ]);
    expect(batch.ledger).toMatchObject({ rowsIn: 6, rowsOk: 3, rowsSkipped: 3 });
  });

  it('a European CSV: semicolons, decimal commas, points for thousands, a byte order mark', async () => {
    const list =
      '\ufeffModel;Quantity;Hashrate (GH/s);Power (W);Electricity ($/kWh);Price ($)\r\nS19;1.200;95.000,0;3.250,0;0,055;2.500,00\r\n';
    const { batch } = await readWhole(encodeText(list, 'utf-8'));
    expect(batch.rows[0]!.inputs).toMatchObject({ count: 1200, hashrateThs: 95, powerW: 3250, powerUsdPerKwh: 0.055, capexUsd: 2500 });
  });

  it('"Unicode text" of Excel: UTF-16 with tabs, quoted line breaks in header and cells', async () => {
    const list = '\ufeff"Machine\nmodel"\t"Qty"\tElectricity\tNotes\r\n"Antminer S21"\t3\t0.05\t"rack 1\nrow ""B"""\r\nS19\t2\t0.06\t\r\n';
    const { mapping, batch } = await readWhole(encodeText(list, 'utf-16le'));
    expect(mapping.columns.map(({ field }) => field)).toEqual(['model', 'count', 'powerUsdPerKwh', null]);
    expect(batch.rows.map(({ row, line, inputs }) => [row, line, inputs.count])).toEqual([
      [2, 3, 3],
      [3, 5, 2],
    ]);
  });

  it('a workbook with merged titles, a header in row 4 with a line of units, merged models, percentages and a hidden row', async () => {
    const styles = '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="10"/></cellXfs></styleSheet>';
    const rows = [
      row(1, text('A1', '矿机清单')),
      row(4, text('A4', '型号') + text('B4', '数量') + text('C4', '功耗') + text('D4', '电价') + text('E4', '在线率')),
      row(5, text('B5', '台') + text('C5', 'kW') + text('D5', '元/度')),
      row(6, text('A6', '蚂蚁S19') + number('B6', 10) + number('C6', 3.25) + text('D6', '0.35') + number('E6', 0.97, 1)),
      row(7, number('B7', 20) + number('C7', 3.25) + text('D7', ' 0.36 ') + number('E7', 0.98, 1)),
      row(9, text('A9', 'S21') + number('B9', 5) + number('C9', 3.5) + number('D9', 0.37) + number('E9', 0.99, 1), 'hidden="1"'),
    ].join('');
    const xml = aSheet(rows, '<mergeCells><mergeCell ref="A1:E1"/><mergeCell ref="A4:A5"/><mergeCell ref="A6:A7"/></mergeCells>');
    const bytes = aWorkbook({ sheets: [{ name: '清单', xml }], styles });
    const { mapping, batch } = await readWhole(bytes);
    expect(mapping).toMatchObject({ headerRow: 4, lastHeaderRow: 5 });
    expect(
      batch.rows.map(({ row, model, hidden, inputs }) => [row, model, hidden, inputs.count, inputs.powerW, inputs.uptimeRatio]),
    ).toEqual([
      [6, '蚂蚁S19', false, 10, 3250, 0.97],
      [7, '蚂蚁S19', false, 20, 3250, 0.98],
      [9, 'S21', true, 5, 3500, 0.99],
    ]);
    const visible = await readWhole(bytes, { choices: { hiddenRows: 'skip' } });
    expect(visible.batch.ledger).toMatchObject({ rowsIn: 3, rowsOk: 2, skipped: { hidden: 1 } });
  });

  it('a workbook with years as numbers in its header', async () => {
    const rows = [
      row(1, text('A1', 'Model') + text('B1', 'Qty') + text('C1', 'Electricity ($/kWh)') + number('D1', 2024) + number('E1', 2025)),
      row(2, text('A2', 'S19') + number('B2', 10) + number('C2', 0.05) + number('D2', 3) + number('E2', 4)),
      row(3, text('A3', 'S21') + number('B3', 11) + number('C3', 0.06) + number('D3', 3) + number('E3', 4)),
    ].join('');
    const { mapping, batch } = await readWhole(aWorkbook({ sheets: [{ name: 'a', xml: aSheet(rows) }] }));
    expect(mapping.headerRow).toBe(1);
    expect(batch.rows.map(({ inputs }) => [inputs.count, inputs.powerUsdPerKwh])).toEqual([
      [10, 0.05],
      [11, 0.06],
    ]);
  });

  it('a workbook of numbers as texts, formulas with and without values, errors, and a date where a number was', async () => {
    const styles = '<styleSheet><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>';
    const rows = [
      row(1, text('A1', 'Model') + text('B1', 'Qty') + text('C1', 'Power (W)') + text('D1', 'Electricity ($/kWh)')),
      row(2, [text('A2', 'S19'), text('B2', '10'), '<c r="C2"><f>3000+250</f><v>3250</v></c>', text('D2', '0.05')].join('')),
      row(3, [text('A3', 'S19'), text('B3', '10'), '<c r="C3"><f>C2*2</f></c>', text('D3', '0.05')].join('')),
      row(4, [text('A4', 'S19'), number('B4', 45_662, 1), '<c r="C4" t="e"><v>#VALUE!</v></c>', text('D4', '0.05')].join('')),
    ].join('');
    const { batch } = await readWhole(aWorkbook({ sheets: [{ name: 'a', xml: aSheet(rows) }], styles }));
    expect(batch.rows.map(({ inputs }) => [inputs.count, inputs.powerW])).toEqual([[10, 3250]]);
    expect(batch.errors.map(({ row, code, value }) => [row, code, value])).toEqual([
      [3, 'formula_without_value', '=C2*2'],
      [4, 'formula_error', '#VALUE!'],
      [4, 'date_instead_of_number', '2025-01-05'],
    ]);
  });

  it('a count that is merged over several rows is no count of each', async () => {
    const rows = [
      row(1, text('A1', 'Model') + text('B1', 'Quantity') + text('C1', 'Electricity')),
      row(2, text('A2', 'S19') + number('B2', 30) + number('C2', 0.05)),
      row(3, text('A3', 'S21') + number('C3', 0.05)),
    ].join('');
    const xml = aSheet(rows, '<mergeCells><mergeCell ref="B2:B3"/></mergeCells>');
    const { batch } = await readWhole(aWorkbook({ sheets: [{ name: 'a', xml }] }));
    expect(batch.errors.map(({ row, code }) => [row, code])).toEqual([[3, 'merged_count']]);
  });

  it('a CSV with a stray quote, ragged lines, empty lines and trailing commas', async () => {
    const list = 'Model,Qty,Electricity,,,\n\n"S19,1,0.05\nS21,2,0.05,,,,,,\n,,,,\nT21,3\nS19 Pro,4,0.05,"ok"\n';
    const { batch } = await readWhole(list);
    expect(batch.rows.map(({ model, inputs }) => [model, inputs.count])).toEqual([
      ['"S19', 1],
      ['S21', 2],
      ['S19 Pro', 4],
    ]);
    expect(batch.errors.map(({ row, code }) => [row, code])).toEqual([[6, 'missing']]);
    expect(isBalanced(batch.ledger)).toBe(true);
  });

  it('an export of a fleet tool: rates in GH/s, a serial number twice, states and temperatures', async () => {
    const list = [
      'IP,Status,MinerType,MACAddr,Hash Rate RT,Hash Rate avg,Temperature,Pool 1',
      '10.0.0.1,Running,Antminer S19j Pro,AA:01,104211.5,103998.2,71,stratum+tcp://x',
      '10.0.0.2,Running,Antminer S19j Pro,AA:02,99871.0,100102.9,70,stratum+tcp://x',
      '10.0.0.3,Stopped,Antminer S19j Pro,aa:01,0,0,-,stratum+tcp://x',
    ].join('\n');
    const { mapping, batch } = await readWhole(list, { defaults: { powerUsdPerKwh: 0.05 } });
    expect(mapping.columns.find(({ field }) => field === 'hashrateThs')).toMatchObject({ unit: 'GH/s', questions: [{ kind: 'field' }] });
    expect(batch.rows.map(({ inputs, match }) => [inputs.hashrateThs, inputs.powerW, match?.machine.slug])).toEqual([
      [104.2115, 3068, 'antminer-s19j-pro'],
      [99.871, 3050, 'antminer-s19j-pro-100t'],
    ]);
    // A machine that stands still has no hash rate to compute with, and is not given one.
    expect(batch.errors.map(({ row, code }) => [row, code])).toEqual([[4, 'out_of_range']]);
  });

  it('markup, formulas and names of object fields are texts like others', async () => {
    const list =
      'Model,Qty,Power,Hashrate,Electricity,__proto__,constructor\n<img src=x onerror=alert(1)>,1,3000,100,0.05,=1+1,@x\n__proto__,1,3000,100,0.05,,\nconstructor,1,3000,100,0.05,,\n';
    const { batch } = await readWhole(list);
    expect(batch.rows.map(({ model, match }) => [model, match])).toEqual([
      ['<img src=x onerror=alert(1)>', null],
      ['__proto__', null],
      ['constructor', null],
    ]);
    expect(batch.rows[0]!.cells.slice(5)).toEqual(['=1+1', '@x']);
  });

  it('cells made to take long: each is read in no time worth the name', { timeout: 10_000 }, async () => {
    const cells = ['+1', ' .', '1.', '((', '[[', '1t', "='", "'="].map((piece) => piece.repeat(16_000));
    const list = `Model,Qty,Electricity\n${cells.map((cell) => `${cell}x,1 ${cell}x,0.05`).join('\n')}\n`;
    const { batch } = await readWhole(list);
    expect(batch.ledger).toMatchObject({ rowsIn: cells.length, rowsInError: cells.length });
    for (const cell of cells) expect(defuseFormula(`+${cell}x`)).toBe(`'+${cell}x`);
    const tag = `<a b="${'>'.repeat(900_000)}"/>`;
    const rows = row(1, text('A1', 'Model')) + row(2, text('A2', 'S19'));
    const workbook = await readWhole(aWorkbook({ sheets: [{ name: 'a', xml: aSheet(rows, tag) }] }), {
      defaults: { powerUsdPerKwh: 0.05 },
    });
    expect(workbook.batch.ledger.rowsOk).toBe(1);
  });

  it('bytes at random, and lists with bytes changed at random, are read or refused and never break', { timeout: 60_000 }, async () => {
    const chance = createChance(41);
    const list = encodeText('机型,数量,电价\n蚂蚁S19,10,0.05\n"S21 ""x""",5,0.06\n', 'utf-8');
    const sheet = aSheet(row(1, text('A1', 'Model') + text('B1', 'Electricity')) + row(2, text('A2', 'S19') + number('B2', 0.05)));
    const workbook = aWorkbook({ sheets: [{ name: 'a', xml: sheet }] });
    for (let round = 0; round < 600; round++) {
      const bytes = chance.pick([list, workbook, new Uint8Array(1 + chance.below(300))]).slice();
      for (let change = 0; change < 1 + chance.below(6); change++) bytes[chance.below(bytes.length)] = chance.below(256);
      const opened = await openTable(sourceOfBytes(bytes, 'x'));
      if (opened.kind === 'refused') continue;
      const result = await readWhole(bytes).then(
        ({ batch }) => isBalanced(batch.ledger),
        (error: unknown) => error instanceof UnreadableFile || String(error).includes('refused on the way') || error,
      );
      expect(result).toBe(true);
    }
  });

  it('a list without a header, in which the user says what the columns are', async () => {
    const list = 'Antminer S19,10,0.05\nAntminer S21,5,0.06\n';
    const corrections = [
      { column: 1, field: 'count' },
      { column: 2, field: 'powerUsdPerKwh', unit: 'USD/kWh' },
    ] as const;
    const { batch } = await readWhole(list, { corrections });
    expect(batch.ledger).toMatchObject({ rowsIn: 2, rowsOk: 2 });
    expect(batch.rows.map(({ inputs }) => [inputs.count, inputs.powerUsdPerKwh])).toEqual([
      [10, 0.05],
      [5, 0.06],
    ]);
  });
});
