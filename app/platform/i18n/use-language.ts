// The active language inside React, alike on server and in browser.
import { useTranslation } from 'react-i18next';
import { type Language, toLanguage } from './languages.ts';

export function useLocale(): Language {
  return toLanguage(useTranslation().i18n.language);
}
