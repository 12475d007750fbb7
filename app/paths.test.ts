import { describe, expect, it } from 'vitest';
import { toCanonicalHref, toLanguageHref } from './paths.ts';

describe('toLanguageHref', () => {
  it('keeps every parameter of the page and replaces the language', () => {
    const href = toLanguageHref('/', '?model=Antminer+S21%2B&lng=en&count=3&count=4', 'zh');
    const params = new URLSearchParams(href.split('?')[1]);
    expect(params.get('model')).toBe('Antminer S21+');
    expect(params.getAll('count')).toEqual(['3', '4']);
    expect(params.getAll('lng')).toEqual(['zh']);
  });

  it('needs no parameters to start with', () => {
    expect(toLanguageHref('/developers', '', 'en')).toBe('/developers?lng=en');
  });

  it('cannot be led out of a parameter by what it holds', () => {
    expect(toLanguageHref('/', '?model=%22%3E%3Cscript%3E%26lng%3Dxx', 'en')).toBe('/?model=%22%3E%3Cscript%3E%26lng%3Dxx&lng=en');
  });
});

describe('toCanonicalHref', () => {
  it('names a page once per language, without inputs', () => {
    expect(toCanonicalHref('https://example.org', '/', null)).toBe('https://example.org/');
    expect(toCanonicalHref('https://example.org', '/', 'zh')).toBe('https://example.org/?lng=zh');
  });
});
