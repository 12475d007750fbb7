/**
 * Which network and price figures a request is computed with: its own, or, for each one it leaves out, the market snapshot's
 * (DOMAIN section 11). Pure: the snapshot is an argument. Nothing is invented: a figure neither given nor known is reported.
 */
import type { MarketFigure, MarketSnapshot } from '#app/features/market/snapshot.ts';

/** Figures a request may leave out, each by itself. */
export const SNAPSHOT_FIELDS = ['height', 'difficulty', 'feesBtcPerBlock', 'priceUsdPerBtc'] as const;
export type SnapshotField = (typeof SNAPSHOT_FIELDS)[number];

/** Figures measured together with height and difficulty; used only beside them. */
export const MEASURED_FIELDS = ['networkHashrateThs', 'epochElapsedS'] as const;
export type MeasuredField = (typeof MEASURED_FIELDS)[number];

export type MarketField = SnapshotField | MeasuredField;
export type GivenMarket = { readonly [name in MarketField]?: number | undefined };

/** A figure with where it comes from. `request`: the caller gave it, so source and time are the caller's affair. */
export type UsedFigure = {
  value: number;
  source: string;
  sourceUrl: string | null;
  at: string | null;
  origin: 'request' | MarketFigure['origin'];
};

/** `null`: not used; the engine derives it (DOMAIN section 4), or, in a batch, it is not known. */
export type UsedMarket = Record<MarketField, UsedFigure | null>;

export type ResolvedMarket = { market: UsedMarket; missing: SnapshotField[] };

/**
 * Takes each given figure as it is and the rest from the snapshot. The measured hash rate and the time since the epoch's first
 * block describe the snapshot's own height and difficulty, so they are taken from it only when both of those are.
 */
export function resolveMarket(given: GivenMarket, snapshot: MarketSnapshot): ResolvedMarket {
  const figureOf = (name: MarketField): UsedFigure | null => {
    const value = given[name];
    return value === undefined ? fromSnapshot(snapshot[name]) : { value, source: 'request', sourceUrl: null, at: null, origin: 'request' };
  };
  const isSnapshotNetwork = given.height === undefined && given.difficulty === undefined;
  const measuredOf = (name: MeasuredField): UsedFigure | null => (isSnapshotNetwork || given[name] !== undefined ? figureOf(name) : null);
  const market: UsedMarket = {
    height: figureOf('height'),
    difficulty: figureOf('difficulty'),
    feesBtcPerBlock: figureOf('feesBtcPerBlock'),
    priceUsdPerBtc: figureOf('priceUsdPerBtc'),
    networkHashrateThs: measuredOf('networkHashrateThs'),
    epochElapsedS: measuredOf('epochElapsedS'),
  };
  return { market, missing: SNAPSHOT_FIELDS.filter((name) => market[name] === null) };
}

function fromSnapshot(figure: MarketFigure): UsedFigure | null {
  if (figure.value === null) return null;
  const { value, source, sourceUrl, at, origin } = figure;
  return { value, source, sourceUrl, at, origin };
}
