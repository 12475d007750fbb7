import { describe, expect, it } from 'vitest';
import { type PriceTableSettings, type ReadPrices, readPriceText } from './read-prices.ts';

const CHICAGO: PriceTableSettings = {
  timeZone: 'America/Chicago',
  resolutionMinutes: 60,
  currency: 'USD',
  unit: 'perMwh',
  node: null,
  column: null,
  nowMs: Date.parse('2025-06-01T00:00:00Z'),
};
const BERLIN: PriceTableSettings = { ...CHICAGO, timeZone: 'Europe/Berlin', currency: 'EUR' };

function read(text: string, settings: PriceTableSettings = CHICAGO): ReadPrices {
  const answer = readPriceText(text, settings);
  if (answer.kind !== 'read') throw new Error(JSON.stringify(answer));
  return answer;
}
const starts = ({ prices }: ReadPrices) => prices.map(({ startMs }) => new Date(startMs).toISOString().slice(0, 16));
const values = ({ prices }: ReadPrices) => prices.map(({ perMwh }) => perMwh);
const hours = (count: number) => Array.from({ length: count }, (_, index) => index);

describe('readPriceText: times', () => {
  it('takes a time with an offset for what it says, whatever the zone of the series', () => {
    const answer = read('time,price USD/MWh\n2024-01-01T00:00:00-06:00,12.5\n2024-01-01T07:00:00Z,-3\n');
    expect(starts(answer)).toEqual(['2024-01-01T06:00', '2024-01-01T07:00']);
    expect(values(answer)).toEqual([12.5, -3]);
  });

  it.each([
    ['Datetime (UTC)', '2024-06-01T00:00'],
    ['MTU (UTC)', '2024-06-01T00:00'],
    ['utc_timestamp', '2024-06-01T00:00'],
    ['startUTC', '2024-06-01T00:00'],
    ['interval_end_utc', '2024-05-31T23:00'],
    ['Time (GMT)', '2024-06-01T00:00'],
    ['Datetime (UTC+1)', '2024-05-31T23:00'],
    ['Datetime (UTC-05:30)', '2024-06-01T05:30'],
  ])('takes the times under "%s" for what the head says, whatever the zone of the series', (head, expected) => {
    const settings = { ...BERLIN, resolutionMinutes: 30 } as const;
    const answer = read(`${head},Price (EUR/MWh)\n2024-06-01 00:00,1\n`, head.includes('end') ? BERLIN : settings);
    expect(starts(answer)).toEqual([expected]);
  });

  it('keeps the hours that only the clocks of UTC have on the days of 23 and 25 hours', () => {
    const rows = ['2024-03-31 01:00', '2024-03-31 02:00', '2024-10-27 00:00', '2024-10-27 01:00', '2024-10-27 02:00'];
    const answer = read(`MTU (UTC),EUR/MWh\n${rows.map((time) => `${time},1`).join('\n')}`, BERLIN);
    expect(starts(answer)).toEqual(rows.map((time) => time.replace(' ', 'T')));
  });

  it.each([
    'MTU (CET/CEST)',
    'Time (GMT/BST)',
    'Time (UTC offset in the next column)',
    'Start of the outcome',
  ])('takes the times under "%s" for local ones', (head) => {
    expect(starts(read(`${head},Price (EUR/MWh)\n2024-06-01 00:00,1\n`, BERLIN))).toEqual(['2024-05-31T22:00']);
  });

  it('lets a cell with an offset of its own contradict the head', () => {
    expect(starts(read('time (UTC),USD/MWh\n2024-06-01T00:00:00-05:00,1\n'))).toEqual(['2024-06-01T05:00']);
  });

  it('reads the day of 25 hours by the order of its rows', () => {
    const wall = [0, 1, 2, 2, 3, 4].map((hour, index) => `27.10.2024 0${hour}:00;${index},5`);
    const answer = read(`Datum von;Preis [€/MWh]\n${wall.join('\n')}`, BERLIN);
    // Berlin is two hours ahead until 01:00 UTC, one hour after.
    expect(starts(answer)).toEqual(
      [22, 23].map((hour) => `2024-10-26T${hour}:00`).concat([0, 1, 2, 3].map((hour) => `2024-10-27T0${hour}:00`)),
    );
    expect(values(answer)).toEqual([0.5, 1.5, 2.5, 3.5, 4.5, 5.5]);
    expect(answer.refused).toEqual([]);
  });

  it('reads the day of 25 hours backward where the rows run from late to early', () => {
    const wall = [4, 3, 2, 2, 1, 0].map((hour, index) => `2024-10-27 0${hour}:00,${index}`);
    const answer = read(`time,EUR/MWh\n${wall.join('\n')}`, BERLIN);
    // Ascending by instant, so the last row is the first price.
    expect(values(answer)).toEqual([5, 4, 3, 2, 1, 0]);
    expect(starts(answer).slice(2, 4)).toEqual(['2024-10-27T00:00', '2024-10-27T01:00']);
  });

  it('reads both hours by quarters, forward and backward', () => {
    const quarters = [1, 2, 2, 3].flatMap((hour) => ['00', '15', '30', '45'].map((minute) => `2024-10-27 0${hour}:${minute}`));
    const rows = quarters.map((time, index) => `${time},${index}`);
    const settings = { ...BERLIN, resolutionMinutes: 15 } as const;
    const inOrder = hours(16);
    expect(values(read(['time,EUR/MWh', ...rows].join('\n'), settings))).toEqual(inOrder);
    expect(values(read(['time,EUR/MWh', ...rows.toReversed()].join('\n'), settings))).toEqual(inOrder);
  });

  it('leaves the first of the two hours unknown where its row has no price', () => {
    const rows = ['2024-10-27 01:00,1', '2024-10-27 02:00,', '2024-10-27 02:00,3', '2024-10-27 03:00,4'];
    const answer = read(['time,EUR/MWh', ...rows].join('\n'), BERLIN);
    expect(starts(answer)).toEqual(['2024-10-26T23:00', '2024-10-27T01:00', '2024-10-27T02:00']);
    expect(answer).toMatchObject({ blanks: 1, refused: [] });
  });

  it.each([
    ['the day stands twice, each time with one such hour', [0, 1, 2, 3, 4, 0, 1, 2, 3, 4]],
    ['every row stands twice', [0, 0, 1, 1, 2, 2, 3, 3, 4, 4]],
    ['the rows around it are in no order', [3, 2, 2, 4, 0, 1]],
  ])('refuses the hour that comes twice where %s', (_, wall) => {
    const rows = wall.map((hour) => `2024-10-27 0${hour}:00,${hour}`);
    const answer = read(['time,EUR/MWh', ...rows].join('\n'), BERLIN);
    expect(answer.refused.map(({ code, value }) => [code, value])).toEqual(
      Array.from({ length: 2 }, () => ['ambiguous_time', '2024-10-27 02:00']),
    );
    expect(values(answer)).not.toContain(2);
  });

  it('does not tell the two hours apart in a file that has nothing else', () => {
    const answer = readPriceText('time,EUR/MWh\n2024-10-27 02:00,1\n2024-10-27 02:00,2', BERLIN);
    expect(answer).toMatchObject({ kind: 'no-prices', refused: [{ code: 'ambiguous_time' }, { code: 'ambiguous_time' }] });
  });

  it('refuses the hour that comes twice when it stands there once: nobody says which one it is', () => {
    const answer = read('time,USD/MWh\n2024-11-03 00:00,1\n2024-11-03 01:00,2\n2024-11-03 02:00,3\n');
    expect(starts(answer)).toEqual(['2024-11-03T05:00', '2024-11-03T08:00']);
    expect(answer.refused).toEqual([{ line: 3, code: 'ambiguous_time', value: '2024-11-03 01:00' }]);
  });

  it('refuses the hour that the day of 23 hours does not have, and goes on after it', () => {
    const answer = read('time,USD/MWh\n2024-03-10 01:00,1\n2024-03-10 02:00,2\n2024-03-10 03:00,3\n2024-03-10 04:00,4\n');
    expect(starts(answer)).toEqual(['2024-03-10T07:00', '2024-03-10T08:00', '2024-03-10T09:00']);
    expect(answer.refused).toEqual([{ line: 3, code: 'no_such_time', value: '2024-03-10 02:00' }]);
  });

  it('reckons from the end where the column says that it is one', () => {
    const answer = read('interval_end,USD/MWh\n2024-03-10 01:00,1\n2024-03-10 03:00,2\n2024-03-10 04:00,3\n');
    // 00:00, 01:00 and 03:00 CDT, which follow each other.
    expect(starts(answer)).toEqual(['2024-03-10T06:00', '2024-03-10T07:00', '2024-03-10T08:00']);
  });

  it('asks which part of 01/02/2024 is the day unless some row says', () => {
    expect(readPriceText('time,EUR/MWh\n01/02/2024 00:00,1\n01/02/2024 01:00,2\n', BERLIN)).toEqual({ kind: 'ambiguous-date' });
    expect(starts(read('time,EUR/MWh\n31/01/2024 23:00,1\n01/02/2024 00:00,2\n', BERLIN))[1]).toBe('2024-01-31T23:00');
  });

  it.each([
    ['Date,HE,Price', (date: string) => `${date},1,5`],
    [`Date,${hours(24).map((hour) => `HE${hour + 1}`)}`, (date: string) => `${date},${hours(24)}`],
  ])('asks it of a table of days and hours too: %s', (head, toRow) => {
    const text = (...dates: string[]) => [head, ...dates.map(toRow)].join('\n');
    expect(readPriceText(text('01/05/2024', '02/05/2024', '03/05/2024'), BERLIN)).toEqual({ kind: 'ambiguous-date' });
    expect(starts(read(text('01/05/2024', '31/05/2024'), BERLIN))[0]).toBe('2024-04-30T22:00');
    expect(starts(read(text('01/05/2024', '01/31/2024'), BERLIN))[0]).toBe('2024-01-04T23:00');
  });

  it('asks it where one row says that the day comes first and another that it does not', () => {
    expect(readPriceText('Date,HE,Price\n05/13/2024,1,1\n14/05/2024,1,2\n03/05/2024,1,3\n', BERLIN)).toEqual({ kind: 'ambiguous-date' });
  });

  it('takes the beginning of a span of time', () => {
    const answer = read('MTU (CET/CEST),Day-ahead Price [EUR/MWh]\n01.01.2024 00:00 - 01.01.2024 01:00,39.91\n', BERLIN);
    expect(starts(answer)).toEqual(['2023-12-31T23:00']);
  });

  it('refuses what is dated a week ahead or more', () => {
    const answer = read('time,USD/MWh\n2025-06-07T23:00Z,1\n2025-06-08T00:00Z,2\n2025-06-08T01:00Z,3\n');
    expect(answer.prices).toHaveLength(2);
    expect(answer.refused).toEqual([{ line: 4, code: 'in_future', value: '2025-06-08T01:00Z' }]);
  });
});

