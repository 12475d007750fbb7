// The messages of this room, in the language of whoever receives them. Texts are in locales/*/mail.json.
import { i18nServer } from '#app/platform/i18n/i18n.server.ts';
import { type Language, toLanguage } from '#app/platform/i18n/languages.ts';
import type { AccountDeps } from './account-deps.server.ts';

type Addressee = { email: string; name: string; locale: string };

export type LetterKind = 'verify' | 'registered' | 'reset' | 'passwordChanged' | 'changeEmail' | 'emailChanged' | 'secondFactorChanged';

/** Links of messages: the secret stands behind `?`, and the page it leads to sends no Referer elsewhere (Referrer-Policy). */
export function toLink(origin: string, path: string, parameters: Record<string, string> = {}): string {
  const query = new URLSearchParams(parameters).toString();
  return `${origin}${path}${query === '' ? '' : `?${query}`}`;
}

/** `url` null: the message asks for nothing. */
export async function sendAccountLetter(
  deps: Pick<AccountDeps, 'sendLetter'>,
  kind: LetterKind,
  to: Addressee,
  url: string | null,
  details: { at?: Date } = {},
): Promise<void> {
  const language = toLanguage(to.locale);
  const t = await i18nServer.getFixedT(language, 'mail');
  const at = details.at === undefined ? '' : formatInstant(details.at, language);
  await deps.sendLetter({
    to: to.email,
    language,
    subject: t(`${kind}.subject`),
    paragraphs: [t('greeting', { name: to.name }), t(`${kind}.body`, { at }), t(`${kind}.otherwise`)],
    action: url === null ? null : { label: t(`${kind}.action`), url },
    footer: t('footer'),
  });
}

export async function sendInvitationLetter(
  deps: Pick<AccountDeps, 'sendLetter'>,
  letter: { email: string; language: Language; inviter: string; workspace: string; role: string; url: string },
): Promise<void> {
  const t = await i18nServer.getFixedT(letter.language, 'mail');
  const { inviter, workspace, role } = letter;
  await deps.sendLetter({
    to: letter.email,
    language: letter.language,
    subject: t('invitation.subject', { workspace }),
    paragraphs: [t('invitation.body', { inviter, workspace, role }), t('invitation.otherwise')],
    action: { label: t('invitation.action'), url: letter.url },
    footer: t('footer'),
  });
}

function formatInstant(at: Date, language: Language): string {
  const locale = language === 'zh' ? 'zh-CN' : 'en-GB';
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }).format(at);
}
