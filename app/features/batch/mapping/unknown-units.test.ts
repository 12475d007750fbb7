/** Headers that name a unit which is not known here, or which the field cannot be in: never thrown away for a guess from the values. */
import { describe, expect, it } from 'vitest';
import { readWhole } from '../fixtures.ts';
import { correctMapping } from './correct-mapping.ts';
import { ASK_BELOW } from './mapping.ts';

const anyPrice = { defaults: { powerUsdPerKwh: 0.05 } };

async function mapColumn(header: string, values: readonly number[]) {
  const rows = values.map((value) => `S19 Pro\t10\t${value}`).join('\n');
  const { mapping } = await readWhole(`Model\tQty\t${header}\n${rows}\n`, anyPrice);
  return { mapping, column: mapping.columns[2]! };
}

describe('a unit in the header that was not understood', () => {
  it.each<[string, string, readonly number[], string]>([
    ['Power cost ($/month)', '$/month', [120, 130], 'powerUsdPerKwh'],
    ['电费(元/月)', '元/月', [800, 820], 'powerUsdPerKwh'],
    ['Electricity cost ($/day)', '$/day', [4.5, 5], 'powerUsdPerKwh'],
    ['Power price (RUB/kWh)', 'RUB/kWh', [4.5, 5], 'powerUsdPerKwh'],
    ['Electricity (EUR/kWh)', 'EUR/kWh', [0.05, 0.06], 'powerUsdPerKwh'],
    ['Electricity (€/kWh)', '€/kWh', [0.05, 0.06], 'powerUsdPerKwh'],
    ['Power cost (CAD/kWh)', 'CAD/kWh', [0.07, 0.06], 'powerUsdPerKwh'],
    ['Electricity EUR/kWh', 'EUR/kWh', [0.05, 0.06], 'powerUsdPerKwh'],
    ['Price (EUR)', 'EUR', [2500, 2600], 'capexUsd'],
    ['Price EUR', 'EUR', [2500, 2600], 'capexUsd'],
    ['Price (HKD)', 'HKD', [20_000, 21_000], 'capexUsd'],
    ['Price (HK$)', 'HK$', [20_000, 21_000], 'capexUsd'],
    ['价格（欧元）', '欧元', [2500, 2600], 'capexUsd'],
    ['Price (BTC)', 'BTC', [0.03, 0.02], 'capexUsd'],
    ['Price (€/kWh)', '€/kWh', [0.05, 0.06], 'powerUsdPerKwh'],
    ['Residual (%)', '%', [10, 20], 'residualUsd'],
    ['残值(%)', '%', [10, 20], 'residualUsd'],
    ['Residual value (%)', '%', [10, 20], 'residualUsd'],
    ['Maintenance (%)', '%', [2, 3], 'maintenanceUsdPerMonth'],
    ['功耗(度/天)', '度/天', [78, 80], 'powerW'],
    ['Power (kWh/day)', 'kWh/day', [78, 80], 'powerW'],
    ['Power (BTU/h)', 'BTU/h', [11_000, 11_000], 'powerW'],
    ['Power (kVA)', 'kVA', [3.3, 3.4], 'powerW'],
    ['Hashrate (kSol/s)', 'kSol/s', [420, 420], 'hashrateThs'],
    ['Decay (ratio/year)', 'ratio/year', [0.12, 0.1], 'hashrateDecayRatioPerMonth'],
    ['Hosting rate ($/kW/month)', '$/kW/month', [45, 50], 'powerUsdPerKwh'],
    ['Hosting fee (BTC)', 'BTC', [1, 1], 'hostingFeeUsdPerMonth'],
    ['Uptime (h/day)', 'h/day', [23, 24], 'uptimeRatio'],
    ['在线率(小时)', '小时', [23, 24], 'uptimeRatio'],
  ])('"%s" asks about <%s>', async (header, text, values, field) => {
    const { column } = await mapColumn(header, values);
    expect(column.field).toBe(field);
    expect(column.confidence).toBeLessThan(ASK_BELOW);
    expect(column.questions).toContainEqual({ kind: 'unit_unknown', text, units: expect.arrayContaining([column.unit]) });
  });

  it.each<[string, readonly number[], string]>([
    ['Price (USD, incl. VAT)', [2500, 2600], 'capexUsd USD'],
    ['Hashrate (avg)', [95, 96], 'hashrateThs TH/s'],
    ['Power (rated)', [3250, 3300], 'powerW W'],
    ['功耗（墙上）', [3250, 3300], 'powerW W'],
    ['算力 (Hashrate)', [95, 96], 'hashrateThs TH/s'],
    ['电价（元/度，含税）', [0.35, 0.36], 'powerUsdPerKwh CNY/kWh'],
    ['Hash Rate (24h)', [95, 96], 'hashrateThs TH/s'],
    ['Power price (cents)', [5.5, 5.6], 'powerUsdPerKwh USc/kWh'],
    ['Price (万美元)', [0.25, 0.3], 'capexUsd 10kUSD'],
  ])('"%s" holds none and asks nothing', async (header, values, meant) => {
    const { column } = await mapColumn(header, values);
    expect(`${column.field} ${column.unit}`).toBe(meant);
    expect(column.questions).toEqual([]);
  });

  it('is found in a line of units below the header, which is no row', async () => {
    const { mapping, batch } = await readWhole('Model,Qty,Price,Electricity\n,pcs,EUR,EUR/kWh\nS19,10,2500,0.05\n');
    expect(mapping.lastHeaderRow).toBe(2);
    expect(mapping.columns.slice(2).map(({ questions }) => questions)).toEqual([
      [expect.objectContaining({ kind: 'unit_unknown', text: 'EUR' })],
      [expect.objectContaining({ kind: 'unit_unknown', text: 'EUR/kWh' })],
    ]);
    expect(batch.ledger.rowsIn).toBe(1);
  });

  it('makes amounts without a unit in the same file doubtful as well', async () => {
    const { mapping } = await readWhole('Model,Price (EUR),Electricity\nS19,2500,0.05\n');
    expect(mapping.columns[2]!.questions).toEqual([expect.objectContaining({ kind: 'unit' })]);
  });

  it('is answered by a unit, and not by the field or the decimal sign alone', async () => {
    const { mapping } = await mapColumn('Price (EUR)', [2500, 2600]);
    const askedAfter = (correction: object) =>
      correctMapping(mapping, [{ column: 2, ...correction }], { cnyPerUsd: 7 }).columns[2]!.questions;
    expect(askedAfter({ field: 'capexUsd', decimalMark: '.' })).toHaveLength(1);
    expect(askedAfter({ field: 'maintenanceUsdPerMonth' })).toEqual([
      { kind: 'unit_unknown', text: 'EUR', units: expect.arrayContaining(['USD/month', 'CNY/month']) },
    ]);
    expect(askedAfter({ unit: 'USD' })).toEqual([]);
    expect(askedAfter({ field: null })).toEqual([]);
  });
});

