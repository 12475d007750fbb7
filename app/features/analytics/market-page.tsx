/** The market: what counts today, and how price, hashprice and difficulty came here. */
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { MarketNav } from '#app/features/market/market-nav.tsx';
import { MarketStrip } from '#app/features/market/market-strip.tsx';
import { Sourced } from '#app/features/market/source-name.tsx';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { createFormat, type Format } from '#app/ui/format.ts';
import type { Moment, Pane, Series } from '#app/ui/time-chart/series.ts';
import { TimeChart } from '#app/ui/time-chart/time-chart.tsx';
import type { MarketView } from './market-page.server.ts';
import { findYearChange } from './year-change.ts';

const DAY_MS = 86_400_000;
const YEAR_DAYS = 365;
const PRICE_PX = 260;
const PANE_PX = 110;
/** Days of the halvings so far, UTC: blocks 210,000, 420,000, 630,000 and 840,000. */
const HALVINGS = ['2012-11-28', '2016-07-09', '2020-05-11', '2024-04-20'].map((day) => Date.parse(day));

export function MarketPage({ view }: { view: MarketView }) {
  const { t } = useTranslation(['analytics', 'market']);
  const { t: tMarket } = useTranslation('market');
  const format = createFormat(useLocale());
  const lastDay = view.close.findLastIndex((close) => close !== null);
  return (
    <>
      <MarketStrip snapshot={view.market} nowMs={Date.parse(view.nowAt)} format={format} t={tMarket} />
      <main className="page analytics">
        <MarketNav />
        <header>
          <h1>{sayFinding(t, format, view)}</h1>
          <p className="measure mute">
            <Sourced
              source={view.sources.join('; ')}
              say={(sources) => t('market.lead', { date: format.date(new Date(view.startAtMs + lastDay * DAY_MS)), sources })}
            />
          </p>
        </header>
        <section aria-labelledby="charts">
          <h2 id="charts">{t('market.charts')}</h2>
          <p className="small dim measure">{t('market.chartsSub')}</p>
          <HistoryChart view={view} format={format} />
        </section>
        <Pools view={view} format={format} />
      </main>
    </>
  );
}

type Say = ReturnType<typeof useTranslation<['analytics', 'market']>>['t'];

function sayFinding(t: Say, format: Format, { market, close, startAtMs, nowAt }: MarketView): string {
  const change = findYearChange(market.priceUsdPerBtc, close, startAtMs, Date.parse(nowAt));
  if (change === null) return t('market.title');
  const words = {
    price: format.usd(change.priceUsdPerBtc, 0),
    percent: format.percent(Math.abs(change.changeRatio), 0),
    date: format.date(new Date(change.atMs)),
  };
  if (change.isOld) return t(change.changeRatio >= 0 ? 'market.wasUp' : 'market.wasDown', words);
  return t(change.changeRatio >= 0 ? 'market.up' : 'market.down', words);
}

function HistoryChart({ view, format }: { view: MarketView; format: Format }) {
  const { t } = useTranslation('analytics');
  const { times, panes, moments } = useMemo(() => toChart(view, format, t), [view, format, t]);
  return (
    <TimeChart
      label={t('market.chart')}
      times={times}
      panes={panes}
      moments={moments}
      isDaily
      spansDays={[90, YEAR_DAYS, 4 * YEAR_DAYS, null]}
      initialDays={4 * YEAR_DAYS}
    />
  );
}

