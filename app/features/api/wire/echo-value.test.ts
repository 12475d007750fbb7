import { describe, expect, it } from 'vitest';
import { echoValue, MAX_ECHO_LENGTH } from './echo-value.ts';

describe('echoValue', () => {
  it('sends back numbers, booleans and null as they are', () => {
    expect([12.5, -0.1, true, false, null].map(echoValue)).toEqual([12.5, -0.1, true, false, null]);
  });

  it('says what JSON cannot say as text', () => {
    expect([Number.POSITIVE_INFINITY, Number.NaN].map(echoValue)).toEqual(['Infinity', 'NaN']);
  });

  it('cuts a long text', () => {
    const echoed = echoValue('x'.repeat(1_000_000));
    expect(echoed).toHaveLength(MAX_ECHO_LENGTH);
    expect(String(echoed).endsWith('x…')).toBe(true);
    expect(echoValue('x'.repeat(MAX_ECHO_LENGTH))).toBe('x'.repeat(MAX_ECHO_LENGTH));
  });

  it('never walks into arrays and objects', () => {
    let deep: unknown = 1;
    for (let level = 0; level < 100_000; level += 1) deep = [deep];
    expect(echoValue(deep)).toBe('[…]');
    expect(echoValue({ a: deep })).toBe('{…}');
  });
});
