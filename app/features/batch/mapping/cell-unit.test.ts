import { describe, expect, it } from 'vitest';
import { aSheet, aWorkbook, readWhole } from '../fixtures.ts';
import type { EngineField } from './batch-field.ts';

const CODES = [
  '0.00&quot; ¢&quot;',
  '0.0,&quot; kW&quot;',
  '[$¥-804]#,##0.00',
  '[$€-2] #,##0.00',
  '[$¥-411]#,##0',
  '#,##0_ ;[Red]\\-#,##0\\ ',
  '&quot;约&quot;0',
  '[$$-C09]#,##0',
];
const styles = `<styleSheet><numFmts>${CODES.map((code, index) => `<numFmt numFmtId="${170 + index}" formatCode="${code}"/>`).join('')}</numFmts><cellXfs><xf numFmtId="0"/>${CODES.map((_, index) => `<xf numFmtId="${170 + index}"/>`).join('')}</cellXfs></styleSheet>`;
const [CENT, KILOWATT, YUAN, EURO, YEN, PLAIN, ABOUT, AUSTRALIAN] = CODES.map((_, index) => index + 1);

/** A workbook of one machine whose second column has a header and one formatted figure. */
async function readFormatted(header: string, value: number, style: number | undefined) {
  const text = (reference: string, content: string) => `<c r="${reference}" t="str"><v>${content}</v></c>`;
  const xml = aSheet(
    `<row r="1">${text('A1', 'Model')}${text('B1', header)}</row><row r="2">${text('A2', 'S19')}<c r="B2" s="${style}"><v>${value}</v></c></row>`,
  );
  return readWhole(aWorkbook({ sheets: [{ name: 'a', xml }], styles }), { defaults: { powerUsdPerKwh: 0.05 } });
}

describe('the number format of a workbook', () => {
  it.each<[string, number, number | undefined, EngineField, number]>([
    // 17,500 yuan / 7
    ['Price', 17_500, YUAN, 'capexUsd', 2500],
    ['Electricity', 0.35, YUAN, 'powerUsdPerKwh', 0.05],
    ['Electricity', 5.5, CENT, 'powerUsdPerKwh', 0.055],
    ['Electricity', 3.125, CENT, 'powerUsdPerKwh', 0.03125],
    // Shown as 3.3 kW.
    ['Power', 3250, KILOWATT, 'powerW', 3250],
    ['Price ($)', 2500, PLAIN, 'capexUsd', 2500],
  ])('names the unit: %s %d', async (header, value, style, field, expected) => {
    const { mapping, batch } = await readFormatted(header, value, style);
    expect(mapping.columns[1]!.questions).toEqual([]);
    expect(batch.rows[0]!.inputs[field]).toBeCloseTo(expected, 12);
  });

  it.each([
    ['Price', EURO, '€2500'],
    ['Price', YEN, '411 ¥2500'],
    ['Price', AUSTRALIAN, 'C09 $2500'],
  ])('%s in a currency that is not known is an error and no dollar', async (header, style, value) => {
    const { batch } = await readFormatted(header, 2500, style);
    expect(batch.errors).toEqual([expect.objectContaining({ code: 'unit_mismatch', value })]);
  });

  it('shows other words as they stand', async () => {
    const { batch } = await readFormatted('Price ($)', 2500, ABOUT);
    expect(batch.errors).toEqual([expect.objectContaining({ code: 'not_a_number', value: '约2500' })]);
  });
});

describe('a unit in a cell', () => {
  it.each<[string, string, EngineField, number]>([
    ['Power price (c/kWh)', '5.5c', 'powerUsdPerKwh', 0.055],
    ['Power price (c/kWh)', '5.5¢/kWh', 'powerUsdPerKwh', 0.055],
    ['Power price (c/kWh)', '$55/MWh', 'powerUsdPerKwh', 0.055],
    ['电价（分/度）', '35分', 'powerUsdPerKwh', 0.05],
    ['Price ($/TH)', '$20', 'capexUsd', 1900],
    ['Electricity ($/MWh)', '$55', 'powerUsdPerKwh', 0.055],
    ['Electricity ($/MWh)', '¥350', 'powerUsdPerKwh', 0.05],
    ['Maintenance ($/year)', '$120', 'maintenanceUsdPerMonth', 10],
    ['Power price (c/kWh)', '$0.05', 'powerUsdPerKwh', 0.05],
  ])('leaves to the column "%s" what it does not say itself: %s', async (header, cell, field, expected) => {
    const { batch } = await readWhole(`Model\t${header}\nS19\t${cell}\n`, { defaults: { powerUsdPerKwh: 0.05 } });
    expect(batch.errors).toEqual([]);
    expect(batch.rows[0]!.inputs[field]).toBeCloseTo(expected, 12);
  });

  it('is per year in a column of losses per year', async () => {
    const { batch } = await readWhole('Model\tDecay (%/year)\nS19\t12%\n', { defaults: { powerUsdPerKwh: 0.05 } });
    expect((1 - batch.rows[0]!.inputs.hashrateDecayRatioPerMonth) ** 12).toBeCloseTo(0.88, 12);
  });
});
