import { describe, expect, it } from 'vitest';
import { repairJson } from './repair-json.ts';

const parsed = (text: string): unknown => {
  const repaired = repairJson(text);
  return repaired === null ? 'beyond repair' : JSON.parse(repaired);
};

describe('repairJson', () => {
  it.each([
    ['{"a":1}'],
    [' [1, 2 , {"b": "}{" }]\n'],
    ['"}{"'],
    ['{"a":"\\u0041\\n\\"","b":[[],{}],"c":-1.5e-3,"d":null}'],
    ['{"a":"nan, inf ][ ,}"}'],
    ['{"__proto__":{"a":1}}'],
    ['3'],
  ])('gives back a correct document as it is: %s', (text) => {
    expect(repairJson(text)).toBe(text);
  });

  it.each<[string, string, unknown]>([
    ['a missing comma between objects', '{"S":[{"a":1}{"b":2}]}', { S: [{ a: 1 }, { b: 2 }] }],
    ['a missing comma between lists', '{"S":[[1][2]]}', { S: [[1], [2]] }],
    ['a missing comma after a list or an object', '{"a":[1]"b":{"c":2}"d":3}', { a: [1], b: { c: 2 }, d: 3 }],
    ['a missing comma between texts', '{"acs":"""temp0":7}', { acs: '', temp0: 7 }],
    ['a comma before a closing brace', '{"a":1,}', { a: 1 }],
    ['a comma before a closing bracket', '{"a":[1,2,]}', { a: [1, 2] }],
    ['a comma after an opening bracket', '{"a":[,{"b":1}]}', { a: [{ b: 1 }] }],
    ['doubled commas', '{"a":1,,"b":2}', { a: 1, b: 2 }],
    ['a leading comma', ',{"a":1}', { a: 1 }],
    ['trailing NULs', '{"a":1}\0\0', { a: 1 }],
    ['bare nan and inf', '{"a":nan,"b":-nan,"c":inf,"d":-Infinity,"e":NaN}', { a: null, b: null, c: null, d: null, e: null }],
    ['an escaped apostrophe', '{"v":"\\\'20200917\\\'"}', { v: "'20200917'" }],
    ['an escape that is none', '{"v":"C:\\x"}', { v: 'C:\\x' }],
    ['half a unicode escape', '{"v":"\\u12"}', { v: '\\u12' }],
    ['raw control characters', '{"v":"a\nb\tc\u0001"}', { v: 'a\nb\tc\u0001' }],
    [
      'an object in square brackets',
      '{"Msg":{"error_code":["206":"2021-01-01 10:00:00","110":""]}}',
      { Msg: { error_code: { 206: '2021-01-01 10:00:00', 110: '' } } },
    ],
    ['several of them', ',{"S":[{"a":nan,}{"b":"\\\'"}],}\0', { S: [{ a: null }, { b: "'" }] }],
  ])('repairs %s', (_, text, document) => {
    expect(parsed(text)).toEqual(document);
  });

  it.each([
    ['nothing', ''],
    ['an end inside an object', '{"a":1'],
    ['an end inside a list', '{"a":[1,2'],
    ['an end inside a text', '{"a":"b'],
    ['an end after a backslash', '{"a":"b\\'],
    ['an end after a colon', '{"a":'],
    ['brackets that do not match', '{"a":[1}'],
    ['a second document', '{"a":1}{"b":2}'],
    ['text after the document', '{"a":1} trailing'],
    ['a missing value', '{"a":,"b":1}'],
    ['a missing colon', '{"a" 1}'],
    ['a quote inside a text', '{"worker":"a"b"}'],
    ['a number that is none', '{"a":0x10}'],
    ['a colon in a list that has more before it', '{"a":["x","y":1]}'],
    ['a page', '<!doctype html><p>"x":{}</p>'],
  ])('does not guess at %s', (_, text) => {
    expect(repairJson(text)).toBeNull();
  });

  it('is done with hostile megabytes in one pass', () => {
    const million = 1_000_000;
    const hostile = [
      '{'.repeat(million),
      '['.repeat(million),
      '[,'.repeat(million),
      '{"a":'.repeat(million / 5),
      `{"a":"${'\\'.repeat(million + 1)}`,
      `{"a":"${'\\x'.repeat(million / 2)}"}{`,
      `[${'nan '.repeat(million / 4)}`,
      `{"a":${'9'.repeat(million)}x}`,
      `{"a":[${'"x":'.repeat(million / 4)}]}`,
      `${','.repeat(million)}{"a":1`,
      `["${'\u0001'.repeat(million)}`,
    ];
    expect(hostile.map((text) => repairJson(text))).toEqual(hostile.map(() => null));
  });

  it('repairs a large reply', () => {
    const records = Array.from({ length: 20_000 }, (_, index) => `{"STATS":${index},"v":nan,}`).join('');
    expect((parsed(`{"STATS":[${records}]}`) as { STATS: unknown[] }).STATS).toHaveLength(20_000);
  });
});
