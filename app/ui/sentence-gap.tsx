/** Between two sentences, or a sentence and the link after it. */
import { useLocale } from '../platform/i18n/use-language.ts';
import { createFormat } from './format.ts';

export function SentenceGap() {
  return createFormat(useLocale()).sentenceGap;
}
