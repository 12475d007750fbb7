/** The table of request fields on the developers' page. */
import { useTranslation } from 'react-i18next';
import type { Absence, RequestField, RequestGroup } from './developers-view.ts';

/** Units that are words rather than symbols, each with its text. */
const WORD_UNITS = {
  blocks: 'blocks',
  machines: 'machines',
  months: 'months',
  paths: 'paths',
  ratio: 'ratio',
  '1/month': 'perMonth',
  '1/year': 'perYear',
} as const;

function isWordUnit(unit: string): unit is keyof typeof WORD_UNITS {
  return Object.hasOwn(WORD_UNITS, unit);
}

export function RequestFields({ group }: { group: RequestGroup }) {
  const { t } = useTranslation('developers');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <section className="tw" tabIndex={0} aria-label={t(`request.${group.title}`)}>
      <table className="t cards api-fields">
        <caption className="strong">{t(`request.${group.title}`)}</caption>
        <thead>
          <tr>
            <th scope="col">{t('request.name')}</th>
            <th scope="col">{t('request.unit')}</th>
            <th scope="col">{t('request.range')}</th>
            <th scope="col">{t('request.default')}</th>
            <th scope="col">{t('request.meaning')}</th>
          </tr>
        </thead>
        <tbody>
          {group.fields.map((field) => (
            <RequestRow key={field.name} field={field} />
          ))}
        </tbody>
      </table>
    </section>
  );
}

function RequestRow({ field }: { field: RequestField }) {
  const { t } = useTranslation('developers');
  const unit = field.unit !== null && isWordUnit(field.unit) ? t(`request.units.${WORD_UNITS[field.unit]}`) : field.unit;
  return (
    <tr>
      <th scope="row">
        <code>{field.name}</code>
      </th>
      <td data-l={t('request.unit')}>{unit === null || unit === '1' ? t('endpoints.noLimit') : unit}</td>
      <td data-l={t('request.range')}>
        <Range field={field} />
      </td>
      <td data-l={t('request.default')}>
        <Default absence={field.absence} />
      </td>
      <td className="all">{field.meaning}</td>
    </tr>
  );
}

function Range({ field }: { field: RequestField }) {
  const { t } = useTranslation('developers');
  if (field.maxLength !== null) return <>{t('request.text', { max: field.maxLength })}</>;
  if (field.interval === null) return <>{field.choices.join(', ')}</>;
  return (
    <>
      <span className="nw">{field.interval}</span>
      {field.isInteger ? <small>{t('request.wholeNumber')}</small> : null}
    </>
  );
}

function Default({ absence }: { absence: Absence }) {
  const { t } = useTranslation('developers');
  switch (absence.kind) {
    case 'default':
      return <code>{absence.value}</code>;
    case 'required':
      return <span className="strong">{t('request.required')}</span>;
    case 'required-or-model':
      return <span className="strong">{t('request.requiredOrModel')}</span>;
    case 'from-market':
      return <>{t('request.fromMarket')}</>;
    case 'derived':
      return <>{t('request.derived')}</>;
    case 'estimated':
      return <>{t('request.estimated')}</>;
    case 'not-given':
      return <>{t('request.notGiven')}</>;
  }
}
