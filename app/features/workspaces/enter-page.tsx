// The page of platform staff: into a workspace of a customer, with a reason and for a while, and what they did so far. Works without script.
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { PATHS } from '#app/paths.ts';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { CsrfField } from '#app/ui/csrf-field.tsx';
import { createFormat } from '#app/ui/format.ts';
import { type EnterFault, type EnterResult, REASON_CHARACTERS, STAY_MINUTES } from './enter-result.ts';
import type { CurrentStay, ListedStay } from './stays.server.ts';

const DEFAULT_MINUTES = '60';

export type EnterView = { stays: ListedStay[]; current: CurrentStay | null };

export function EnterPage({ view, result }: { view: EnterView; result: EnterResult | null }) {
  const { t } = useTranslation('workspaces');
  return (
    <main className="page staff">
      <header className="staff-head">
        <h1>{t('enter.title')}</h1>
        <p className="measure mute">{t('enter.lead')}</p>
      </header>
      {view.current === null ? (
        <EnterForm result={result} />
      ) : (
        <p className="note">{t('enter.insideAlready', { workspace: view.current.workspace })}</p>
      )}
      <Stays stays={view.stays} />
    </main>
  );
}

function EnterForm({ result }: { result: EnterResult | null }) {
  const { t } = useTranslation('workspaces');
  const faults = result?.faults ?? [];
  const say = (...kinds: EnterFault[]) => {
    const kind = kinds.find((one) => faults.includes(one));
    return kind === undefined ? null : t(`fault.${kind}`, { ...(kind === 'minutes' ? STAY_MINUTES : REASON_CHARACTERS) });
  };
  return (
    <form method="post" action={PATHS.enterWorkspace} className="staff-form">
      <CsrfField />
      <input type="hidden" name="intent" value="enter" />
      <Field
        label={t('enter.workspace')}
        hint={t('enter.workspaceHint')}
        fault={say('workspace', 'no-such-workspace', 'is-member')}
        render={(common) => (
          <input
            {...common}
            name="workspace"
            type="text"
            autoComplete="off"
            spellCheck={false}
            maxLength={36}
            defaultValue={result?.typed.workspace}
          />
        )}
      />
      <Field
        label={t('enter.reason')}
        hint={t('enter.reasonHint', REASON_CHARACTERS)}
        fault={say('reason')}
        render={(common) => (
          <input
            {...common}
            name="reason"
            type="text"
            autoComplete="off"
            maxLength={REASON_CHARACTERS.max}
            defaultValue={result?.typed.reason}
          />
        )}
      />
      <Field
        label={t('enter.minutes')}
        hint={t('enter.minutesHint', STAY_MINUTES)}
        fault={say('minutes')}
        unit={t('enter.minutesUnit')}
        render={(common) => (
          <input
            {...common}
            name="minutes"
            type="text"
            inputMode="numeric"
            autoComplete="off"
            maxLength={4}
            defaultValue={result?.typed.minutes ?? DEFAULT_MINUTES}
          />
        )}
      />
      <p className="small mute">{t('enter.consequence')}</p>
      <button type="submit" className="btn main">
        {t('enter.submit')}
      </button>
    </form>
  );
}

type CommonProps = { id: string; required: true; 'aria-describedby': string; 'aria-invalid': true | undefined };
type FieldProps = { label: string; hint: string; fault: string | null; unit?: string; render: (common: CommonProps) => ReactNode };

function Field({ label, hint, fault, unit, render }: FieldProps) {
  const id = useId();
  return (
    <div className="field one">
      <label htmlFor={id}>{label}</label>
      <div className={fault === null ? 'box' : 'box bad'}>
        {render({ id, required: true, 'aria-describedby': `${id}-hint`, 'aria-invalid': fault === null ? undefined : true })}
        {unit === undefined ? null : <span className="unit">{unit}</span>}
      </div>
      <div className={fault === null ? 'hint' : 'hint bad'} id={`${id}-hint`}>
        {fault === null ? <span>{hint}</span> : <span role="alert">{fault}</span>}
      </div>
    </div>
  );
}

function Stays({ stays }: { stays: ListedStay[] }) {
  const { t } = useTranslation('workspaces');
  const format = createFormat(useLocale());
  return (
    <section className="sec" aria-labelledby="stays-title">
      <header>
        <h2 id="stays-title">{t('stays.title')}</h2>
      </header>
      {stays.length === 0 ? (
        <p className="mute">{t('stays.empty')}</p>
      ) : (
        <div className="tw">
          <table className="t cards">
            <caption className="vh">{t('stays.title')}</caption>
            <thead>
              <tr>
                <th scope="col">{t('stays.workspace')}</th>
                <th scope="col">{t('stays.reason')}</th>
                <th scope="col">{t('stays.entered')}</th>
                <th scope="col">{t('stays.ended')}</th>
              </tr>
            </thead>
            <tbody>
              {stays.map(({ id, tenantId, reason, enteredAt, endsAt, isOver }) => (
                <tr key={id}>
                  <th scope="row">
                    <code>{tenantId}</code>
                  </th>
                  <td data-l={t('stays.reason')} className="staff-reason">
                    {reason}
                  </td>
                  <td data-l={t('stays.entered')}>{format.dateTime(enteredAt)}</td>
                  <td data-l={t('stays.ended')}>
                    {isOver ? format.dateTime(endsAt) : t('stays.runsUntil', { time: format.dateTime(endsAt) })}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  );
}
