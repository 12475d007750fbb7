import { describe, expect, it } from 'vitest';
import { FIELDS, findFieldError } from '#engine/units/fields.ts';
import { createChance, encodeText, openBytes, readWhole } from '../fixtures.ts';
import { createModelMatcher } from '../matching/model-matcher.ts';
import { MAX_CSV_ROWS } from '../reading/limits.ts';
import { API_ROW_DEFAULTS } from './batch-row.ts';
import { type BatchChoices, collectBatch, NO_CHOICES } from './read-batch.ts';
import { isBalanced } from './row-ledger.ts';

const LIST = '机型,数量,电价\nS19,10,0.05\nS21,5,0.05\nS19,10,0.05\nS19,x,0.05\n合计,25,\n';

describe('readBatch', () => {
  it('never loses a row: random tables under random choices', { timeout: 60_000 }, async () => {
    const chance = createChance(23);
    const cells = [
      'S19',
      'S21 Pro',
      '蚂蚁S19',
      'nonsense',
      '合计',
      '',
      '1',
      '10',
      '-5',
      '0.05',
      '0,05',
      '3.250',
      '=1+1',
      '#N/A',
      '1e9',
      '"a\nb"',
      '2台',
    ];
    for (let round = 0; round < 150; round++) {
      const rows = Array.from({ length: 1 + chance.below(40) }, () => Array.from({ length: 5 }, () => chance.pick(cells)));
      const text = `机型,数量,电价,功耗,SN\n${rows.map((row) => row.join(',')).join('\n')}`;
      const choices: BatchChoices = {
        edits: chance.next() < 0.5 ? [] : [{ row: 2 + chance.below(40), column: chance.below(7), value: chance.pick(['S21', '7', '']) }],
        skipRows: chance.next() < 0.5 ? [] : [2, 5, 99],
        hiddenRows: chance.pick(['read', 'skip']),
        sideLines: chance.pick(['report', 'skip']),
        duplicates: chance.pick(['keep', 'merge', 'skip']),
      };
      const { batch } = await readWhole(text, { choices, defaults: { powerUsdPerKwh: 0.05 } });
      const filled = rows.filter((row) => row.some((cell) => cell.trim() !== '')).length;
      const { ledger } = batch;
      expect(ledger.rowsIn, text).toBe(filled);
      expect(isBalanced(ledger), text).toBe(true);
      expect(batch.rows.length + ledger.rowsMerged).toBe(ledger.rowsOk);
      expect(new Set(batch.errors.map(({ row }) => row)).size).toBe(ledger.rowsInError);
      const out = [...batch.rows.map(({ row }) => row), ...new Set(batch.errors.map(({ row }) => row))];
      expect(new Set(out).size, 'no row comes out twice').toBe(out.length);
      for (const { inputs } of batch.rows) {
        for (const field of Object.keys(FIELDS) as (keyof typeof FIELDS)[]) {
          const value = inputs[field as keyof typeof inputs];
          if (field in inputs && value !== null) expect(findFieldError(field, value), `${field} ${value}`).toBeNull();
        }
      }
    }
  });

  it('keeps equal rows and shows them, until somebody decides', async () => {
    const { batch } = await readWhole(LIST);
    expect(batch.rows.map(({ row }) => row)).toEqual([2, 3, 4]);
    expect(batch.duplicates).toEqual([{ row: 4, duplicate: { kind: 'identical', firstRow: 2, isEqual: true } }]);
    expect(batch.ledger).toMatchObject({ rowsIn: 5, rowsOk: 3, rowsInError: 2, rowsSkipped: 0, duplicates: { identical: 1 } });
    expect(batch.ledger.errors).toEqual({ not_a_number: 1, sum_line: 1 });
  });

  it('adds the machines of equal rows to the first one', async () => {
    const { batch } = await readWhole(LIST, { choices: { duplicates: 'merge' } });
    expect(batch.rows.map(({ row, inputs }) => [row, inputs.count])).toEqual([
      [2, 20],
      [3, 5],
    ]);
    expect(batch.ledger).toMatchObject({ rowsOk: 3, rowsMerged: 1, rowsSkipped: 0 });
  });

  it('leaves equal rows, sums and chosen rows out, and counts each under its reason', async () => {
    const { batch } = await readWhole(LIST, { choices: { duplicates: 'skip', sideLines: 'skip', skipRows: [3] } });
    expect(batch.rows.map(({ row }) => row)).toEqual([2]);
    expect(batch.ledger).toMatchObject({ rowsIn: 5, rowsOk: 1, rowsInError: 1, skipped: { duplicate: 1, side_line: 1, chosen: 1 } });
  });

  it('knows a machine by its serial number, and tells machines with other serials apart', async () => {
    const { batch } = await readWhole('SN,Model,Electricity\nA1,S19,0.05\nA2,S19,0.05\na1,S21,0.06\n');
    expect(batch.duplicates).toEqual([{ row: 4, duplicate: { kind: 'serial', firstRow: 2, isEqual: false } }]);
  });

  it('takes no word for "none" for a serial number', async () => {
    const list = 'Model,SN,Electricity ($/kWh)\nS19,N/A,0.05\nS21,N/A,0.05\nS21,无,0.05\nT21,无,0.06\nT21,0,0.06\nT21,0,0.07\n';
    const { batch } = await readWhole(list, { choices: { duplicates: 'skip' } });
    expect(batch.ledger).toMatchObject({ rowsOk: 6, rowsSkipped: 0, duplicates: {} });
  });

  it('adds no machine to another under the same serial number', async () => {
    const { batch } = await readWhole('Model,SN,Qty,Electricity ($/kWh)\nS19,A1,1,0.05\nS21,A1,1,0.09\nS19,a1,1,0.05\n', {
      choices: { duplicates: 'merge' },
    });
    expect(batch.rows.map(({ row, model, inputs }) => [row, model, inputs.count])).toEqual([
      [2, 'S19', 2],
      [3, 'S21', 1],
    ]);
    expect(batch.ledger).toMatchObject({ rowsMerged: 1, duplicates: { serial: 2 } });
  });

  it('does not take a running number for a difference', async () => {
    const { batch } = await readWhole('序号,机型,电价\n1,S19,0.05\n2,S19,0.05\n');
    expect(batch.ledger.duplicates).toEqual({ identical: 1 });
  });

  it('reads a row again as it was corrected in place', async () => {
    const { batch } = await readWhole(LIST, {
      choices: {
        edits: [
          { row: 5, column: 1, value: '3' },
          { row: 5, column: 1, value: '4' },
        ],
      },
    });
    expect(batch.rows.at(-1)).toMatchObject({ row: 5, inputs: { count: 4 }, cells: ['S19', '4', '0.05'] });
    expect(batch.ledger.errors).toEqual({ sum_line: 1 });
  });

  it('refuses a table with more rows than are read, in the middle of the file', async () => {
    const table = await openBytes(encodeText(`Model,Electricity\n${'S19,0.05\n'.repeat(MAX_CSV_ROWS + 1)}`, 'utf-8'));
    const small = await readWhole('Model,Electricity\nS19,0.05\n');
    const options = {
      mapping: small.mapping,
      matcher: createModelMatcher(),
      defaults: API_ROW_DEFAULTS,
      cnyPerUsd: null,
      choices: NO_CHOICES,
    };
    expect(await collectBatch(table, options)).toEqual({ kind: 'refused', code: 'too_many_rows', params: { max: MAX_CSV_ROWS } });
  });

  it('tells how far it is', async () => {
    const { table, mapping } = await readWhole(LIST);
    const seen: number[] = [];
    const options = { mapping, matcher: createModelMatcher(), defaults: API_ROW_DEFAULTS, cnyPerUsd: null, choices: NO_CHOICES };
    await collectBatch(table, options, (rowsIn) => seen.push(rowsIn));
    expect(seen.at(-1)).toBe(5);
  });
});
