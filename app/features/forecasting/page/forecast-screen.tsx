// Price, difficulty and hash rate ahead, with what such forecasts were worth before.
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { MarketNav } from '#app/features/market/market-nav.tsx';
import { Sourced } from '#app/features/market/source-name.tsx';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { Figure, Unknown } from '#app/ui/figure.tsx';
import { createFormat, type Format } from '#app/ui/format.ts';
import { SentenceGap } from '#app/ui/sentence-gap.tsx';
import { TH_PER_EH } from '#engine/units/constants.ts';
import type { SeriesForecast } from '../forecast-answer.ts';
import { listNaiveDays, listWinners } from './forecast-finding.ts';
import { IntervalChartView } from './interval-chart-view.tsx';
import { listScenarios } from './scenarios.ts';
import { ScenariosPart } from './scenarios-part.tsx';

const S_PER_DAY = 86_400;
const LOSS_DIGITS = 4;
const HASH_SHOWN = 12;

type SeriesProps = { forecast: SeriesForecast };

const daysAfter = (at: string, days: number) => new Date(Date.parse(at) + days * S_PER_DAY * 1000);

const DIFFICULTY_PER_T = 1e12;

function writeValue(series: SeriesForecast['series'], format: Format): (value: number) => string {
  switch (series) {
    case 'price':
      return (value) => format.usd(value, 0);
    case 'difficulty':
      return format.difficulty;
    case 'networkHashrate':
      return (value) => `${format.number(value / TH_PER_EH, 0)} EH/s`;
  }
}

/** For the axis. */
function writeShort(series: SeriesForecast['series'], format: Format): (value: number) => string {
  switch (series) {
    case 'price':
      return (value) => format.shortMoney(value, 'USD');
    case 'difficulty':
      return (value) => `${format.number(value / DIFFICULTY_PER_T, 0)} T`;
    case 'networkHashrate':
      return writeValue(series, format);
  }
}

export type ForecastScreenProps = {
  price: SeriesForecast;
  difficulty: SeriesForecast;
  networkHashrate: SeriesForecast;
  /** Of the calculator that the reader came from, as a query; scenarios keep them. */
  inputs: string;
};

/** Moments that scenarios of old figures start from; `null`: both are of today. */
function findAsOf(price: SeriesForecast, difficulty: SeriesForecast): { price: string; difficulty: string } | null {
  if (price.dated === null && difficulty.dated === null) return null;
  const at = ({ dated, current }: SeriesForecast) => dated?.at ?? current.at;
  const [ofPrice, ofDifficulty] = [at(price), at(difficulty)];
  return ofPrice === null || ofDifficulty === null ? null : { price: ofPrice, difficulty: ofDifficulty };
}

export function ForecastScreen({ price, difficulty, networkHashrate, inputs }: ForecastScreenProps) {
  const { t } = useTranslation('forecasts');
  return (
    <main className="page forecasts">
      <MarketNav />
      <header>
        <h1>{t('page.title')}</h1>
        <p className="measure mute">{t('page.lead')}</p>
      </header>
      {[difficulty, networkHashrate, price].map((forecast) => (
        <SeriesPart key={forecast.series} forecast={forecast} />
      ))}
      <ScenariosPart scenarios={listScenarios(price, difficulty, new URLSearchParams(inputs))} asOf={findAsOf(price, difficulty)} />
      <section className="sec" aria-labelledby="method-title">
        <header>
          <h2 id="method-title">{t('method.title')}</h2>
        </header>
        <p className="measure">{t('method.naive')}</p>
        <p className="measure">{t('method.price')}</p>
        <p className="measure">{t('method.difficulty')}</p>
        <p className="measure">{t('method.networkHashrate')}</p>
        <p className="measure">{t('method.backtest')}</p>
      </section>
    </main>
  );
}

