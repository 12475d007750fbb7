/** Which column of the file is what, to be corrected: part of the form, so that the next look at the file takes it as it stands here. */
import { useTranslation } from 'react-i18next';
import { SelectField } from '#app/features/monitoring/fields.tsx';
import { IMPORT_FIELDS } from '#app/features/sites/import/import-words.ts';
import { COLUMN_FIELD, HEADER_FIELD, type ShownColumn } from './import-form.ts';

export function ImportColumns({ columns }: { columns: readonly ShownColumn[] }) {
  const { t } = useTranslation('monitoring');
  if (columns.length === 0) return null;
  return (
    <fieldset className="fleet-form wide-row">
      <legend>{t('import.columns')}</legend>
      <p className="small dim measure">{t('import.columnsLead')}</p>
      {columns.map(({ column, header, field, asked }) => {
        const faults =
          asked === null
            ? []
            : [{ field: `${COLUMN_FIELD}${column}`, message: t('import.notTaken', { field: t(`import.field.${asked}`) }) }];
        return (
          <div key={`${column} ${field} ${asked}`}>
            <input type="hidden" name={`${HEADER_FIELD}${column}`} value={header} />
            <SelectField
              name={`${COLUMN_FIELD}${column}`}
              label={header === '' ? t('import.nameless', { column: column + 1 }) : header}
              value={field ?? ''}
              faults={faults}
            >
              <option value="">{t('import.leftAlone')}</option>
              {IMPORT_FIELDS.map((one) => (
                <option key={one} value={one}>
                  {t(`import.field.${one}`)}
                </option>
              ))}
            </SelectField>
          </div>
        );
      })}
    </fieldset>
  );
}
