import { describe, expect, it } from 'vitest';
import { detectLanguage, findAcceptedLanguage, findCookieLanguage, serializeLanguageChoice } from './detect-language.ts';

function aRequest(path: string, headers: Record<string, string> = {}): Request {
  return new Request(`http://localhost:3000${path}`, { headers });
}

describe('detectLanguage', () => {
  it('takes ?lng= before the cookie, the cookie before Accept-Language, and English at last', () => {
    const headers = { Cookie: 'lng=en', 'Accept-Language': 'zh-CN' };
    expect(detectLanguage(aRequest('/?lng=zh', headers))).toBe('zh');
    expect(detectLanguage(aRequest('/', headers))).toBe('en');
    expect(detectLanguage(aRequest('/', { 'Accept-Language': 'zh-CN' }))).toBe('zh');
    expect(detectLanguage(aRequest('/'))).toBe('en');
  });

  it('treats a language it does not speak as not given', () => {
    expect(detectLanguage(aRequest('/?lng=xx', { Cookie: 'lng=zh' }))).toBe('zh');
    expect(detectLanguage(aRequest('/', { Cookie: 'lng=xx', 'Accept-Language': 'zh' }))).toBe('zh');
    expect(detectLanguage(aRequest('/?lng=', { 'Accept-Language': 'fr, de' }))).toBe('en');
    expect(detectLanguage(aRequest('/?lng=__proto__'))).toBe('en');
  });

  it('reads regional tags in any case', () => {
    expect(detectLanguage(aRequest('/?lng=zh-CN'))).toBe('zh');
    expect(detectLanguage(aRequest('/?lng=ZH'))).toBe('zh');
  });
});

describe('findAcceptedLanguage', () => {
  it('follows the reader’s order even when a later tag matches more exactly', () => {
    expect(findAcceptedLanguage('zh-CN, en;q=0.9')).toBe('zh');
    expect(findAcceptedLanguage('zh-Hans-CN;q=0.8, en-GB')).toBe('en');
  });

  it('goes by weight, not by place, and skips what the reader refuses', () => {
    expect(findAcceptedLanguage('en;q=0.5, zh;q=0.7')).toBe('zh');
    expect(findAcceptedLanguage('zh;q=0, en;q=0.1')).toBe('en');
  });

  it('finds nothing in a header that is absent, foreign or nonsense', () => {
    for (const header of [null, '', '*', 'fr-FR,fr;q=0.9', ';;;,,q=,-', 'zh;q=abc;q=']) {
      expect(findAcceptedLanguage(header)).toBe(header?.startsWith('zh') ? 'zh' : null);
    }
  });
});

describe('findCookieLanguage', () => {
  it('finds the language among other cookies and nothing else', () => {
    expect(findCookieLanguage('session=abc; lng=zh; theme=dark')).toBe('zh');
    expect(findCookieLanguage('xlng=zh')).toBeNull();
    expect(findCookieLanguage('lng')).toBeNull();
    expect(findCookieLanguage(null)).toBeNull();
  });
});

describe('serializeLanguageChoice', () => {
  it('keeps a choice for a year, for this site, and for https only when the connection is https', () => {
    expect(serializeLanguageChoice(aRequest('/?lng=zh'), false)).toBe('lng=zh; Path=/; Max-Age=31536000; SameSite=Lax');
    expect(serializeLanguageChoice(aRequest('/?lng=zh'), true)).toMatch(/; Secure$/);
  });

  it('sets nothing without a choice, for an unknown language, or when the cookie holds it already', () => {
    expect(serializeLanguageChoice(aRequest('/', { 'Accept-Language': 'zh' }), false)).toBeNull();
    expect(serializeLanguageChoice(aRequest('/?lng=xx'), false)).toBeNull();
    expect(serializeLanguageChoice(aRequest('/?lng=zh', { Cookie: 'lng=zh' }), false)).toBeNull();
  });
});
