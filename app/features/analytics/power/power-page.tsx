/** The power prices of the workspace: series with source, age and gaps, a chart of one of them, and the ways prices come here. Works without script. */
import { useSearchParams } from '@remix-run/react';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { MarketNav } from '#app/features/market/market-nav.tsx';
import type { SeriesView } from '#app/features/power-prices/series-view.ts';
import { PATHS } from '#app/paths.ts';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { Unknown } from '#app/ui/figure.tsx';
import { createFormat } from '#app/ui/format.ts';
import { ChosenPart } from './chosen-part.tsx';
import { AddPart, UploadPart } from './power-forms.tsx';
import { ADDED_PARAM, type PowerPageView, type PowerResult, SERIES_PARAM } from './power-view.ts';
import { ResultPart } from './result-part.tsx';
import { createZonedTime } from './zoned-time.ts';

export const toSeriesHref = (id: string) => `${PATHS.marketPower}?${new URLSearchParams({ [SERIES_PARAM]: id })}`;

const MINUTE_MS = 60_000;
const HOUR_MINUTES = 60;
const DAY_HOURS = 24;

export function sayAge(t: TFunction<'power-prices'>, at: string, nowAt: string): string {
  const minutes = Math.floor((Date.parse(nowAt) - Date.parse(at)) / MINUTE_MS);
  if (minutes < 1) return t('age.now');
  if (minutes < HOUR_MINUTES) return t('age.minutes', { count: minutes });
  const hours = Math.floor(minutes / HOUR_MINUTES);
  return hours < 2 * DAY_HOURS ? t('age.hours', { count: hours }) : t('age.days', { count: Math.floor(hours / DAY_HOURS) });
}

export function PowerPage({ view, result }: { view: PowerPageView; result: PowerResult | null }) {
  const { t } = useTranslation('power-prices');
  const [params] = useSearchParams();
  return (
    <main className="page analytics">
      <MarketNav />
      <header>
        <h1>{view.series.length === 0 ? t('titleNone') : t('title', { count: view.series.length })}</h1>
        <p className="measure mute">{t('lead')}</p>
      </header>
      <div aria-live="polite">
        <ResultPart result={result} isAdded={result === null && params.has(ADDED_PARAM)} />
      </div>
      {view.series.length === 0 ? <p className="note">{t('empty')}</p> : <SeriesTable view={view} />}
      {view.chosen === null ? null : <ChosenPart key={view.chosen.series.id} chosen={view.chosen} view={view} />}
      {view.mayWrite ? (
        <>
          {view.series.length === 0 ? null : <UploadPart view={view} />}
          <AddPart view={view} result={result} />
        </>
      ) : null}
    </main>
  );
}

function SeriesTable({ view }: { view: PowerPageView }) {
  const { t } = useTranslation('power-prices');
  return (
    <section aria-labelledby="series">
      <h2 id="series" className="vh">
        {t('list')}
      </h2>
      <div className="tw">
        <table className="t cards">
          <caption className="vh">{t('list')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('col.name')}</th>
              <th scope="col">{t('col.from')}</th>
              <th scope="col">{t('col.state')}</th>
              <th scope="col">{t('col.age')}</th>
              <th scope="col">{t('col.covers')}</th>
              <th scope="col" className="num">
                {t('col.gaps')}
              </th>
            </tr>
          </thead>
          <tbody>
            {view.series.map((series) => (
              <SeriesLine key={series.id} series={series} view={view} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function SeriesLine({ series, view }: { series: SeriesView; view: PowerPageView }) {
  const { t } = useTranslation('power-prices');
  const locale = useLocale();
  const format = createFormat(locale);
  const { coverage } = series;
  const time = createZonedTime(locale, series.timeZone);
  const isChosen = view.chosen?.series.id === series.id;
  const facts = [
    series.node,
    t('perMwh', { currency: series.currency }),
    t('minutes', { minutes: series.resolutionMinutes }),
    series.timeZone,
  ];
  return (
    <tr className={isChosen ? 'sel' : undefined}>
      <th scope="row">
        <a href={toSeriesHref(series.id)} aria-current={isChosen ? 'true' : undefined}>
          {series.name}
        </a>
        <small className="dim">{facts.filter((fact) => fact !== null).join(' · ')}</small>
      </th>
      <td data-l={t('col.from')}>
        {t(`origin.${series.origin}`)}
        <small className="dim reason">{series.url === null ? coverage.source : new URL(series.url).host}</small>
      </td>
      <td data-l={t('col.state')}>
        <span className={`state ${series.status}`}>{t(`status.${series.status}`)}</span>
        {series.status === 'off' ? <small className="dim">{t('offReason')}</small> : null}
        {series.everyMinutes === null ? null : (
          <small className="dim">{t('every', { minutes: format.integer(series.everyMinutes) })}</small>
        )}
        {series.restsUntil === null ? null : <small className="dim">{t('until', { time: time(series.restsUntil) })}</small>}
        {series.failure === null ? null : <small className="dim reason">{series.failure.reason}</small>}
      </td>
      <td data-l={t('col.age')}>
        {coverage.fetchedAt === null ? <Unknown reason={t('never')} /> : sayAge(t, coverage.fetchedAt, view.nowAt)}
      </td>
      <td data-l={t('col.covers')}>
        {coverage.fromAt === null || coverage.toAt === null ? (
          <Unknown reason={t('none')} />
        ) : (
          t('covered', { from: time(coverage.fromAt), to: time(coverage.toAt) })
        )}
      </td>
      <td data-l={t('col.gaps')} className="num">
        {coverage.intervals === 0 ? (
          <Unknown reason={t('none')} />
        ) : coverage.missing === 0 ? (
          t('noGaps')
        ) : (
          t('gaps', { missing: format.integer(coverage.missing), intervals: format.integer(coverage.intervals) })
        )}
        {series.rowsRefused === 0 ? null : <small className="dim">{t('refusedRows', { count: series.rowsRefused })}</small>}
      </td>
    </tr>
  );
}
