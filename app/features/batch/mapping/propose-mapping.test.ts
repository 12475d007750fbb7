import { describe, expect, it } from 'vitest';
import { findMachine } from '../../catalogue/find-machine.ts';
import { encodeText, openBytes, readWhole } from '../fixtures.ts';
import { applyRemembered, correctMapping, rememberMapping } from './correct-mapping.ts';
import { findColumn, listMissing, type Mapping } from './mapping.ts';
import { proposeMapping } from './propose-mapping.ts';
import { readSample } from './table-sample.ts';

async function propose(text: string, cnyPerUsd: number | null = 7): Promise<Mapping> {
  const table = await openBytes(encodeText(text, 'utf-8'));
  return proposeMapping(await readSample(table), { isModel: (name) => findMachine(name) !== null, cnyPerUsd });
}

/** "field unit" of each column, "?" behind it when something is asked. */
const shown = (mapping: Mapping) =>
  mapping.columns.map(({ field, unit, questions }) => `${field ?? '-'} ${unit ?? '-'}${questions.length > 0 ? ' ?' : ''}`);

describe('proposeMapping', () => {
  it('reads units from the values when the header has none, and says so', async () => {
    const mapping = await propose('Model,Quantity,Power,Price,Electricity,Hashrate,DecayRate\nAntminer S19,10,3.25,2500,0.08,95000,0.5\n');
    expect(shown(mapping)).toEqual([
      'model -',
      'count machines',
      'powerW kW',
      'capexUsd USD',
      'powerUsdPerKwh USD/kWh',
      'hashrateThs GH/s',
      'hashrateDecayRatioPerMonth %/month',
    ]);
    expect(findColumn(mapping, 'powerW')).toMatchObject({ inferredFrom: 'values', confidence: 0.85, examples: ['3.25'] });
  });

  it('lets the values decide between the meanings of a word', async () => {
    expect(shown(await propose('机型,单价\nS19,0.055\nS21,0.06\n'))[1]).toBe('powerUsdPerKwh USD/kWh');
    expect(shown(await propose('Model,Price\nS19,2500\n'))[1]).toBe('capexUsd USD');
    expect(shown(await propose('Model,Power\nS19,0.055\n'))[1]).toBe('powerUsdPerKwh USD/kWh');
    expect(shown(await propose('Model,Hosting ($/kWh)\nS19,0.075\n'))[1]).toBe('powerUsdPerKwh USD/kWh');
  });

  it('takes a hosting rate beside a power price for what the client pays, and alone for the power price', async () => {
    const zh = '机型,电价（元/度）,托管电价（元/度）\nS19,0.35,0.45\n';
    expect(shown(await propose(zh)).slice(1)).toEqual(['powerUsdPerKwh CNY/kWh', 'clientPowerUsdPerKwh CNY/kWh']);
    const en = 'Model,Hosting rate ($/kWh),Power price ($/kWh)\nS19,0.075,0.05\n';
    expect(shown(await propose(en)).slice(1)).toEqual(['clientPowerUsdPerKwh USD/kWh', 'powerUsdPerKwh USD/kWh']);
    for (const header of ['Client tariff', 'Customer power price ($/kWh)', '客户电价($/kWh)'])
      expect(shown(await propose(`Model,Electricity,${header}\nS19,0.05,0.075\n`))[2]).toMatch(/^clientPowerUsdPerKwh USD\/kWh/);
    expect(shown(await propose('Model,Hosting rate ($/kWh)\nS19,0.075\n'))[1]).toBe('powerUsdPerKwh USD/kWh');
    expect(shown(await propose('机型,托管电价（元/度）\nS19,0.45\n'))[1]).toBe('powerUsdPerKwh CNY/kWh');
  });

  it('asks when dollars and yuan are both likely, and not when the file shows its currency', async () => {
    expect(shown(await propose('机型,电价,购机价\nS19,0.15,9000\n'))).toEqual(['model -', 'powerUsdPerKwh USD/kWh ?', 'capexUsd USD ?']);
    expect(shown(await propose('机型,电价（元/度）,购机价\nS19,0.35,9000\n'))).toEqual([
      'model -',
      'powerUsdPerKwh CNY/kWh',
      'capexUsd CNY',
    ]);
    expect(shown(await propose('机型,电价,购机价\nS19,0.35元,9000\n'))).toEqual(['model -', 'powerUsdPerKwh CNY/kWh', 'capexUsd CNY']);
  });

  it('asks for the exchange rate when yuan have none', async () => {
    const mapping = await propose('机型,电价（元/度）\nS19,0.35\n', null);
    expect(findColumn(mapping, 'powerUsdPerKwh')!.questions).toEqual([{ kind: 'rate' }]);
  });

  it('doubts a header whose unit does not fit the values', async () => {
    const mapping = await propose('Model,Power (W)\nS19,3.25\nS21,3.5\n');
    expect(findColumn(mapping, 'powerW')).toMatchObject({ unit: 'W', questions: [{ kind: 'unusual', units: ['W', 'kW'] }] });
  });

  it('asks which decimal sign is meant when no text of the file tells', async () => {
    const mapping = await propose('Model;Power\nS19;3.250\nS21;3.500\n');
    expect(findColumn(mapping, 'powerW')).toMatchObject({ decimalMark: null, questions: [{ kind: 'decimal_mark', example: '3.250' }] });
    const told = await propose('Model;Power;Electricity\nS19;3.250;0,05\nS21;3.500;0,06\n');
    expect(findColumn(told, 'powerW')).toMatchObject({ decimalMark: ',', unit: 'W', questions: [] });
  });

  it('asks only number columns which decimal sign the file uses, and none when two differ', async () => {
    const fee = await readWhole(
      'Model;Firmware;Count;Hosting fee ($/month);Electricity ($/kWh)\nS19;2.1;3;1.250;0,055\nS21;2.3;4;1.100;0,06\nS21;2.3;5;1.100;0,06\n',
    );
    expect(fee.batch.rows.map(({ inputs }) => inputs.hostingFeeUsdPerMonth)).toEqual([1250, 1100, 1100]);
    const silent = await propose('机型;固件;数量;运维费(元/月);电价(分/度)\nS19;2.1;3;1.250;35\nS21;2.3;4;1.100;36\n');
    expect(findColumn(silent, 'maintenanceUsdPerMonth')!.questions).toContainEqual({ kind: 'decimal_mark', example: '1.250' });
    const mixed = await propose('Model;Price ($);Uptime (%);Electricity ($/kWh)\nS19;2.500;97.55;0,05\n');
    expect(findColumn(mixed, 'capexUsd')!.questions).toContainEqual({ kind: 'decimal_mark', example: '2.500' });
  });

  it('gives a field to one column and names the others', async () => {
    const mapping = await propose('Model,Hashrate,Hash Rate RT\nS19,95,94.2\n');
    expect(findColumn(mapping, 'hashrateThs')).toMatchObject({ column: 1, questions: [{ kind: 'field', others: [2] }] });
    expect(mapping.columns[2]!.field).toBeNull();
  });

  it('finds the header below titles, joins a line of units to it, and leaves both out of the rows', async () => {
    const { mapping, batch } = await readWhole(
      '矿机清单,,,\n制表：张三,2026-01-05,,\n\n机型,算力,功耗,电价\n,TH/s,kW,元/度\nS19,95,3.25,0.35\n',
    );
    expect(mapping).toMatchObject({ headerRow: 4, lastHeaderRow: 5 });
    expect(shown(mapping)).toEqual(['model -', 'hashrateThs TH/s', 'powerW kW', 'powerUsdPerKwh CNY/kWh']);
    expect(batch.ledger).toMatchObject({ rowsIn: 1, rowsOk: 1 });
    expect(batch.rows[0]!.inputs).toMatchObject({ hashrateThs: 95, powerW: 3250, powerUsdPerKwh: 0.35 / 7 });
  });

  it('finds the models of a table without a header, and asks', async () => {
    const mapping = await propose('Antminer S19,10,0.05\nAntminer S21,5,0.06\n');
    expect(mapping.headerRow).toBeNull();
    expect(mapping.columns[0]).toMatchObject({
      field: 'model',
      inferredFrom: 'values',
      questions: [{ kind: 'meaning', fields: ['model'] }],
    });
    expect(mapping.columns[1]).toMatchObject({ field: 'count', questions: [{ kind: 'quantity' }] });
    expect(mapping.columns[2]!.field).toBeNull();
  });

  it('does not take a word of ours in another header for the model', async () => {
    expect(shown(await propose('hostname,os_type\n10.0.0.1,luxos\n'))).toEqual(['serial -', '- -']);
  });

  it('says what is missing for a computation', async () => {
    const mapping = await propose('Hashrate,Notes\n95,x\n');
    expect(listMissing(mapping, { powerUsdPerKwh: null })).toEqual(['powerW', 'powerUsdPerKwh']);
    expect(listMissing(await propose('Model\nS19\n'), { powerUsdPerKwh: 0.05 })).toEqual([]);
  });
});

