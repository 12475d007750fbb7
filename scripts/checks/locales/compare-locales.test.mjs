import { describe, expect, it } from 'vitest';
import { compareLocales } from './compare-locales.mjs';

const problemsOf = (en, zh, exceptions = {}) => compareLocales({ en: { 'page.json': en }, zh: { 'page.json': zh }, exceptions });

describe('compareLocales', () => {
  it('finds nothing when both languages say the same', () => {
    const en = {
      title: 'Hello {{name}}',
      machines_one: '{{count}} machine',
      machines_other: '{{count}} machines',
      unit: 'TH/s',
      steps: ['One', 'Two'],
    };
    const zh = { title: '{{ name }}，你好', machines_other: '{{count}} 台矿机', unit: 'TH/s', steps: ['一', '二'] };
    expect(problemsOf(en, zh)).toEqual([]);
  });

  it('names a file that one language lacks', () => {
    expect(compareLocales({ en: { 'a.json': {}, 'b.json': {} }, zh: { 'a.json': {} }, exceptions: {} })).toEqual(['b.json: missing in zh']);
    expect(compareLocales({ en: {}, zh: { 'a.json': {} }, exceptions: {} })).toEqual(['a.json: missing in en']);
  });

  it('names a key that one language lacks', () => {
    expect(problemsOf({ a: { b: 'Text', c: 'Text' } }, { a: { b: '文' } })).toEqual(['page.json: a.c is missing in zh']);
    expect(problemsOf({}, { a: '文' })).toEqual(['page.json: a is missing in en']);
  });

  it.each([
    ['English without its singular', { n_other: 'x' }, { n_other: '台' }, 'n needs exactly the plural forms one, other in en'],
    [
      'Chinese with a singular, which it does not have',
      { n_one: 'x', n_other: 'x' },
      { n_one: '台', n_other: '台' },
      'n needs exactly the plural forms other in zh',
    ],
    ['a plural in one language only', { n_one: 'x', n_other: 'x' }, { n: '台' }, 'n needs exactly the plural forms other in zh'],
  ])('refuses %s', (_case, en, zh, problem) => {
    expect(problemsOf(en, zh)).toContain(`page.json: ${problem}`);
  });

  it('refuses placeholders that differ', () => {
    expect(problemsOf({ a: 'From {{from}} to {{to}}' }, { a: '从 {{from}} 起' })).toEqual([
      'page.json: a has {from,to} in en and {from} in zh',
    ]);
  });

  it('refuses a text that is empty or no text', () => {
    expect(problemsOf({ a: ' ', b: 'Text' }, { a: '文', b: 7 })).toEqual([
      'page.json: a is empty or not a text in en',
      'page.json: b is empty or not a text in zh',
    ]);
  });

  it('refuses an English phrase among the Chinese texts, copied or not', () => {
    expect(problemsOf({ a: 'Type a power price' }, { a: 'Type a power price' })).toEqual(['page.json: a is not translated in zh']);
    expect(problemsOf({ a: 'Type a power price' }, { a: 'Enter your power price' })).toEqual(['page.json: a is not translated in zh']);
  });

  it('refuses Chinese characters among the English texts', () => {
    expect(problemsOf({ a: 'Price 价格' }, { a: '价格' })).toEqual(['page.json: a holds Chinese characters in en']);
  });

  it('lets units and addresses pass', () => {
    const text = 'POST /api/v1/roi/batch, USD/kWh';
    expect(problemsOf({ a: text }, { a: text })).toEqual([]);
  });

  it('accepts what the list allows, and refuses an entry of the list that nobody needs', () => {
    const list = { 'page.json:language': 'the name of a language is written in that language' };
    expect(problemsOf({ language: '中文' }, { language: '中文' }, list)).toEqual([]);
    expect(problemsOf({ gap: ' ' }, { gap: '' }, { 'page.json:gap': 'between sentences' })).toEqual([]);
    expect(problemsOf({ language: 'Chinese' }, { language: '中文' }, list)).toEqual([
      'page.json:language: listed as an exception, but it needs none',
    ]);
  });
});
