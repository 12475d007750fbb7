/** How old a market figure is, in the words a reader needs. Pure: the clock is an argument, the words are the locale's. */
import type { MarketFigure } from './snapshot.ts';

const S_PER_MINUTE = 60;
const S_PER_HOUR = 3600;
const S_PER_DAY = 86_400;

/**
 * - `just-now`: under a minute, also a source's clock that runs ahead of ours.
 * - `minutes` 1..59, `hours` 1..47, `days` from 2: whole ones, rounded down.
 * - `dated`: a shipped figure, or one not dated closer than to the day; its date says more than its age.
 * - `unknown`: no time is known.
 */
export type MarketAge =
  | { kind: 'just-now' }
  | { kind: 'minutes' | 'hours' | 'days'; count: number }
  | { kind: 'dated'; at: string }
  | { kind: 'unknown' };

/** Midnight UTC to the millisecond is how a day without an hour is written. */
function isDayOnly(at: string): boolean {
  return at.endsWith('T00:00:00.000Z');
}

export function ageOf(figure: Pick<MarketFigure, 'at' | 'origin'>, nowMs: number): MarketAge {
  if (figure.at === null) return { kind: 'unknown' };
  if (figure.origin === 'shipped' || isDayOnly(figure.at)) return { kind: 'dated', at: figure.at };
  const ageS = Math.floor((nowMs - Date.parse(figure.at)) / 1000);
  if (ageS < S_PER_MINUTE) return { kind: 'just-now' };
  if (ageS < S_PER_HOUR) return { kind: 'minutes', count: Math.floor(ageS / S_PER_MINUTE) };
  if (ageS < 2 * S_PER_DAY) return { kind: 'hours', count: Math.floor(ageS / S_PER_HOUR) };
  return { kind: 'days', count: Math.floor(ageS / S_PER_DAY) };
}

/** The figure that was true longest ago; one of unknown time counts as older than any other. `null` of none. */
export function findOldest<Figure extends Pick<MarketFigure, 'at'>>(figures: readonly Figure[]): Figure | null {
  const atMs = ({ at }: Figure) => (at === null ? Number.NEGATIVE_INFINITY : Date.parse(at));
  return figures.reduce<Figure | null>((oldest, figure) => (oldest === null || atMs(figure) < atMs(oldest) ? figure : oldest), null);
}
