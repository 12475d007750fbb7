import { describe, expect, it } from 'vitest';
import { readMonthQuery, readSamplesQuery, readSpanQuery, readStatesQuery } from './read-telemetry-query.ts';

const NOW_S = Date.parse('2026-11-22T12:00:00Z') / 1000;
const url = (query: string) => `http://localhost/?${query}`;

type Read = { kind: 'ok' } | { kind: 'invalid'; faults: { field: string; code: string }[] };
const told = (read: Read) => (read.kind === 'ok' ? [] : read.faults.map(({ field, code }) => `${field} ${code}`));

describe('a span of time', () => {
  it('is read as it was written', () => {
    expect(readSpanQuery(url('from=2024-02-29&to=2024-03-01T06:30:00Z'), NOW_S)).toEqual({
      kind: 'ok',
      value: { fromS: Date.parse('2024-02-29') / 1000, toS: Date.parse('2024-03-01T06:30:00Z') / 1000 },
    });
  });

  it('is refused by the name of its field where a day is none, or is one that no sample can have', () => {
    for (const day of [
      '2024-02-30',
      '2023-02-29',
      '2024-04-31',
      '0001-01-01',
      '2008-12-31',
      '2100-01-01',
      '2600-01-01',
      '2024-01-01T24:00:00Z',
    ]) {
      expect(told(readSamplesQuery(url(`from=${day}&to=2024-03-01`), NOW_S)), day).toEqual(['from not_a_moment']);
      expect(told(readSamplesQuery(url(`from=2024-03-01&to=${day}`), NOW_S)), day).toEqual(['to not_a_moment']);
    }
  });

  it('is refused where a parameter is given twice', () => {
    expect(told(readSpanQuery(url('from=2024-03-01&from=2024-03-02&to=2024-03-03'), NOW_S))).toEqual(['from repeated_parameter']);
    expect(told(readStatesQuery(url('state=hashing&state=faulty')))).toEqual(['state repeated_parameter']);
  });
});

describe('a month', () => {
  it('is one from 2009 to 2099, and given once', () => {
    expect(readMonthQuery(url('month=2026-11'), NOW_S)).toMatchObject({ kind: 'ok', value: { atS: Date.parse('2026-11-15') / 1000 } });
    for (const month of ['0000-01', '2008-12', '2100-01', '2026-13', '2026-1', '26-11'])
      expect(told(readMonthQuery(url(`month=${month}`), NOW_S)), month).toEqual(['month not_a_month']);
    expect(told(readMonthQuery(url('month=2026-11&month=2026-12'), NOW_S))).toEqual(['month repeated_parameter']);
  });
});
