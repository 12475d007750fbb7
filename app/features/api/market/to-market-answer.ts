/** The market's figures as the API gives them: each says whether it is only the last known one. Pure: the clock is an argument. */
import { isLastKnown } from '#app/features/market/describe-market-age.ts';
import { MARKET_FIGURE_NAMES, type MarketFigure, type MarketFigureName, type MarketSnapshot } from '#app/features/market/snapshot.ts';

export type MarketAnswer = Record<MarketFigureName, MarketFigure & { isLastKnown: boolean }>;

export function toMarketAnswer(snapshot: MarketSnapshot, nowMs: number): MarketAnswer {
  const figures = MARKET_FIGURE_NAMES.map((name) => [name, { ...snapshot[name], isLastKnown: isLastKnown(name, snapshot[name], nowMs) }]);
  return Object.fromEntries(figures) as MarketAnswer;
}
