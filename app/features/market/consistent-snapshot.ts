/**
 * Puts a snapshot together from the shipped figures and the live ones. Each figure stands by itself, except for two pairs that
 * mean something only together. Pure.
 */
import { TARGET_EPOCH_S } from '#engine/units/constants.ts';
import { isHashrateOfDifficulty } from '#engine/units/network.ts';
import { SHIPPED_SNAPSHOT } from './shipped-snapshot.ts';
import { MARKET_FIGURE_NAMES, type MarketFigure, type MarketSnapshot, unknownFigure } from './snapshot.ts';

/** An epoch lasts about two weeks: a hash rate and a difficulty further apart than that belong to different networks. */
const MAX_APART_MS = TARGET_EPOCH_S * 1000 * 1.5;

function isWithin(maxApartMs: number, a: MarketFigure, b: MarketFigure): boolean {
  if (a.at === null || b.at === null) return false;
  return Math.abs(Date.parse(a.at) - Date.parse(b.at)) <= maxApartMs;
}

const canBelong = (hashrate: MarketFigure, difficulty: MarketFigure) =>
  hashrate.value !== null && difficulty.value !== null && isHashrateOfDifficulty(hashrate.value, difficulty.value);

/**
 * The live figure where there is one, else the shipped one. Then:
 * - `epochElapsedS` is the age of the epoch at the instant of `height`; read at another instant it is unknown.
 * - `networkHashrateThs` is compared with `difficulty`; more than three weeks apart, or one live and one shipped, it is unknown:
 *   the comparison would blame luck for what is growth. So it is when the two cannot belong to one network: a unit was mixed up.
 */
export function composeSnapshot(live: Partial<MarketSnapshot>): MarketSnapshot {
  const figures = MARKET_FIGURE_NAMES.map((name) => [name, live[name] ?? SHIPPED_SNAPSHOT[name]] as const);
  const snapshot = Object.fromEntries(figures) as MarketSnapshot;
  const { height, epochElapsedS, difficulty, networkHashrateThs } = snapshot;
  if (!isWithin(0, height, epochElapsedS)) snapshot.epochElapsedS = unknownFigure(epochElapsedS.origin);
  const isPair =
    networkHashrateThs.origin === difficulty.origin &&
    isWithin(MAX_APART_MS, networkHashrateThs, difficulty) &&
    canBelong(networkHashrateThs, difficulty);
  if (!isPair) snapshot.networkHashrateThs = unknownFigure(networkHashrateThs.origin);
  return snapshot;
}
