import { describe, expect, it } from 'vitest';
import { FORECAST_EXAMPLE, ForecastRequestSchema } from '#app/features/forecasting/forecast-request.ts';
import { fromOutcome, readForecastRequest } from './read-forecast-request.ts';

const faultsOf = (changes: Record<string, unknown>) => {
  const read = readForecastRequest({ ...FORECAST_EXAMPLE, ...changes });
  return read.kind === 'ok' ? [] : read.faults.map(({ field, code, min, max }) => [field, code, min, max]);
};
const [first, ...others] = FORECAST_EXAMPLE.values;

describe('readForecastRequest', () => {
  it('reads a request, with nothing in place of what was left out', () => {
    const { trend: _trend, log: _log, ...short } = FORECAST_EXAMPLE;
    expect(readForecastRequest(short)).toEqual({
      kind: 'ok',
      series: { ...short, seasonal: null, trend: null, log: false },
    });
    expect(faultsOf({ order: 'auto', seasonal: [0, 1, 1, 12] })).toEqual([]);
  });

  it.each<[string, Record<string, unknown>, unknown[]]>([
    ['no values', { values: undefined }, ['values', 'missing', null, null]],
    ['a text for values', { values: '1, 2' }, ['values', 'not_an_array', null, null]],
    ['nine values', { values: others.slice(0, 9) }, ['values', 'too_few_entries', 10, 5000]],
    ['too many values', { values: new Array(5001).fill(1) }, ['values', 'too_many_entries', 10, 5000]],
    ['null among the values', { values: [null, ...others] }, ['values[0]', 'not_a_number', 0, 1e100]],
    ['a text among the values', { values: ['1', ...others] }, ['values[0]', 'not_a_number', 0, 1e100]],
    ['the logarithm of zero', { values: [0, ...others] }, ['values[0]', 'out_of_range', 0, 1e100]],
    ['a value beyond exact sums', { values: [first, ...others, 1e101] }, ['values[20]', 'out_of_range', 0, 1e100]],
    ['no order', { order: undefined }, ['order', 'not_a_choice', null, null]],
    ['two numbers for an order', { order: [1, 1] }, ['order', 'not_a_choice', null, null]],
    ['an order too high', { order: [6, 0, 0] }, ['order[0]', 'out_of_range', 0, 5]],
    ['three differences', { order: [1, 3, 0] }, ['order[1]', 'out_of_range', 0, 2]],
    ['half a term', { order: [1, 0, 0.5] }, ['order[2]', 'not_an_integer', 0, 5]],
    ['a season of one value', { seasonal: [1, 0, 0, 1] }, ['seasonal[3]', 'out_of_range', 2, 60]],
    ['an unknown trend', { trend: 'linear' }, ['trend', 'not_a_choice', null, null]],
    ['a number for log', { log: 1 }, ['log', 'not_a_boolean', null, null]],
    ['no horizon', { horizon: undefined }, ['horizon', 'missing', 1, 366]],
    ['a year and a half', { horizon: 500 }, ['horizon', 'out_of_range', 1, 366]],
    ['a name nobody knows', { periods: 3 }, ['periods', 'unknown_field', null, null]],
  ])('refuses %s and names field and range; so does the schema of the OpenAPI document', (_, changes, expected) => {
    expect(faultsOf(changes)).toEqual([expected]);
    // The schema knows no logarithm.
    if (expected[1] !== 'out_of_range' || expected[0] !== 'values[0]')
      expect(ForecastRequestSchema.safeParse({ ...FORECAST_EXAMPLE, ...changes }).success).toBe(false);
  });

  it('refuses what is no object, and stops at a hundred faults', () => {
    expect(readForecastRequest([1])).toMatchObject({ kind: 'invalid', faults: [{ field: '', code: 'not_an_object' }] });
    expect(faultsOf({ values: new Array(500).fill(-1) })).toHaveLength(100);
  });

  it('words what only the numbers show', () => {
    const series = { values: new Array(12).fill(5), order: [1, 0, 0] as const, seasonal: null, trend: null, log: false, horizon: 1 };
    expect(fromOutcome({ kind: 'constant' }, series)).toMatchObject({ field: 'values', value: 5, code: 'constant_series' });
    expect(fromOutcome({ kind: 'too-short', least: 30 }, series)).toMatchObject({
      field: 'values',
      value: 12,
      code: 'too_few_entries',
      min: 30,
      max: 5000,
    });
    expect(fromOutcome({ kind: 'no-movement', least: 1e-14 }, series)).toMatchObject({
      field: 'values',
      value: 5,
      code: 'no_movement',
      details: { least: 1e-14 },
    });
    expect(fromOutcome({ kind: 'no-model' }, series)).toMatchObject({ field: 'order', value: '1, 0, 0', code: 'no_model' });
    const searched = { ...series, order: 'auto' as const };
    expect(fromOutcome({ kind: 'no-model' }, searched)).toMatchObject({ field: 'order', value: 'auto', code: 'no_usable_model' });
    expect(fromOutcome({ kind: 'no-model' }, { ...searched, seasonal: [1, 0, 1, 7] })).toMatchObject({
      field: 'seasonal',
      value: '1, 0, 1, 7',
      code: 'no_usable_model',
    });
  });

  it('says the range of every number of an order', () => {
    const read = readForecastRequest({ values: new Array(12).fill(5), order: [1, 0], seasonal: 7, horizon: 1 });
    expect(read.kind === 'invalid' ? read.faults.map(({ details }) => details) : []).toEqual([
      { choices: '[p, d, q] (0..5, 0..2, 0..5), "auto"' },
      { choices: '[P, D, Q, s] (0..2, 0..1, 0..2, 2..60)' },
    ]);
  });
});
