// Opening an account.
import { useTranslation } from 'react-i18next';
import type { Faults, SignUpField } from '#app/features/accounts/account-form.ts';
import { NarrowPage, Notice, PostForm, TextField } from '#app/features/accounts/account-parts.tsx';
import { PATHS } from '#app/paths.ts';
import {
  DevMailLink,
  EmailField,
  type EntryView,
  NewPasswordField,
  OtherWays,
  SubmitButton,
  WaitNotice,
  withNext,
} from './entry-parts.tsx';

export type SignUpResult =
  | { kind: 'faults'; faults: Faults<SignUpField>; typed: { email: string; name: string; purpose: string; workspace: string } }
  | { kind: 'wait'; seconds: number }
  | { kind: 'sent'; email: string }
  | { kind: 'no-origin'; email: string };

export function SignUpPage({ view, result }: { view: EntryView; result: SignUpResult | undefined }) {
  const { t } = useTranslation('accounts');
  if (result?.kind === 'sent') {
    return (
      <NarrowPage title={t('signUp.sent.title')} lead={t('signUp.sent.lead', { email: result.email })}>
        <DevMailLink hasDevMail={view.hasDevMail} />
        <p className="mute">{t('signUp.sent.nothing')}</p>
      </NarrowPage>
    );
  }
  const faults = result?.kind === 'faults' ? result.faults : {};
  const typed =
    result?.kind === 'faults'
      ? result.typed
      : { email: '', name: '', purpose: view.next.startsWith(PATHS.invitation) ? 'invited' : 'own', workspace: '' };
  return (
    <NarrowPage title={t('signUp.title')} lead={t('signUp.lead')}>
      <WaitNotice result={result} />
      {result?.kind === 'no-origin' ? <Notice kind="bad">{t('noOrigin')}</Notice> : null}
      <PostForm next={view.next}>
        <EmailField value={typed.email} fault={faults.email ?? null} isNew />
        <TextField
          name="name"
          label={t('name.label')}
          autoComplete="name"
          value={typed.name}
          hint={t('name.hint')}
          fault={faults.name ?? null}
        />
        <NewPasswordField label={t('password.label')} fault={faults.password ?? null} />
        <fieldset>
          <legend>{t('purpose.label')}</legend>
          {(['own', 'company', 'invited'] as const).map((purpose) => (
            <label className="choice" key={purpose}>
              <input type="radio" name="purpose" value={purpose} defaultChecked={typed.purpose === purpose} />
              <span>
                {t(`purpose.${purpose}.label`)}
                <small>{t(`purpose.${purpose}.meaning`)}</small>
              </span>
            </label>
          ))}
        </fieldset>
        <TextField
          name="workspace"
          label={t('workspace.label')}
          autoComplete="organization"
          value={typed.workspace}
          hint={t('workspace.hint')}
          fault={faults.workspace ?? null}
          isRequired={false}
        />
        <SubmitButton label={t('signUp.submit')} />
      </PostForm>
      <OtherWays ways={[{ to: withNext(PATHS.signIn, view.next), label: t('signUp.toSignIn') }]} />
    </NarrowPage>
  );
}
