/** The words of a report, by language, without a request: the worker has none. */
import { createInstance, type TFunction } from 'i18next';
import { readSourceName } from '#app/features/market/source-names.ts';
import type { Language } from '#app/platform/i18n/languages.ts';
import { I18NEXT_OPTIONS } from '#app/platform/i18n/options.ts';
import { createFormat, type Format } from '#app/ui/format.ts';
import enMarket from '../../../../locales/en/market.json';
import en from '../../../../locales/en/reports.json';
import zhMarket from '../../../../locales/zh/market.json';
import zh from '../../../../locales/zh/reports.json';

export type ReportTexts = TFunction<'reports'>;

/** What every sentence of a report is written with. */
export type Say = { t: ReportTexts; format: Format; language: Language };

const i18n = createInstance();
// Texts are at hand, so this is done when the call returns.
void i18n.init({ ...I18NEXT_OPTIONS, initImmediate: false, lng: 'en', resources: { en: { reports: en }, zh: { reports: zh } } });

export function createSay(language: Language): Say {
  return { t: i18n.getFixedT(language, 'reports'), format: createFormat(language), language };
}

/** Sources by the names that the pages say. */
const SOURCE_NAMES = { en: enMarket.sourceName, zh: zhMarket.sourceName } as const;

export function saySources({ format, language }: Pick<Say, 'format' | 'language'>, source: string): string {
  return format.list(readSourceName(source).map(({ key, name }) => (key === null ? name : SOURCE_NAMES[language][key])));
}

const CENTS_BELOW_USD = 100;

/** An amount of money: cents only where they say something. */
export function sayUsd({ format }: Pick<Say, 'format'>, usd: number | null): string {
  return format.usd(usd, usd !== null && Math.abs(usd) < CENTS_BELOW_USD ? 2 : 0);
}

export function saySignedUsd({ format }: Pick<Say, 'format'>, usd: number | null): string {
  return format.signedUsd(usd, usd !== null && Math.abs(usd) < CENTS_BELOW_USD ? 2 : 0);
}
