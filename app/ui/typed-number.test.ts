import { describe, expect, it } from 'vitest';
import { parseTypedNumber, toTypedText } from './typed-number.ts';

describe('parseTypedNumber', () => {
  it.each([
    ['0.055', 0.055],
    [' 80,000 ', 80_000],
    ['1,234,567.5', 1_234_567.5],
    ['０．３９', 0.39],
    ['-0.01', -0.01],
    ['\u22120.01', -0.01],
    ['.5', 0.5],
    ['1e3', 1000],
    ['80 000', 80_000],
  ])('reads %j as a number', (text, value) => {
    expect(parseTypedNumber(text)).toEqual({ kind: 'number', value });
  });

  it.each([
    '0,055',
    '1,5',
    '1.2.3',
    'abc',
    'NaN',
    'Infinity',
    '0x10',
    '1e999',
    '--1',
    '12,34',
    '$5',
    '<script>',
  ])('refuses %j rather than guess', (text) => {
    expect(parseTypedNumber(text)).toEqual({ kind: 'unreadable' });
  });

  it('tells empty from zero', () => {
    expect(parseTypedNumber('  ')).toEqual({ kind: 'empty' });
    expect(parseTypedNumber('0')).toEqual({ kind: 'number', value: 0 });
  });
});

describe('toTypedText', () => {
  it.each([
    [0.3905, '0.3905'],
    [0.055 * 7.1, '0.3905'],
    [3200 * 7.1, '22720'],
    [1e9, '1000000000'],
    [0, '0'],
    [-0.01, '-0.01'],
    [1 / 3, '0.333333'],
  ])('writes %d as %j', (value, text) => {
    expect(toTypedText(value)).toBe(text);
  });
});
