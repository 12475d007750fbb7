/**
 * Lists in the shapes of other programs and other hands: fleet tools, spreadsheets, chat windows. All are made up here; names of programs say whose columns they imitate.
 */
import { describe, expect, it } from 'vitest';
import { aSheet, aWorkbook, encodeText, readWhole, type Way } from './fixtures.ts';
import { sourceOfBytes } from './reading/file-source.ts';
import { toRefusal } from './reading/unreadable-file.ts';
import { isBalanced } from './rows/row-ledger.ts';
import { createBatchSession } from './session/batch-session.ts';

const WITH_POWER: Way = { defaults: { powerUsdPerKwh: 0.05 } };
const asked = ({ mapping }: Awaited<ReturnType<typeof readWhole>>) =>
  mapping.columns.flatMap(({ header, questions }) => questions.map(({ kind }) => `${header}: ${kind}`));
const fieldOf = ({ mapping }: Awaited<ReturnType<typeof readWhole>>, header: string) =>
  mapping.columns.find((column) => column.header === header)?.field;

describe('exports of fleet tools', () => {
  it('a column in which every cell names its own unit asks for none (Foreman)', async () => {
    const read = await readWhole(
      [
        'ID,Type,IP,MAC,Hash Rate,Efficiency,Power (kW)',
        '1,Antminer S19j Pro (104T),10.1.1.11,AA:01,103.22 TH/s,29.7 J/TH,3.068 kW',
        '2,Whatsminer M50S,10.1.1.13,AA:02,0 H/s,,0 kW',
        '3,Antminer S21,10.1.1.14,AA:03,0.2 PH/s,17.5 J/TH,3.500 kW',
      ].join('\n'),
      WITH_POWER,
    );
    expect(asked(read)).toEqual([]);
    expect(read.batch.rows.map(({ inputs }) => [inputs.hashrateThs, inputs.powerW])).toEqual([
      [103.22, 3068],
      [200, 3500],
    ]);
    expect(read.batch.ledger).toMatchObject({ rowsIn: 3, rowsOk: 2, rowsInError: 1 });
  });

  it('an uptime of days is no share of the time (Hive OS), an efficiency in percent none of the machine (Luxor)', async () => {
    const hive = await readWhole(
      'Worker,ASIC,Uptime,Hashrate,Power\nw1,Antminer S19 Pro,5d 3h,110.4 TH/s,3250 W\nw2,Antminer T19,12h,84.1 TH/s,3150 W\nw3,Antminer T19,-,-,-\n',
      WITH_POWER,
    );
    expect(fieldOf(hive, 'Uptime')).toBeNull();
    expect(hive.batch.ledger).toMatchObject({ rowsIn: 3, rowsOk: 3 });
    const luxor = await readWhole(
      'Model,Hashrate (24h),Efficiency (24h),Uptime (24h)\nAntminer S19j Pro,103999000000000,99.8%,97.5%\nAntminer S19 Pro,109999000000000,99.1%,100%\n',
      WITH_POWER,
    );
    expect(fieldOf(luxor, 'Efficiency (24h)')).toBeNull();
    expect(luxor.batch.rows.map(({ inputs }) => [inputs.hashrateThs, inputs.uptimeRatio])).toEqual([
      [103.999, 0.975],
      [109.999, 1],
    ]);
  });

  it('a rate in watts per terahash is an efficiency, whatever it is called (WhatsMinerTool)', async () => {
    const read = await readWhole('Type,GHS avg,Power Rate(W/T)\nM50S,126012.11,26.2\nM30S++,110012.11,30.9\n', WITH_POWER);
    expect(fieldOf(read, 'Power Rate(W/T)')).toBe('efficiencyJPerTh');
    expect(asked(read)).toEqual([]);
    expect(read.batch.rows[0]!.inputs.powerW).toBeCloseTo(126.01211 * 26.2, 6);
  });
});

