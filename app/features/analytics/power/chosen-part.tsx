/** One series over its newest days, with what is unknown in it. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { PATHS } from '#app/paths.ts';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { CsrfField } from '#app/ui/csrf-field.tsx';
import { DataDisclosure } from '#app/ui/disclosure.tsx';
import { createFormat } from '#app/ui/format.ts';
import type { Pane } from '#app/ui/time-chart/series.ts';
import { TimeChart } from '#app/ui/time-chart/time-chart.tsx';
import { type ChosenSeries, DAYS_PARAM, type PowerPageView, SERIES_PARAM, SHOWN_DAYS } from './power-view.ts';
import { createZonedTime } from './zoned-time.ts';

const CHART_PX = 260;

function findFigures({ pricesPerMwh }: ChosenSeries) {
  const known = pricesPerMwh.filter((price) => price !== null);
  if (known.length === 0) return null;
  const mean = known.reduce((sum, price) => sum + price, 0) / known.length;
  const low = known.reduce((least, price) => Math.min(least, price));
  const high = known.reduce((most, price) => Math.max(most, price));
  return { low, high, mean, negative: known.filter((price) => price < 0).length, prices: known.length };
}

export function ChosenPart({ chosen, view }: { chosen: ChosenSeries; view: PowerPageView }) {
  const { t } = useTranslation('power-prices');
  const locale = useLocale();
  const format = createFormat(locale);
  const { series, days, startMs, stepMs, pricesPerMwh, gaps } = chosen;
  const time = createZonedTime(locale, series.timeZone);
  const figures = findFigures(chosen);
  const times = useMemo(() => pricesPerMwh.map((_, index) => startMs + index * stepMs), [pricesPerMwh, startMs, stepMs]);
  const panes = useMemo((): Pane[] => {
    const own = createFormat(locale);
    const say = (price: number | null) => (price === null ? t('chart.unknown') : `${own.number(price, 2)} ${series.currency}/MWh`);
    return [
      {
        id: 'price',
        title: t('chart.price', { currency: series.currency }),
        heightPx: CHART_PX,
        scale: 'linear',
        includesZero: true,
        series: [{ kind: 'steps', id: 'price', name: series.name, tone: 1, values: pricesPerMwh }],
        say,
        sayTick: (value) => own.number(value, 0),
      },
    ];
  }, [locale, pricesPerMwh, series.currency, series.name, t]);
  const toHref = (shown: number) =>
    `${PATHS.marketPower}?${new URLSearchParams({ [SERIES_PARAM]: series.id, [DAYS_PARAM]: String(shown) })}`;
  return (
    <section aria-labelledby="chosen">
      <h2 id="chosen">
        {series.node === null || series.name.includes(series.node)
          ? t('chart.titlePlain', { name: series.name })
          : t('chart.title', { name: series.name, node: series.node })}
      </h2>
      {figures === null ? (
        <p className="note">{t('chart.none')}</p>
      ) : (
        <>
          <p className="measure">
            {t('chart.finding', {
              low: format.number(figures.low, 2),
              high: format.number(figures.high, 2),
              mean: format.number(figures.mean, 2),
              currency: series.currency,
              negative: format.integer(figures.negative),
              prices: format.integer(figures.prices),
            })}
          </p>
          <nav className="subnav" aria-label={t('chart.days')}>
            {SHOWN_DAYS.map((shown) => (
              <a key={shown} href={toHref(shown)} aria-current={shown === days ? 'page' : undefined}>
                {t('chart.span', { count: shown })}
              </a>
            ))}
          </nav>
          <TimeChart
            label={t('chart.label', { name: series.name, from: time(startMs), to: time(startMs + pricesPerMwh.length * stepMs) })}
            times={times}
            panes={panes}
            timeZone={series.timeZone}
          />
        </>
      )}
      {series.coverage.fetchedAt === null || series.coverage.source === null ? null : (
        <p className="small dim">
          {t('chart.source', {
            source: series.coverage.source,
            time: time(series.coverage.fetchedAt),
            zone: series.timeZone.replaceAll('_', ' '),
          })}
        </p>
      )}
      {figures === null ? null : <PlanForm chosen={chosen} />}
      {gaps.length === 0 ? null : (
        <DataDisclosure title={t('gap.title')}>
          <p className="small dim">{t('gap.lead')}</p>
          <div className="tw">
            <table className="t dense">
              <caption className="vh">{t('gap.title')}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('gap.from')}</th>
                  <th scope="col">{t('gap.to')}</th>
                  <th scope="col" className="num">
                    {t('gap.intervals')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {gaps.map(({ fromAt, toAt, intervals }) => (
                  <tr key={fromAt}>
                    <th scope="row">{time(fromAt)}</th>
                    <td>{time(toAt)}</td>
                    <td className="num">{format.integer(intervals)}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </DataDisclosure>
      )}
      {view.mayWrite ? (
        <DataDisclosure title={t('delete')}>
          <form method="post" action={PATHS.marketPower} className="acts">
            <CsrfField />
            <input type="hidden" name="seriesId" value={series.id} />
            <p>{t('deleteAsk', { name: series.name, prices: format.integer(series.coverage.prices) })}</p>
            <button type="submit" name="intent" value="delete" className="btn sm">
              {t('delete')}
            </button>
          </form>
        </DataDisclosure>
      ) : null}
    </section>
  );
}

/** Days handed to the what-if page; its loader puts series and days together, so that no script is needed. */
function PlanForm({ chosen: { series, hasRate } }: { chosen: ChosenSeries }) {
  const { t } = useTranslation('power-prices');
  if (!hasRate) {
    return <p className="small dim">{t('plan.currency', { currency: series.currency })}</p>;
  }
  const { fromAt, toAt } = series.coverage;
  if (fromAt === null || toAt === null) return null;
  const toDate = (ms: number) => new Intl.DateTimeFormat('en-CA', { timeZone: series.timeZone, dateStyle: 'short' }).format(ms);
  const [first, last] = [toDate(Date.parse(fromAt)), toDate(Date.parse(toAt) - 1)];
  return (
    <form method="get" action={PATHS.whatIf} className="form-grid" aria-label={t('plan.title')}>
      <input type="hidden" name="series" value={series.id} />
      <div className="field one">
        <label htmlFor="plan-from">{t('plan.from')}</label>
        <div className="box">
          <input id="plan-from" type="date" name="from" defaultValue={last} min={first} max={last} required />
        </div>
      </div>
      <div className="field one">
        <label htmlFor="plan-to">{t('plan.to')}</label>
        <div className="box">
          <input id="plan-to" type="date" name="to" defaultValue={last} min={first} max={last} />
        </div>
      </div>
      <div className="acts wide-row">
        <button type="submit" className="btn">
          {t('plan.act')}
        </button>
        <span className="small dim">{t('plan.note')}</span>
      </div>
    </form>
  );
}
