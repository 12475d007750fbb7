/** Whether the market figures of a snapshot are live, or which of them are only the last known ones. Pure: the clock is an argument. */
import { MAX_AGE_MS } from './choosing/choose-figure.ts';
import { MARKET_FIGURE_NAMES, type MarketFigure, type MarketFigureName, type MarketSnapshot } from './snapshot.ts';

/**
 * A value older than MAX_AGE_MS is not taken from a source any more; one or two runs of the job that fail are a short outage. So many times that limit are not: minutes for the price, hours for
 * what changes with the blocks. A rate of Friday is the rate of Monday: its own limit is days already.
 */
const LIMITS_TO_LAST_KNOWN = 4;

/** Age from which a live figure is only the last known one. */
export function lastKnownFromMs(name: MarketFigureName): number {
  return name === 'cnyPerUsd' ? MAX_AGE_MS.cnyPerUsd : LIMITS_TO_LAST_KNOWN * MAX_AGE_MS[name];
}

export type MarketAgeDescription =
  | { kind: 'live' }
  | {
      kind: 'last-known';
      /** Instants of the oldest and the youngest of `figures`. */
      fromAtMs: number;
      toAtMs: number;
      figures: readonly MarketFigureName[];
      /** No figure of the snapshot is live. */
      all: boolean;
    };

/** Is the figure shipped, or so old that it is only the last known one? One that is not known, or whose time is not, is not. */
export function isLastKnown(name: MarketFigureName, { at, origin }: MarketFigure, nowMs: number): boolean {
  if (at === null) return false;
  return origin === 'shipped' || nowMs - Date.parse(at) > lastKnownFromMs(name);
}

/**
 * Figures that came with the project, or were read too long ago, with the span of days they are of. A figure that is not known,
 * or whose time is not known, is not counted: its own place says that.
 */
export function describeMarketAge(snapshot: MarketSnapshot, nowMs: number): MarketAgeDescription {
  const known = MARKET_FIGURE_NAMES.filter((name) => snapshot[name].value !== null);
  const figures = known.filter((name) => isLastKnown(name, snapshot[name], nowMs));
  if (figures.length === 0) return { kind: 'live' };
  const instantsMs = figures.map((name) => Date.parse(snapshot[name].at ?? ''));
  return {
    kind: 'last-known',
    fromAtMs: Math.min(...instantsMs),
    toAtMs: Math.max(...instantsMs),
    figures,
    all: figures.length === known.length,
  };
}
