// Signing in with a password.
import { useTranslation } from 'react-i18next';
import { NarrowPage, Notice, PostForm } from '#app/features/accounts/account-parts.tsx';
import { PATHS } from '#app/paths.ts';
import {
  DevMailLink,
  EmailField,
  type EntryView,
  KnownPasswordField,
  OtherWays,
  SubmitButton,
  WaitNotice,
  withNext,
} from './entry-parts.tsx';

export type SignInResult = { kind: 'wait'; seconds: number } | { kind: 'refused' | 'suspended' | 'unverified'; email: string };

export function SignInPage({ view, result }: { view: EntryView; result: SignInResult | undefined }) {
  const { t } = useTranslation('accounts');
  return (
    <NarrowPage title={t('signIn.title')}>
      <WaitNotice result={result} />
      {result !== undefined && result.kind !== 'wait' ? <Notice kind="bad">{t(`signIn.${result.kind}`)}</Notice> : null}
      {result?.kind === 'unverified' ? <DevMailLink hasDevMail={view.hasDevMail} /> : null}
      <PostForm next={view.next}>
        <EmailField value={result !== undefined && result.kind !== 'wait' ? result.email : ''} />
        <KnownPasswordField />
        <SubmitButton label={t('signIn.submit')} />
      </PostForm>
      <OtherWays
        ways={[
          { to: PATHS.reset, label: t('signIn.forgotten') },
          { to: withNext(PATHS.signInWallet, view.next), label: t('signIn.withWallet') },
          { to: withNext(PATHS.signUp, view.next), label: t('signIn.toSignUp') },
        ]}
      />
    </NarrowPage>
  );
}
