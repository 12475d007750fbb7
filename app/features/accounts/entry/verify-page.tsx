// Confirming an address: that of a new account, or a new one of an old account.
import { useTranslation } from 'react-i18next';
import { NarrowPage, Notice, PostForm } from '#app/features/accounts/account-parts.tsx';
import { PATHS } from '#app/paths.ts';
import { type EntryView, KnownPasswordField, OtherWays, SubmitButton, WaitNotice } from './entry-parts.tsx';
import type { SignInResult } from './sign-in-page.tsx';

export type VerifyView = EntryView & { state: 'confirm' | 'change' | 'over'; email: string | null };
export type VerifyResult = SignInResult | { kind: 'over' | 'changed' | 'taken' };

export function VerifyPage({ view, result }: { view: VerifyView; result: VerifyResult | undefined }) {
  const { t } = useTranslation('accounts');
  if (result?.kind === 'changed' || result?.kind === 'taken') {
    return (
      <NarrowPage title={t(`verify.${result.kind}.title`)} lead={t(`verify.${result.kind}.lead`)}>
        <p>
          <a href={PATHS.profile}>{t('verify.toProfile')}</a>
        </p>
      </NarrowPage>
    );
  }
  if (view.state === 'over' || result?.kind === 'over') {
    return (
      <NarrowPage title={t('verify.over.title')} lead={t('verify.over.lead')}>
        <p>
          <a href={PATHS.signIn}>{t('signUp.toSignIn')}</a>
        </p>
      </NarrowPage>
    );
  }
  const isChange = view.state === 'change';
  return (
    <NarrowPage
      title={t(isChange ? 'verify.change.title' : 'verify.title')}
      lead={t(isChange ? 'verify.change.lead' : 'verify.lead', { email: view.email })}
    >
      <WaitNotice result={result} />
      {result?.kind === 'suspended' ? <Notice kind="bad">{t('signIn.suspended')}</Notice> : null}
      <PostForm next={view.next}>
        {isChange ? null : (
          <KnownPasswordField hint={t('verify.passwordHint')} fault={result?.kind === 'refused' ? { kind: 'password-wrong' } : null} />
        )}
        <SubmitButton label={t('verify.submit')} />
      </PostForm>
      {isChange ? null : <OtherWays ways={[{ to: PATHS.reset, label: t('signIn.forgotten') }]} />}
    </NarrowPage>
  );
}