describe('words of the header that are part of the unit', () => {
  it.each<[string, readonly number[], string]>([
    ['年衰减率(%)', [5, 6], '%/year of hash rate'],
    ['Annual Decay (%)', [5, 6], '%/year of hash rate'],
    ['Annual maintenance ($)', [120, 130], 'USD/year'],
    ['年维护费(元)', [800, 900], 'CNY/year'],
    ['Maintenance ($)', [10, 12], 'USD/month'],
    ['Price per TH ($)', [15, 14], 'USD/TH'],
    ['T单价(元)', [105, 120], 'CNY/TH'],
    ['Price/T', [15, 14], 'USD/TH'],
  ])('"%s" with %j is in %s', async (header, values, unit) => {
    const { column } = await mapColumn(header, values);
    expect(column.unit).toBe(unit);
    expect(column.questions.filter(({ kind }) => kind !== 'meaning')).toEqual([]);
  });

  it.each([
    '每T价格',
    'T单价',
    'Price per TH',
  ])('"%s" at 105 is no price of a machine: only prices for one TH/s are offered', async (header) => {
    const { column } = await mapColumn(header, [105, 120]);
    expect(column).toMatchObject({ field: 'capexUsd', unit: 'USD/TH' });
    expect(column.questions).toHaveLength(1);
    const [question] = column.questions;
    expect(question).toMatchObject({ units: expect.not.arrayContaining(['USD', 'CNY']) });
  });

  it('"年衰减率" without a unit asks', async () => {
    expect((await mapColumn('年衰减率', [5, 6])).column.questions).toContainEqual(expect.objectContaining({ kind: 'unit_unknown' }));
  });
});
