/** What every signal was worth: how often it was right beside how often that happened anyway. */
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Format } from '#app/ui/format.ts';
import type { SignalHistory } from '../signals/describe-signals.ts';
import type { IndicatorPage } from './indicator-page.ts';
import type { SignalKey } from './indicator-words.ts';

/** What another room puts beside the signals. */
export type SignalExtras = { lead: ReactNode; column: { head: string; cell: (signal: string) => ReactNode } | null };

type SignalPartProps = { page: Pick<IndicatorPage, 'signals' | 'different'>; extras: SignalExtras; format: Format };

export function SignalPart({ page, extras, format }: SignalPartProps) {
  const { t } = useTranslation('indicators');
  const { better, worse, all } = page.different;
  const counts = { better: format.integer(better), worse: format.integer(worse), all: format.integer(all) };
  return (
    <section className="sec" aria-labelledby="signals-title">
      <header>
        <h2 id="signals-title">{better === 0 ? t('page.signals.none') : t('page.signals.some', counts)}</h2>
        <p className="measure">{t('page.signals.lead', counts)}</p>
        {extras.lead}
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
      <section className="tw" tabIndex={0} aria-labelledby="signals-title">
        <table className="t dense cards">
          <thead>
            <tr>
              <th scope="col">{t('page.signals.signal')}</th>
              <th scope="col">{t('page.signals.now')}</th>
              <th scope="col">{t('page.signals.last')}</th>
              <th scope="col" className="num">
                {t('page.signals.days')}
              </th>
              {[7, 30, 90].map((days) => (
                <th key={days} scope="col" className="num">
                  {t('page.signals.after', { days: format.integer(days) })}
                </th>
              ))}
              {extras.column === null ? null : <th scope="col">{extras.column.head}</th>}
            </tr>
          </thead>
          <tbody>
            {page.signals.map((signal) => (
              <SignalRow key={signal.name} signal={signal} column={extras.column} format={format} />
            ))}
          </tbody>
        </table>
      </section>
      <p className="small dim measure">{t('page.signals.note')}</p>
    </section>
  );
}

type SignalRowProps = { signal: SignalHistory; column: SignalExtras['column']; format: Format };

function SignalRow({ signal, column, format }: SignalRowProps) {
  const { t } = useTranslation('indicators');
  const head = (
    <th scope="row">
      {t(`signals.${signal.name as SignalKey}`)}
      <small>{t(`page.signals.${signal.direction}`)}</small>
    </th>
  );
  if (signal.kind === 'not-stored') {
    return (
      <tr>
        {head}
        <td colSpan={column === null ? 6 : 7} className="dim all">
          —{' '}
          {t('page.signals.notStored', {
            columns: format.list(signal.columns.map((column) => t(`page.column.${column}`))),
          })}
        </td>
      </tr>
    );
  }
  return (
    <tr>
      {head}
      <td className="nw" data-l={t('page.signals.now')}>
        {signal.isOn === null ? '—' : t(signal.isOn ? 'page.signals.on' : 'page.signals.off')}
        {signal.sinceAt === null ? null : <small>{t('page.signals.since', { at: format.date(signal.sinceAt) })}</small>}
      </td>
      <td className="nw" data-l={t('page.signals.last')}>
        {format.date(signal.occurrences.at(-1)?.at)}
      </td>
      <td className="num" data-l={t('page.signals.days')}>
        {format.integer(signal.occurrences.length)}
      </td>
      {signal.outcomes.map(({ horizonDays, hitRatio, interval, baseRatio }) => (
        <td key={horizonDays} className="num nw" data-l={t('page.signals.after', { days: format.integer(horizonDays) })}>
          <b>{format.percent(hitRatio, 0)}</b>
          {interval === null ? null : ` (${format.number(100 * interval.low, 0)}–${format.percent(interval.high, 0)})`}
          <small>{t('page.signals.base', { ratio: format.percent(baseRatio, 0) })}</small>
        </td>
      ))}
      {column === null ? null : <td data-l={column.head}>{column.cell(signal.name)}</td>}
    </tr>
  );
}
