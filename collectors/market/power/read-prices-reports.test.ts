import { describe, expect, it } from 'vitest';
import { CHICAGO, hours, read, starts, values } from './read-prices.fixture.ts';
import { type PriceTableSettings, readPriceText } from './read-prices.ts';

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
