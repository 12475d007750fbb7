import { describe, expect, it } from 'vitest';
import { BERLIN, CHICAGO, hours, read, starts, values } from './read-prices.fixture.ts';
import { readPriceText } from './read-prices.ts';

describe('readPriceText: units and numbers', () => {
  it('refuses a file whose head names another unit or currency than the series has', () => {
    const text = (head: string) => `time,${head}\n2024-01-01 00:00,1\n`;
    expect(readPriceText(text('price EUR/MWh'), CHICAGO)).toEqual({ kind: 'wrong-unit', stated: 'EUR/MWh', expected: 'USD/MWh' });
    expect(readPriceText(text('price c/kWh'), CHICAGO)).toEqual({ kind: 'wrong-unit', stated: '? cents/kWh', expected: 'USD/MWh' });
    expect(readPriceText(text('电价(元/度)'), CHICAGO)).toMatchObject({ kind: 'wrong-unit', stated: 'CNY/kWh' });
  });

  it.each([
    ['$/MWh', ['USD', 'CAD', 'AUD']],
    ['Price ($)', ['USD', 'CAD', 'AUD']],
    ['price US$/MWh', ['USD']],
    ['price CA$/MWh', ['CAD']],
    ['price C$/MWh', ['CAD']],
    ['price AU$/MWh', ['AUD']],
    ['price $A/MWh', ['AUD']],
    ['price R$/MWh', []],
    ['price NZ$/MWh', []],
  ])('takes "%s" for a price in %j only', (head, currencies) => {
    const text = `time,${head}\n2024-01-01 00:00,1\n`;
    const all = ['USD', 'CAD', 'AUD', 'EUR', 'GBP', 'CNY'] as const;
    expect(all.filter((currency) => readPriceText(text, { ...CHICAGO, currency }).kind === 'read')).toEqual(currencies);
  });

  it('tells a sign back as it stands, since nobody knows whose dollar it is', () => {
    const text = (head: string) => `time,${head}\n2024-01-01 00:00,1\n`;
    expect(readPriceText(text('$/MWh'), BERLIN)).toEqual({ kind: 'wrong-unit', stated: '$/MWh', expected: 'EUR/MWh' });
    expect(readPriceText(text('R$/kWh'), CHICAGO)).toEqual({ kind: 'wrong-unit', stated: 'R$/kWh', expected: 'USD/MWh' });
  });

  it("reads a region of Australia's market, whose intervals are named by their ends", () => {
    const rows = ['2024/07/01 00:05:00,7500.1,85.5', '2024/07/01 00:10:00,7490,-30', '2024/07/01 00:15:00,7480,60'];
    const text = ['REGION,SETTLEMENTDATE,TOTALDEMAND,RRP,PERIODTYPE', ...rows.map((row) => `NSW1,${row},TRADE`)].join('\n');
    const answer = read(text, { ...CHICAGO, timeZone: 'Australia/Brisbane', currency: 'AUD', resolutionMinutes: 5 });
    expect(starts(answer)).toEqual(['2024-06-30T14:00', '2024-06-30T14:05', '2024-06-30T14:10']);
    expect(values(answer)).toEqual([85.5, -30, 60]);
  });

  it('turns cents and kilowatt-hours into the price of a MWh', () => {
    expect(values(read('time,price c/kWh\n2024-01-01 00:00,4.2\n', { ...CHICAGO, unit: 'centsPerKwh' }))).toEqual([42]);
    expect(values(read('time,price\n2024-01-01 00:00,0.05\n', { ...CHICAGO, unit: 'perKwh' }))).toEqual([50]);
  });

  it('reads decimal commas with groups of three, and American groups in quotes', () => {
    const german = 'Datum von;Preis\n01.01.2024 00:00;1.234,56\n01.01.2024 01:00;-0,07\n01.01.2024 02:00;45,123\n';
    expect(values(read(german, BERLIN))).toEqual([1234.56, -0.07, 45.123]);
    expect(values(read('time,price\n2024-01-01 00:00,"1,234.50"\n2024-01-01 01:00,"-5"\n'))).toEqual([1234.5, -5]);
  });

  it.each([
    ['1,234', '950'],
    ['1.234', '950'],
    ['-1.234', '0'],
  ])('refuses %s beside %s where no comma separates the cells: nobody says whether it is a thousand', (grouped, whole) => {
    const text = (third: string, sign = ';') =>
      ['time;price', `2024-01-01 00:00;${grouped}`, `2024-01-01 01:00;${whole}`, `2024-01-01 02:00;${third}`]
        .join('\n')
        .replaceAll(';', sign);
    expect(readPriceText(text('2'), BERLIN)).toEqual({ kind: 'ambiguous-number', value: grouped });
    expect(readPriceText(text('2', '\t'), BERLIN)).toEqual({ kind: 'ambiguous-number', value: grouped });
    const isComma = grouped.includes(',');
    expect(values(read(text(isComma ? '0,5' : '0.5'), BERLIN))[0]).toBe(Number(grouped.replace(',', '.')));
    expect(values(read(text(isComma ? '0.5' : '0,5'), BERLIN))[0]).toBe(Number(grouped.replace(/[,.]/, '')));
  });

  it('leaves out what says that there is no price, and counts it', () => {
    const answer = read(
      'time,price\n2024-01-01 00:00,1\n2024-01-01 01:00,\n2024-01-01 02:00,n/e\n2024-01-01 03:00,2\n2024-01-01 04:00,3\n',
    );
    expect(answer).toMatchObject({ blanks: 2, refused: [] });
    expect(answer.prices).toHaveLength(3);
  });

  it('refuses prices nobody has ever seen and words among numbers, with the row', () => {
    const answer = read(
      'time,price\n2024-01-01 00:00,100000\n2024-01-01 01:00,100000.01\n2024-01-01 02:00,-10001\n2024-01-01 03:00,about 5\n',
    );
    expect(values(answer)).toEqual([100_000]);
    expect(answer.refused).toEqual([
      { line: 3, code: 'out_of_range', value: '100000.01' },
      { line: 4, code: 'out_of_range', value: '-10001' },
      { line: 5, code: 'not_a_number', value: 'about 5' },
    ]);
  });

  it('takes a row that says the same again for one, and refuses one that contradicts', () => {
    const answer = read('time,price\n2024-01-01 00:00,1\n2024-01-01 00:00,1\n2024-01-01 01:00,2\n2024-01-01 01:00,3\n2024-01-01 02:00,4\n');
    expect(values(answer)).toEqual([1, 2, 4]);
    expect(answer).toMatchObject({ repeats: 1, refused: [{ line: 5, code: 'duplicate_differs' }] });
  });
});

