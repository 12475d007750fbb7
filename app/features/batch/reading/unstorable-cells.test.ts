import { describe, expect, it } from 'vitest';
import { aSheet, aWorkbook, encodeText, openBytes, readRows, readWhole } from '../fixtures.ts';

const textCell = (reference: string, text: string) => `<c r="${reference}" t="str"><v>${text}</v></c>`;

async function readModel(written: string): Promise<unknown> {
  const row = (number: number, text: string) => `<row r="${number}">${textCell(`A${number}`, text)}${textCell(`B${number}`, 'x')}</row>`;
  const table = await openBytes(aWorkbook({ sheets: [{ name: 'a', xml: aSheet(row(1, 'Model') + row(2, written)) }] }));
  return (await readRows(table))[1]!.cells[0];
}

describe('a cell with what no store takes', () => {
  it.each([
    ['S19_x0000_', 'S19\ufffd'],
    ['S19&#0;', 'S19\ufffd'],
    ['S19&#xD800;', 'S19\ufffd'],
    ['S19_xD800_', 'S19\ufffd'],
    ['S19\0', 'S19\ufffd'],
    ['S19_xD83D__xDE00_', 'S19😀'],
  ])('%j in a workbook is read as %j', async (written, read) => {
    expect(await readModel(written)).toBe(read);
  });

  it('is replaced behind the first part of a text file as well', async () => {
    const text = `Model,Hashrate,Power,Electricity\n${'S19,95,3250,0.05\n'.repeat(5000)}S19\0,95,3250,0.05\nS21,200,3500,0.0\u00005\n`;
    const rows = await readRows(await openBytes(encodeText(text, 'utf-8')));
    expect(rows.slice(-2).map(({ cells }) => [cells[0], cells[3]])).toEqual([
      ['S19\ufffd', '0.05'],
      ['S21', '0.0\ufffd5'],
    ]);
  });

  it('typed as a correction is replaced too', async () => {
    const edits = [{ row: 2, column: 0, value: 'S21\0' }];
    const { batch } = await readWhole('Model,Hashrate,Power,Electricity\nS19,95,3250,0.05\n', { choices: { edits } });
    expect(batch.rows[0]!.model).toBe('S21\ufffd');
  });
});
