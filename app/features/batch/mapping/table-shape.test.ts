/** Tables of another shape than a list: one sentence that names what was seen, in place of an error for every row. */
import { describe, expect, it } from 'vitest';
import { encodeText, openBytes, readWhole } from '../fixtures.ts';
import { createModelMatcher } from '../matching/model-matcher.ts';
import { UnreadableFile } from '../reading/unreadable-file.ts';
import { mapTable } from './map-table.ts';

const { isModel } = createModelMatcher();

async function refuse(text: string, headerRow?: number | null) {
  const table = await openBytes(encodeText(text, 'utf-8'));
  try {
    await mapTable(table, { isModel, cnyPerUsd: 7, headerRow });
    return null;
  } catch (error) {
    if (!(error instanceof UnreadableFile)) throw error;
    return [error.code, error.params];
  }
}

describe('a table that is turned', () => {
  it('is refused with the names that stand below each other', async () => {
    const turned = 'Model,S19 Pro,S21,M50\nHashrate (TH/s),110,200,114\nPower (W),3250,3500,3306\nQuantity,10,20,5\nPrice,900,3200,800\n';
    expect(await refuse(turned)).toEqual(['transposed', { seen: 'Model, Hashrate (TH/s), Power (W), Quantity' }]);
    expect(await refuse('型号,S19,S21\n算力,95,200\n功耗,3250,3500\n')).toEqual(['transposed', { seen: '型号, 算力, 功耗' }]);
  });

  it('also with a title above, parts of the sheet before, and one machine only', async () => {
    expect(await refuse('Our machines,,\n,Model,S19 Pro\nSite A,Hashrate,110\n,Power,3250\n')).toEqual([
      'transposed',
      { seen: 'Model, Hashrate, Power' },
    ]);
    expect(await refuse('Model,S19\nHashrate,95\nPower,3250\n')).toEqual(['transposed', { seen: 'Model, Hashrate, Power' }]);
  });

  it('is read as it is once the user says which row is the header', async () => {
    expect(await refuse('Model,S19\nHashrate,95\nPower,3250\n', 1)).toBeNull();
  });

  it('is no list whose first column holds kinds of goods, or that repeats its header', async () => {
    const goods = await readWhole('type,Model,Qty\nMiner,S19 Pro,10\nHardware,S21,5\n', { defaults: { powerUsdPerKwh: 0.05 } });
    expect(goods.batch.ledger.rowsIn).toBe(2);
    expect(await refuse('Model,Qty\nS19,10\nModel,Qty\nS21,5\n')).toBeNull();
  });
});

describe('a table in one column', () => {
  it.each([
    ['its header in one cell', '"Model,Qty,Power"\n"S19,10,3250"\n"S21,5,3500"\n', 'Model,Qty,Power'],
    ['a Chinese header in one cell', '"型号  台数  功耗"\n"S19  10  3250"\n', '型号  台数  功耗'],
    ['lines that hold several figures', 'S19 Pro 110T 10台 3250W 0.05\nS21 200T 5台 3500W 0.06\n', 'S19 Pro 110T 10台 3250W 0.05'],
  ])('with %s is refused with a line of it', async (_, text, seen) => {
    expect(await refuse(text)).toEqual(['one_column', { seen }]);
  });

  it('of model names is a list, with quantities in them and with names that are not known', async () => {
    expect(await refuse('S19 Pro 110T\n10x S21\nSome thing\n')).toBeNull();
    expect(await refuse('Model\nS19 Pro\nWhatsthis 9000\n')).toBeNull();
  });

  it('shows no more than the beginning of a long line', async () => {
    const line = `S19 10 3250 ${'0.05 '.repeat(40)}`.trim();
    const refused = await refuse(`${line}\n${line}\n`);
    expect(refused).toEqual(['one_column', { seen: `${line.slice(0, 60)}…` }]);
  });
});
