/**
 * What the product knows about the market at one moment: seven figures, each with its own source, time and origin.
 * Types and small pure readings only; who fetches them is `refresh-market.server.ts`, who reads them `market.server.ts`.
 */

import type { RateFigure } from '#engine/units/quotes.ts';
import type { FigureBasis } from './choosing/choose-figure.ts';

/** `live`: read by the market job. `shipped`: the last known figure that comes with the project. */
export type FigureOrigin = 'live' | 'shipped';

/** A figure somebody published. */
export type KnownFigure = {
  value: number;
  /** Short name of who published the figure, for people: "mempool.space". */
  source: string;
  /** Page or endpoint where the figure can be checked; `null`: none. */
  sourceUrl: string | null;
  /** When the figure was true at its source, ISO 8601 UTC; `null`: not known. Shipped figures are dated to the day (00:00 UTC of that day). */
  at: string | null;
  origin: FigureOrigin;
  /** How a live figure was chosen among its sources; absent or `null`: there was nothing to choose. */
  basis?: FigureBasis | null;
};

/** A figure that is not known: nobody published it, so it has no source. Nobody replaces it by a guess. */
export type UnknownFigure = { value: null; source: null; sourceUrl: null; at: null; origin: FigureOrigin; basis?: null };

export type MarketFigure = KnownFigure | UnknownFigure;

/** `origin`: where a value would have come from, had there been one. */
export function unknownFigure(origin: FigureOrigin): UnknownFigure {
  return { value: null, source: null, sourceUrl: null, at: null, origin };
}

/**
 * - `height`: height of the next block.
 * - `difficulty`: plain number (1.48e14), of the epoch that `height` lies in.
 * - `feesBtcPerBlock`: average transaction fees of a block, BTC.
 * - `priceUsdPerBtc`: USD for one bitcoin.
 * - `networkHashrateThs`: measured hash rate of the network, TH/s; never one implied by the difficulty.
 * - `epochElapsedS`: seconds from the first block of this epoch to the instant of `height`.
 * - `cnyPerUsd`: CNY for one US dollar.
 */
export const MARKET_FIGURE_NAMES = [
  'height',
  'difficulty',
  'feesBtcPerBlock',
  'priceUsdPerBtc',
  'networkHashrateThs',
  'epochElapsedS',
  'cnyPerUsd',
] as const;

export type MarketFigureName = (typeof MARKET_FIGURE_NAMES)[number];

/** Figures that are chosen among sources: those of the snapshot, and the rates that no projection needs. */
export type ChosenFigure = MarketFigureName | RateFigure;

export type MarketSnapshot = Record<MarketFigureName, MarketFigure>;

export function isMarketFigureName(name: string): name is MarketFigureName {
  return (MARKET_FIGURE_NAMES as readonly string[]).includes(name);
}
