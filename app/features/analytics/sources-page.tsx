/** Where the market figures come from, and how well. Works without script. */
import { useTranslation } from 'react-i18next';
import type { FigureBasis } from '#app/features/market/choosing/choose-figure.ts';
import { ageOf } from '#app/features/market/market-age.ts';
import { MarketNav } from '#app/features/market/market-nav.tsx';
import type { ChosenFigure, MarketFigure } from '#app/features/market/snapshot.ts';
import { SourceNames } from '#app/features/market/source-name.tsx';
import { PATHS } from '#app/paths.ts';
import { useLocale } from '#app/platform/i18n/use-language.ts';
import { Unknown } from '#app/ui/figure.tsx';
import { createFormat, type Format } from '#app/ui/format.ts';
import { TH_PER_EH } from '#engine/units/constants.ts';
import type { SourceRow, SourcesView } from './sources-page.server.ts';

const MS_PER_S = 1000;

type Say = ReturnType<typeof useTranslation<['analytics', 'market']>>['t'];

function useSourceTexts(nowAt: string) {
  const { t } = useTranslation(['analytics', 'market']);
  const format = createFormat(useLocale());
  const sayAge = (figure: Pick<MarketFigure, 'at' | 'origin'>) => {
    const age = ageOf(figure, Date.parse(nowAt));
    if (age.kind === 'just-now') return t('market:age.justNow');
    if (age.kind === 'unknown') return t('market:age.unknown');
    if (age.kind === 'dated')
      return t(figure.origin === 'shipped' ? 'market:age.lastKnown' : 'market:age.dated', { date: format.date(age.at) });
    return t(`market:age.${age.kind}`, { count: age.count });
  };
  const sayTether = (used: Exclude<FigureBasis, { kind: 'chain' }>['used']) => {
    const inTether = used.filter(({ quote }) => quote === 'USDT').map(({ source }) => source);
    return inTether.length === 0 ? null : t('sources.inTether', { sources: format.list(inTether) });
  };
  const sayBasis = (name: ChosenFigure, basis: FigureBasis) => {
    const passedOver = basis.passedOver.map(({ source, reason, value: said }) => {
      const value = said === null ? '—' : sayMarketFigure(t, format, name, said);
      return `${source} (${t(`sources.reason.${reason}`, { value })})`;
    });
    const chosen =
      basis.kind === 'chain'
        ? t('sources.chain', { step: basis.step, steps: basis.steps })
        : basis.kind === 'single'
          ? format.sentences(t('sources.single'), sayTether(basis.used))
          : basis.kind === 'disputed'
            ? t('sources.disputed')
            : format.sentences(t('sources.median', { count: basis.used.length }), sayTether(basis.used));
    return format.sentences(chosen, passedOver.length === 0 ? null : t('sources.passedOver', { sources: format.list(passedOver) }));
  };
  return { t, format, sayAge, sayBasis };
}

/** A figure in its own unit. */
function sayMarketFigure(t: Say, format: Format, name: ChosenFigure, value: number): string {
  switch (name) {
    case 'priceUsdPerBtc':
      return format.usd(value, 2);
    case 'difficulty':
      return format.difficulty(value);
    case 'networkHashrateThs':
      return `${format.number(value / TH_PER_EH, 1)} EH/s`;
    case 'feesBtcPerBlock':
      return `${format.btc(value, 4)} BTC`;
    case 'cnyPerUsd':
    case 'eurPerUsd':
    case 'gbpPerUsd':
    case 'cadPerUsd':
    case 'audPerUsd':
      return format.number(value, 4);
    case 'epochElapsedS':
      return t('sources.days', { days: format.number(value / 86_400, 2) });
    case 'height':
      return format.integer(value);
  }
}

export function SourcesPage({ view }: { view: SourcesView }) {
  const { t } = useSourceTexts(view.nowAt);
  const answering = view.sources.filter(({ status }) => status === 'answers').length;
  const asked = view.sources.filter(({ status }) => status !== 'off').length;
  return (
    <main className="page analytics">
      <MarketNav />
      <header>
        <h1>{view.everyMinutes === 0 ? t('sources.titleOff') : t('sources.title', { answering, asked })}</h1>
        <p className="measure mute">{view.everyMinutes === 0 ? t('sources.leadOff') : t('sources.lead', { count: view.everyMinutes })}</p>
      </header>
      <section aria-labelledby="figures">
        <h2 id="figures">{t('sources.figures')}</h2>
        <FigureTable view={view} />
      </section>
      <section aria-labelledby="sources">
        <h2 id="sources">{t('sources.sources')}</h2>
        <SourceTable view={view} />
        <p className="small dim measure">{t('sources.tetherNote')}</p>
      </section>
      <section aria-labelledby="power">
        <h2 id="power">{t('sources.power')}</h2>
        <p>
          ERCOT <small className="dim">{view.ercot.host}</small>{' '}
          <span className={view.ercot.missing === null ? 'state answers' : 'state off'}>
            {t(view.ercot.missing === null ? 'sources.powerOn' : 'sources.status.off')}
          </span>{' '}
          {view.ercot.missing === null ? null : <small className="dim">{t('sources.powerMissing')}</small>}
        </p>
        <p className="small dim measure">{t('sources.powerNote')}</p>
        <p>
          <a href={PATHS.marketPower}>{t('sources.powerLink')}</a>
        </p>
      </section>
    </main>
  );
}