describe('readPriceText: settlement point reports', () => {
  const DAM = 'DeliveryDate,HourEnding,SettlementPoint,SettlementPointPrice,DSTFlag';

  it('reads the day-ahead report of one node, the repeated hour by its flag', () => {
    const rows = [
      '11/03/2024,01:00,HB_WEST,20.1,N',
      '11/03/2024,02:00,HB_WEST,19,N',
      '11/03/2024,02:00,HB_WEST,18,Y',
      '11/03/2024,03:00,HB_WEST,-1.5,N',
    ];
    const others = rows.map((row) => row.replace('HB_WEST', 'HB_NORTH'));
    const answer = read([DAM, ...others, ...rows].join('\n'), { ...CHICAGO, node: 'HB_WEST' });
    expect(starts(answer)).toEqual([5, 6, 7, 8].map((hour) => `2024-11-03T0${hour}:00`));
    expect(values(answer)).toEqual([20.1, 19, 18, -1.5]);
    expect(answer.passedOver).toBe(4);
  });

  it('reads the real-time report by quarters and leaves prices weighted by energy alone', () => {
    const head = 'DeliveryDate,DeliveryHour,DeliveryInterval,SettlementPointName,SettlementPointType,SettlementPointPrice,DSTFlag';
    const rows = [1, 2, 3, 4].flatMap((quarter) => [
      `07/01/2024,24,${quarter},LZ_WEST,LZ,${quarter}0.25,N`,
      `07/01/2024,24,${quarter},LZ_WEST,LZEW,99,N`,
    ]);
    const answer = read([head, ...rows].join('\n'), { ...CHICAGO, resolutionMinutes: 15, node: 'LZ_WEST' });
    expect(starts(answer)).toEqual(['2024-07-02T04:00', '2024-07-02T04:15', '2024-07-02T04:30', '2024-07-02T04:45']);
    expect(values(answer)).toEqual([10.25, 20.25, 30.25, 40.25]);
  });

  it('asks for the node, and says which there are', () => {
    const text = `${DAM}\n01/01/2024,01:00,HB_NORTH,1,N\n01/01/2024,01:00,HB_WEST,1,N`;
    expect(readPriceText(text, CHICAGO)).toEqual({ kind: 'which-node', nodes: ['HB_NORTH', 'HB_WEST'] });
    expect(readPriceText(text, { ...CHICAGO, node: 'HB_EAST' })).toMatchObject({ kind: 'unknown-node', node: 'HB_EAST' });
  });

  it('reads a row a day with an hour a column: 23, 24 and 25 hours', () => {
    const names = [...hours(24).map((hour) => `HE${String(hour + 1).padStart(2, '0')}`), 'HE02X'];
    const toRow = (day: string, gaps: readonly string[]) =>
      [day, ...names.map((name, index) => (gaps.includes(name) ? '' : String(index)))].join(',');
    const text = [
      `Date,${names.join(',')}`,
      toRow('03/10/2024', ['HE03', 'HE02X']),
      toRow('07/15/2024', ['HE02X']),
      toRow('11/03/2024', []),
    ].join('\n');
    const answer = read(text);
    expect(answer.prices).toHaveLength(23 + 24 + 25);
    expect(answer).toMatchObject({ refused: [], blanks: 0 });
    const november = answer.prices.slice(-25);
    expect(november.slice(0, 4).map(({ perMwh }) => perMwh)).toEqual([0, 1, 24, 2]);
    expect(november.every(({ startMs }, index) => startMs === november[0]!.startMs + index * 3_600_000)).toBe(true);
  });

  it('refuses the hours of a day that counts on to 25, since the file does not say which hour comes twice', () => {
    const names = hours(25).map((hour) => `HE${hour + 1}`);
    const answer = read(`Date,${names.join(',')}\n11/03/2024,${hours(25).join(',')}\n07/15/2024,${hours(24).join(',')},\n`);
    expect(answer.prices).toHaveLength(25);
    expect(answer.refused).toHaveLength(24);
    expect(answer.refused[0]).toEqual({ line: 2, code: 'ambiguous_time', value: '11/03/2024 HE2' });
  });

  it('refuses hours that count from 0, since those after it may be named by their beginnings', () => {
    const rows = hours(24).map((hour) => `2024-01-15,${hour},${hour}`);
    expect(readPriceText(['Date,HE,Price', ...rows].join('\n'), CHICAGO)).toEqual({ kind: 'hours-from-zero', value: '0' });
    expect(readPriceText('Date,HE,Price\n2024-01-15,23:00,1\n2024-01-15,00:00,2', CHICAGO)).toMatchObject({ kind: 'hours-from-zero' });
    const names = hours(24).map((hour) => `HE${String(hour).padStart(2, '0')}`);
    expect(readPriceText(`Date,${names}\n2024-01-15,${hours(24)}`, CHICAGO)).toEqual({ kind: 'hours-from-zero', value: 'HE00' });
  });

  it('asks which column when several hold prices', () => {
    const text = 'delivery_date,hour_ending,dam_spp_usd_mwh,rtm_spp_usd_mwh\n2024-01-01,1,10,11\n2024-01-01,2,12,13\n';
    expect(readPriceText(text, CHICAGO)).toEqual({ kind: 'which-column', columns: ['dam_spp_usd_mwh', 'rtm_spp_usd_mwh'] });
    expect(values(read(text, { ...CHICAGO, column: 'RTM SPP USD MWh' }))).toEqual([11, 13]);
    expect(readPriceText(text, { ...CHICAGO, column: 'lmp' })).toMatchObject({ kind: 'unknown-column', column: 'lmp' });
  });
});

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

