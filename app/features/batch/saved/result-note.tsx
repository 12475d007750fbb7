/** What a form of the saved lists came to. */
import { toTypedText } from '#app/ui/typed-number.ts';
import { MAX_NAME_LENGTH } from '../stored/batch-request.ts';
import { useListTexts } from './list-parts.tsx';
import type { ActResult } from './saved-views.ts';

export function ResultNote({ result }: { result: ActResult | null }) {
  const { t } = useListTexts();
  if (result === null) return null;
  if (result.kind === 'done') {
    return (
      <output className="note">
        <span>{t(`done.${result.act}`)}</span>
        {result.link === null ? null : (
          <span>
            <a href={result.link}>{result.link}</a>
          </span>
        )}
      </output>
    );
  }
  return (
    <div className="note bad" role="alert">
      {result.kind === 'refused' ? (
        <p>{t(`refused.${result.reason}`, { max: MAX_NAME_LENGTH })}</p>
      ) : (
        result.faults.map(({ field, min, max }) => (
          <p key={field}>{t('refused.field', { field: t(`field.${field}`), min: toTypedText(min), max: toTypedText(max) })}</p>
        ))
      )}
    </div>
  );
}
