/** Futures, funding and implied volatility of bitcoin. The charts are drawn by the server; the figures are in tables. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { MarketNav } from '#app/features/market/market-nav.tsx';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { Figure, Unknown } from '#app/ui/figure.tsx';
import { createFormat, type Format } from '#app/ui/format.ts';
import type { Pane } from '#app/ui/time-chart/series.ts';
import { TimeChart } from '#app/ui/time-chart/time-chart.tsx';
import type { DerivativesView } from './derivatives-page.server.ts';

const CHART_PX = 220;
const BASIS_DIGITS = 2;

export function DerivativesPage({ view }: { view: DerivativesView | null }) {
  const { t } = useTranslation('analytics');
  const format = createFormat(useLocale());
  return (
    <main className="page analytics">
      <MarketNav />
      <header>
        <h1>{view === null ? t('derivatives.titleUnknown') : sayFinding(t, format, view)}</h1>
        <p className="measure mute">
          {view === null
            ? t('derivatives.unknown')
            : t('derivatives.lead', { source: view.source, time: format.dateTime(view.observedAt) })}
        </p>
      </header>
      {view === null ? null : <Found view={view} format={format} />}
    </main>
  );
}

type Say = ReturnType<typeof useTranslation<'analytics'>>['t'];

/** The furthest future says what the market pays for waiting. */
function sayFinding(t: Say, format: Format, { futures }: DerivativesView): string {
  const furthest = futures.findLast(({ basisRatioPerYear }) => basisRatioPerYear !== null);
  if (furthest?.expiresAt == null || furthest.basisRatioPerYear === null) return t('derivatives.title');
  return t(furthest.basisRatioPerYear >= 0 ? 'derivatives.contango' : 'derivatives.backwardation', {
    month: format.monthYear(furthest.expiresAt),
    percent: format.percent(Math.abs(furthest.basisRatioPerYear), 1),
  });
}

function Found({ view, format }: { view: DerivativesView; format: Format }) {
  const { t } = useTranslation('analytics');
  const nearest = view.volatilities[0];
  return (
    <>
      <dl className="figs">
        <Figure label={t('derivatives.index')} value={format.usd(view.indexUsd, 0)} />
        <Figure
          label={t('derivatives.funding')}
          value={view.funding === null ? null : format.signedPercent(view.funding.ratio8h, 4)}
          unknownReason={t('derivatives.noFunding')}
          basis={
            view.funding === null ? null : t('derivatives.fundingYear', { percent: format.signedPercent(view.funding.ratioPerYear, 1) })
          }
        />
        <Figure
          label={t('derivatives.volatility')}
          value={nearest === undefined ? null : format.percent(nearest.ratioPerYear, 1)}
          unknownReason={t('derivatives.noOptions')}
          basis={nearest === undefined ? null : t('derivatives.until', { date: format.date(nearest.expiresAt) })}
        />
      </dl>
      <section aria-labelledby="volatility">
        <h2 id="volatility">{t('derivatives.volatilities')}</h2>
        <p className="small dim measure">{t('derivatives.volatilitiesSub')}</p>
        <VolatilityChart view={view} format={format} />
      </section>
      <section aria-labelledby="futures">
        <h2 id="futures">{t('derivatives.futures')}</h2>
        <p className="small dim measure">{t('derivatives.futuresSub')}</p>
        <FuturesTable view={view} format={format} />
      </section>
    </>
  );
}

function VolatilityChart({ view, format }: { view: DerivativesView; format: Format }) {
  const { t } = useTranslation('analytics');
  const { times, panes } = useMemo(() => {
    const pane: Pane = {
      id: 'volatility',
      title: t('derivatives.volatilityAxis'),
      heightPx: CHART_PX,
      scale: 'linear',
      series: [
        {
          kind: 'line',
          id: 'line',
          name: t('derivatives.volatility'),
          tone: 2,
          values: view.volatilities.map(({ ratioPerYear }) => ratioPerYear),
        },
      ],
      say: (value) => format.percent(value, 1),
      sayTick: (value) => format.percent(value, 0),
    };
    return { times: view.volatilities.map(({ expiresAt }) => Date.parse(expiresAt)), panes: [pane] };
  }, [view, format, t]);
  const [only, second] = view.volatilities;
  if (only === undefined) return <p className="note">{t('derivatives.noOptions')}</p>;
  // One point is no curve, and an axis of one day says nothing.
  if (second === undefined)
    return (
      <p className="note">
        {t('derivatives.oneExpiry', { date: format.date(only.expiresAt), percent: format.percent(only.ratioPerYear, 1) })}
      </p>
    );
  return <TimeChart label={t('derivatives.volatilities')} times={times} panes={panes} isDaily />;
}

function FuturesTable({ view, format }: { view: DerivativesView; format: Format }) {
  const { t } = useTranslation('analytics');
  return (
    <div className="tw">
      <table className="t cards">
        <caption className="vh">{t('derivatives.futures')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('derivatives.instrument')}</th>
            <th scope="col">{t('derivatives.expiry')}</th>
            {(['mark', 'basis', 'basisYear', 'openInterest'] as const).map((name) => (
              <th key={name} scope="col" className="num">
                {t(`derivatives.${name}`)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {view.futures.map((future) => (
            <tr key={future.instrument}>
              <th scope="row">{future.instrument}</th>
              <td data-l={t('derivatives.expiry')}>
                {future.expiresAt === null ? t('derivatives.perpetual') : format.date(future.expiresAt)}
              </td>
              <td data-l={t('derivatives.mark')} className="num">
                {format.usd(future.markUsd, 0)}
              </td>
              <td data-l={t('derivatives.basis')} className="num">
                {format.signedPercent(future.basisRatio, BASIS_DIGITS)}
              </td>
              <td data-l={t('derivatives.basisYear')} className="num">
                {future.basisRatioPerYear === null ? (
                  <Unknown reason={t('derivatives.noYear')} />
                ) : (
                  format.signedPercent(future.basisRatioPerYear, BASIS_DIGITS)
                )}
              </td>
              <td data-l={t('derivatives.openInterest')} className="num">
                {future.openInterestUsd === null ? (
                  <Unknown reason={t('derivatives.noOpenInterest')} />
                ) : (
                  format.shortMoney(future.openInterestUsd, 'USD')
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
