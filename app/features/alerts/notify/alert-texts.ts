/** The words of alerts, by language, without a request: the worker has none. */
import { createInstance, type TFunction } from 'i18next';
import type { Language } from '#app/platform/i18n/languages.ts';
import { I18NEXT_OPTIONS } from '#app/platform/i18n/options.ts';
import en from '../../../../locales/en/alerts.json';
import zh from '../../../../locales/zh/alerts.json';

const i18n = createInstance();
// Texts are at hand, so this is done when the call returns.
void i18n.init({ ...I18NEXT_OPTIONS, initImmediate: false, lng: 'en', resources: { en: { alerts: en }, zh: { alerts: zh } } });

export function alertTexts(language: Language): TFunction<'alerts'> {
  return i18n.getFixedT(language, 'alerts');
}
