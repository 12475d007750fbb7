/**
 * The line of market figures under the page's head: each figure with its source and age; shipped ones say that they are the
 * last known. Pure: snapshot, clock, number format and texts are given, so server and browser draw the same.
 */
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { PATHS } from '#app/paths.ts';
import type { Format } from '#app/ui/format.ts';
import { TH_PER_EH } from '#engine/units/constants.ts';
import { impliedNetworkHashrateThs } from '#engine/units/network.ts';
import { hashpriceUsdPerPhDay, nextHalving } from './derive-market.ts';
import { ageOf, findOldest } from './market-age.ts';
import type { MarketFigure, MarketSnapshot } from './snapshot.ts';
import { SourceNames } from './source-name.tsx';

type Translate = TFunction<'market'>;

export type MarketStripProps = {
  snapshot: MarketSnapshot;
  /** The instant the page was made, so that ages are the same on server and in browser. */
  nowMs: number;
  format: Format;
  t: Translate;
};

function ageText(figure: Pick<MarketFigure, 'at' | 'origin'>, nowMs: number, format: Format, t: Translate): string {
  const age = ageOf(figure, nowMs);
  switch (age.kind) {
    case 'just-now':
      return t('age.justNow');
    case 'unknown':
      return t('age.unknown');
    case 'dated':
      return t(figure.origin === 'shipped' ? 'age.lastKnown' : 'age.dated', { date: format.date(age.at) });
    default:
      return t(`age.${age.kind}`, { count: age.count });
  }
}

/** Several sources together lead to the page that names them; of several that could answer, one that is alone is marked, and so is a price that stays because they disagree. */
function Source({ figure, t }: { figure: MarketFigure; t: Translate }) {
  if (figure.value === null) return null;
  if (figure.basis?.kind === 'median') return <a href={PATHS.marketSources}>{t('strip.median', { count: figure.basis.used.length })}</a>;
  if (figure.basis?.kind === 'disputed') return <a href={PATHS.marketSources}>{t('strip.disputed')}</a>;
  const name = figure.source === null ? null : <SourceNames source={figure.source} url={figure.sourceUrl} />;
  if (figure.basis?.kind !== 'single') return name;
  const isTether = figure.basis.used.some(({ quote }) => quote === 'USDT');
  return (
    <>
      {name}
      {isTether ? ` · ${t('strip.inTether')}` : null}
      {` · ${t('strip.single')}`}
    </>
  );
}

/** An unknown figure is an em dash that says why, to the eye on hover and to a screen reader. */
function Unknown({ reason }: { reason: string }) {
  return (
    <span title={reason}>
      <span aria-hidden="true">—</span>
      <span className="vh">{reason}</span>
    </span>
  );
}

/** `basis`: what the figure rests on. `age`: how old it is, on a line of its own so that six cells fit beside each other. */
function Cell({ term, value, basis, age = null }: { term: string; value: ReactNode; basis: ReactNode; age?: ReactNode }) {
  return (
    <div>
      <dt>{term}</dt>
      <dd>
        {value}
        <small>{basis}</small>
        {age === null ? null : <small>{age}</small>}
      </dd>
    </div>
  );
}

export function MarketStrip({ snapshot, nowMs, format, t }: MarketStripProps) {
  const { priceUsdPerBtc, difficulty, height, networkHashrateThs, feesBtcPerBlock } = snapshot;
  const unknown = <Unknown reason={t('strip.unknownReason')} />;
  const age = (figure: MarketFigure) => (figure.value === null ? null : ageText(figure, nowMs, format, t));
  // A reckoned figure is as old as the oldest figure it rests on.
  const oldest = findOldest([difficulty, height, feesBtcPerBlock, priceUsdPerBtc]);
  const hashprice = hashpriceUsdPerPhDay(snapshot);
  const halving = nextHalving(snapshot);
  const ehs = (hashrateThs: number) => `${format.number(hashrateThs / TH_PER_EH, 1)} EH/s`;

  return (
    <section className="bar" aria-label={t('strip.label')}>
      <dl className="market">
        <Cell
          term={t('strip.price')}
          value={priceUsdPerBtc.value === null ? unknown : format.usd(priceUsdPerBtc.value, 0)}
          basis={<Source figure={priceUsdPerBtc} t={t} />}
          age={age(priceUsdPerBtc)}
        />
        <Cell
          term={t('strip.hashprice')}
          value={
            hashprice === null ? (
              <Unknown reason={t('strip.hashpriceUnknownReason')} />
            ) : (
              <>
                {format.usd(hashprice, 2)} <span className="dim">{t('strip.perPhDay')}</span>
              </>
            )
          }
          basis={t('strip.hashpriceBasis')}
          age={hashprice === null || oldest === null ? null : age(oldest)}
        />
        <Cell
          term={t('strip.difficulty')}
          value={difficulty.value === null ? unknown : format.difficulty(difficulty.value)}
          basis={
            <>
              <Source figure={difficulty} t={t} />
              {difficulty.value === null || height.value === null
                ? null
                : ` · ${t('strip.block', { height: format.integer(height.value) })}`}
            </>
          }
          age={age(difficulty)}
        />
        <Cell
          term={t('strip.networkHashrate')}
          value={
            networkHashrateThs.value !== null
              ? ehs(networkHashrateThs.value)
              : difficulty.value !== null
                ? ehs(impliedNetworkHashrateThs(difficulty.value))
                : unknown
          }
          basis={networkHashrateThs.value === null ? t('strip.impliedByDifficulty') : <Source figure={networkHashrateThs} t={t} />}
          age={
            networkHashrateThs.value === null
              ? age(difficulty)
              : networkHashrateThs.origin === 'shipped'
                ? t('strip.lastKnownMean', { month: format.monthYear(networkHashrateThs.at) })
                : age(networkHashrateThs)
          }
        />
        <Cell
          term={t('strip.fees')}
          value={feesBtcPerBlock.value === null ? unknown : `${format.btc(feesBtcPerBlock.value, 4)} BTC`}
          basis={
            <>
              <Source figure={feesBtcPerBlock} t={t} />
              {feesBtcPerBlock.value !== null && feesBtcPerBlock.origin === 'live' ? ` · ${t('strip.lastDayBlocks')}` : null}
            </>
          }
          age={age(feesBtcPerBlock)}
        />
        <Cell
          term={t('strip.halving')}
          value={halving === null ? unknown : t('strip.blocksLeft', { blocks: format.integer(halving.blocksLeft) })}
          basis={
            halving === null ? null : (
              <>
                {t('strip.block', { height: format.integer(halving.height) })}
                {halving.aboutAt === null ? null : ` · ${t('strip.about', { month: format.monthYear(halving.aboutAt) })}`}
              </>
            )
          }
          age={halving === null ? null : age(height)}
        />
      </dl>
    </section>
  );
}
