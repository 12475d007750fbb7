/** Machines from a list: choose a file, see what it would do, and do exactly that. Works without script, where the file is chosen once more to confirm. */
import { useFetcher } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { SelectField } from '#app/features/monitoring/fields.tsx';
import { sayChange } from '#app/features/monitoring/say-change.ts';
import { FleetNav } from '#app/features/sites/fleet-nav.tsx';
import { PATHS, toMachinePath } from '#app/paths.ts';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { CsrfField } from '#app/ui/csrf-field.tsx';
import { createFormat, type Format } from '#app/ui/format.ts';
import { ImportColumns } from './import-columns.tsx';
import type { ImportResult, ImportView } from './import-form.ts';

type Planned = Extract<ImportResult, { kind: 'planned' | 'written' }>;

export function ImportPage({ view, result: sent }: { view: ImportView; result: ImportResult | null }) {
  const { t } = useTranslation('monitoring');
  const format = createFormat(useLocale());
  // With script the answer comes without a new page, and the chosen file stays in its field.
  const fetcher = useFetcher<ImportResult>();
  const result = fetcher.data ?? sent;
  // An answer that is here is worked with at once; what the page reads anew behind it keeps nobody waiting.
  const isBusy = fetcher.state === 'submitting';
  const digest = result?.kind === 'planned' ? result.digest : '';
  const isReady = result?.kind === 'planned' && result.ledger.created + result.ledger.updated > 0;
  return (
    <main className="page fleet">
      <FleetNav />
      <header>
        <h1>{t('import.title')}</h1>
        <p className="measure mute">{t('import.lead')}</p>
      </header>
      {view.sites.length === 0 ? (
        <section className="fleet-empty" aria-labelledby="empty">
          <h2 id="empty">{t('import.noSite')}</h2>
          <div className="acts">
            <a className="btn main" href={PATHS.newSite}>
              {t('overview.addSite')}
            </a>
          </div>
        </section>
      ) : (
        <fetcher.Form method="post" encType="multipart/form-data" className="fleet-form">
          <CsrfField />
          <SelectField
            name="siteId"
            label={t('overview.site')}
            value={result === null || result.siteId === '' ? view.siteId : result.siteId}
          >
            {view.sites.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
          <div className="field one">
            <label htmlFor="file">{t('import.file')}</label>
            <input id="file" name="file" type="file" accept=".csv,.tsv,.txt,.xlsx,.xls" required />
            <div className="hint">
              <span>{t('import.fileHint')}</span>
            </div>
          </div>
          {result === null || result.kind === 'written' ? null : <ImportColumns columns={result.columns} />}
          <div className="acts wide-row">
            <button type="submit" className={isReady ? 'btn' : 'btn main'} disabled={isBusy}>
              {t(isBusy ? 'import.working' : 'import.look')}
            </button>
            {isReady ? (
              <button type="submit" name="digest" value={digest} className="btn main" disabled={isBusy}>
                {t('import.take', {
                  count: result.ledger.created + result.ledger.updated,
                  machines: format.integer(result.ledger.created + result.ledger.updated),
                })}
              </button>
            ) : null}
          </div>
          {isReady ? <p className="small mute noscript-only">{t('import.again')}</p> : null}
        </fetcher.Form>
      )}
      <div aria-live="polite">{result === null ? null : <Result result={result} format={format} />}</div>
    </main>
  );
}

function Result({ result, format }: { result: ImportResult; format: Format }) {
  const { t } = useTranslation('monitoring');
  if (result.kind === 'refused') {
    return (
      <div className="note bad" role="alert">
        <p>
          {t(`import.refused.${result.reason}`, { max: result.detail })} {result.reason === 'unreadable' ? result.detail : ''}
        </p>
      </div>
    );
  }
  const { ledger } = result;
  const kinds = ['created', 'updated', 'unchanged', 'inError', 'skipped'] as const;
  return (
    <section aria-labelledby="outcome">
      <h2 id="outcome">{t(result.kind === 'written' ? 'import.written' : 'import.planned', { name: result.fileName })}</h2>
      <dl className="figs fleet-figs">
        {kinds.map((kind) => (
          <div key={kind}>
            <dt>{t(`import.ledger.${kind}`)}</dt>
            <dd className={kind === 'inError' && ledger.inError > 0 ? 'loss' : undefined}>{format.integer(ledger[kind])}</dd>
          </div>
        ))}
      </dl>
      <p className="small mute">{t('import.sum', { rows: format.integer(ledger.rowsIn), entries: format.integer(ledger.entriesIn) })}</p>
      {result.kind === 'written' ? (
        <p className="acts">
          <a className="btn main" href={`${PATHS.machines}?siteId=${result.siteId}&approval=draft`}>
            {t('import.toDrafts')}
          </a>
        </p>
      ) : null}
      <Problems result={result} />
      <Changes result={result} format={format} />
    </section>
  );
}

function Problems({ result }: { result: Planned }) {
  const { t } = useTranslation('monitoring');
  if (result.problems.length === 0) return null;
  return (
    <div className="tw">
      <table className="t cards dense">
        <caption>{t('import.problems', { count: result.problems.length })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('import.row')}</th>
            <th scope="col">{t('import.column')}</th>
            <th scope="col">{t('import.value')}</th>
            <th scope="col">{t('import.problem')}</th>
          </tr>
        </thead>
        <tbody>
          {result.problems.map(({ row, header, value, message }) => (
            <tr key={`${row} ${header} ${message}`}>
              <th scope="row">{row}</th>
              <td data-l={t('import.column')}>{header}</td>
              <td data-l={t('import.value')}>{value}</td>
              <td className="all">{message}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const SHOWN = 20;

function Changes({ result, format }: { result: Planned; format: Format }) {
  const { t } = useTranslation('monitoring');
  const { created, updated } = result;
  if (created.length + updated.length === 0) return null;
  return (
    <div className="tw">
      <table className="t dense">
        <caption>{t('import.first', { count: Math.min(SHOWN, created.length) + Math.min(SHOWN, updated.length) })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('import.row')}</th>
            <th scope="col">{t('machine.machine')}</th>
            <th scope="col">{t('import.what')}</th>
          </tr>
        </thead>
        <tbody>
          {created.slice(0, SHOWN).map(({ row, name, model }) => (
            <tr key={`new ${row} ${name}`}>
              <td>{row}</td>
              <th scope="row">{name}</th>
              <td>{t('import.isNew', { model: model ?? '' })}</td>
            </tr>
          ))}
          {updated.slice(0, SHOWN).map(({ row, number, changes }) => (
            <tr key={`changed ${row} ${number}`}>
              <td>{row}</td>
              <th scope="row">
                <a href={toMachinePath(number)}>{t('machine.number', { number })}</a>
              </th>
              <td>{format.list(changes.map((change) => sayChange(change, { t, format })))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
