/** What a site's meter counted, from a file: choose it, see what would be stored, and store exactly that. */
import { useFetcher } from '@remix-run/react';
import { useTranslation } from 'react-i18next';
import { SelectField } from '#app/features/monitoring/fields.tsx';
import { LedgerFigures } from '#app/features/monitoring/upload/ledger-figures.tsx';
import { LookFirstForm } from '#app/features/monitoring/upload/look-first-form.tsx';
import { RowProblems } from '#app/features/monitoring/upload/row-problems.tsx';
import { FleetNav } from '#app/features/sites/fleet-nav.tsx';
import { METER_VALUES } from '#app/features/telemetry/meter-file/meter-columns.ts';
import { PATHS } from '#app/paths.ts';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { createFormat } from '#app/ui/format.ts';
import type { MeterResult, MeterView } from './meter-form.ts';

type Planned = Extract<MeterResult, { kind: 'planned' | 'written' }>;

export function MeterPage({ view, result: sent }: { view: MeterView; result: MeterResult | null }) {
  const { t } = useTranslation('meter');
  const format = createFormat(useLocale());
  // With script the answer comes without a new page, and the chosen file stays in its field.
  const fetcher = useFetcher<MeterResult>();
  const result = fetcher.data ?? sent;
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
        <LookFirstForm
          fetcher={fetcher}
          sites={view.sites}
          siteId={result === null || result.siteId === '' ? view.siteId : result.siteId}
          accept=".csv,.tsv,.txt,.xlsx"
          words={{ site: t('site'), file: t('file'), fileHint: t('fileHint'), look: t('look'), working: t('working'), again: t('again') }}
          take={
            result?.kind === 'planned' && changes > 0
              ? { digest: result.digest, label: t('take', { count: changes, quarters: format.integer(changes) }) }
              : null
          }
        >
          <Choices result={result} />
        </LookFirstForm>
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

/** What is asked about the file, and what was chosen before, which goes with the order. */
function Choices({ result }: { result: MeterResult | null }) {
  const { t } = useTranslation('meter');
  if (result === null || (result.kind === 'refused' && result.asks === null)) return null;
  const { column, values } = result.chosen;
  const asks = result.kind === 'refused' ? result.asks : null;
  return (
    <>
      {asks === 'column' && result.kind === 'refused' ? (
        <SelectField name="column" label={t('column')} hint={t('columnHint')}>
          {result.choices.map((head) => (
            <option key={head} value={head}>
              {head}
            </option>
          ))}
        </SelectField>
      ) : column === '' ? null : (
        <input type="hidden" name="column" value={column} />
      )}
      {asks === 'values' ? (
        <SelectField name="values" label={t('values')} hint={t('valuesHint')}>
          {METER_VALUES.map((one) => (
            <option key={one} value={one}>
              {t(`valuesAre.${one}`)}
            </option>
          ))}
        </SelectField>
      ) : values === '' ? null : (
        <input type="hidden" name="values" value={values} />
      )}
    </>
  );
}

const LEDGER = ['added', 'replaced', 'unchanged', 'unpaired', 'blank', 'repeated', 'inError'] as const;

function Outcome({ result }: { result: Planned }) {
  const { t } = useTranslation('meter');
  const format = createFormat(useLocale());
  const { ledger, columns, timeZone } = result;
  const sayTime = format.dateTimeIn(timeZone);
  const isRegister = columns.values === 'register';
  // What only a register has is not shown of other files.
  const kinds = LEDGER.filter((kind) => kind !== 'unpaired' || isRegister);
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
        {t(`readAs.${isRegister ? 'register' : columns.isEnd ? 'end' : 'start'}`, {
          time: columns.time,
          value: columns.value,
          unit: t(`unit.${columns.unit}`),
        })}
      </p>
      {result.missingQuarters > 0 ? (
        <p className="small measure">{t('missing', { count: result.missingQuarters, quarters: format.integer(result.missingQuarters) })}</p>
      ) : null}
      <LedgerFigures kinds={kinds.map((kind) => ({ label: t(`ledger.${kind}`), count: ledger[kind], isTrouble: kind === 'inError' }))} />
      <p className="small mute">{t('sum', { rows: format.integer(ledger.rowsIn) })}</p>
      {result.kind === 'written' ? (
        <p className="acts">
          <a className="btn main" href={`${PATHS.energy}?siteId=${result.siteId}`}>
            {t('toEnergy')}
          </a>
        </p>
      ) : null}
      <RowProblems
        caption={t('problems', { count: result.problems.length })}
        heads={{ row: t('row'), column: t('rowColumn'), value: t('value'), problem: t('problem') }}
        rows={result.problems}
      />
    </section>
  );
}