describe('lists of other hands', () => {
  it('counts as people write them, under a header that is only a sign or only a unit', async () => {
    const cells = ['10x', 'x5', '× 6', '7 units', '8台', '9 pcs', '1 000'];
    const read = await readWhole(`Model,x,$/kWh\n${cells.map((cell) => `S21,${cell},0.05`).join('\n')}\n`);
    expect(read.batch.rows.map(({ inputs }) => inputs.count)).toEqual([10, 5, 6, 7, 8, 9, 1000]);
    const units = await readWhole('Machine,,Power,Electricity\n,(pcs),(kW),(c/kWh)\nS19,10,3.25,5.5\nS21,20,3.5,5.5\n');
    expect(units.batch.rows.map(({ inputs }) => [inputs.count, inputs.powerW, inputs.powerUsdPerKwh])).toEqual([
      [10, 3250, 0.055],
      [20, 3500, 0.055],
    ]);
  });

  it('headers in two languages at once are understood as one, and nothing is asked', async () => {
    const read = await readWhole('型号 Model,数量/Qty,算力 Hashrate (TH/s),功耗 Power (W),电价 Electricity (¥/kWh)\nS19,10,95,3250,0.35\n');
    expect(asked(read)).toEqual([]);
    expect(read.batch.rows[0]!.inputs).toMatchObject({ count: 10, hashrateThs: 95, powerW: 3250, powerUsdPerKwh: 0.35 / 7 });
  });

  it('a column in other words whose unit tells what it is asks whether it is that', async () => {
    const read = await readWhole('Modell;Bestand;Leistung (kW)\nAntminer S19;10 pcs;3,25\nAntminer S21;20 pcs;3,5\n', WITH_POWER);
    expect(asked(read)).toEqual(['Modell: meaning', 'Bestand: meaning', 'Leistung (kW): meaning']);
    expect(read.batch.rows.map(({ inputs }) => [inputs.count, inputs.powerW])).toEqual([
      [10, 3250],
      [20, 3500],
    ]);
  });

  it('prices of power in every coin and unit, cell by cell', async () => {
    const cells = ['$0.06/kWh', '6¢', '6 c/kWh', 'US$ 0.06', '60 USD/MWh', '0.42元/度', '0.42 RMB', '4.2毛', '4毛2', '4角2分/度', '42分'];
    const read = await readWhole(`Model,Electricity\n${cells.map((cell) => `S19,${cell}`).join('\n')}\n`);
    expect(read.batch.errors).toEqual([]);
    for (const { inputs } of read.batch.rows) expect(inputs.powerUsdPerKwh).toBeCloseTo(0.06, 12);
  });

  it('amounts in two currencies and some in none are asked about; in one currency they are all in it', async () => {
    const both = await readWhole('Model,Electricity ($/kWh),Price\nS19,0.05,"¥6,500"\nS19,0.05,$900\nS19,0.05,900\nS19,0.05,950\n');
    expect(asked(both)).toEqual(['Price: unit']);
    const one = await readWhole('Model,Electricity,Price\nS19,0.35,"¥6,500"\nS19,0.35,6500\nS19,0.35,6500\n');
    expect(one.batch.rows.map(({ inputs }) => inputs.capexUsd)).toEqual([6500 / 7, 6500 / 7, 6500 / 7]);
  });

  it('a price for one terahash is one, also when only the cells name the currency', async () => {
    const read = await readWhole('Model,Electricity ($/kWh),Purchase Price / TH\nS19,0.05,$12.5\nS21,0.05,$16\n');
    expect(read.batch.rows.map(({ inputs }) => inputs.capexUsd)).toEqual([12.5 * 95, 16 * 200]);
  });

  it('least, most and middle below a table are no machines, nor is who made it', async () => {
    const list =
      '矿场,机型,数量,算力,电价(元/度),备注\nA,蚂蚁S19,10,95,0.35,\n,最大值,10,95,0.35,\n,Min,10,95,0.35,\n,中位数,10,95,0.35,\n制表人：张三,,,,,审核：李四\n';
    const { batch } = await readWhole(list);
    expect(batch.errors.map(({ row, code }) => [row, code])).toEqual([
      [3, 'sum_line'],
      [4, 'sum_line'],
      [5, 'sum_line'],
      [6, 'remark_line'],
    ]);
    const skipped = await readWhole(list, { choices: { sideLines: 'skip' } });
    expect(skipped.batch.ledger).toMatchObject({ rowsIn: 5, rowsOk: 1, rowsSkipped: 4 });
  });

  it('a machine that a scan did not reach is no remark', async () => {
    const { batch } = await readWhole(
      'IP,Status,Type,Hashrate RT,Power\n10.0.0.1,success,Antminer S19,95 TH/s,3250 W\n10.0.0.2,timeout,,,\n',
      WITH_POWER,
    );
    expect(batch.errors.map(({ row, code }) => [row, code])).toEqual([[3, 'missing_for_model']]);
  });

  it('serial numbers that a spreadsheet has rounded do not make machines doubles of each other', async () => {
    const { batch } = await readWhole(
      "SN,Model,Electricity ($/kWh)\n1.23457E+15,S19,0.05\n1.23457E+15,S19,0.05\n'000123,S21,0.05\n=\"000124\",'S21,'0.05\n",
      { choices: { duplicates: 'skip' } },
    );
    expect(batch.ledger).toMatchObject({ rowsIn: 4, rowsOk: 4, rowsSkipped: 0 });
    expect(batch.rows.map(({ serial, notes }) => [serial, notes])).toEqual([
      [null, ['rounded_serial']],
      [null, ['rounded_serial']],
      ['000123', []],
      ['000124', []],
    ]);
  });

  it('what a spreadsheet made of a cell is said: errors of formulas also as models, dates in any spelling', async () => {
    const { batch } = await readWhole(
      'Model,Qty,Electricity ($/kWh)\n#N/A,1,0.05\nS19,3-May,0.05\nS19,5月3日,0.05\nS19,"Jan 5, 2024",0.05\nS19,1,Err:502\nS19,1,0.05\n',
    );
    expect(batch.errors.map(({ row, code, suggestion }) => [row, code, suggestion])).toEqual([
      [2, 'formula_error', null],
      [3, 'date_instead_of_number', null],
      [4, 'date_instead_of_number', null],
      [5, 'date_instead_of_number', null],
      [6, 'formula_error', null],
    ]);
  });

  it('a figure is offered only when it is the one that is written', async () => {
    const { batch } = await readWhole(
      'Model,Electricity ($/kWh),Price ($)\nS19,0.05,0.9k\nS19,0.05,约900\nS19,0.05,"1,50,000"\nS19,0.05,(900)\nS19,0.05,9oo\nS19,0.05,l20\n',
    );
    expect(batch.errors.map(({ suggestion }) => suggestion)).toEqual([
      null,
      { kind: 'value', value: '900' },
      null,
      null,
      { kind: 'value', value: '900' },
      { kind: 'value', value: '120' },
    ]);
  });

  it('Chinese commas between cells, and line breaks of three systems in one file', async () => {
    const wide = await readWhole('型号，数量，电价(元/度)\n蚂蚁S19，10，0.35\n蚂蚁S21，5，0.35\n');
    expect(wide.batch.rows.map(({ inputs }) => [inputs.count, inputs.powerUsdPerKwh])).toEqual([
      [10, 0.35 / 7],
      [5, 0.35 / 7],
    ]);
    const mixed = await readWhole('Model,Qty,Electricity\r\nS19,1,0.05\nS21,2,0.05\rT21,3,0.05\r\n"S19\rPro",4,0.05\r');
    expect(mixed.batch.rows.map(({ row, inputs }) => [row, inputs.count])).toEqual([
      [2, 1],
      [3, 2],
      [4, 3],
      [5, 4],
    ]);
  });

  it('machines alone, one below the other, have no header: the first of them is counted', async () => {
    const { mapping, batch } = await readWhole('S19\nS21\nS19j Pro\n', WITH_POWER);
    expect(mapping.headerRow).toBeNull();
    expect(batch.ledger).toMatchObject({ rowsIn: 3, rowsOk: 3 });
  });
});

