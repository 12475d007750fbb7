// Answers refused requests, and failures that no page could report, outside of Remix: problem+json (RFC 9457) for programs, a small page for
// people, both in the language that the request asks for.
import type { Request, Response } from 'express';
import { createInstance } from 'i18next';
import en from '../../../locales/en/refusals.json';
import zh from '../../../locales/zh/refusals.json';
import { PATHS } from '../../paths.ts';
import { pickLanguage } from '../i18n/detect-language.ts';
import { HTML_LANG, LANGUAGES, type Language } from '../i18n/languages.ts';
import { I18NEXT_OPTIONS } from '../i18n/options.ts';
import type { Refusal } from './request-guard.ts';

/** Unread bodies up to here are read and dropped, so that an ordinary client gets to see the answer; larger ones are cut off. */
const MAX_DRAINED_BYTES = 64 * 1024 * 1024;
/** Kinds of problems that the developers' page explains, by text. */
const EXPLAINED: Partial<Record<Refusal['text'], string>> = {
  tooManyRequests: 'too-many-requests',
  notCounted: 'unavailable',
  signInNeeded: 'unauthenticated',
  tokenInvalid: 'unauthenticated',
  forbidden: 'forbidden',
  formOutdated: 'forbidden',
  otherSite: 'forbidden',
};

const i18n = createInstance();
// Texts are at hand, so this is done when the call returns.
void i18n.init({ ...I18NEXT_OPTIONS, initImmediate: false, lng: LANGUAGES[0], resources: { en: { refusals: en }, zh: { refusals: zh } } });

export type RefusalWords = { title: string; detail: string; home: string };

export function wordRefusal({ text, values }: Pick<Refusal, 'text' | 'values'>, language: Language): RefusalWords {
  const t = i18n.getFixedT(language, 'refusals');
  return { title: t(`${text}.title`), detail: t(`${text}.detail`, values), home: t('home') };
}

/** RFC 9457. `type` leads to the developers' page where that explains it. */
export function toProblemText({ status, text }: Refusal, { title, detail }: RefusalWords): string {
  const kind = EXPLAINED[text];
  return JSON.stringify({ type: kind === undefined ? 'about:blank' : `${PATHS.developers}#${kind}`, title, status, detail, errors: [] });
}

export function refuse(request: Request, response: Response, refusal: Refusal): void {
  if (Number(request.headers['content-length'] ?? 0) > MAX_DRAINED_BYTES) response.set('Connection', 'close');
  const language = pickLanguage({
    url: URL.canParse(request.originalUrl, 'http://localhost') ? `http://localhost${request.originalUrl}` : 'http://localhost/',
    cookie: request.headers.cookie ?? null,
    acceptLanguage: request.headers['accept-language'] ?? null,
  });
  const words = wordRefusal(refusal, language);
  response
    .status(refusal.status)
    .set({ 'Cache-Control': 'no-store', 'Content-Language': HTML_LANG[language], Vary: 'Accept-Language, Cookie', ...refusal.headers });
  if (request.headers.accept?.includes('text/html')) response.type('text/html').send(toPage(refusal.status, words, language));
  else response.type('application/problem+json').send(toProblemText(refusal, words));
}

/** Needs nothing of the built application but one file of public/. */
function toPage(status: number, { title, detail, home }: RefusalWords, language: Language): string {
  return `<!doctype html>
<html lang="${HTML_LANG[language]}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex"><title>${escapeHtml(title)} – HashInsight</title><link rel="stylesheet" href="/refusal.css"></head>
<body><main><p>${status}</p><h1>${escapeHtml(title)}</h1><p>${escapeHtml(detail)}</p><p><a href="${PATHS.calculator}">${escapeHtml(home)}</a></p></main></body></html>
`;
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}
