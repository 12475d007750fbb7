/** Quantities in model names, from the file to the row. */
import { describe, expect, it } from 'vitest';
import { readWhole } from '../fixtures.ts';

const anyPrice = { defaults: { powerUsdPerKwh: 0.05 } };

describe('a quantity in a model name', () => {
  it('is the count of the row where no column says one, and is noted', async () => {
    const { batch } = await readWhole('Model\n10x S21\nS21 Pro x 12\nS19j Pro*20\n"10 台 S21"\nS21（5台）\nM50S++\n', anyPrice);
    expect(batch.errors).toEqual([]);
    expect(
      batch.rows.map(({ model, match, inputs, notes }) => [model, match?.machine.name, inputs.count, notes.includes('count_from_name')]),
    ).toEqual([
      ['S21', 'Antminer S21', 10, true],
      ['S21 Pro', 'Antminer S21 Pro', 12, true],
      ['S19j Pro', 'Antminer S19j Pro', 20, true],
      ['S21', 'Antminer S21', 10, true],
      ['S21', 'Antminer S21', 5, true],
      ['M50S++', 'Whatsminer M50S++', 1, false],
    ]);
    expect(batch.ledger.notes.count_from_name).toBe(5);
  });

  it('finds the models of a list without a header', async () => {
    const { mapping, batch } = await readWhole('10x S21\n5x S19 Pro\n', anyPrice);
    expect(mapping.headerRow).toBeNull();
    expect(batch.rows.map(({ inputs }) => inputs.count)).toEqual([10, 5]);
  });

  it('stands in for an empty cell, agrees with the same number, and two that differ are an error that says both', async () => {
    const { batch } = await readWhole('Model,Qty\n10x S21,\n10x S21,10\n10x S21,12\n', anyPrice);
    expect(batch.rows.map(({ inputs, notes }) => [inputs.count, notes])).toEqual([
      [10, ['count_from_name']],
      [10, []],
    ]);
    expect(batch.errors).toMatchObject([
      { row: 4, header: 'Qty', value: '12', code: 'count_conflict', suggestion: { kind: 'value', value: '10' } },
      { row: 4, header: 'Model', value: '10x S21', code: 'count_in_name', suggestion: { kind: 'value', value: 'S21' } },
    ]);
  });

  it('either word that is offered settles the row', async () => {
    const text = 'Model,Qty\n10x S21,12\n';
    const byName = await readWhole(text, { ...anyPrice, choices: { edits: [{ row: 2, column: 1, value: '10' }] } });
    expect(byName.batch.rows[0]!.inputs.count).toBe(10);
    const byColumn = await readWhole(text, { ...anyPrice, choices: { edits: [{ row: 2, column: 0, value: 'S21' }] } });
    expect(byColumn.batch.rows[0]!.inputs.count).toBe(12);
  });

  it('is kept in the names that are offered for one that is not known', async () => {
    const { batch } = await readWhole('Model\n10x S19 Prok\n', anyPrice);
    const [error] = batch.errors;
    expect(error).toMatchObject({ code: 'model_unknown', value: '10x S19 Prok' });
    const offered = error?.suggestion?.kind === 'machines' ? error.suggestion.names : [];
    expect(offered.length).toBeGreaterThan(0);
    expect(offered.every((name) => name.startsWith('10x '))).toBe(true);
    const mended = await readWhole('Model\n10x S19 Prok\n', {
      ...anyPrice,
      choices: { edits: [{ row: 2, column: 0, value: offered[0]! }] },
    });
    expect(mended.batch.rows[0]!.inputs.count).toBe(10);
  });

  it('multiplies a machine that is not in the catalogue and has its own figures', async () => {
    const { batch } = await readWhole('Model,Hashrate (TH/s),Power (W)\n10x Bitaxe Gamma,1.2,18\n', anyPrice);
    expect(batch.rows[0]!).toMatchObject({ model: 'Bitaxe Gamma', inputs: { count: 10, hashrateThs: 1.2 } });
  });

  it('tells figures of the whole line from those of one machine, and is refused beyond what a row may hold', async () => {
    const whole = await readWhole('Model,Hashrate (TH/s)\n10x S19 Pro,1100\n', anyPrice);
    expect(whole.batch.errors).toMatchObject([{ code: 'whole_line', suggestion: { kind: 'value', value: '110 TH/s' } }]);
    const many = await readWhole('Model\n9999999x S21\n', anyPrice);
    expect(many.batch.errors).toMatchObject([{ code: 'out_of_range', header: 'Model', range: { max: 1e6, unit: 'machines' } }]);
  });
});
