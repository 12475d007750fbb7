import { describe, expect, it } from 'vitest';
import { createChance } from '../fixtures.ts';
import { type DecimalMark, readNumber, tellDecimalMark } from './read-number.ts';

describe('readNumber', () => {
  it.each([
    ['3250', '.', 3250],
    ['3,250', '.', 3250],
    ['1,234,567.5', '.', 1_234_567.5],
    ['3.250', ',', 3250],
    ['1.234.567,5', ',', 1_234_567.5],
    ['0,05', ',', 0.05],
    ["3'250.5", '.', 3250.5],
    ['3 250,5', ',', 3250.5],
    ['−0.05', '.', -0.05],
    ['(1.5)', '.', -1.5],
    ['+2', '.', 2],
    ['.5', '.', 0.5],
    ['5e-2', '.', 0.05],
    ['1.5E+3', '.', 1500],
    ['３２５０', '.', 3250],
    ['1.2万', '.', 12_000],
    ['="0.05"', '.', 0.05],
    ["'-5", '.', -5],
  ] as const)('reads %s with "%s" as %d', (text, mark, value) => {
    expect(readNumber(text, mark)).toEqual({ kind: 'number', value, unit: null });
  });

  it.each([
    ['110T', 110, 'TH/s'],
    ['104 TH/s', 104, 'TH/s'],
    ['3250W', 3250, 'W'],
    ['3.25 kW', 3.25, 'kW'],
    ['$0.05', 0.05, 'USD'],
    ['$0.05/kWh', 0.05, 'USD/kWh'],
    ['-$5', -5, 'USD'],
    ['￥0.35', 0.35, 'CNY'],
    ['0.35元/度', 0.35, 'CNY/kWh'],
    ['0.5%', 0.5, '%'],
    ['12台', 12, 'machines'],
    ['1.2万元', 12_000, 'CNY'],
  ])('reads %s with its unit', (text, value, unit) => {
    expect(readNumber(text, '.')).toEqual({ kind: 'number', value, unit });
  });

  it('does not guess what may be two numbers', () => {
    expect(readNumber('3.250', null)).toEqual({ kind: 'ambiguous', asPoint: 3.25, asComma: 3250, unit: null });
    expect(readNumber('1,234', null)).toEqual({ kind: 'ambiguous', asPoint: 1234, asComma: 1.234, unit: null });
    expect(readNumber('3250', null)).toMatchObject({ kind: 'number', value: 3250 });
    expect(readNumber('0.05', null)).toMatchObject({ kind: 'number', value: 0.05 });
    expect(readNumber('0,05', null)).toMatchObject({ kind: 'number', value: 0.05 });
  });

  it.each([
    ['', 'empty'],
    ['-', 'empty'],
    ['N/A', 'empty'],
    ['未知', 'empty'],
    ['#N/A', 'formula_error'],
    ['#DIV/0!', 'formula_error'],
    ['=B2*2', 'formula_without_value'],
    ['2025-03-05', 'date'],
    ['3/5/2025', 'date'],
    ['3000-3500', 'unreadable'],
    ['约3250', 'unreadable'],
    ['S19', 'unreadable'],
    ['0,05', 'unreadable'],
    ['1,23,456', 'unreadable'],
    ['1 2', 'unreadable'],
    ['--5', 'unreadable'],
    ['Infinity', 'unreadable'],
    ['1e999', 'unreadable'],
    ['0x10', 'unreadable'],
    ['9'.repeat(5000), 'unreadable'],
  ] as const)('says of "%s" that it is %s', (text, kind) => {
    expect(readNumber(text, '.').kind).toBe(kind);
  });

  it('gives back every number that was written, in either style', () => {
    const chance = createChance(3);
    for (let round = 0; round < 3000; round++) {
      const value = Number(((chance.next() - 0.3) * 10 ** chance.below(9)).toFixed(chance.below(5)));
      const mark: DecimalMark = chance.pick(['.', ',']);
      const [whole, decimals] = Math.abs(value).toFixed(4).split('.');
      const grouped = chance.next() < 0.5 ? whole!.replace(/\B(?=(\d{3})+$)/g, mark === '.' ? ',' : '.') : whole!;
      const text = `${value < 0 ? '-' : ''}${grouped}${mark}${decimals}`;
      const reading = readNumber(text, mark);
      expect(reading.kind === 'number' ? reading.value : text).toBeCloseTo(value, 10);
    }
  });
});

describe('tellDecimalMark', () => {
  it.each([
    ['0,05', ','],
    ['1.234,5', ','],
    ['0.05', '.'],
    ['1,234.5', '.'],
    ['1,234,567', '.'],
    ['1,234', 'either'],
    ['1234', null],
    ['S19', null],
  ])('of %s', (text, mark) => {
    expect(tellDecimalMark(text)).toBe(mark);
  });
});
