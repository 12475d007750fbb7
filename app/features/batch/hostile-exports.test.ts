/** Files as they come from other programs and other countries, each of which was once misread. */
import { describe, expect, it } from 'vitest';
import { readWhole, type Travelled } from './fixtures.ts';
import { isTotalText } from './mapping/header-words.ts';

const anyPrice = { defaults: { powerUsdPerKwh: 0.05 } };
const fieldsOf = ({ mapping }: Travelled) => mapping.columns.map(({ field }) => field);
const asked = ({ mapping }: Travelled) =>
  mapping.columns.flatMap(({ header, questions }) => questions.map(({ kind }) => `${header}: ${kind}`));

describe('exports of other hands', () => {
  it('of two columns that are headed as models the one that holds some is taken, without a question', async () => {
    const read = await readWhole('worker,miner,asic_model\nw1,bm,Antminer S17+ (73T)\nw2,bm,Antminer S19\n', anyPrice);
    expect(fieldsOf(read)).toEqual([null, null, 'model']);
    expect(asked(read)).toEqual([]);
    expect(read.batch.rows).toHaveLength(2);
  });

  it('two columns that both hold models are still asked about', async () => {
    const read = await readWhole('Model,Type\nS19,S21\nS21,S19\n', anyPrice);
    expect(asked(read)).toEqual(['Model: field']);
  });

  it.each([
    'Strompreis (ct/kWh)',
    'Tarif (ct/kWh)',
    'Цена руб/кВт·ч',
    'Kosten €/kWh',
    'Luz (ARS/kWh)',
  ])('what "%s" says is paid for power is asked about and not passed over', async (header) => {
    const read = await readWhole(`Model;${header}\nS19;18,5\nS21;19,5\n`, anyPrice);
    expect(read.mapping.columns[1]).toMatchObject({ field: 'powerUsdPerKwh' });
    expect(asked(read)).toContain(`${header}: unit_unknown`);
  });

  it('prices of machines in the words of Europe', async () => {
    const read = await readWhole('Model;Anzahl;Stückpreis\nS19 Pro;1.200;"1.250,00 $"\nS21;300;"3.400,00 $"\nSumme;1.500;\n', anyPrice);
    expect(fieldsOf(read)).toEqual(['model', 'count', 'capexUsd']);
    expect(read.batch.rows.map(({ inputs }) => [inputs.count, inputs.capexUsd])).toEqual([
      [1200, 1250],
      [300, 3400],
    ]);
    expect(read.batch.errors.map(({ code }) => code)).toEqual(['sum_line']);
  });

  it.each([
    'Summe',
    'Gesamt:',
    'Zwischensumme',
    'Итого',
    'Всего',
    'Somme',
    'Totale',
    'Suma',
    'Toplam',
    '合計',
    'المجموع',
  ])('"%s" is a line of totals', (text) => {
    expect(isTotalText(text)).toBe(true);
  });

  it.each(['Sommer', 'Gesamtschule', 'Sumatra', 'Toplamak', 'S19 Pro'])('"%s" is none', (text) => {
    expect(isTotalText(text)).toBe(false);
  });

  it('signs of no width and of the direction of writing do not change a figure or a name', async () => {
    const read = await readWhole(
      'Mo\u200bdel,Qty\u200b,Power\u00a0price\nS19\u200b Pro,\u200b12,0.05\n\u202bS21\u202c,\u200e5\u200f,0\u2060.05\n\u2066S19\u2069,1\u200b2,\u00ad0.05\n',
    );
    expect(read.batch.errors).toEqual([]);
    expect(read.batch.rows.map(({ match, inputs }) => [match?.machine.name, inputs.count, inputs.powerUsdPerKwh])).toEqual([
      ['Antminer S19 Pro', 12, 0.05],
      ['Antminer S21', 5, 0.05],
      ['Antminer S19', 12, 0.05],
    ]);
  });

  it('who made the list, and its date in the next column, is a remark', async () => {
    const read = await readWhole('机型,算力,功耗,台数\nS19,95,3250,5\nS21,200,3500,6\n制表：李四,2026年1月,,\n', anyPrice);
    expect(read.batch.ledger).toMatchObject({ rowsIn: 3, rowsOk: 2, errors: { remark_line: 1 } });
  });
});
