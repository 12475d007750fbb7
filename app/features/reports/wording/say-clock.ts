/** Instants as the site's own clock shows them. Pure. */
import { HTML_LANG, type Language } from '#app/platform/i18n/languages.ts';

export function createClock(language: Language, timeZone: string) {
  const locale = language === 'en' ? 'en-US' : HTML_LANG[language];
  const writer = (options: Intl.DateTimeFormatOptions) => {
    const formatter = new Intl.DateTimeFormat(locale, { timeZone, hourCycle: 'h23', ...options });
    return (instant: string) => formatter.format(new Date(instant));
  };
  const day = { year: 'numeric', month: language === 'zh' ? 'long' : 'short', day: 'numeric' } as const;
  const time = { hour: '2-digit', minute: '2-digit' } as const;
  return { day: writer(day), time: writer(time), full: writer({ ...day, ...time }) };
}