function toChart(view: MarketView, format: Format, t: ReturnType<typeof useTranslation<'analytics'>>['t']) {
  const { candles, close, startAtMs } = view;
  const pad = (values: (number | null)[]) => (candles === null ? values : [...new Array<null>(candles.fromDay).fill(null), ...values]);
  // A line only where a close is all that is known: over candles it would be a second drawing of the same.
  const lineTo = candles === null ? close.length : candles.fromDay + 1;
  const line = close.map((value, day) => (day < lineTo ? value : null));
  const price: Series[] = [{ kind: 'line', id: 'close', name: t('market.close'), tone: 1, values: line, standsInFor: 'candles' }];
  if (candles !== null) {
    price.unshift({
      kind: 'candles',
      id: 'candles',
      name: t('market.candle'),
      open: pad(candles.open),
      high: pad(candles.high),
      low: pad(candles.low),
      close,
    });
  }
  const usd = (value: number | null) => format.usd(value, value !== null && Math.abs(value) < 1000 ? 2 : 0);
  const usdTick = (value: number) => format.shortMoney(value, 'USD');
  const panes: Pane[] = [
    { id: 'price', title: t('market.price'), heightPx: PRICE_PX, scale: 'log', series: price, say: usd, sayTick: usdTick },
    {
      id: 'hashprice',
      title: t('market.hashprice'),
      heightPx: PANE_PX,
      scale: 'log',
      series: [{ kind: 'line', id: 'hashprice', name: t('market.hashpriceName'), tone: 3, values: view.hashpriceUsdPerPhDay }],
      say: usd,
      sayTick: usdTick,
    },
    {
      id: 'difficulty',
      title: t('market.difficulty'),
      heightPx: PANE_PX,
      scale: 'linear',
      series: [{ kind: 'steps', id: 'difficulty', name: t('market.difficultyName'), tone: 2, values: view.difficultyT }],
      say: (value) => (value === null ? format.number(null) : `${format.number(value, 2)} T`),
      sayTick: (value) => format.number(value, Number.isInteger(value) ? 0 : 1),
    },
  ];
  if (candles?.volumeBtc.some((volume) => volume !== null)) {
    panes.splice(1, 0, {
      id: 'volume',
      title: t('market.volume'),
      heightPx: PANE_PX / 2,
      scale: 'linear',
      series: [{ kind: 'bars', id: 'volume', name: t('market.volumeName'), tone: 2, values: pad(candles.volumeBtc) }],
      say: (value) => format.number(value, 0),
      sayTick: (value) => format.number(value, 0),
    });
  }
  const moments: Moment[] = HALVINGS.map((timeMs) => ({ timeMs, label: t('market.halving') }));
  return { times: close.map((_, day) => startAtMs + day * DAY_MS), panes, moments };
}

function Pools({ view: { pools }, format }: { view: MarketView; format: Format }) {
  const { t } = useTranslation('analytics');
  const first = pools?.shares[0];
  return (
    <section aria-labelledby="pools">
      <h2 id="pools">
        {first === undefined ? t('market.pools') : t('market.poolsTitle', { name: first.name, percent: format.percent(first.ratio, 0) })}
      </h2>
      {pools === null ? (
        <p className="note">{t('market.poolsUnknown')}</p>
      ) : (
        <>
          <p className="small dim">{t('market.poolsFrom', { source: pools.source, time: format.dateTime(pools.observedAt) })}</p>
          <div className="tw">
            <table className="t dense">
              <caption className="vh">{t('market.pools')}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('market.pool')}</th>
                  <th scope="col" className="num">
                    {t('market.blocks')}
                  </th>
                  <th scope="col" className="num">
                    {t('market.share')}
                  </th>
                </tr>
              </thead>
              <tbody>
                {pools.shares.map(({ name, blocks, ratio }) => (
                  <tr key={name}>
                    <th scope="row">{name}</th>
                    <td className="num">{format.integer(blocks)}</td>
                    <td className="num">{format.percent(ratio, 1)}</td>
                  </tr>
                ))}
                {pools.others.count === 0 ? null : (
                  <tr>
                    <th scope="row">{t('market.others', { count: pools.others.count })}</th>
                    <td />
                    <td className="num">{format.percent(pools.others.ratio, 1)}</td>
                  </tr>
                )}
              </tbody>
            </table>
          </div>
        </>
      )}
    </section>
  );
}
