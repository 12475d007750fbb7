// The messages of a demonstration.
import { useTranslation } from 'react-i18next';
import { useInstant } from '#app/features/accounts/own/security-page.tsx';
import { HTML_LANG, type Language } from '#app/platform/i18n/languages.ts';

export type DevMailView = {
  messages: readonly { id: string; to: string; subject: string; text: string; sentAtMs: number; language: Language }[];
};

/** Links of messages can be followed from here, since nobody has received them. */
function LetterText({ text }: { text: string }) {
  const [before = '', url = '', after = ''] = text.split(/(https?:\/\/\S+)/);
  return (
    <pre>
      {before}
      {url === '' ? null : <a href={url}>{url}</a>}
      {after}
    </pre>
  );
}

export function DevMailPage({ view }: { view: DevMailView }) {
  const { t } = useTranslation('accounts');
  const toInstant = useInstant();
  return (
    <main className="main account">
      <div className="page narrow">
        <header>
          <h1>{t('devMail.title')}</h1>
          <p className="mute">{t('devMail.lead')}</p>
        </header>
        {view.messages.length === 0 ? <p className="mute">{t('devMail.none')}</p> : null}
        {view.messages.map(({ id, to, subject, text, sentAtMs, language }) => (
          <article className="letter" key={id} lang={HTML_LANG[language]}>
            <h2>{subject}</h2>
            <p className="dim small">
              {to} · {toInstant(sentAtMs)}
            </p>
            <LetterText text={text} />
          </article>
        ))}
      </div>
    </main>
  );
}