describe('which row is the header', () => {
  const LIST =
    'Summary,,,\nModel,Hashrate,Power,Electricity price\nTotal fleet,10 PH/s,300 kW,0.05\n\nUnit,Spec,Load,Tariff\nS19,95,3250,0.06\nS21,200,3500,0.06\n';
  const corrections = [
    { column: 0, field: 'model' },
    { column: 1, field: 'hashrateThs', unit: 'TH/s' },
    { column: 2, field: 'powerW', unit: 'W' },
  ] as const;

  it('is what the user says, and what stands above it is no row', async () => {
    const guessed = await readWhole(LIST);
    expect(guessed.mapping.headerRow).toBe(2);
    const chosen = await readWhole(LIST, { headerRow: 5, corrections });
    expect(chosen.mapping).toMatchObject({ headerRow: 5, lastHeaderRow: 5 });
    expect(chosen.mapping.columns.map(({ header }) => header)).toEqual(['Unit', 'Spec', 'Load', 'Tariff']);
    expect(chosen.batch.ledger).toMatchObject({ rowsIn: 2, rowsOk: 2 });
  });

  it('is none when the user says so: every row is read', async () => {
    const { mapping, batch } = await readWhole('Miner S19,10\nMiner S21,5\n', {
      ...WITH_POWER,
      headerRow: null,
      corrections: [
        { column: 0, field: 'model' },
        { column: 1, field: 'count' },
      ],
    });
    expect(mapping).toMatchObject({ headerRow: null, lastHeaderRow: 0 });
    expect(batch.ledger).toMatchObject({ rowsIn: 2 });
  });

  it('cannot be a row that holds nothing', async () => {
    const refused = await readWhole(LIST, { headerRow: 4 }).catch(toRefusal);
    expect(refused).toEqual({ kind: 'refused', code: 'header_row_missing', params: { row: 4 } });
  });

  it('is offered to the page with the beginning of each row', async () => {
    const session = createBatchSession(() => Promise.reject(new Error('nothing is computed')));
    const opened = await session.open(sourceOfBytes(encodeText(LIST, 'utf-8'), 'list.csv'), { headerRow: 5 }, 7);
    if (opened.kind !== 'opened') throw new Error(opened.code);
    expect(opened.mapping.headerRow).toBe(5);
    expect(opened.firstRows[1]).toEqual({ row: 2, text: 'Model · Hashrate · Power · Electricity price' });
    expect(opened.firstRows.map(({ row }) => row)).toEqual([1, 2, 3, 5, 6, 7]);
  });
});