/** Who said the figure; of a median everybody whose price is in it. */
function ChosenSources({ figure, format }: { figure: MarketFigure; format: Format }) {
  const { source, sourceUrl, basis } = figure;
  if (source === null) return null;
  if (basis?.kind === 'median') return <>{format.list(basis.used.map((one) => one.source))}</>;
  return <SourceNames source={source} url={sourceUrl} />;
}

function FigureTable({ view }: { view: SourcesView }) {
  const { t, format, sayAge, sayBasis } = useSourceTexts(view.nowAt);
  return (
    <div className="tw">
      <table className="t cards">
        <caption className="vh">{t('sources.figures')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('sources.figure')}</th>
            <th scope="col" className="num">
              {t('sources.value')}
            </th>
            <th scope="col">{t('sources.age')}</th>
            <th scope="col">{t('sources.from')}</th>
            <th scope="col">{t('sources.how')}</th>
          </tr>
        </thead>
        <tbody>
          {view.figures.map(({ name, figure }) => (
            <tr key={name}>
              <th scope="row" className="capital">
                {t(`market:figure.${name}`)}
              </th>
              <td data-l={t('sources.value')} className="num">
                {figure.value === null ? (
                  <Unknown reason={t('market:strip.unknownReason')} />
                ) : (
                  sayMarketFigure(t, format, name, figure.value)
                )}
              </td>
              <td data-l={t('sources.age')}>{figure.value === null ? null : sayAge(figure)}</td>
              <td data-l={t('sources.from')}>
                <ChosenSources figure={figure} format={format} />
              </td>
              <td className="wide-cell" data-l={t('sources.how')}>
                {figure.basis
                  ? sayBasis(name, figure.basis)
                  : figure.value === null
                    ? t('market:strip.unknownReason')
                    : t(`sources.origin.${figure.origin}`)}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function SourceTable({ view }: { view: SourcesView }) {
  const { t, format } = useSourceTexts(view.nowAt);
  return (
    <div className="tw">
      <table className="t cards">
        <caption className="vh">{t('sources.sources')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('sources.source')}</th>
            <th scope="col">{t('sources.gives')}</th>
            <th scope="col">{t('sources.state')}</th>
            <th scope="col">{t('sources.answered')}</th>
            <th scope="col" className="num">
              {t('sources.latency')}
            </th>
            <th scope="col" className="num">
              {t('sources.errors')}
            </th>
            <th scope="col">{t('sources.lastError')}</th>
          </tr>
        </thead>
        <tbody>
          {view.sources.map((source) => (
            <SourceLine key={`${source.name} ${source.url}`} source={source} nowAt={view.nowAt} format={format} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function SourceLine({ source, nowAt, format }: { source: SourceRow; nowAt: string; format: Format }) {
  const { t, sayAge } = useSourceTexts(nowAt);
  const age = (at: string) => sayAge({ at, origin: 'live' });
  const never = t('sources.never');
  return (
    <tr>
      <th scope="row">
        {source.name}
        {source.url === null ? null : <small className="dim">{new URL(source.url).host}</small>}
      </th>
      <td className="wide-cell" data-l={t('sources.gives')}>
        {format.list(source.figures.map((name) => t(`market:figure.${name}`)))}
        {source.priceQuote === null ? null : (
          <small className="dim">{t(source.priceQuote === 'USDT' ? 'sources.quotedInTether' : 'sources.quotedInDollars')}</small>
        )}
      </td>
      <td data-l={t('sources.state')}>
        <span className={`state ${source.status}`}>{t(`sources.status.${source.status}`)}</span>
        {source.missing === null ? null : <small className="dim">{t(`sources.missing.${source.missing}`)}</small>}
        {source.restsUntil === null ? null : (
          <small className="dim">{t('sources.until', { time: format.dateTime(source.restsUntil) })}</small>
        )}
      </td>
      <td data-l={t('sources.answered')}>{source.answeredAt === null ? <Unknown reason={never} /> : age(source.answeredAt)}</td>
      <td data-l={t('sources.latency')} className="num">
        {source.latencyMs === null ? <Unknown reason={never} /> : `${format.number(source.latencyMs / MS_PER_S, 2)} s`}
      </td>
      <td data-l={t('sources.errors')} className="num">
        {source.errorRatio === null ? (
          <Unknown reason={never} />
        ) : (
          t('sources.errorRate', { percent: format.percent(source.errorRatio, 0), times: format.integer(source.times) })
        )}
      </td>
      <td className="wide-cell" data-l={t('sources.lastError')}>
        {source.lastError === null ? null : (
          <>
            {age(source.lastError.at)}
            <small className="dim reason">{source.lastError.reason}</small>
          </>
        )}
      </td>
    </tr>
  );
}
