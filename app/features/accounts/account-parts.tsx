// What the pages of this room are made of: plain forms that work without script.
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { MAX_PASSWORD_CHARACTERS, MIN_PASSWORD_CHARACTERS } from '#app/features/accounts/passwords/password-rules.ts';
import { CsrfField } from '#app/ui/csrf-field.tsx';
import { AccountPagesNav } from '#app/ui/own-pages-nav.tsx';
import type { FieldFault } from './account-form.ts';

/** A fault in words that say what to do. */
export function useFaultText(): (fault: FieldFault) => string {
  const { t } = useTranslation('accounts');
  return (fault) => t(`fault.${fault.kind}`, { min: MIN_PASSWORD_CHARACTERS, max: MAX_PASSWORD_CHARACTERS, ...fault });
}

export type TextFieldProps = {
  name: string;
  label: string;
  type?: 'text' | 'email' | 'password';
  autoComplete: string;
  value?: string;
  hint?: ReactNode;
  fault?: FieldFault | null;
  /** For codes: digits on a phone's keyboard. */
  inputMode?: 'numeric' | 'text' | 'email';
  isRequired?: boolean;
};

export function TextField({ name, label, type = 'text', autoComplete, value, hint, fault, inputMode, isRequired = true }: TextFieldProps) {
  const id = useId();
  const toText = useFaultText();
  return (
    <div className="field one">
      <label htmlFor={id}>{label}</label>
      <div className={fault ? 'box bad' : 'box'}>
        <input
          id={id}
          name={name}
          type={type}
          autoComplete={autoComplete}
          defaultValue={value}
          inputMode={inputMode}
          required={isRequired}
          spellCheck={false}
          autoCapitalize="none"
          aria-describedby={`${id}-hint`}
          aria-invalid={fault ? true : undefined}
        />
      </div>
      <div className={fault ? 'hint bad' : 'hint'} id={`${id}-hint`}>
        {fault ? <span role="alert">{toText(fault)}</span> : <span>{hint}</span>}
      </div>
    </div>
  );
}

/** A form that changes something: its intent, the token against forgery, and where to go on to. */
export function PostForm({ intent, next, action, children }: { intent?: string; next?: string; action?: string; children: ReactNode }) {
  return (
    <form method="post" action={action} className="form">
      <CsrfField />
      {intent === undefined ? null : <input type="hidden" name="intent" value={intent} />}
      {next === undefined ? null : <input type="hidden" name="next" value={next} />}
      {children}
    </form>
  );
}

/** What happened, at the top of the page or of a section; read out when it appears. */
export function Notice({ kind, children }: { kind: 'good' | 'bad' | 'plain'; children: ReactNode }) {
  return (
    <div className={`note ${kind}`} role={kind === 'bad' ? 'alert' : 'status'}>
      <p>{children}</p>
    </div>
  );
}

/** A page with one form: sign-in and its like. */
export function NarrowPage({ title, lead, children }: { title: string; lead?: ReactNode; children: ReactNode }) {
  return (
    <main className="main account">
      <div className="page narrow">
        <header>
          <h1>{title}</h1>
          {lead ? <p className="mute">{lead}</p> : null}
        </header>
        {children}
      </div>
    </main>
  );
}

/** A page of the signed-in person, with the way to the others. */
export function AccountPage({ title, children }: { title: string; children: ReactNode }) {
  return (
    <main className="page account">
      <AccountPagesNav />
      <h1>{title}</h1>
      {children}
    </main>
  );
}

export function Section({ title, lead, id, children }: { title: string; lead?: ReactNode; id: string; children: ReactNode }) {
  return (
    <section className="sec pair" aria-labelledby={id}>
      <header>
        <h2 id={id}>{title}</h2>
        {lead ? <p>{lead}</p> : null}
      </header>
      <div className="body">{children}</div>
    </section>
  );
}
