import { beforeAll, describe, expect, it } from 'vitest';
import { createServerI18n } from '#app/platform/i18n/i18n.server.ts';
import { createFormat } from '#app/ui/format.ts';
import { isUnderCent, sayGapRatio, sayGapUsd } from './say-gap.ts';
import type { Texts } from './use-what-if.ts';

const format = createFormat('en');
let en: Texts;
let zh: Texts;

beforeAll(async () => {
  [en, zh] = (await Promise.all(
    ['en', 'zh'].map(async (language) => (await createServerI18n(language as 'en')).getFixedT(null, 'what-if')),
  )) as [Texts, Texts];
});

describe('a proven gap', () => {
  it('is told to the cent, rounded up', () => {
    expect([0.01, 0.0101, 0.14, 12.301, 12_345.001].map((gap) => sayGapUsd(en, format, gap))).toEqual([
      '$0.01',
      '$0.02',
      '$0.14',
      '$12.31',
      '$12,345.01',
    ]);
  });

  it('is less than a cent in words below a cent, in both languages', () => {
    expect([0, 0.0099].map((gap) => [isUnderCent(gap), sayGapUsd(en, format, gap), sayGapUsd(zh, createFormat('zh'), gap)])).toEqual([
      [true, 'less than a cent', '不到一美分'],
      [true, 'less than a cent', '不到一美分'],
    ]);
    expect(isUnderCent(0.01)).toBe(false);
  });

  it('is a ratio of two digits that count, rounded up', () => {
    const ratios = [0.1, 0.00107, 0.0012, 0.0000064, 0.00000641, 0.000996, 1.234, 0];
    expect(ratios.map((ratio) => sayGapRatio(format, ratio))).toEqual([
      '10%',
      '0.11%',
      '0.12%',
      '0.00064%',
      '0.00065%',
      '0.10%',
      '124%',
      '0%',
    ]);
  });
});
