import { describe, expect, it } from 'vitest';
import { parsePrices } from './parse-prices.ts';

function pricesOf(text: string): number[] {
  const parsed = parsePrices(text);
  if (parsed.kind !== 'ok') throw new Error(JSON.stringify(parsed));
  return parsed.prices;
}

describe('parsePrices', () => {
  it.each([
    ['a column', '50.1\n-3\n48.25\n', [50.1, -3, 48.25]],
    ['a column with decimal commas', '50,1\r\n-3\r\n48,25', [50.1, -3, 48.25]],
    ['a line with commas', '50.1,48.2,47', [50.1, 48.2, 47]],
    ['a line with commas and spaces', '50.1, 48.2, 47', [50.1, 48.2, 47]],
    ['a line with decimal commas', '50,1; 48,2; 47', [50.1, 48.2, 47]],
    ['a line with decimal commas and spaces', '50,1 48,2 47', [50.1, 48.2, 47]],
    ['hours and prices', '0,50.1\n1,48.2\n2,47', [50.1, 48.2, 47]],
    ['hours and whole prices', '1,50\n2,48\n3,47', [50, 48, 47]],
    ['times and prices', '2022-10-20 00:00,50.1\n2022-10-20 01:00,48', [50.1, 48]],
    ['a header', 'hour;price\n0;50,1\n1;48,2', [50.1, 48.2]],
    ['a header and more columns', 'hour,price,load\n0,50.1,900\n1,48.2,880', [50.1, 48.2]],
    ['a Chinese header', '时段\t电价\t负荷\n00:00\t0.35\t900\n01:00\t0.32\t880', [0.35, 0.32]],
    ['quotes', '"hour","USD/MWh"\n"0","1,050.5"\n"1","48.2"', [1050.5, 48.2]],
    ['quoted decimal commas', 'hour,price\n0,"50,1"\n1,"48,2"', [50.1, 48.2]],
    ['thousands the European way', '1.234,5\n48,2', [1234.5, 48.2]],
    ['currency signs and a typographic minus', '$50.10\n\u22123.20\n¥48', [50.1, -3.2, 48]],
    ['full-width digits', '５０．１\n４８', [50.1, 48]],
    ['a byte order mark and empty lines', '\ufeff50\n\n48\n\n', [50, 48]],
    ['dates and spaces', '2022-10-20 17:00 45.97\n2022-10-20 18:00 47.32', [45.97, 47.32]],
  ])('reads %s', (_, text, prices) => {
    expect(pricesOf(text)).toEqual(prices);
  });

  it('names the line it cannot read instead of leaving it out', () => {
    expect(parsePrices('50\n\nn/a\n48')).toEqual({ kind: 'unreadable', line: 3, text: 'n/a' });
    expect(parsePrices('hour;price\n0;50\n1;\n2;48')).toEqual({ kind: 'unreadable', line: 3, text: '' });
    expect(parsePrices('cheap')).toMatchObject({ kind: 'unreadable', text: 'cheap' });
  });

  it('has nothing to read in nothing, and refuses a year', () => {
    expect(parsePrices(' \r\n\n')).toEqual({ kind: 'empty' });
    expect(parsePrices(Array.from({ length: 8760 }, () => '50').join('\n'))).toEqual({ kind: 'too_many', lines: 8760 });
  });

  it('takes prices of any sign and size', () => {
    expect(pricesOf('-9999.99\n0\n1e3')).toEqual([-9999.99, 0, 1000]);
  });
});
