/** Whether the market figures of a snapshot are live, or which of them are only the last known ones. Pure: the clock is an argument. */
import { MARKET_FIGURE_NAMES, type MarketFigure, type MarketFigureName, type MarketSnapshot } from './snapshot.ts';

const MS_PER_DAY = 86_400_000;
/** The job reads every quarter of an hour; two days without a reading is no longer a short outage of a source. */
const MAX_LIVE_AGE_MS = 2 * MS_PER_DAY;
/** Central banks publish no rate from Friday to Monday, and over Easter until Tuesday: the last one of those days is still the rate. */
const MAX_LIVE_RATE_AGE_MS = 5 * MS_PER_DAY;

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

function isLastKnown(name: MarketFigureName, { at, origin }: MarketFigure, nowMs: number): boolean {
  if (at === null) return false;
  const maxAgeMs = name === 'cnyPerUsd' ? MAX_LIVE_RATE_AGE_MS : MAX_LIVE_AGE_MS;
  return origin === 'shipped' || nowMs - Date.parse(at) > maxAgeMs;
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
