import { describe, expect, it } from 'vitest';
import { MAX_PRICE_FAULTS, MAX_TEXT_LENGTH, parsePrices } from './parse-prices.ts';

function pricesOf(text: string): number[] {
  const parsed = parsePrices(text);
  if (parsed.kind === 'invalid') throw new Error(JSON.stringify(parsed.faults));
  return parsed.prices;
}

function faultsOf(text: string) {
  const parsed = parsePrices(text);
  return parsed.kind === 'invalid' ? parsed.faults : [];
}

describe('hourly prices as people have them', () => {
  it.each([
    ['one a line', '31.2\n-5\n0.5', [31.2, -5, 0.5]],
    ['windows lines, blank lines and a byte order mark', '\ufeff31.2\r\n\r\n-5\r\n', [31.2, -5]],
    ['a head above them', 'price\n31.2\n-5', [31.2, -5]],
    ['a comma as decimal sign, one a line', '31,2\n-5,05\n7,5', [31.2, -5.05, 7.5]],
    ['semicolons and decimal commas', 'hour;price\n0;31,2\n1;-5', [31.2, -5]],
    ['tabs and decimal commas', '2022-01-01 00:00\t31,2\n2022-01-01 01:00\t5', [31.2, 5]],
    ['commas between hour and price', '2022-01-01 00:00,31.2\n2022-01-01 01:00,5', [31.2, 5]],
    ['a counted column before whole prices', '0,35\n1,36\n2,37', [35, 36, 37]],
    ['quoted prices with thousands', 'hour,price\n0,"1,234.50"\n1,"20.00"', [1234.5, 20]],
    ['currency signs', '$31.20\n-$5', [31.2, -5]],
    ['a typographic minus', '\u22125\n\u22126', [-5, -6]],
    ['the column that is named, not the last one', 'time,price USD/MWh,zone\n0,31.2,HB\n1,5,HB', [31.2, 5]],
  ])('reads %s', (_, text, expected) => {
    expect(pricesOf(text)).toEqual(expected);
  });

  it('reads a line for each day, with or without dates and a row of hours above', () => {
    const day = (first: number) => Array.from({ length: 24 }, (_, hour) => first + hour);
    const expected = [...day(10), ...day(50)];
    expect(pricesOf([day(10), day(50)].map((row) => row.join(',')).join('\n'))).toEqual(expected);
    const head = `date;${day(0).join(';')}`;
    expect(pricesOf([head, `1.1.2022;${day(10).join(';')}`, `2.1.2022;${day(50).join(';')}`].join('\n'))).toEqual(expected);
  });

  it.each([
    ['hour;USD/MWh', 'usdPerMwh'],
    ['time,LMP ($/MWh)', 'usdPerMwh'],
    ['price USD/kWh', 'usdPerKwh'],
    ['时间\t电价（元/度）', 'cnyPerKwh'],
    ['时间\t电价(¥/kWh)', 'cnyPerKwh'],
    ['电价（美元/度）', 'usdPerKwh'],
    ['EUR/MWh', null],
    ['price', null],
  ])('finds the unit in the head “%s”', (head, unit) => {
    const rows = head.includes('\t') ? '0\t1.5' : head.includes(';') ? '0;1.5' : head.includes(',') ? '0,1.5' : '1.5';
    const parsed = parsePrices(`${head}\n${rows}`);
    expect(parsed).toMatchObject({ kind: 'ok', prices: [1.5], unit });
  });

  it('remembers the line of every price, blank lines counted', () => {
    expect(parsePrices('price\n1\n\n2')).toMatchObject({ lines: [2, 4] });
  });
});

describe('what cannot be read', () => {
  it('is said with its line and what stands there', () => {
    expect(faultsOf('hour,price\n0,31\n1,cheap\n2,5')).toEqual([{ kind: 'not_a_number', line: 3, value: 'cheap' }]);
    expect(faultsOf('0;31\n1;\n2;5')).toEqual([{ kind: 'missing', line: 2 }]);
    expect(faultsOf('a,31\nb,1,234.5')).toEqual([{ kind: 'columns', line: 2, columns: 3, expected: 2 }]);
  });

  it('shows the first few faults of many, each value cut short', () => {
    const faults = faultsOf(['1', ...Array.from({ length: 50 }, () => 'x'.repeat(200))].join('\n'));
    expect(faults).toHaveLength(MAX_PRICE_FAULTS);
    expect(faults[0]).toEqual({ kind: 'not_a_number', line: 2, value: `${'x'.repeat(24)}…` });
  });

  it('is refused when there is nothing, too much text or too many hours', () => {
    expect(faultsOf(' \n ')).toEqual([{ kind: 'empty' }]);
    expect(faultsOf('1'.repeat(MAX_TEXT_LENGTH + 1))).toEqual([{ kind: 'too_long', length: MAX_TEXT_LENGTH + 1, max: MAX_TEXT_LENGTH }]);
    expect(faultsOf('1\n'.repeat(8785))).toEqual([{ kind: 'too_many_hours', hours: 8785, max: 8784 }]);
  });

  it('never becomes a number by itself: infinities, dates, mixed signs', () => {
    for (const cell of ['Infinity', '1e999', 'NaN', '0x10', '1-2', '--5', '1,2,3', '2022-01-01']) {
      expect(faultsOf(`1\n${cell}`).length, cell).toBeGreaterThan(0);
    }
  });
});
