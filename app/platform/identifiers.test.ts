import { describe, expect, it } from 'vitest';
import { isDigest, isUuid } from './identifiers.ts';

describe('an identifier', () => {
  it('is told by its shape alone, whole and in hexadecimal', () => {
    expect(isUuid('0a1b2c3d-0000-4000-8000-00000000000f')).toBe(true);
    expect(isUuid('0A1B2C3D-0000-4000-8000-00000000000F')).toBe(true);
    for (const text of [
      '',
      '0a1b2c3d',
      ' 0a1b2c3d-0000-4000-8000-00000000000f',
      '0a1b2c3d-0000-4000-8000-00000000000g',
      "0a1b2c3d-0000-4000-8000-00000000000f'",
    ])
      expect(isUuid(text)).toBe(false);
    expect(isDigest('a'.repeat(64))).toBe(true);
    for (const text of ['', 'a'.repeat(63), 'A'.repeat(64), 'g'.repeat(64)]) expect(isDigest(text)).toBe(false);
  });
});
