import { describe, expect, it } from 'vitest';
import { createServerI18n, i18nServer } from './i18n.server.ts';

describe('i18nServer', () => {
  it('gives texts in the language of the request', async () => {
    const inChinese = await i18nServer.getFixedT(new Request('http://localhost/?lng=zh'), 'frame');
    const inEnglish = await i18nServer.getFixedT(new Request('http://localhost/?lng=xx'), 'frame');
    expect(inChinese('error.status', { status: 404 })).toBe('状态码 404');
    expect(inEnglish('error.status', { status: 404 })).toBe('Status 404');
  });
});

describe('createServerI18n', () => {
  it('keeps languages apart when responses are rendered at the same time', async () => {
    const [zh, en] = await Promise.all([createServerI18n('zh'), createServerI18n('en')]);
    expect(zh.t('nav.calculator')).toBe('计算器');
    expect(en.t('nav.calculator')).toBe('Calculator');
  });
});
