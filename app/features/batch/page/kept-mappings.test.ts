import { describe, expect, it } from 'vitest';
import type { RememberedMapping } from '../mapping/correct-mapping.ts';
import { findKeptMapping, keepMapping } from './kept-mappings.ts';

function aStore(text: string | null = null) {
  let kept = text;
  return {
    getItem: () => kept,
    setItem: (_key: string, value: string) => {
      kept = value;
    },
  };
}
const MAPPING: RememberedMapping = { shapeKey: 'a', corrections: [{ column: 1, field: 'count', unit: 'machines' }] };

describe('kept mappings', () => {
  it('come back for files of the same shape only', () => {
    const store = aStore();
    keepMapping(store, MAPPING);
    keepMapping(store, { shapeKey: 'b', corrections: [] });
    expect(findKeptMapping(store, 'a')).toEqual(MAPPING);
    expect(findKeptMapping(store, 'c')).toBeNull();
  });

  it('are limited in number, the oldest go', () => {
    const store = aStore();
    for (let index = 0; index < 40; index++) keepMapping(store, { shapeKey: String(index), corrections: [] });
    expect(findKeptMapping(store, '0')).toBeNull();
    expect(findKeptMapping(store, '39')).not.toBeNull();
  });

  it('of another version or of somebody else are no mappings', () => {
    for (const text of ['{', '7', 'null', JSON.stringify([{ shapeKey: 'a', corrections: [{ column: 1, field: 'colour' }] }])]) {
      expect(findKeptMapping(aStore(text), 'a')).toBeNull();
    }
  });
});
