import { describe, expect, it } from 'vitest';
import { findDuplicateKey } from './find-duplicate-key.ts';

const find = (text: string) => findDuplicateKey(text, JSON.parse(text));

describe('findDuplicateKey', () => {
  it('finds a name that stands twice in one object, and where', () => {
    expect(find('{"a": 1,\n "b": 2, "a": 3}')).toEqual({ key: 'a', line: 2, column: 10 });
    expect(find('{"rows": [{"a": 1}, {"b": {"c": 1, "c": 1}}]}')).toMatchObject({ key: 'c', line: 1 });
    expect(find('{"__proto__": 1, "__proto__": 2}')).toMatchObject({ key: '__proto__' });
  });

  it('sees through escapes', () => {
    expect(find('{"powerW": 1, "power\\u0057": 2}')).toMatchObject({ key: 'powerW' });
  });

  it('leaves equal names of different objects, and strings that look like names, alone', () => {
    for (const text of [
      '{"rows": [{"a": 1}, {"a": 1}], "a": {"a": 1}}',
      '{"model": "\\":", "b": "\\"model\\": 1"}',
      '["a", "a"]',
      '{"a": ["a", "b", "b"], "b": "a"}',
      '7',
      '{}',
    ]) {
      expect(find(text), text).toBeNull();
    }
  });

  it('reads a body of brackets', () => {
    const deep = `${'['.repeat(5000)}{"a":1,"a":2}${']'.repeat(5000)}`;
    expect(find(deep)).toMatchObject({ key: 'a' });
  });
});
