import { describe, expect, it } from 'vitest';
import { BERLIN, hours, read, starts, values } from './read-prices.fixture.ts';
import { readPriceText } from './read-prices.ts';

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