describe('readPriceText: files that are refused', () => {
  it('names a page of the web, an empty file, and a file without times or prices', () => {
    expect(readPriceText('<!DOCTYPE html><html>', CHICAGO)).toEqual({ kind: 'web-page' });
    expect(readPriceText('time,price\n', CHICAGO)).toEqual({ kind: 'empty' });
    expect(readPriceText('name,price\na,1\n', CHICAGO)).toEqual({ kind: 'no-time-column', columns: ['name', 'price'] });
    expect(readPriceText('time\n2024-01-01\n', CHICAGO)).toEqual({ kind: 'no-price-column', columns: ['time'] });
    expect(readPriceText('time,price\n2024-01-01 00:00,x\n', CHICAGO)).toMatchObject({ kind: 'no-prices', refused: [{ line: 2 }] });
  });

  it('refuses intervals of another length than those of the series', () => {
    const quarters = hours(8).map((index) => `2024-01-01T0${Math.floor(index / 4)}:${String((index % 4) * 15).padStart(2, '0')}Z,1`);
    expect(readPriceText(['time,price', ...quarters].join('\n'), CHICAGO)).toEqual({ kind: 'wrong-resolution', minutes: 15, expected: 60 });
    const hourly = hours(4).map((hour) => `2024-01-01T0${hour}:00Z,1`);
    expect(readPriceText(['time,price', ...hourly].join('\n'), { ...CHICAGO, resolutionMinutes: 5 })).toMatchObject({
      kind: 'wrong-resolution',
      minutes: 60,
    });
  });

  it('refuses one row beside the grid, not the file', () => {
    const rows = [...hours(5).map((hour) => `2024-01-01T0${hour}:00Z,1`), '2024-01-01T05:07Z,1'];
    const answer = read(['time,price', ...rows].join('\n'));
    expect(answer.prices).toHaveLength(5);
    expect(answer.refused).toEqual([{ line: 7, code: 'off_grid', value: '2024-01-01T05:07Z' }]);
  });
});
