// The languages the product speaks. Adding one means: an entry here, a folder in locales/, and the parity check passes.

export const LANGUAGES = ['en', 'zh'] as const;

export type Language = (typeof LANGUAGES)[number];

/** For whoever asked for none of ours. */
export const DEFAULT_LANGUAGE: Language = 'en';

/** BCP 47 tags for `<html lang>` and for Intl. The Chinese texts are written in simplified characters for mainland readers. */
export const HTML_LANG: Record<Language, string> = { en: 'en', zh: 'zh-CN' };

/** Each language's name in itself, so that its readers find it on a page they cannot read. */
export const LANGUAGE_NAMES: Record<Language, string> = { en: 'English', zh: '中文' };

/** Our language for a BCP 47 tag by its first part (`zh-Hans-CN` -> `zh`), in any case; `null` when we do not speak it. */
export function findLanguage(tag: string): Language | null {
  const primary = tag.trim().split('-')[0]?.toLowerCase();
  return LANGUAGES.find((language) => language === primary) ?? null;
}

/** As `findLanguage`; tags we do not speak give the default language. */
export function toLanguage(tag: string): Language {
  return findLanguage(tag) ?? DEFAULT_LANGUAGE;
}
