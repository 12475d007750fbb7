/** Whole numbers without a word or a unit: asked about where nothing else says how many machines a row is, and never where they number or count something else. */
import { describe, expect, it } from 'vitest';
import { readWhole } from '../fixtures.ts';
import { ASK_BELOW } from './mapping.ts';

const anyPrice = { defaults: { powerUsdPerKwh: 0.05 } };

async function mapTable(header: readonly string[], rows: readonly (readonly (string | number)[])[]) {
  const { mapping, batch } = await readWhole([header, ...rows].map((cells) => cells.join('\t')).join('\n'), anyPrice);
  return { mapping, counts: batch.rows.map(({ inputs }) => inputs.count), batch };
}

const mapNumbers = async (header: string, numbers: readonly (string | number)[]) => {
  const { mapping, counts } = await mapTable(
    ['Model', header],
    numbers.map((value) => ['S19 Pro', value]),
  );
  return { column: mapping.columns[1]!, counts };
};

describe('a quantity by its header', () => {
  it.each([
    'Anzahl',
    'Stück',
    'Stk.',
    'Menge',
    'Qté',
    'Quantité',
    'cantidad',
    'Cant.',
    'Quantidade',
    'Qtd',
    'Quantità',
    'Количество',
    'Кол-во',
    'Кол-во, шт.',
    'шт',
    'Adet',
    '件',
    '台',
    '件数',
    '机器数',
    '數量',
    '台數',
    'No. of miners',
    'Number of miners',
    '# of machines',
    'Total miners',
    'Miners Qty',
    'Pieces',
  ])('"%s" is one', async (header) => {
    const { column, counts } = await mapNumbers(header, [12, 40, 7]);
    expect([column.field, column.unit]).toEqual(['count', 'machines']);
    expect(column.questions.filter(({ kind }) => kind === 'quantity')).toEqual([]);
    expect(counts).toEqual([12, 40, 7]);
  });

  it('is not in a word that only holds its sign: a firmware is no piece', async () => {
    const { column } = await mapNumbers('固件', [49, 52, 49]);
    expect(column.field).toBeNull();
  });
});

describe('whole numbers under a header that is not known', () => {
  it.each([
    'Bestand Lager A',
    'x-ray',
    'Total',
    'Miners',
    'Machine',
    'Wieviel',
    'Number',
    '上架情况',
    '',
  ])('"%s" is asked about', async (header) => {
    const { column, counts } = await mapNumbers(header, [12, 40, 7]);
    expect(column.field).toBe('count');
    expect(column.confidence).toBeLessThan(ASK_BELOW);
    expect(column.questions).toContainEqual({ kind: 'quantity' });
    expect(counts).toEqual([12, 40, 7]);
  });

  it('a table without any header is asked about as well', async () => {
    const { mapping } = await mapTable(
      ['S19 Pro', '12'],
      [
        ['S21', 40],
        ['S19', 7],
      ],
    );
    expect(mapping.headerRow).toBeNull();
    expect(mapping.columns.map(({ field }) => field)).toEqual(['model', 'count']);
    expect(mapping.columns[1]!.questions).toEqual([{ kind: 'quantity' }]);
  });

  it('of several the first is asked about, and the others are named', async () => {
    const { mapping } = await mapTable(
      ['Model', 'foo', 'bar'],
      [
        ['S19', 3, 4],
        ['S21', 5, 9],
        ['S19', 2, 4],
      ],
    );
    expect(mapping.columns[1]!.questions).toEqual([{ kind: 'field', others: [2] }, { kind: 'quantity' }]);
    expect(mapping.columns[2]!.field).toBeNull();
  });

  it('nothing is asked where a column counts the machines', async () => {
    const { mapping } = await mapTable(
      ['Model', 'foo', 'Qty'],
      [
        ['S19', 3, 4],
        ['S21', 5, 9],
        ['S19', 2, 4],
      ],
    );
    expect(mapping.columns.flatMap(({ questions }) => questions)).toEqual([]);
  });

  it.each<[string, string, readonly (string | number)[]]>([
    ['a rack', 'Rack', [3, 3, 4]],
    ['a row of a hall', '机架排', [3, 3, 4]],
    ['a running number', 'Lauf', [7, 8, 9]],
    ['numbers that only grow', 'Kennung', [101, 105, 117, 130, 131]],
    ['a year', 'Bj.', [2021, 2023, 2022]],
    ['yes and no', 'aktiv', [1, 0, 1]],
    ['one machine each', 'foo', [1, 1, 1]],
    ['a warranty', '质保(月)', [12, 6, 12]],
    ['watts or money', 'Wert', [3250, 3400, 3500]],
    ['fractions', 'foo', [1.5, 2, 3]],
    ['words and a number', 'foo', ['a', 'b', 5]],
    ['a number here and there', 'foo', [5, '', '', '', '']],
    ['a boards column', 'Hash boards', [3, 3, 3]],
    ['a temperature', 'Max temp', [65, 70, 68]],
  ])('%s is not asked about', async (_, header, numbers) => {
    const { column } = await mapNumbers(header, numbers);
    expect(column.field).toBeNull();
    expect(column.questions).toEqual([]);
  });

  it('nothing is asked of a list of single machines, each with a number or an address of its own', async () => {
    const serials = await mapTable(
      ['Model', 'SN', 'foo'],
      [
        ['S19', 'a1', 3],
        ['S21', 'b2', 5],
        ['S19', 'c3', 2],
      ],
    );
    expect(serials.mapping.columns[2]!.field).toBeNull();
    const hosts = await mapTable(
      ['Model', 'where', 'foo'],
      [
        ['S19', '10.0.0.7', 3],
        ['S21', '10.0.0.9', 5],
        ['S19', '10.0.0.4', 2],
      ],
    );
    expect(hosts.mapping.columns[2]!.field).toBeNull();
    expect(hosts.counts).toEqual([1, 1, 1]);
  });
});
