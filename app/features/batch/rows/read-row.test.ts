import { describe, expect, it } from 'vitest';
import { readWhole } from '../fixtures.ts';
import type { RowErrorCode } from './row-error.ts';

/** Errors of the only data row. */
async function errorsOf(text: string, way: Parameters<typeof readWhole>[1] = {}) {
  const { batch } = await readWhole(text, way);
  return batch.errors.map(({ code, header, value, suggestion }) => ({ code, header, value, suggestion }));
}

const HEADER = 'Model,Quantity,Hashrate (TH/s),Power (W),Electricity ($/kWh),Price ($),Uptime (%)';

describe('a row', () => {
  it('becomes the inputs of the engine, with the defaults it does not give itself', async () => {
    const { batch } = await readWhole(`${HEADER}\nMine,3,100,3000,0.05,2500,97\n`, { defaults: { poolFeeRatio: 0.02, uptimeRatio: 0.9 } });
    expect(batch.rows[0]).toMatchObject({ model: 'Mine', match: null, fromCatalogue: [], notes: [] });
    expect(batch.rows[0]!.inputs).toEqual({
      hashrateThs: 100,
      powerW: 3000,
      count: 3,
      powerUsdPerKwh: 0.05,
      poolFeeRatio: 0.02,
      uptimeRatio: 0.97,
      pue: 1,
      hashrateDecayRatioPerMonth: 0,
      hostingFeeUsdPerMonth: 0,
      maintenanceUsdPerMonth: 0,
      capexUsd: 2500,
      residualUsd: 0,
      heldRatio: 0,
      discountRatioPerYear: 0,
      clientPowerUsdPerKwh: null,
      hostCapexUsd: 0,
    });
  });

  it('gets hash rate and power from the catalogue by model, and says so', async () => {
    const { batch } = await readWhole('机型,电价\n蚂蚁S19,0.05\nS19j Pro 105T,0.05\n');
    expect(batch.rows[0]).toMatchObject({ fromCatalogue: ['hashrateThs', 'powerW'], inputs: { hashrateThs: 95, powerW: 3250 } });
    // 3,068 W / 104 TH/s * 105 TH/s = 3,097.5 W
    expect(batch.rows[1]).toMatchObject({ match: { kind: 'bin' }, inputs: { hashrateThs: 105, powerW: 3097.5 } });
  });

  it('derives power from efficiency, a price from one per TH/s, and dollars from yuan', async () => {
    const { batch } = await readWhole('Hashrate (TH/s),Efficiency (J/TH),单价（元/T）,电价（元/度）\n200,17.5,105,0.35\n');
    // 200 * 17.5 = 3,500 W; 105 yuan * 200 / 7 = 3,000 dollars
    expect(batch.rows[0]!.inputs).toMatchObject({ hashrateThs: 200, powerW: 3500, capexUsd: 3000, powerUsdPerKwh: 0.35 / 7 });
  });

  it('believes a unit in the cell before the one of the column', async () => {
    const { batch } = await readWhole(`${HEADER}\nS19,2台,0.095PH/s,3.25kW,5美分/度,"$2,500",97%\nS19,1,95,3250,0.05,2500,97\n`);
    expect(batch.rows[0]!.inputs).toEqual({ ...batch.rows[1]!.inputs, count: 2 });
  });

  it('with its own figures need not be in the catalogue, and gets a machine by them when it names none', async () => {
    const { batch } = await readWhole('Model,Hashrate,Power,Electricity\nBox 7,50,1500,0.05\n,234,3520,0.05\n');
    expect(batch.rows[0]).toMatchObject({ model: 'Box 7', match: null });
    expect(batch.rows[1]).toMatchObject({ model: null, match: { kind: 'nearest', machine: { slug: 'antminer-s21-pro' } } });
  });

  it('is noted when its figures are unusual together or far from the catalogue', async () => {
    const { batch } = await readWhole('Model,Hashrate (TH/s),Power (W),Electricity\nS19,95,3250,0.05\nS19,95,325,0.05\n');
    expect(batch.rows.map(({ notes }) => notes)).toEqual([[], ['unusual_efficiency', 'differs_from_catalogue']]);
    expect(batch.ledger.notes).toEqual({ unusual_efficiency: 1, differs_from_catalogue: 1 });
  });

  it.each<[string, RowErrorCode, unknown]>([
    ['S19,1,95,abc,0.05,1,97', 'not_a_number', null],
    ['S19,1,95,约3250,0.05,1,97', 'not_a_number', { kind: 'value', value: '3250' }],
    ['S19,1,95,3250,"0,05",1,97', 'not_a_number', { kind: 'value', value: '0.05' }],
    ['S19,1,95,#REF!,0.05,1,97', 'formula_error', null],
    ['S19,1,95,=D9*2,0.05,1,97', 'formula_without_value', null],
    ['S19,2025-03-05,95,3250,0.05,1,97', 'date_instead_of_number', null],
    ['S19,1,95,3250 TH/s,0.05,1,97', 'unit_mismatch', { kind: 'value', value: '3250' }],
    ['S19,1,95,0,0.05,1,97', 'out_of_range', null],
    ['S19,1,95,3250,55,1,97', 'out_of_range', { kind: 'unit', unit: 'USD/MWh' }],
    ['S19,2.5,95,3250,0.05,1,97', 'not_an_integer', null],
    ['S19,0,95,3250,0.05,1,97', 'out_of_range', null],
    ['S19,1,95,3250,,1,97', 'missing', null],
    ['nonsense,1,,,0.05,1,97', 'model_unknown', null],
    ['S21j Pro,1,,,0.05,1,97', 'model_unknown', { kind: 'machines', names: expect.arrayContaining(['Antminer S21 Pro']) }],
    [',1,95,,0.05,1,97', 'missing_for_model', null],
    ['合计,1,95,3250,,,', 'sum_line', { kind: 'leave_out' }],
    ['Total:,9,95,3250,,,', 'sum_line', { kind: 'leave_out' }],
    ['注：以上为含税价,,,,,,', 'remark_line', { kind: 'leave_out' }],
    [HEADER, 'repeated_header', { kind: 'leave_out' }],
  ])('"%s" is an error: %s', async (row, code, suggestion) => {
    // The first row shows what the columns are, so that the second cannot change it.
    const errors = await errorsOf(`${HEADER}\nS19,1,95,3250,0.05,2500,97\n${row}\n`);
    expect(errors).toEqual([expect.objectContaining({ code, suggestion })]);
  });

  it('reports all that is wrong with it at once, with column and value as written', async () => {
    const errors = await errorsOf(`${HEADER}\nS19,1,95,3250,0.05,2500,97\nS19,x,95,y,0.05,z,97\n`);
    expect(errors.map(({ header, value }) => [header, value])).toEqual([
      ['Power (W)', 'y'],
      ['Quantity', 'x'],
      ['Price ($)', 'z'],
    ]);
  });

  it('names the valid range in the unit of the column', async () => {
    const { batch } = await readWhole('Model,Uptime (%),Power (kW),Electricity\nS19,97,3.25,0.05\nS19,120,3.25,0.05\nS19,97,5000,0.05\n');
    expect(batch.errors.map(({ range }) => range)).toEqual([
      { min: 0, max: 100, minExclusive: false, unit: '%' },
      { min: 0, max: 1000, minExclusive: true, unit: 'kW' },
    ]);
  });

  it('whose power follows from its efficiency and cannot be is an error at the efficiency, and tells its bounds', async () => {
    // 50,000 TH/s at 30 J/TH would draw 1.5 MW; a machine draws at most 1 MW, 20 J/TH at this hash rate.
    const { batch } = await readWhole(
      'Miner\tHashrate (TH/s)\tEfficiency (J/TH)\tElectricity ($/kWh)\nFarm A\t50000\t30\t0.05\nS19 Pro\t110\t29.5\t0.05\n',
    );
    expect(batch.ledger).toMatchObject({ rowsOk: 1, rowsInError: 1 });
    expect(batch.errors).toEqual([
      expect.objectContaining({
        code: 'out_of_range',
        field: 'efficiencyJPerTh',
        value: '30',
        range: { min: 0, max: 20, minExclusive: true, unit: 'J/TH' },
      }),
    ]);
  });

  it('with the figures of all its machines is an error that offers those of one', async () => {
    const list = '型号,数量,算力(T),功耗(W),电价(元/度)\nS19,10,950,32500,0.35\nS21,20,4000,70000,0.35\nS19,2,95,3250,0.35\n';
    const { batch } = await readWhole(list, { corrections: [{ column: 3, unit: 'W' }] });
    expect(batch.errors.map(({ row, code, suggestion }) => [row, code, suggestion])).toEqual([
      [2, 'whole_line', { kind: 'value', value: '95 TH/s' }],
      [2, 'whole_line', { kind: 'value', value: '3250 W' }],
      [3, 'whole_line', { kind: 'value', value: '200 TH/s' }],
      [3, 'whole_line', { kind: 'value', value: '3500 W' }],
    ]);
    expect(batch.rows.map(({ row }) => row)).toEqual([4]);
  });

  it('in yuan is an error while there is no rate', async () => {
    expect(await errorsOf('机型,电价（元/度）\nS19,0.35\n', { cnyPerUsd: null })).toEqual([
      { code: 'rate_missing', header: '电价（元/度）', value: '0.35', suggestion: null },
    ]);
  });

  it('with a number that may be two is an error that offers both', async () => {
    expect(await errorsOf('Model;Power;Electricity\nS19;3.250;5 c/kWh\n')).toEqual([
      { code: 'ambiguous_number', header: 'Power', value: '3.250', suggestion: { kind: 'either', values: ['3.25', '3250'] } },
    ]);
  });
});
