import { describe, expect, it } from 'vitest';
import type { Cell, SourceRow } from '#app/features/batch/reading/source-row.ts';
import { type MeterFile, type MeterTableSettings, readMeterRows } from './read-meter-rows.server.ts';

const BERLIN: MeterTableSettings = {
  timeZone: 'Europe/Berlin',
  delimiter: ';',
  column: null,
  values: null,
  nowMs: Date.parse('2026-01-01T00:00:00Z'),
};

const rowsOf = (table: readonly (readonly Cell[])[]): SourceRow[] =>
  table.map((cells, index) => ({ row: index + 1, line: index + 1, hidden: false, cells, filled: null }));
const look = (table: readonly (readonly Cell[])[], settings: Partial<MeterTableSettings> = {}) =>
  readMeterRows(rowsOf(table), { ...BERLIN, ...settings });
function read(table: readonly (readonly Cell[])[], settings: Partial<MeterTableSettings> = {}): MeterFile {
  const answer = look(table, settings);
  if (answer.kind !== 'read') throw new Error(JSON.stringify(answer));
  return answer;
}
const told = ({ quarters }: MeterFile) =>
  quarters.map(({ atS, energyKwh }) => [new Date(atS * 1000).toISOString().slice(0, 16), energyKwh]);
const HEAD = ['Time', 'Energy (kWh)'];
const clock = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

