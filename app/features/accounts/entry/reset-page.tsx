// A new password through the mailbox: asking for the message, and choosing the password.
import { useTranslation } from 'react-i18next';
import type { FieldFault } from '#app/features/accounts/account-form.ts';
import { NarrowPage, Notice, PostForm } from '#app/features/accounts/account-parts.tsx';
import { PATHS } from '#app/paths.ts';
import { DevMailLink, EmailField, type EntryView, NewPasswordField, OtherWays, SubmitButton, WaitNotice } from './entry-parts.tsx';

export type ResetView = EntryView & { state: 'ask' | 'choose' | 'over'; email: string | null };
export type ResetResult =
  | { kind: 'wait'; seconds: number }
  | { kind: 'email-fault'; typed: string }
  | { kind: 'sent' | 'no-origin'; email: string }
  | { kind: 'password-fault'; fault: FieldFault }
  | { kind: 'changed' | 'over' };

export function ResetPage({ view, result }: { view: ResetView; result: ResetResult | undefined }) {
  const { t } = useTranslation('accounts');
  if (result?.kind === 'sent') {
    return (
      <NarrowPage title={t('signUp.sent.title')} lead={t('reset.sent', { email: result.email })}>
        <DevMailLink hasDevMail={view.hasDevMail} />
      </NarrowPage>
    );
  }
  if (result?.kind === 'changed') {
    return (
      <NarrowPage title={t('reset.changed.title')} lead={t('reset.changed.lead')}>
        <p>
          <a className="btn main" href={PATHS.signIn}>
            {t('signIn.submit')}
          </a>
        </p>
      </NarrowPage>
    );
  }
  if (view.state === 'choose' && result?.kind !== 'over') {
    return (
      <NarrowPage title={t('reset.choose.title')} lead={view.email}>
        <PostForm>
          <NewPasswordField label={t('password.new')} fault={result?.kind === 'password-fault' ? result.fault : null} />
          <SubmitButton label={t('reset.choose.submit')} />
        </PostForm>
      </NarrowPage>
    );
  }
  return (
    <NarrowPage title={t('reset.title')} lead={t('reset.lead')}>
      {view.state === 'over' || result?.kind === 'over' ? <Notice kind="bad">{t('reset.over')}</Notice> : null}
      <WaitNotice result={result} />
      {result?.kind === 'no-origin' ? <Notice kind="bad">{t('noOrigin')}</Notice> : null}
      <PostForm action={PATHS.reset}>
        <EmailField
          value={result?.kind === 'email-fault' ? result.typed : ''}
          fault={result?.kind === 'email-fault' ? { kind: 'email-unreadable' } : null}
        />
        <SubmitButton label={t('reset.submit')} />
      </PostForm>
      <OtherWays ways={[{ to: PATHS.signIn, label: t('signUp.toSignIn') }]} />
    </NarrowPage>
  );
}
