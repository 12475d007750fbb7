// The offer of a place in a workspace, and the messages of a demonstration.
import { useTranslation } from 'react-i18next';
import { NEXT_PARAM, PATHS } from '#app/paths.ts';
import { HTML_LANG, type Language } from '#app/platform/i18n/languages.ts';
import { findMemberRole } from '#app/platform/permissions/member-role.ts';
import { NarrowPage, Notice, PostForm } from './account-parts.tsx';
import { useInstant } from './security-page.tsx';

export type InvitationView = {
  here: string;
  offer: { workspace: string; role: string; email: string } | null;
  signedInAs: string | null;
  isForPerson: boolean;
};

export function InvitationPage({ view, result }: { view: InvitationView; result: { kind: 'over' | 'other-address' } | undefined }) {
  const { t } = useTranslation('accounts');
  const { offer, signedInAs, here } = view;
  if (offer === null || result?.kind === 'over')
    return (
      <NarrowPage title={t('invitation.over.title')} lead={t('invitation.over.lead')}>
        {null}
      </NarrowPage>
    );
  const next = new URLSearchParams({ [NEXT_PARAM]: here });
  return (
    <NarrowPage
      title={t('invitation.title', { workspace: offer.workspace })}
      lead={t('invitation.lead', { role: t(`role.${findMemberRole(offer.role) ?? 'customer'}`), email: offer.email })}
    >
      {signedInAs === null ? (
        <div className="acts">
          <a className="btn main" href={`${PATHS.signIn}?${next}`}>
            {t('signIn.submit')}
          </a>
          <a className="btn" href={`${PATHS.signUp}?${next}`}>
            {t('signUp.submit')}
          </a>
        </div>
      ) : view.isForPerson ? (
        <PostForm>
          <button className="btn main" type="submit">
            {t('invitation.join')}
          </button>
        </PostForm>
      ) : (
        <Notice kind="bad">{t('invitation.otherAddress', { email: offer.email, signedInAs })}</Notice>
      )}
    </NarrowPage>
  );
}

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
