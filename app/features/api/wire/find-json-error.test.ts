import { describe, expect, it } from 'vitest';
import { findJsonError } from './find-json-error.ts';

describe('findJsonError', () => {
  it('finds nothing in valid JSON', () => {
    for (const text of [
      '{}',
      '[]',
      ' {"a": [1, -2.5e3, true, null, "x\\u00e9\\n"], "b": {"c": []}} ',
      '"x"',
      '0',
      '[[[]]]',
      '{"a":{}}\n',
    ]) {
      expect(findJsonError(text), text).toBeNull();
    }
  });

  it('agrees with JSON.parse on what is JSON', () => {
    const pieces = ['{', '}', '[', ']', ',', ':', '"a"', '1', '-', 'true', 'nul', '01', '1.', '"\\x"', ' ', '"', '1e5', '.5', '\n'];
    // A full walk of all texts of three pieces: 19^3 = 6,859.
    for (const a of pieces)
      for (const b of pieces)
        for (const c of pieces) {
          const text = a + b + c;
          expect(findJsonError(text) === null, JSON.stringify(text)).toBe(parses(text));
        }
  });

  it('tells line and column from 1', () => {
    expect(findJsonError('{\n  "powerW": 3500,\n}')).toMatchObject({ line: 3, column: 1, offset: 20 });
    expect(findJsonError('{"a" 1}')).toMatchObject({ line: 1, column: 6 });
  });

  it('points at the end of a text that was cut off', () => {
    expect(findJsonError('{"a": [1, 2')).toMatchObject({ offset: 11, path: 'a[1]' });
    expect(findJsonError('{"a": "unclosed')).toMatchObject({ offset: 15 });
  });

  it('names the field under which NaN or Infinity stands', () => {
    expect(findJsonError('{"powerW": NaN}')).toMatchObject({ path: 'powerW', notANumber: 'NaN' });
    expect(findJsonError('{"powerUsdPerKwh": -Infinity}')).toMatchObject({ path: 'powerUsdPerKwh', notANumber: '-Infinity' });
    expect(findJsonError('{"rows": [{}, {"powerW": Infinity}]}')).toMatchObject({ path: 'rows[1].powerW', notANumber: 'Infinity' });
  });

  it('tells no path for a key that was never read', () => {
    expect(findJsonError('{"rows": [{"powerW": 1}, {,}]}')).toMatchObject({ path: 'rows[1]' });
    expect(findJsonError('{')).toMatchObject({ path: '', offset: 1 });
  });

  it('is not overturned by a body of brackets', () => {
    expect(findJsonError('['.repeat(60_000))).toMatchObject({ offset: 60_000, path: '' });
    expect(findJsonError('{"a":'.repeat(10_000))).toMatchObject({ path: '' });
  });
});

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
