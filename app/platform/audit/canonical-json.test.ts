import { describe, expect, it } from 'vitest';
import { toCanonicalJson } from './canonical-json.ts';

describe('toCanonicalJson', () => {
  it('does not depend on the order in which keys were written, at any depth', () => {
    expect(toCanonicalJson({ b: { d: 1, c: [{ z: null, a: true }] }, a: 'x' })).toBe('{"a":"x","b":{"c":[{"a":true,"z":null}],"d":1}}');
    expect(toCanonicalJson({ a: 'x', b: { c: [{ a: true, z: null }], d: 1 } })).toBe('{"a":"x","b":{"c":[{"a":true,"z":null}],"d":1}}');
  });

  it('writes the numbers and the sorted keys of the example in RFC 8785, 3.2', () => {
    expect(toCanonicalJson([333333333.3333333, 1e30, 4.5, 2e-3, 1e-27])).toBe('[333333333.3333333,1e+30,4.5,0.002,1e-27]');
    const keys = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 };
    expect(
      Object.values(
        JSON.parse(
          `[${toCanonicalJson(keys)
            .replaceAll(/"[^"]*":/g, '')
            .slice(1, -1)}]`,
        ),
      ),
    ).toEqual([2, 4, 6, 7, 1, 5, 3]);
  });

  it('refuses what JSON cannot say', () => {
    expect(() => toCanonicalJson({ a: Number.NaN })).toThrow(TypeError);
    expect(() => toCanonicalJson([Number.POSITIVE_INFINITY])).toThrow(TypeError);
  });
});
