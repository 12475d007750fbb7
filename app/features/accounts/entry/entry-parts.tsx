// What the pages before sign-in share: their fields, the way to the other pages, and what stands in the way.
import { Link } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import type { FieldFault } from '#app/features/accounts/account-form.ts';
import { Notice, TextField } from '#app/features/accounts/account-parts.tsx';
import { MAX_PASSWORD_CHARACTERS, MIN_PASSWORD_CHARACTERS } from '#app/features/accounts/passwords/password-rules.ts';
import { PATHS } from '#app/paths.ts';

export type EntryView = { next: string; hasDevMail: boolean };

/** The page, and from there on to where the reader wanted to go. */
export const withNext = (path: string, next: string) => (next === PATHS.profile ? path : `${path}?${new URLSearchParams({ next })}`);

/** Without a mail server messages can be read here; only where nothing is real. */
export function DevMailLink({ hasDevMail }: { hasDevMail: boolean }) {
  const { t } = useTranslation('accounts');
  return hasDevMail ? (
    <p>
      <a href={PATHS.devMail}>{t('devMail.link')}</a>
    </p>
  ) : null;
}

/** Too many attempts; nothing where the form ended otherwise. */
export function WaitNotice({ result }: { result: { kind: string; seconds?: number } | undefined }) {
  const { t } = useTranslation('accounts');
  if (result?.kind !== 'wait' || result.seconds === undefined) return null;
  const { seconds } = result;
  return (
    <Notice kind="bad">
      {seconds < 90 ? t('wait.seconds', { count: seconds }) : t('wait.minutes', { count: Math.ceil(seconds / 60) })}
    </Notice>
  );
}

/** `isNew`: an address that is given for the first time; else the one that names the account. */
export function EmailField({ value = '', fault = null, isNew = false }: { value?: string; fault?: FieldFault | null; isNew?: boolean }) {
  const { t } = useTranslation('accounts');
  return (
    <TextField
      name="email"
      label={t('email')}
      type="email"
      autoComplete={isNew ? 'email' : 'username'}
      inputMode="email"
      value={value}
      fault={fault}
    />
  );
}

/** The password that the account has. */
export function KnownPasswordField({ hint, fault = null }: { hint?: string; fault?: FieldFault | null }) {
  const { t } = useTranslation('accounts');
  return (
    <TextField name="password" label={t('password.label')} type="password" autoComplete="current-password" hint={hint} fault={fault} />
  );
}

/** A password to be chosen, with what is taken. */
export function NewPasswordField({ label, fault = null }: { label: string; fault?: FieldFault | null }) {
  const { t } = useTranslation('accounts');
  const hint = t('password.hint', { min: MIN_PASSWORD_CHARACTERS, max: MAX_PASSWORD_CHARACTERS });
  return <TextField name="password" label={label} type="password" autoComplete="new-password" hint={hint} fault={fault} />;
}

export function SubmitButton({ label }: { label: string }) {
  return (
    <button className="btn main" type="submit">
      {label}
    </button>
  );
}

/** Where else the reader could go, below the form. Whole documents: each page has a form token of its own. */
export function OtherWays({ ways }: { ways: readonly { to: string; label: string }[] }) {
  return (
    <div className="alt">
      {ways.map(({ to, label }) => (
        <Link key={to} to={to} reloadDocument>
          {label}
        </Link>
      ))}
    </div>
  );
}
