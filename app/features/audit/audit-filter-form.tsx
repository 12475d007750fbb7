// What to show of the log. A plain GET form: the address holds the question, and it works without script.
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { PATHS } from '#app/paths.ts';
import { AUDIT_ACTION_NAMES, AUDIT_OUTCOMES } from '#app/platform/audit/actions.ts';
import { ChevronDownIcon } from '#app/ui/icons.tsx';
import { AUDIT_AREAS, type AuditFault, type AuditQuery, toArea } from './audit-query.ts';

type Props = {
  query: AuditQuery;
  faults: AuditFault[];
  /** Null: the reader does not choose among people. */
  people: { userId: string; name: string }[] | null;
};

export function AuditFilterForm({ query, faults, people }: Props) {
  const { t } = useTranslation('audit');
  return (
    <form className="audit-filter" method="get" action={PATHS.audit} aria-label={t('filter.legend')}>
      <SelectField
        name="action"
        label={t('filter.action')}
        value={query.action ?? ''}
        fault={faults.find(({ field }) => field === 'action')}
      >
        <option value="">{t('filter.anyAction')}</option>
        {AUDIT_AREAS.map((area) => (
          <optgroup key={area} label={t(`area.${area}`)}>
            <option value={area}>{t('filter.wholeArea', { area: t(`area.${area}`) })}</option>
            {AUDIT_ACTION_NAMES.filter((action) => toArea(action) === area).map((action) => (
              <option key={action} value={action}>
                {t(`action.${action}`)}
              </option>
            ))}
          </optgroup>
        ))}
      </SelectField>
      <SelectField
        name="outcome"
        label={t('filter.outcome')}
        value={query.outcome ?? ''}
        fault={faults.find(({ field }) => field === 'outcome')}
      >
        <option value="">{t('filter.anyOutcome')}</option>
        {AUDIT_OUTCOMES.map((outcome) => (
          <option key={outcome} value={outcome}>
            {t(`outcome.${outcome}`)}
          </option>
        ))}
      </SelectField>
      {people === null ? null : (
        <SelectField name="user" label={t('filter.user')} value={query.userId ?? ''} fault={faults.find(({ field }) => field === 'user')}>
          <option value="">{t('filter.anyone')}</option>
          {people.map(({ userId, name }) => (
            <option key={userId} value={userId}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
      <DayField name="from" label={t('filter.from')} day={query.from} fault={faults.find(({ field }) => field === 'from')} />
      <DayField
        name="to"
        label={t('filter.to')}
        day={query.to}
        fault={faults.find(({ field }) => field === 'to')}
        isOrder={query.to !== null}
      />
      <div className="acts">
        <button type="submit" className="btn main">
          {t('filter.apply')}
        </button>
        <a className="btn" href={PATHS.audit}>
          {t('filter.clear')}
        </a>
      </div>
    </form>
  );
}

type SelectProps = { name: string; label: string; value: string; fault: AuditFault | undefined; children: React.ReactNode };

function SelectField({ name, label, value, fault, children }: SelectProps) {
  const { t } = useTranslation('audit');
  const id = useId();
  return (
    <div className="field one">
      <label htmlFor={id}>{label}</label>
      <div className={fault ? 'box bad' : 'box'}>
        <select
          id={id}
          name={name}
          defaultValue={value}
          aria-invalid={fault ? true : undefined}
          aria-describedby={fault ? `${id}-hint` : undefined}
        >
          {children}
        </select>
        <ChevronDownIcon />
      </div>
      {fault ? (
        <div className="hint bad" id={`${id}-hint`} role="alert">
          {t('fault.choice', { value: fault.value })}
        </div>
      ) : null}
    </div>
  );
}

type DayProps = { name: string; label: string; day: string | null; fault: AuditFault | undefined; isOrder?: boolean };

function DayField({ name, label, day, fault, isOrder = false }: DayProps) {
  const { t } = useTranslation('audit');
  const id = useId();
  return (
    <div className="field one">
      <label htmlFor={id}>{label}</label>
      <div className={fault ? 'box bad' : 'box'}>
        <input
          id={id}
          name={name}
          type="date"
          defaultValue={day ?? ''}
          aria-invalid={fault ? true : undefined}
          aria-describedby={fault ? `${id}-hint` : undefined}
        />
      </div>
      {fault ? (
        <div className="hint bad" id={`${id}-hint`} role="alert">
          {isOrder ? t('fault.order') : t('fault.day', { value: fault.value })}
        </div>
      ) : null}
    </div>
  );
}
