/** Machines from a list: choose a file, see what it would do, and do exactly that. */
import { useFetcher } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { sayChange } from '#app/features/monitoring/say-change.ts';
import { LedgerFigures } from '#app/features/monitoring/upload/ledger-figures.tsx';
import { LookFirstForm } from '#app/features/monitoring/upload/look-first-form.tsx';
import { RowProblems } from '#app/features/monitoring/upload/row-problems.tsx';
import { FleetNav } from '#app/features/sites/fleet-nav.tsx';
import { PATHS, toMachinePath } from '#app/paths.ts';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { createFormat, type Format } from '#app/ui/format.ts';
import { SentenceGap } from '#app/ui/sentence-gap.tsx';
import { ImportColumns } from './import-columns.tsx';
import type { ImportResult, ImportView } from './import-form.ts';

type Planned = Extract<ImportResult, { kind: 'planned' | 'written' }>;

export function ImportPage({ view, result: sent }: { view: ImportView; result: ImportResult | null }) {
  const { t } = useTranslation('monitoring');
  const format = createFormat(useLocale());
  // With script the answer comes without a new page, and the chosen file stays in its field.
  const fetcher = useFetcher<ImportResult>();
  const result = fetcher.data ?? sent;
  const changes = result?.kind === 'planned' ? result.ledger.created + result.ledger.updated : 0;
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
        <LookFirstForm
          fetcher={fetcher}
          sites={view.sites}
          siteId={result === null || result.siteId === '' ? view.siteId : result.siteId}
          accept=".csv,.tsv,.txt,.xlsx,.xls"
          words={{
            site: t('overview.site'),
            file: t('import.file'),
            fileHint: t('import.fileHint'),
            look: t('import.look'),
            working: t('import.working'),
            again: t('import.again'),
          }}
          take={
            result?.kind === 'planned' && changes > 0
              ? { digest: result.digest, label: t('import.take', { count: changes, machines: format.integer(changes) }) }
              : null
          }
        >
          {result === null || result.kind === 'written' ? null : <ImportColumns columns={result.columns} />}
        </LookFirstForm>
      )}
      <div aria-live="polite">{result === null ? null : <Result result={result} format={format} />}</div>
    </main>
  );
}

const LEDGER = ['created', 'updated', 'unchanged', 'inError', 'skipped'] as const;

function Result({ result, format }: { result: ImportResult; format: Format }) {
  const { t } = useTranslation('monitoring');
  if (result.kind === 'refused') {
    return (
      <div className="note bad" role="alert">
        <p>
          {t(`import.refused.${result.reason}`, { max: result.detail })}
          <SentenceGap />
          {result.reason === 'unreadable' ? result.detail : ''}
        </p>
      </div>
    );
  }
  const { ledger } = result;
  return (
    <section aria-labelledby="outcome">
      <h2 id="outcome">{t(result.kind === 'written' ? 'import.written' : 'import.planned', { name: result.fileName })}</h2>
      <LedgerFigures
        kinds={LEDGER.map((kind) => ({ label: t(`import.ledger.${kind}`), count: ledger[kind], isTrouble: kind === 'inError' }))}
      />
      <p className="small mute">{t('import.sum', { rows: format.integer(ledger.rowsIn), entries: format.integer(ledger.entriesIn) })}</p>
      {result.kind === 'written' ? (
        <p className="acts">
          <a className="btn main" href={`${PATHS.machines}?siteId=${result.siteId}&approval=draft`}>
            {t('import.toDrafts')}
          </a>
        </p>
      ) : null}
      <RowProblems
        caption={t('import.problems', { count: result.problems.length })}
        heads={{ row: t('import.row'), column: t('import.column'), value: t('import.value'), problem: t('import.problem') }}
        rows={result.problems}
      />
      <Changes result={result} format={format} />
    </section>
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
