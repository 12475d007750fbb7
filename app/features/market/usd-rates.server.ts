/** The rates that are stored: of the yuan from the market's snapshot, of the others as they were last chosen. Reads only. */
import { getDb } from '#app/platform/db.server.ts';
import { RATE_FIGURES, type RateFigure } from '#engine/units/quotes.ts';
import { getMarketSnapshot } from './market.server.ts';
import { type MarketFigure, unknownFigure } from './snapshot.ts';
import { FigureBasisSchema } from './stored-figures.ts';
import type { UsdRate, UsdRates } from './usd-rates.ts';

/** Nothing ships for them: `null` values until a source has given one. */
export async function readRateFigures(): Promise<Record<RateFigure, MarketFigure>> {
  const rows = await getDb().marketFigure.findMany({ where: { name: { in: [...RATE_FIGURES] } } });
  const figures = RATE_FIGURES.map((name): [RateFigure, MarketFigure] => {
    const row = rows.find((candidate) => candidate.name === name);
    if (row === undefined) return [name, unknownFigure('live')];
    const { value, source, sourceUrl, observedAt, basis } = row;
    const chosen = FigureBasisSchema.nullable().safeParse(basis);
    const at = observedAt?.toISOString() ?? null;
    return [name, { value, source, sourceUrl, at, origin: 'live', basis: chosen.success ? chosen.data : null }];
  });
  return Object.fromEntries(figures) as Record<RateFigure, MarketFigure>;
}

const toRate = (figure: MarketFigure): UsdRate | null =>
  figure.value === null ? null : { currencyPerUsd: figure.value, source: figure.source, at: figure.at };

export async function readUsdRates(): Promise<UsdRates> {
  const [{ cnyPerUsd }, rates] = await Promise.all([getMarketSnapshot(), readRateFigures()]);
  return {
    CNY: toRate(cnyPerUsd),
    EUR: toRate(rates.eurPerUsd),
    GBP: toRate(rates.gbpPerUsd),
    CAD: toRate(rates.cadPerUsd),
    AUD: toRate(rates.audPerUsd),
  };
}
