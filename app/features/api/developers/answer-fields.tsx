/** The tables of answer fields on the developers' page. */
import { useTranslation } from 'react-i18next';
import type { AnswerField, AnswerGroup } from './developers-view.ts';

export function AnswerFields({ group }: { group: AnswerGroup }) {
  const { t } = useTranslation('developers');
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <section className="tw" tabIndex={0} aria-label={t(`answer.${group.component}`)}>
      <table className="t cards api-fields">
        <caption className="strong">{t(`answer.${group.component}`)}</caption>
        <thead>
          <tr>
            <th scope="col">{t('answer.name')}</th>
            <th scope="col">{t('answer.type')}</th>
            <th scope="col">{t('request.meaning')}</th>
          </tr>
        </thead>
        <tbody>
          {group.fields.map((field) => (
            <tr key={field.name}>
              <th scope="row">
                <code>{field.name}</code>
              </th>
              <td className="all">
                <FieldType field={field} />
              </td>
              <td className="all">{field.meaning}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function FieldType({ field }: { field: AnswerField }) {
  const { t } = useTranslation('developers');
  const type = t(`answer.${field.type}`);
  return (
    <span className="mute">
      {field.isNullable ? t('answer.orNull', { type }) : type}
      {field.isOptional ? t('answer.optional') : null}
    </span>
  );
}