describe('tables without a list', () => {
  const text = (reference: string, value: string) => `<c r="${reference}" t="str"><v>${value}</v></c>`;
  const row = (index: number, cells: string) => `<row r="${index}">${cells}</row>`;
  const NOTES = aSheet(row(1, text('A1', '本表用于资产盘点')) + row(2, text('A2', '请填写第二页')));
  const LIST = aSheet(
    row(1, text('A1', '型号') + text('B1', '数量') + text('C1', '电价(元/度)')) +
      row(2, text('A2', '蚂蚁S19') + text('B2', '10') + text('C2', '0.35')),
  );

  it('a workbook that begins with a page of remarks is read from the sheet that holds the list', async () => {
    const bytes = aWorkbook({
      sheets: [
        { name: '说明', xml: NOTES },
        { name: 'old', xml: LIST, state: 'hidden' },
        { name: '清单', xml: LIST },
      ],
    });
    const { table, batch } = await readWhole(bytes);
    expect(table.format).toMatchObject({ sheet: '清单' });
    expect(isBalanced(batch.ledger)).toBe(true);
    expect(batch.ledger.rowsOk).toBe(1);
    const chosen = await readWhole(bytes, { open: { sheet: '说明' } });
    expect(chosen.table.format).toMatchObject({ sheet: '说明' });
  });

  it('a header without rows, cells without contents and rich text are refused, each with its reason', async () => {
    const refuse = (bytes: string | Uint8Array) =>
      readWhole(bytes).then(
        () => 'read',
        (error: unknown) => (error instanceof Error && 'code' in error ? error.code : String(error)),
      );
    expect(await refuse('Model,Qty,Electricity\n')).toBe('no_rows');
    expect(await refuse(',,,,\n,,,\n')).toBe('empty');
    expect(await refuse(aWorkbook({ sheets: [{ name: 'a', xml: aSheet('') }] }))).toBe('empty_sheet');
    expect(await refuse('{\\rtf1\\ansi Model}')).toContain('binary');
  });
});
