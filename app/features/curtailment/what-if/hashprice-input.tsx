/** The hashprice with its slider: the market's when left alone, and one click away the figures it is reckoned from, with source and age. */
import type { TFunction } from 'i18next';
import { hashpriceUsdPerPhDay } from '#app/features/market/derive-market.ts';
import { findOldest } from '#app/features/market/market-age.ts';
import type { MarketFigure, MarketSnapshot } from '#app/features/market/snapshot.ts';
import { DataDisclosure } from '#app/ui/disclosure.tsx';
import type { Format } from '#app/ui/format.ts';
import { FigureInput } from './figure-input.tsx';
import { useFormat, useTexts, type WhatIf } from './use-what-if.ts';

/** The hashprice is as old as the oldest figure it rests on. */
function sayAge(t: TFunction<'what-if'>, format: Format, { difficulty, height, feesBtcPerBlock, priceUsdPerBtc }: MarketSnapshot): string {
  const oldest = findOldest([difficulty, height, feesBtcPerBlock, priceUsdPerBtc]);
  if (oldest === null || oldest.at === null) return t('field.undated');
  return t(oldest.origin === 'shipped' ? 'field.lastKnown' : 'field.dated', { date: format.date(oldest.at) });
}

function SourceLine({ label, value, figure }: { label: string; value: string; figure: MarketFigure }) {
  const t = useTexts();
  const format = useFormat();
  if (figure.value === null) return <li>{t('hashprice.unknown', { label })}</li>;
  const date = figure.at === null ? t('field.undated') : format.date(figure.at);
  return (
    <li>
      {`${label} ${value}: `}
      {figure.sourceUrl === null ? (
        figure.source
      ) : (
        <a href={figure.sourceUrl} rel="noreferrer">
          {figure.source}
        </a>
      )}
      {`, ${date}`}
    </li>
  );
}

export function HashpriceInput({ whatIf }: { whatIf: WhatIf }) {
  const t = useTexts();
  const format = useFormat();
  const { market } = whatIf.page;
  const usdPerPhDay = hashpriceUsdPerPhDay(market);
  return (
    <div className="hashprice">
      <FigureInput
        whatIf={whatIf}
        name="hashprice"
        emptyValue={usdPerPhDay === null ? null : Math.round(usdPerPhDay * 100) / 100}
        standard={
          usdPerPhDay === null
            ? t('field.marketUnknown')
            : t('field.market', { value: format.usd(usdPerPhDay, 2), age: sayAge(t, format, market) })
        }
      />
      <DataDisclosure title={t('hashprice.sources')}>
        <ul className="small">
          <SourceLine label={t('hashprice.difficulty')} value={format.difficulty(market.difficulty.value)} figure={market.difficulty} />
          <SourceLine label={t('hashprice.height')} value={format.integer(market.height.value)} figure={market.height} />
          <SourceLine
            label={t('hashprice.fees')}
            value={`${format.btc(market.feesBtcPerBlock.value, 4)} BTC`}
            figure={market.feesBtcPerBlock}
          />
          <SourceLine label={t('hashprice.price')} value={format.usd(market.priceUsdPerBtc.value, 0)} figure={market.priceUsdPerBtc} />
        </ul>
      </DataDisclosure>
    </div>
  );
}