describe('correctMapping', () => {
  it('takes the user at his word, and the field from the column that had it', async () => {
    const mapping = await propose('Model,Hashrate,Hash Rate RT\nS19,95,94.2\n');
    const corrected = correctMapping(mapping, [{ column: 2, field: 'hashrateThs', unit: 'GH/s' }], { cnyPerUsd: 7 });
    expect(shown(corrected)).toEqual(['model -', '- -', 'hashrateThs GH/s']);
    expect(corrected.columns[2]).toMatchObject({ confidence: 1, inferredFrom: 'user', questions: [] });
  });

  it('asks for the unit of a new field when none that fits is given', async () => {
    const mapping = await propose('Model,Qty\nS19,5\n');
    const corrected = correctMapping(mapping, [{ column: 1, field: 'powerUsdPerKwh' }], { cnyPerUsd: 7 });
    expect(corrected.columns[1]).toMatchObject({ unit: 'USD/kWh', questions: [{ kind: 'unit' }] });
  });

  it('leaves corrections of columns out that the table does not have', async () => {
    const mapping = await propose('Model,x\nS19,5\n');
    expect(correctMapping(mapping, [{ column: 9, field: 'count' }], { cnyPerUsd: 7 })).toEqual(mapping);
  });
});

describe('applyRemembered', () => {
  it('proposes for a file of the same shape what was accepted last time, also after a way through JSON', async () => {
    const first = await propose('Model,Spend\nS19,5\n');
    const accepted = correctMapping(first, [{ column: 1, field: 'powerUsdPerKwh', unit: 'USc/kWh' }], { cnyPerUsd: 7 });
    const remembered = JSON.parse(JSON.stringify(rememberMapping(accepted)));
    const next = applyRemembered(await propose('model, spend\nS21,6\n'), remembered, 7);
    expect(next.columns[1]).toMatchObject({ field: 'powerUsdPerKwh', unit: 'USc/kWh', inferredFrom: 'remembered' });
    const other = await propose('Model,Spend,Notes\nS21,6,x\n');
    expect(applyRemembered(other, remembered, 7)).toBe(other);
  });

  it('asks when the figures are surely in another unit than last time', async () => {
    const remembered = rememberMapping(await propose('Model,Power\nS19,3250\n'));
    const next = applyRemembered(await propose('Model,Power\nS19,3.25\n'), remembered, 7);
    expect(next.columns[1]).toMatchObject({ unit: 'W', questions: [{ kind: 'unusual', units: ['W', 'kW'] }] });
  });
});
