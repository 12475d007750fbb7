/** What the last act came to. */
import { useTranslation } from 'react-i18next';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { createFormat } from '#app/ui/format.ts';
import type { LoadedFile, PowerResult } from './power-view.ts';
import { createZonedTime } from './zoned-time.ts';

export function ResultPart({ result, isAdded }: { result: PowerResult | null; isAdded: boolean }) {
  const { t } = useTranslation('power-prices');
  if (isAdded || result?.kind === 'deleted') {
    return <p className="note">{t(isAdded ? 'act.created' : 'act.deleted')}</p>;
  }
  if (result?.kind === 'refused') {
    return (
      <div className="note bad" role="alert">
        <p>
          <b>{t('refused.title')}</b>
        </p>
        <p>{result.message}</p>
      </div>
    );
  }
  return result?.kind === 'loaded' ? <Loaded file={result.file} /> : null;
}

function Loaded({ file }: { file: LoadedFile }) {
  const { t } = useTranslation('power-prices');
  const locale = useLocale();
  const format = createFormat(locale);
  const time = createZonedTime(locale, file.timeZone);
  const counted = (['blanks', 'repeats', 'passedOver'] as const).filter((name) => file[name] > 0);
  const unnamed = file.rowsRefused - file.refused.length;
  return (
    <div className={file.rowsRefused > 0 ? 'note bad' : 'note'}>
      <p>
        <b>{t('loaded.title', { file: file.fileName, rows: format.integer(file.rows) })}</b>
      </p>
      <p>
        {t('loaded.span', {
          from: time(file.fromAt),
          to: time(file.toAt),
          added: format.integer(file.added),
          changed: format.integer(file.changed),
          unchanged: format.integer(file.unchanged),
        })}
      </p>
      {counted.map((name) => (
        <p key={name}>{t(`loaded.${name}`, { count: file[name] })}</p>
      ))}
      {file.rowsRefused === 0 ? null : (
        <>
          <p>{t('loaded.refused', { count: file.rowsRefused })}</p>
          <ul>
            {file.refused.map(({ line, reason }) => (
              <li key={`${line} ${reason}`}>{t('refused.row', { line, reason })}</li>
            ))}
            {unnamed === 0 ? null : <li>{t('loaded.more', { count: unnamed })}</li>}
          </ul>
        </>
      )}
    </div>
  );
}
