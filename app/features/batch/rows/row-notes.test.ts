/** Figures that are valid and may not be meant so: computed as they stand, and never without a word. */
import { describe, expect, it } from 'vitest';
import { aSheet, aWorkbook, readWhole } from '../fixtures.ts';
import type { EngineField } from '../mapping/batch-field.ts';

const many = (rows: number, line: (index: number) => string) => Array.from({ length: rows }, (_, index) => line(index)).join('\n');

describe('a value of another unit inside a column', () => {
  it.each<[string, string, readonly number[], EngineField, number]>([
    ['Electricity ($/kWh)', 'dollars and cents', [...Array(7).fill(0.05), 5.5, 5.5, 5.5], 'powerUsdPerKwh', 3],
    ['Uptime', 'per cent and a ratio', [97, 98, 99, 0.96], 'uptimeRatio', 1],
    ['Pool fee', 'per cent and a ratio', [2, 2.5, 1, 0.02], 'poolFeeRatio', 1],
    ['DecayRate(%/月)', 'per cent and a ratio', [0.5, 0.5, 0.6, 0.005], 'hashrateDecayRatioPerMonth', 1],
    ['Price', 'of a machine and of one TH/s', [2500, 2500, 2600, 15], 'capexUsd', 1],
    ['Power (W)', 'watts and kilowatts', [3250, 3250, 3300, 3.25], 'powerW', 1],
  ])('%s: %s, is noted and counted', async (header, _case, values, _field, noted) => {
    const list = `Model,SN,${header}\n${many(values.length, (index) => `S19,a${index},${values[index]}`)}\n`;
    const { batch } = await readWhole(list, { defaults: { powerUsdPerKwh: 0.05 } });
    expect(batch.ledger.notes.unusual_value).toBe(noted);
    expect(batch.rows.slice(-noted).every(({ notes }) => notes.includes('unusual_value'))).toBe(true);
  });

  it('is noted beyond the rows that the mapping looks at', async () => {
    const list = `Model,SN,Electricity\n${many(1000, (index) => `S19,a${index},0.05`)}\n${many(3000, (index) => `S19,b${index},5.5`)}\n`;
    const { batch } = await readWhole(list);
    expect(batch.ledger.notes).toEqual({ unusual_value: 3000 });
  });

  it('is not seen where the value is usual, zero, or unusual in every unit', async () => {
    const { batch } = await readWhole('Model,Price ($),Electricity ($/kWh)\nS19,2500,0.05\nS19,0,0.06\nS21,2600,0.001\n');
    expect(batch.ledger.notes).toEqual({});
  });
});

describe('a value that the file does not know', () => {
  const LIST = 'Model,Quantity,Electricity ($/kWh),Price ($)\n';

  it.each(['待定', '-', '?', 'unknown'])('as the quantity "%s" is an error, not one machine', async (cell) => {
    const { batch } = await readWhole(`${LIST}S19,${cell},0.05,2500\n`);
    expect(batch.errors).toEqual([expect.objectContaining({ code: 'count_unknown', value: cell })]);
  });

  it('as a blank quantity is one machine with a note', async () => {
    const { batch } = await readWhole(`${LIST}S21,,0.05,2500\n`);
    expect(batch.rows[0]).toMatchObject({ inputs: { count: 1 }, notes: ['blank_count'] });
  });

  it('as a price "?" is noted, and a blank one is what the scenario says for all rows', async () => {
    const { batch } = await readWhole(`${LIST}S21,2,0.05,?\nS21,3,0.05,\n`);
    expect(batch.rows.map(({ notes }) => notes)).toEqual([['default_taken'], []]);
  });
});

it('notes amounts of a merged cell that are taken for each of its rows', async () => {
  const text = (reference: string, value: string) => `<c r="${reference}" t="str"><v>${value}</v></c>`;
  const number = (reference: string, value: number) => `<c r="${reference}"><v>${value}</v></c>`;
  const rows = [
    `<row r="1">${text('A1', 'Model')}${text('B1', 'Qty')}${text('C1', 'Electricity ($/kWh)')}${text('D1', 'Price ($)')}${text('E1', 'Hosting fee ($/month)')}</row>`,
    `<row r="2">${text('A2', 'S19')}${number('B2', 10)}${number('C2', 0.05)}${number('D2', 25_000)}${number('E2', 300)}</row>`,
    `<row r="3">${text('A3', 'S21')}${number('B3', 11)}</row>`,
  ].join('');
  const merged = ['C', 'D', 'E'].map((column) => `<mergeCell ref="${column}2:${column}3"/>`).join('');
  const bytes = aWorkbook({ sheets: [{ name: 'a', xml: aSheet(rows, `<mergeCells>${merged}</mergeCells>`) }] });
  const { batch } = await readWhole(bytes);
  expect(batch.rows.map(({ notes }) => notes)).toEqual([[], ['merged_value']]);
});