function SeriesPart({ forecast }: SeriesProps) {
  const { t } = useTranslation('forecasts');
  const { series, status, current, backtest, dated } = forecast;
  const format = createFormat(useLocale());
  const write = writeValue(series, format);
  const { horizons } = dated ?? forecast;
  const last = horizons.at(-1);
  return (
    <section className="sec" aria-labelledby={`${series}-title`}>
      <header>
        <h2 id={`${series}-title`}>{t(`${series}.title`)}</h2>
        <Finding forecast={forecast} />
      </header>
      <dl className="figs">
        <Figure
          label={t(status === 'too-old' ? `${series}.lastKnown` : `${series}.current`)}
          value={current.value === null ? null : write(current.value)}
          unknownReason={t('current.unknown')}
          basis={
            current.source === null ? null : (
              <Sourced source={current.source} say={(source) => t('current.basis', { source, date: format.date(current.at) })} />
            )
          }
        />
        <NextRetarget forecast={forecast} />
      </dl>
      {current.value !== null && last !== undefined ? (
        <>
          <h3>
            {dated === null
              ? t('chart.title', { days: format.integer(last.days), low: write(last.lower95), high: write(last.upper95) })
              : t('chart.titleDated', {
                  from: format.date(dated.at),
                  until: format.date(daysAfter(dated.at, last.days)),
                  low: write(last.lower95),
                  high: write(last.upper95),
                })}
          </h3>
          <IntervalChartView
            current={current.value}
            horizons={horizons}
            start={dated === null ? t('chart.now') : format.date(dated.at)}
            write={writeShort(series, format)}
            label={t(dated === null ? 'chart.label' : 'chart.labelDated', {
              days: format.integer(last.days),
              from: dated === null ? '' : format.date(dated.at),
              median: write(last.median),
              low: write(last.lower95),
              high: write(last.upper95),
            })}
          />
          <p className="small dim">{t('chart.bands')}</p>
          <HorizonTable series={series} horizons={horizons} at={dated?.at ?? null} />
        </>
      ) : null}
      {backtest === null ? null : <BacktestPart forecast={forecast} backtest={backtest} />}
    </section>
  );
}

function Finding({ forecast }: SeriesProps) {
  const { t } = useTranslation('forecasts');
  const format = createFormat(useLocale());
  const { status, progressRatio, horizons, current, dated } = forecast;
  if (status === 'computing')
    return (
      <p className="measure">
        {progressRatio === null ? t('state.waiting') : t('state.computing', { percent: format.percent(progressRatio, 0) })}
      </p>
    );
  if (status === 'unknown') return <p className="measure">{t('state.unknown')}</p>;
  if (status === 'too-old')
    return (
      <p className="measure">
        {current.ageS !== null && current.ageS >= S_PER_DAY
          ? t('state.tooOldDays', { count: Math.floor(current.ageS / S_PER_DAY), date: format.date(current.at) })
          : t('state.tooOld', { at: format.dateTime(current.at) })}
        <SentenceGap />
        {dated === null ? t('state.noneFromThere') : t('state.datedToThere')}
      </p>
    );
  const naiveDays = listNaiveDays(forecast);
  const winners = listWinners(forecast);
  const say = (days: readonly number[]) => format.list(days.map((count) => t('days', { count })));
  return (
    <p className="measure">
      {naiveDays.length === horizons.length ? t('finding.allNaive') : null}
      {naiveDays.length > 0 && naiveDays.length < horizons.length ? t('finding.someNaive', { days: say(naiveDays) }) : null}
      {winners.map(({ days, model, skill }) => (
        <Fragment key={days}>
          <SentenceGap />
          {t('finding.winner', {
            days: t('days', { count: days }),
            model: t(`model.${model as SeriesForecast['horizons'][number]['model']}`),
            percent: format.percent(skill, 0),
          })}
        </Fragment>
      ))}
    </p>
  );
}

function NextRetarget({ forecast }: SeriesProps) {
  const { t } = useTranslation('forecasts');
  const format = createFormat(useLocale());
  const { current, dated } = forecast;
  const { nextRetarget } = dated ?? forecast;
  if (nextRetarget === null || current.value === null) return null;
  const { height, blocksLeft, difficulty, remainingS } = nextRetarget;
  const change = (value: number) => format.signedPercent(value / current.value! - 1, 1);
  return (
    <>
      <Figure
        main
        label={dated === null ? t('retarget.change') : t('retarget.changeDated', { date: format.date(dated.at) })}
        value={change(difficulty.median)}
        basis={t('retarget.interval', {
          low: change(difficulty.lower95),
          high: change(difficulty.upper95),
          value: format.difficulty(difficulty.median),
        })}
      />
      <Figure
        label={t('retarget.when', { height: format.integer(height) })}
        value={
          dated === null
            ? t('retarget.inDays', { days: format.number(remainingS.median / S_PER_DAY, 1) })
            : t('retarget.onDay', { date: format.date(daysAfter(dated.at, remainingS.median / S_PER_DAY)) })
        }
        basis={
          dated === null
            ? t('retarget.blocks', { blocks: format.integer(blocksLeft) })
            : t('retarget.blocksDated', { blocks: format.integer(blocksLeft), date: format.date(dated.at) })
        }
      />
    </>
  );
}

type HorizonTableProps = Pick<SeriesForecast, 'series' | 'horizons'> & {
  /** Moment that the days count from; `null`: now. */
  at: string | null;
};

