// The pages before sign-in.
import { Link } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { PATHS } from '#app/paths.ts';
import type { Faults, FieldFault, SignUpField } from './account-form.ts';
import { NarrowPage, Notice, PostForm, TextField } from './account-parts.tsx';
import { MAX_PASSWORD_CHARACTERS, MIN_PASSWORD_CHARACTERS } from './password-rules.ts';

export type EntryView = { next: string; hasDevMail: boolean };

const withNext = (path: string, next: string) => (next === PATHS.profile ? path : `${path}?${new URLSearchParams({ next })}`);

/** Without a mail server messages can be read here; only where nothing is real. */
function DevMailLink({ hasDevMail }: { hasDevMail: boolean }) {
  const { t } = useTranslation('accounts');
  return hasDevMail ? (
    <p>
      <a href={PATHS.devMail}>{t('devMail.link')}</a>
    </p>
  ) : null;
}

function WaitNotice({ seconds }: { seconds: number }) {
  const { t } = useTranslation('accounts');
  return (
    <Notice kind="bad">
      {seconds < 90 ? t('wait.seconds', { count: seconds }) : t('wait.minutes', { count: Math.ceil(seconds / 60) })}
    </Notice>
  );
}

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
      {result?.kind === 'wait' ? <WaitNotice seconds={result.seconds} /> : null}
      {result?.kind === 'no-origin' ? <Notice kind="bad">{t('noOrigin')}</Notice> : null}
      <PostForm next={view.next}>
        <TextField
          name="email"
          label={t('email')}
          type="email"
          autoComplete="email"
          inputMode="email"
          value={typed.email}
          fault={faults.email ?? null}
        />
        <TextField
          name="name"
          label={t('name.label')}
          autoComplete="name"
          value={typed.name}
          hint={t('name.hint')}
          fault={faults.name ?? null}
        />
        <TextField
          name="password"
          label={t('password.label')}
          type="password"
          autoComplete="new-password"
          hint={t('password.hint', { min: MIN_PASSWORD_CHARACTERS, max: MAX_PASSWORD_CHARACTERS })}
          fault={faults.password ?? null}
        />
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
        <button className="btn main" type="submit">
          {t('signUp.submit')}
        </button>
      </PostForm>
      <p className="alt">
        <Link to={withNext(PATHS.signIn, view.next)} reloadDocument>
          {t('signUp.toSignIn')}
        </Link>
      </p>
    </NarrowPage>
  );
}

export type SignInResult = { kind: 'wait'; seconds: number } | { kind: 'refused' | 'suspended' | 'unverified'; email: string };

export function SignInPage({ view, result }: { view: EntryView; result: SignInResult | undefined }) {
  const { t } = useTranslation('accounts');
  return (
    <NarrowPage title={t('signIn.title')}>
      {result?.kind === 'wait' ? <WaitNotice seconds={result.seconds} /> : null}
      {result !== undefined && result.kind !== 'wait' ? <Notice kind="bad">{t(`signIn.${result.kind}`)}</Notice> : null}
      {result?.kind === 'unverified' ? <DevMailLink hasDevMail={view.hasDevMail} /> : null}
      <PostForm next={view.next}>
        <TextField
          name="email"
          label={t('email')}
          type="email"
          autoComplete="username"
          inputMode="email"
          value={result !== undefined && result.kind !== 'wait' ? result.email : ''}
        />
        <TextField name="password" label={t('password.label')} type="password" autoComplete="current-password" />
        <button className="btn main" type="submit">
          {t('signIn.submit')}
        </button>
      </PostForm>
      <div className="alt">
        <Link to={PATHS.reset} reloadDocument>
          {t('signIn.forgotten')}
        </Link>
        <Link to={withNext(PATHS.signInWallet, view.next)} reloadDocument>
          {t('signIn.withWallet')}
        </Link>
        <Link to={withNext(PATHS.signUp, view.next)} reloadDocument>
          {t('signIn.toSignUp')}
        </Link>
      </div>
    </NarrowPage>
  );
}

export function CodePage({
  view,
  result,
}: {
  view: EntryView;
  result: { kind: 'refused' } | { kind: 'wait'; seconds: number } | undefined;
}) {
  const { t } = useTranslation('accounts');
  return (
    <NarrowPage title={t('code.title')} lead={t('code.lead')}>
      {result?.kind === 'wait' ? <WaitNotice seconds={result.seconds} /> : null}
      <PostForm next={view.next}>
        <TextField
          name="code"
          label={t('code.label')}
          autoComplete="one-time-code"
          hint={t('code.hint')}
          fault={result?.kind === 'refused' ? { kind: 'code-wrong' } : null}
        />
        <button className="btn main" type="submit">
          {t('code.submit')}
        </button>
      </PostForm>
      <p className="alt">
        <Link to={PATHS.signIn} reloadDocument>
          {t('code.again')}
        </Link>
      </p>
    </NarrowPage>
  );
}

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
      {result?.kind === 'wait' ? <WaitNotice seconds={result.seconds} /> : null}
      {result?.kind === 'suspended' ? <Notice kind="bad">{t('signIn.suspended')}</Notice> : null}
      <PostForm next={view.next}>
        {isChange ? null : (
          <TextField
            name="password"
            label={t('password.label')}
            type="password"
            autoComplete="current-password"
            hint={t('verify.passwordHint')}
            fault={result?.kind === 'refused' ? { kind: 'password-wrong' } : null}
          />
        )}
        <button className="btn main" type="submit">
          {t('verify.submit')}
        </button>
      </PostForm>
      {isChange ? null : (
        <p className="alt">
          <Link to={PATHS.reset} reloadDocument>
            {t('signIn.forgotten')}
          </Link>
        </p>
      )}
    </NarrowPage>
  );
}

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
          <TextField
            name="password"
            label={t('password.new')}
            type="password"
            autoComplete="new-password"
            hint={t('password.hint', { min: MIN_PASSWORD_CHARACTERS, max: MAX_PASSWORD_CHARACTERS })}
            fault={result?.kind === 'password-fault' ? result.fault : null}
          />
          <button className="btn main" type="submit">
            {t('reset.choose.submit')}
          </button>
        </PostForm>
      </NarrowPage>
    );
  }
  return (
    <NarrowPage title={t('reset.title')} lead={t('reset.lead')}>
      {view.state === 'over' || result?.kind === 'over' ? <Notice kind="bad">{t('reset.over')}</Notice> : null}
      {result?.kind === 'wait' ? <WaitNotice seconds={result.seconds} /> : null}
      {result?.kind === 'no-origin' ? <Notice kind="bad">{t('noOrigin')}</Notice> : null}
      <PostForm action={PATHS.reset}>
        <TextField
          name="email"
          label={t('email')}
          type="email"
          autoComplete="username"
          inputMode="email"
          value={result?.kind === 'email-fault' ? result.typed : ''}
          fault={result?.kind === 'email-fault' ? { kind: 'email-unreadable' } : null}
        />
        <button className="btn main" type="submit">
          {t('reset.submit')}
        </button>
      </PostForm>
      <p className="alt">
        <Link to={PATHS.signIn} reloadDocument>
          {t('signUp.toSignIn')}
        </Link>
      </p>
    </NarrowPage>
  );
}
