/** What a site's meter counted, from a file: choose it, see what would be stored, and store exactly that. Works without script, where the file is chosen once more to confirm. */
import { useFetcher } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { SelectField } from '#app/features/monitoring/fields.tsx';
import { FleetNav } from '#app/features/sites/fleet-nav.tsx';
import { PATHS } from '#app/paths.ts';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { CsrfField } from '#app/ui/csrf-field.tsx';
import { createFormat } from '#app/ui/format.ts';
import type { MeterResult, MeterView } from './meter-form.ts';

type Planned = Extract<MeterResult, { kind: 'planned' | 'written' }>;

export function MeterPage({ view, result: sent }: { view: MeterView; result: MeterResult | null }) {
  const { t } = useTranslation('meter');
  const format = createFormat(useLocale());
  // With script the answer comes without a new page, and the chosen file stays in its field.
  const fetcher = useFetcher<MeterResult>();
  const result = fetcher.data ?? sent;
  // An answer that is here is worked with at once; what the page reads anew behind it keeps nobody waiting.
  const isBusy = fetcher.state === 'submitting';
  const changes = result?.kind === 'planned' ? result.ledger.added + result.ledger.replaced : 0;
  return (
    <main className="page fleet">
      <FleetNav />
      <header>
        <h1>{t('title')}</h1>
        <p className="measure mute">{t('lead')}</p>
      </header>
      {view.sites.length === 0 ? (
        <p className="note">{t('noSite')}</p>
      ) : (
        <fetcher.Form method="post" encType="multipart/form-data" className="fleet-form">
          <CsrfField />
          <SelectField name="siteId" label={t('site')} value={result === null || result.siteId === '' ? view.siteId : result.siteId}>
            {view.sites.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
          <div className="field one">
            <label htmlFor="file">{t('file')}</label>
            <input id="file" name="file" type="file" accept=".csv,.tsv,.txt,.xlsx" required aria-describedby="file-hint" />
            <div className="hint" id="file-hint">
              <span>{t('fileHint')}</span>
            </div>
          </div>
          <ValueColumn result={result} />
          <div className="acts wide-row">
            <button type="submit" className={changes > 0 ? 'btn' : 'btn main'} disabled={isBusy}>
              {t(isBusy ? 'working' : 'look')}
            </button>
            {changes > 0 && result?.kind === 'planned' ? (
              <button type="submit" name="digest" value={result.digest} className="btn main" disabled={isBusy}>
                {t('take', { count: changes, quarters: format.integer(changes) })}
              </button>
            ) : null}
          </div>
          {changes > 0 ? <p className="small mute noscript-only">{t('again')}</p> : null}
        </fetcher.Form>
      )}
      <div aria-live="polite">
        {result?.kind === 'refused' ? (
          <div className="note bad" role="alert">
            <p>{result.message}</p>
          </div>
        ) : null}
        {result === null || result.kind === 'refused' ? null : <Outcome result={result} />}
      </div>
    </main>
  );
}

/** Which column is meant, where the file has several; what was chosen goes with the order. */
function ValueColumn({ result }: { result: MeterResult | null }) {
  const { t } = useTranslation('meter');
  if (result?.kind === 'planned' && result.column !== '') return <input type="hidden" name="column" value={result.column} />;
  if (result?.kind !== 'refused' || result.choices.length === 0) return null;
  return (
    <SelectField name="column" label={t('column')} hint={t('columnHint')}>
      {result.choices.map((head) => (
        <option key={head} value={head}>
          {head}
        </option>
      ))}
    </SelectField>
  );
}

const LEDGER = ['added', 'replaced', 'unchanged', 'blank', 'repeated', 'inError'] as const;

function Outcome({ result }: { result: Planned }) {
  const { t } = useTranslation('meter');
  const format = createFormat(useLocale());
  const { ledger, columns, timeZone } = result;
  const sayTime = format.dateTimeIn(timeZone);
  return (
    <section aria-labelledby="outcome">
      <h2 id="outcome">{t(result.kind === 'written' ? 'written' : 'planned', { name: result.fileName })}</h2>
      <p>
        {t('span', {
          kwh: format.number(result.energyKwh, 1),
          from: sayTime(new Date(result.fromAt)),
          to: sayTime(new Date(result.toAt)),
          zone: timeZone,
        })}
      </p>
      <p className="small mute measure">
        {t(columns.isEnd ? 'readAs.end' : 'readAs.start', { time: columns.time, value: columns.value, unit: t(`unit.${columns.unit}`) })}
      </p>
      <dl className="figs fleet-figs">
        {LEDGER.map((kind) => (
          <div key={kind}>
            <dt>{t(`ledger.${kind}`)}</dt>
            <dd className={kind === 'inError' && ledger.inError > 0 ? 'loss' : undefined}>{format.integer(ledger[kind])}</dd>
          </div>
        ))}
      </dl>
      <p className="small mute">{t('sum', { rows: format.integer(ledger.rowsIn) })}</p>
      {result.kind === 'written' ? (
        <p className="acts">
          <a className="btn main" href={`${PATHS.energy}?siteId=${result.siteId}`}>
            {t('toEnergy')}
          </a>
        </p>
      ) : null}
      <Problems result={result} />
    </section>
  );
}

function Problems({ result: { problems } }: { result: Planned }) {
  const { t } = useTranslation('meter');
  if (problems.length === 0) return null;
  return (
    <div className="tw">
      <table className="t cards dense">
        <caption>{t('problems', { count: problems.length })}</caption>
        <thead>
          <tr>
            <th scope="col">{t('row')}</th>
            <th scope="col">{t('rowColumn')}</th>
            <th scope="col">{t('value')}</th>
            <th scope="col">{t('problem')}</th>
          </tr>
        </thead>
        <tbody>
          {problems.map(({ line, column, value, message }) => (
            <tr key={`${line} ${message}`}>
              <th scope="row">{line}</th>
              <td data-l={t('rowColumn')}>{column}</td>
              <td data-l={t('value')}>{value}</td>
              <td className="all">{message}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
