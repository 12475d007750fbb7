/** Sums and second tables: what is counted as machines though it is none changes every sum of the list. */
import { describe, expect, it } from 'vitest';
import { readWhole } from '../fixtures.ts';

const anyPrice = { defaults: { powerUsdPerKwh: 0.05 } };

describe('a sum line', () => {
  it.each([
    '合 计',
    '合　计',
    '总数',
    '合计：240台',
    'Total: 240',
    'TOTAL machines',
    'Totals (2 rows)',
    'Sum total',
    '总计(台)',
    'Average',
    '平均值',
    '本页合计',
    '全场合计',
    'Subtotal site A',
    'A场小计',
  ])('is known by its label "%s"', async (label) => {
    const list = `Model\tQty\tHashrate\tPower\tElectricity\nS19\t1\t95\t3250\t0.05\nS21\t2\t200\t3500\t0.05\n${label}\t3\t495\t10250\t0.05\n`;
    const { batch } = await readWhole(list);
    expect(batch.errors).toEqual([expect.objectContaining({ row: 4, code: 'sum_line' })]);
    expect(batch.ledger.rowsOk).toBe(2);
  });

  it.each([
    '3,合计,3,495,10250,0.05',
    ',合计,3,495,10250,0.05',
    '3,,3,495,10250,0.05',
    ',,3,295,6750,0.05',
  ])('is known behind a number, and without a label by its figures: %s', async (line) => {
    const { batch } = await readWhole(`No,Model,Qty,Hashrate,Power,Electricity\n1,S19,1,95,3250,0.05\n2,S21,2,200,3500,0.05\n${line}\n`);
    expect(batch.errors).toEqual([expect.objectContaining({ row: 4, code: 'sum_line' })]);
    const skipped = await readWhole(`No,Model,Qty,Hashrate,Power,Electricity\n1,S19,1,95,3250,0.05\n2,S21,2,200,3500,0.05\n${line}\n`, {
      choices: { sideLines: 'skip' },
    });
    expect(skipped.batch.ledger).toMatchObject({ rowsOk: 2, rowsSkipped: 1 });
  });

  it.each([
    'Total Energies Site 3,S19,1,95,3250',
    'Totalview,S19,1,95,3250',
    ',,3,200,3500',
    'a,S21,3,295,6750',
  ])('is no row of machines: %s', async (line) => {
    const { batch } = await readWhole(`Site,Model,Qty,Hashrate,Power\na,S19,1,95,3250\na,S21,2,200,3500\n${line}\n`, anyPrice);
    expect(batch.ledger.rowsOk).toBe(3);
  });
});

describe('a second table in the sheet', () => {
  const FIRST = 'Model,Quantity,Price ($),Electricity ($/kWh)\nS19,10,2500,0.05\nS21,5,3500,0.05\n';

  it.each([
    ['Model,Price ($),Quantity,Electricity ($/kWh)', 'S19 Pro,1200,300,0.06'],
    ['Model,Quantity,Price ($),Electricity (元/度)', 'S19 Pro,300,1200,0.35'],
    ['机型,单价,数量,电价', 'S19 Pro,1200,300,0.06'],
  ])('"%s" is not read in the columns of the first', async (header, line) => {
    const { batch } = await readWhole(`${FIRST}\nSite B\n${header}\n${line}\n`, { choices: { sideLines: 'skip' } });
    expect(batch.errors.map(({ row, code }) => [row, code])).toEqual([
      [6, 'other_header'],
      [7, 'other_table'],
    ]);
    expect(batch.ledger).toMatchObject({ rowsOk: 2, rowsInError: 2, rowsSkipped: 1 });
  });

  it('ends where the first header comes again, and is read after all when its header is left out', async () => {
    const list = `${FIRST}Model,Price ($),Quantity,Electricity ($/kWh)\nS19 Pro,1200,300,0.06\n${FIRST}`;
    const { batch } = await readWhole(list, { choices: { sideLines: 'skip' } });
    expect(batch.ledger).toMatchObject({ rowsOk: 4, rowsInError: 2, rowsSkipped: 1 });
    const confirmed = await readWhole(list, { choices: { sideLines: 'skip', skipRows: [4] } });
    expect(confirmed.batch.ledger).toMatchObject({ rowsOk: 5, rowsInError: 0, rowsSkipped: 2 });
  });
});