function HorizonTable({ series, horizons, at }: HorizonTableProps) {
  const { t } = useTranslation('forecasts');
  const format = createFormat(useLocale());
  const write = writeValue(series, format);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard
    <section className="tw" tabIndex={0} aria-label={t('horizons.table')}>
      <table className="t dense cards">
        <thead>
          <tr>
            <th scope="col">{t('horizons.days')}</th>
            <th scope="col" className="num">
              {t('horizons.median')}
            </th>
            <th scope="col" className="num">
              {t('horizons.interval80')}
            </th>
            <th scope="col" className="num">
              {t('horizons.interval95')}
            </th>
            <th scope="col">{t('horizons.model')}</th>
          </tr>
        </thead>
        <tbody>
          {horizons.map(({ days, median, lower80, upper80, lower95, upper95, model, because }) => (
            <tr key={days}>
              <th scope="row">
                {t('days', { count: days })}
                {at === null ? null : <small className="dim">{t('horizons.until', { date: format.date(daysAfter(at, days)) })}</small>}
              </th>
              <td className="num" data-l={t('horizons.median')}>
                {write(median)}
              </td>
              <td className="num" data-l={t('horizons.interval80')}>
                {t('range', { low: write(lower80), high: write(upper80) })}
              </td>
              <td className="num" data-l={t('horizons.interval95')}>
                {t('range', { low: write(lower95), high: write(upper95) })}
              </td>
              <td className="all">
                {t(`model.${model}`)}
                <small>{t(`because.${because}`)}</small>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}

function BacktestPart({ forecast, backtest }: SeriesProps & { backtest: NonNullable<SeriesForecast['backtest']> }) {
  const { t } = useTranslation('forecasts');
  const format = createFormat(useLocale());
  // An interval without width that held everything was no interval.
  const untested = <Unknown reason={t('backtest.certain')} />;
  const { rows, firstOriginAt, lastOriginAt, computedAt, inputsHash, source, historyEndsAt } = backtest;
  return (
    <>
      <h3>{t(`${forecast.series}.backtest`)}</h3>
      <p className="small dim">
        <Sourced
          source={source}
          say={(sources) =>
            t('backtest.span', {
              from: format.date(firstOriginAt),
              to: format.date(lastOriginAt),
              source: sources,
              end: format.date(historyEndsAt),
            })
          }
        />
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard */}
      <section className="tw" tabIndex={0} aria-label={t(`${forecast.series}.backtest`)}>
        <table className="t dense cards">
          <thead>
            <tr>
              <th scope="col">{t('horizons.days')}</th>
              <th scope="col">{t('horizons.model')}</th>
              {(['origins', 'mae', 'rmse', 'coverage80', 'coverage95', 'pinball', 'skill'] as const).map((name) => (
                <th key={name} scope="col" className="num">
                  {t(`backtest.${name}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row) => (
              <tr key={`${row.horizonDays} ${row.model}`} className={row.isUsed ? 'used' : undefined}>
                <th scope="row">{t('days', { count: row.horizonDays })}</th>
                <td className="all">
                  {t(`model.${row.model}`)}
                  {row.isUsed ? <small>{t('backtest.used')}</small> : null}
                </td>
                <td className="num">{format.integer(row.origins)}</td>
                <td className="num" data-l={t('backtest.mae')}>
                  {format.percent(row.meanAbsoluteError, 1)}
                </td>
                <td className="num">{format.percent(row.rootMeanSquareError, 1)}</td>
                <td className="num">{row.pinballLoss === 0 ? untested : format.percent(row.coverage80, 0)}</td>
                <td className="num" data-l={t('backtest.coverage95')}>
                  {row.pinballLoss === 0 ? untested : format.percent(row.coverage95, 0)}
                </td>
                <td className="num">{format.number(row.pinballLoss, LOSS_DIGITS)}</td>
                <td className="num" data-l={t('backtest.skill')}>
                  {row.model === 'naive'
                    ? t('backtest.yardstick')
                    : `${format.signedPercent(row.skill, 1)} ± ${format.percent(row.skillError, 1)}`}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {rows.some(({ pinballLoss }) => pinballLoss === 0) ? <p className="small dim">{t('backtest.certain')}</p> : null}
      <p className="small dim">{t('backtest.note')}</p>
      <p className="small dim">
        {t('backtest.computed', { at: format.dateTime(computedAt) })} <code title={inputsHash}>{inputsHash.slice(0, HASH_SHOWN)}</code>
      </p>
    </>
  );
}
