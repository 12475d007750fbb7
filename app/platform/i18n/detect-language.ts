// Which language a request is answered in. Pure: takes the address and the headers, knows no framework.
// Written here because the detector that comes with remix-i18next prefers an exact tag to the reader's order: it answers
// `zh-CN, en;q=0.9` (what Safari sends in China) in English.
import { LANGUAGE_PARAM } from '../../paths.ts';
import { DEFAULT_LANGUAGE, findLanguage, type Language } from './languages.ts';

const LANGUAGE_COOKIE = LANGUAGE_PARAM;
const ONE_YEAR_S = 31_536_000;

/** The language chosen with `?lng=`; `null` when absent or not one of ours. */
export function findChosenLanguage(url: string): Language | null {
  return findLanguage(new URL(url).searchParams.get(LANGUAGE_PARAM) ?? '');
}

/** The language kept in the cookie; `null` when absent or not one of ours. */
export function findCookieLanguage(cookieHeader: string | null): Language | null {
  for (const pair of (cookieHeader ?? '').split(';')) {
    const [name, value] = pair.split('=');
    if (name?.trim() === LANGUAGE_COOKIE) return findLanguage(value ?? '');
  }
  return null;
}

/** The first of our languages in order of the weights of `Accept-Language` (RFC 9110, 12.5.4); equal weights: as written. */
export function findAcceptedLanguage(acceptLanguage: string | null): Language | null {
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((entry) => {
      const [tag = '', ...parameters] = entry.split(';');
      const weight = parameters.map((parameter) => /^\s*q=([\d.]+)\s*$/i.exec(parameter)?.[1]).find((text) => text !== undefined);
      return { language: findLanguage(tag), weight: weight === undefined ? 1 : Number.parseFloat(weight) };
    })
    .filter((entry) => entry.weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return wanted.find((entry) => entry.language !== null)?.language ?? null;
}

/** What of a request says which language it wants; `url` absolute. */
export type LanguageHints = { url: string; cookie: string | null; acceptLanguage: string | null };

/** Order: `?lng=`, cookie, `Accept-Language`, English. A language we do not speak counts as not given. */
export function pickLanguage({ url, cookie, acceptLanguage }: LanguageHints): Language {
  return findChosenLanguage(url) ?? findCookieLanguage(cookie) ?? findAcceptedLanguage(acceptLanguage) ?? DEFAULT_LANGUAGE;
}

/** As `pickLanguage`. */
export function detectLanguage(request: Request): Language {
  const { url, headers } = request;
  return pickLanguage({ url, cookie: headers.get('Cookie'), acceptLanguage: headers.get('Accept-Language') });
}

/** `Set-Cookie` value when the request chooses a language that the cookie does not hold yet, else `null`. Holds nothing else. */
export function serializeLanguageChoice(request: Request, secure: boolean): string | null {
  const chosen = findChosenLanguage(request.url);
  if (chosen === null || chosen === findCookieLanguage(request.headers.get('Cookie'))) return null;
  return `${LANGUAGE_COOKIE}=${chosen}; Path=/; Max-Age=${ONE_YEAR_S}; SameSite=Lax${secure ? '; Secure' : ''}`;
}