describe('Alberta’s pool price report', () => {
  const ALBERTA: PriceTableSettings = { ...CHICAGO, timeZone: 'America/Edmonton', currency: 'CAD' };
  /** Titles, head and rows as the trading system exports them; invented prices. */
  const report = (...rows: string[]) =>
    [
      'Historical Pool Price Report',
      '',
      '"Pool Price","November 02, 2024 to November 03, 2024"',
      '',
      '"Date (HE)","Price ($)","30Ravg ($)","AIL Demand (MW)"',
      ...rows,
    ].join('\r\n');

  it('is read past its titles, month first, each hour by its end', () => {
    const answer = read(
      report(
        '"11/02/2024 01","35.92","48.69","9216.0"',
        '"11/02/2024 02","0.00","48.60","9180.0"',
        '"11/02/2024 24","999.99","48.50","9300.0"',
      ),
      ALBERTA,
    );
    expect(starts(answer)).toEqual(['2024-11-02T06:00', '2024-11-02T07:00', '2024-11-03T05:00']);
    expect(values(answer)).toEqual([35.92, 0, 999.99]);
  });

  it('takes the starred hour for the second of the two when the clock is set back, in either order of rows', () => {
    const rows = [
      '"11/03/2024 01","10","1","1"',
      '"11/03/2024 02","20","1","1"',
      '"11/03/2024 02*","21","1","1"',
      '"11/03/2024 03","30","1","1"',
    ];
    for (const order of [rows, rows.toReversed()]) {
      const answer = read(report(...order), ALBERTA);
      expect(starts(answer)).toEqual(['2024-11-03T06:00', '2024-11-03T07:00', '2024-11-03T08:00', '2024-11-03T09:00']);
      expect(values(answer)).toEqual([10, 20, 21, 30]);
    }
  });

  it('counts an hour without a price as blank, and refuses a row whose day cannot be read, by its line', () => {
    const answer = read(report('"11/02/2024 01","35.92","48.69","9216.0"', '"11/02/2024 02","-","-","-"', '"Total","1","1","1"'), ALBERTA);
    expect(answer.blanks).toBe(1);
    expect(answer.refused).toMatchObject([{ line: 8, code: 'not_a_time' }]);
  });
});
