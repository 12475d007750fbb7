import { expect, it } from 'vitest';
import { findQueryFaults, readMonthsQuery } from './read-query.ts';

const ORIGIN = 'http://localhost';

it('asks for months with 1 and only with 1', () => {
  expect(readMonthsQuery(`${ORIGIN}/`)).toEqual({ months: false, faults: [] });
  expect(readMonthsQuery(`${ORIGIN}/?months=0`)).toEqual({ months: false, faults: [] });
  expect(readMonthsQuery(`${ORIGIN}/?months=1&lng=zh`)).toEqual({ months: true, faults: [] });
});

it('refuses any other value, a repeated one, and names of every object', () => {
  for (const query of ['months=yes', 'months=', 'months=1&months=0', 'months=constructor', 'months=01']) {
    expect(readMonthsQuery(`${ORIGIN}/?${query}`).faults, query).toMatchObject([{ field: 'months', code: 'bad_parameter' }]);
  }
});

it('refuses unknown parameters by name', () => {
  expect(findQueryFaults(`${ORIGIN}/?month=1&lng=en`)).toMatchObject([{ field: 'month', value: '1', code: 'unknown_parameter' }]);
});
