// Price, difficulty and hash rate ahead, with what such forecasts were worth before.
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { MarketNav } from '#app/features/market/market-nav.tsx';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { Figure, Unknown } from '#app/ui/figure.tsx';
import { createFormat, type Format } from '#app/ui/format.ts';
import { TH_PER_EH } from '#engine/units/constants.ts';
import type { SeriesForecast } from '../forecast-answer.ts';
import { listNaiveDays, listWinners } from './forecast-finding.ts';
import { IntervalChartView } from './interval-chart-view.tsx';
import { listScenarios, type Scenario } from './scenarios.ts';

const S_PER_DAY = 86_400;
const LOSS_DIGITS = 4;
const HASH_SHOWN = 12;

type SeriesProps = { forecast: SeriesForecast };

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

export type ForecastScreenProps = { price: SeriesForecast; difficulty: SeriesForecast; networkHashrate: SeriesForecast };

export function ForecastScreen({ price, difficulty, networkHashrate }: ForecastScreenProps) {
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
      <Scenarios scenarios={listScenarios(price, difficulty)} />
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

function Scenarios({ scenarios }: { scenarios: readonly Scenario[] }) {
  const { t } = useTranslation('forecasts');
  const format = createFormat(useLocale());
  const [first] = scenarios;
  if (first === undefined) return null;
  return (
    <section className="sec" aria-labelledby="scenarios-title">
      <header>
        <h2 id="scenarios-title">{t('scenarios.title')}</h2>
        <p className="measure small dim">{t('scenarios.lead', { days: first.days })}</p>
      </header>
      <div className="tw">
        <table className="t cards">
          <caption className="vh">{t('scenarios.title')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('scenarios.name')}</th>
              <th scope="col" className="num">
                {t('scenarios.price')}
              </th>
              <th scope="col" className="num">
                {t('scenarios.network')}
              </th>
              <th scope="col">{t('scenarios.use')}</th>
            </tr>
          </thead>
          <tbody>
            {scenarios.map(({ name, priceUsdPerBtc, difficulty, href }) => (
              <tr key={name}>
                <th scope="row">{t(`scenarios.${name}`)}</th>
                <td data-l={t('scenarios.price')} className="num">
                  {format.usd(priceUsdPerBtc, 0)}
                </td>
                <td data-l={t('scenarios.network')} className="num">
                  {format.difficulty(difficulty)}
                </td>
                <td data-l={t('scenarios.use')}>
                  <a href={href} aria-label={t('scenarios.openNamed', { name: t(`scenarios.${name}`) })}>
                    {t('scenarios.open')}
                  </a>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function SeriesPart({ forecast }: SeriesProps) {
  const { t } = useTranslation('forecasts');
  const { series, status, horizons, current, backtest } = forecast;
  const format = createFormat(useLocale());
  const write = writeValue(series, format);
  const last = horizons.at(-1);
  return (
    <section className="sec" aria-labelledby={`${series}-title`}>
      <header>
        <h2 id={`${series}-title`}>{t(`${series}.title`)}</h2>
        <Finding forecast={forecast} />
      </header>
      <dl className="figs">
        <Figure
          label={t(`${series}.current`)}
          value={current.value === null ? null : write(current.value)}
          unknownReason={t('current.unknown')}
          basis={current.source === null ? null : t('current.basis', { source: current.source, date: format.date(current.at) })}
        />
        <NextRetarget forecast={forecast} />
      </dl>
      {status === 'ready' && current.value !== null && last !== undefined ? (
        <>
          <h3>{t('chart.title', { days: format.integer(last.days), low: write(last.lower95), high: write(last.upper95) })}</h3>
          <IntervalChartView
            current={current.value}
            horizons={horizons}
            write={writeShort(series, format)}
            label={t('chart.label', {
              days: format.integer(last.days),
              median: write(last.median),
              low: write(last.lower95),
              high: write(last.upper95),
            })}
          />
          <p className="small dim">{t('chart.bands')}</p>
          <HorizonTable forecast={forecast} />
        </>
      ) : null}
      {backtest === null ? null : <BacktestPart forecast={forecast} backtest={backtest} />}
    </section>
  );
}

function Finding({ forecast }: SeriesProps) {
  const { t } = useTranslation('forecasts');
  const format = createFormat(useLocale());
  const { status, progressRatio, horizons, current } = forecast;
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
      </p>
    );
  const naiveDays = listNaiveDays(forecast);
  const winners = listWinners(forecast);
  const say = (days: readonly number[]) => format.list(days.map((count) => t('days', { count })));
  return (
    <p className="measure">
      {naiveDays.length === horizons.length ? t('finding.allNaive') : null}
      {naiveDays.length > 0 && naiveDays.length < horizons.length ? t('finding.someNaive', { days: say(naiveDays) }) : null}{' '}
      {winners.map(({ days, model, skill }) => (
        <Fragment key={days}>
          {t('finding.winner', {
            days: t('days', { count: days }),
            model: t(`model.${model as SeriesForecast['horizons'][number]['model']}`),
            percent: format.percent(skill, 0),
          })}{' '}
        </Fragment>
      ))}
    </p>
  );
}

function NextRetarget({ forecast: { nextRetarget, current } }: SeriesProps) {
  const { t } = useTranslation('forecasts');
  const format = createFormat(useLocale());
  if (nextRetarget === null || current.value === null) return null;
  const { height, blocksLeft, difficulty, remainingS } = nextRetarget;
  const change = (value: number) => format.signedPercent(value / current.value! - 1, 1);
  return (
    <>
      <Figure
        main
        label={t('retarget.change')}
        value={change(difficulty.median)}
        basis={t('retarget.interval', {
          low: change(difficulty.lower95),
          high: change(difficulty.upper95),
          value: format.difficulty(difficulty.median),
        })}
      />
      <Figure
        label={t('retarget.when', { height: format.integer(height) })}
        value={t('retarget.inDays', { days: format.number(remainingS.median / S_PER_DAY, 1) })}
        basis={t('retarget.blocks', { blocks: format.integer(blocksLeft) })}
      />
    </>
  );
}

function HorizonTable({ forecast: { series, horizons } }: SeriesProps) {
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
              <th scope="row">{t('days', { count: days })}</th>
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
        {t('backtest.span', { from: format.date(firstOriginAt), to: format.date(lastOriginAt), source, end: format.date(historyEndsAt) })}
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