describe('a file of a meter', () => {
  it('is read in the local time of the site, in summer and in winter, and by its own offsets where it has them', () => {
    const file = read([HEAD, ['2025-07-01 00:00', '250,5'], ['2025-12-01 00:00', '260,5'], ['2025-12-02T00:00:00Z', '1']]);
    expect(told(file)).toEqual([
      ['2025-06-30T22:00', 250.5],
      ['2025-11-30T23:00', 260.5],
      ['2025-12-02T00:00', 1],
    ]);
  });

  it('has all 100 quarters of the day on which the clock is set back, and all 92 of the other', () => {
    const back = [...Array.from({ length: 12 }, (_, index) => index), ...Array.from({ length: 88 }, (_, index) => index + 8)];
    const backDay = read([HEAD, ...back.map((quarter, index) => [`26.10.2025 ${clock(quarter * 15)}`, index])]);
    expect(backDay.refused).toEqual([]);
    expect(backDay.quarters.map(({ energyKwh }) => energyKwh)).toEqual(Array.from({ length: 100 }, (_, index) => index));
    expect(backDay.quarters.every(({ atS }, index) => atS === backDay.quarters[0]!.atS + index * 900)).toBe(true);
    const forward = Array.from({ length: 96 }, (_, index) => index).filter((quarter) => quarter < 8 || quarter >= 12);
    const forwardDay = read([HEAD, ...forward.map((quarter) => [`30.03.2025 ${clock(quarter * 15)}`, 10])]);
    expect(forwardDay.quarters).toHaveLength(92);
    expect(forwardDay.quarters.at(-1)!.atS - forwardDay.quarters[0]!.atS).toBe(91 * 900);
  });

  it('says which row is wrong in which column and why, and counts every row once', () => {
    const file = read(
      [
        ['Meter 4711, in kWh'],
        ['Time', 'Energy (kWh)'],
        ['2025-06-01 00:00', 10],
        ['2025-06-01 00:00', 10],
        ['2025-06-01 00:00', 11],
        ['2025-06-01 00:07', 10],
        ['2025-03-30 02:30', 10],
        ['2025-06-01 00:15', 'abc'],
        ['2025-06-01 00:30', -1],
        ['2025-06-01 00:45', ''],
        ['2026-06-01 00:00', 10],
        ['2008-06-01 00:00', 10],
        ['Total', 10],
      ],
      { timeZone: 'Europe/Berlin' },
    );
    expect(file.refused.map(({ line, column, value, code }) => [line, column, value, code])).toEqual([
      [5, 'Time', '2025-06-01 00:00', 'duplicate_differs'],
      [6, 'Time', '2025-06-01 00:07', 'off_grid'],
      [7, 'Time', '2025-03-30 02:30', 'no_such_time'],
      [8, 'Energy (kWh)', 'abc', 'not_a_number'],
      [9, 'Energy (kWh)', '-1', 'out_of_range'],
      [11, 'Time', '2026-06-01 00:00', 'in_future'],
      [12, 'Time', '2008-05-31T22:00:00.000Z', 'too_early'],
      [13, 'Time', 'Total', 'not_a_time'],
    ]);
    const { rowsIn, quarters, blanks, repeats, refused } = file;
    expect([rowsIn, quarters.length, blanks, repeats, refused.length]).toEqual([11, 1, 1, 1, 8]);
  });

  it('makes energy of a power only where the head says that it is one, and of megawatt-hours', () => {
    expect(
      told(
        read([
          ['Time', 'Demand (kW)'],
          ['2025-06-01 00:00', 1000],
        ]),
      ),
    ).toEqual([['2025-05-31T22:00', 250]]);
    expect(
      told(
        read([
          ['Time', 'MWh'],
          ['2025-06-01 00:00', '1,25'],
        ]),
      ),
    ).toEqual([['2025-05-31T22:00', 1250]]);
    expect(
      look([
        ['Time', 'Value'],
        ['2025-06-01 00:00', 1000],
      ]),
    ).toMatchObject({ kind: 'no-energy-column' });
  });

  it('takes times under "end" for the ends of quarters, and day and time of day from two columns', () => {
    expect(
      told(
        read([
          ['Interval end', 'kWh'],
          ['2025-06-01 00:15', 1],
        ]),
      ),
    ).toEqual([['2025-05-31T22:00', 1]]);
    // A workbook's midnight is a day, and its time of day a time on its day 0.
    expect(
      told(
        read([
          ['Datum', 'Uhrzeit', 'kWh'],
          ['2025-06-01', '1899-12-30', 1],
          ['2025-06-01', '1899-12-30T00:15:00', 2],
        ]),
      ),
    ).toEqual([
      ['2025-05-31T22:00', 1],
      ['2025-05-31T22:15', 2],
    ]);
  });

  it('is refused whole where its values are an hour’s, or count on and nobody says that they are a register’s', () => {
    const hours = Array.from({ length: 24 }, (_, hour) => [`2025-06-01 ${clock(hour * 60)}`, 100]);
    expect(look([HEAD, ...hours])).toEqual({ kind: 'wrong-resolution', minutes: 60 });
    const register = Array.from({ length: 48 }, (_, index) => [`2025-06-01 ${clock(index * 15)}`, 1_000_000 + index * 250]);
    expect(look([HEAD, ...register])).toEqual({ kind: 'register' });
    expect(read([HEAD, ...register], { values: 'quarters' }).quarters[0]?.energyKwh).toBe(1_000_000);
    expect(read([HEAD, ...register], { values: 'register' }).quarters.map(({ energyKwh }) => energyKwh)).toEqual(
      Array.from({ length: 47 }, () => 250),
    );
    const steady = Array.from({ length: 48 }, (_, index) => [`2025-06-01 ${clock(index * 15)}`, 1_000]);
    expect(read([HEAD, ...steady]).quarters).toHaveLength(48);
  });

  it('of a register is the differences of what it showed at the ends of each quarter, over the hour that comes twice', () => {
    const file = read([
      ['bis', 'Zählerstand (MWh)'],
      ['26.10.2025 01:45', '1000,00'],
      ['26.10.2025 02:00', '1000,25'],
      ['26.10.2025 02:15', '1000,50'],
      ['26.10.2025 02:30', '1000,75'],
      ['26.10.2025 02:45', '1001,00'],
      ['26.10.2025 02:00', '1001,25'],
      ['26.10.2025 02:15', '1001,50'],
      ['26.10.2025 02:30', '1001,75'],
      ['26.10.2025 02:45', '1002,00'],
      ['26.10.2025 03:00', '1002,25'],
    ]);
    expect(file.columns).toEqual({ time: 'bis', value: 'Zählerstand (MWh)', unit: 'MWh', isEnd: false, values: 'register' });
    expect(file.quarters.map(({ energyKwh }) => energyKwh)).toEqual(Array.from({ length: 9 }, () => 250));
    expect(told(file)[0]).toEqual(['2025-10-25T23:45', 250]);
    expect(told(file).at(-1)).toEqual(['2025-10-26T01:45', 250]);
    expect([file.rowsIn, file.unpaired, file.refused]).toEqual([10, 1, []]);
  });

  it('of a register counts every row once, and names those that cannot be believed', () => {
    const file = read([
      ['Time', 'Register (kWh)'],
      ['2025-06-01 00:00', 5_000],
      ['2025-06-01 00:15', 5_250],
      ['2025-06-01 00:15', 5_250],
      ['2025-06-01 00:22', 5_300],
      ['2025-06-01 00:30', ''],
      ['2025-06-01 00:45', 5_750],
      ['2025-06-01 01:00', 'dark'],
      ['2025-06-01 01:15', -4],
      ['2025-06-01 01:30', 100],
      ['2025-06-01 01:45', 350],
      ['2026-06-01 00:00', 9_000],
    ]);
    expect(told(file)).toEqual([
      ['2025-05-31T22:00', 250],
      ['2025-05-31T23:30', 250],
    ]);
    expect(file.refused.map(({ line, column, value, code }) => [line, column, value, code])).toEqual([
      [8, 'Register (kWh)', 'dark', 'not_a_number'],
      [9, 'Register (kWh)', '-4', 'register_range'],
      [10, 'Register (kWh)', '100', 'register_fell'],
      [12, 'Time', '2026-06-01 00:00', 'register_future'],
    ]);
    expect([file.rowsIn, file.unpaired, file.blanks, file.repeats]).toEqual([11, 3, 1, 1]);
  });

  it('is refused where no register can be read', () => {
    const registerHead = ['Time', 'Register (kWh)'];
    expect(look([registerHead, ['2025-06-01 00:01', 1], ['2025-06-01 00:14', 2]])).toEqual({ kind: 'no-pair' });
    const hours = Array.from({ length: 24 }, (_, hour) => [`2025-06-01 ${clock(hour * 60)}`, 1_000 * hour]);
    expect(look([registerHead, ...hours])).toEqual({ kind: 'wrong-resolution', minutes: 60 });
    const used = Array.from({ length: 48 }, (_, index) => [`2025-06-01 ${clock(index * 15)}`, 1_000 + (index % 3)]);
    expect(look([registerHead, ...used])).toEqual({ kind: 'no-register' });
    expect(
      look(
        [
          ['Time', 'Demand (kW)'],
          ['2025-06-01 00:00', 1],
        ],
        { values: 'register' },
      ),
    ).toEqual({ kind: 'register-of-power' });
  });

  it('is refused where nobody can tell day from month, or thousands from decimals', () => {
    expect(look([HEAD, ['01/02/2025 00:00', 1]])).toEqual({ kind: 'ambiguous-date' });
    expect(look([HEAD, ['2025-06-01 00:00', '1.250'], ['2025-06-01 00:15', '900']])).toEqual({ kind: 'ambiguous-number', value: '1.250' });
    expect(look([])).toEqual({ kind: 'empty' });
    expect(look([HEAD])).toEqual({ kind: 'empty' });
    expect(look([HEAD, ['soon', 1]])).toMatchObject({ kind: 'nothing', refused: [{ line: 2, code: 'not_a_time' }] });
  });
});
