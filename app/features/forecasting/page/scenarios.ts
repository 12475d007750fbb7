/**
 * Forecasts as scenarios of the calculator: price and difficulty at the ends of their intervals, as levels. Not as a pace: an interval grows with the root of time, and a pace of 90 days carried on for years would leave any
 * interval. What comes after the level stays the calculator's own assumption. Pure.
 */
import { PATHS } from '#app/paths.ts';
import type { SeriesForecast } from '../forecast-answer.ts';

/** `cautious`: a low price on a high difficulty; `favourable` the other way round; each at the ends of the 80 % intervals. */
export const SCENARIOS = ['cautious', 'middle', 'favourable'] as const;
export type ScenarioName = (typeof SCENARIOS)[number];

export type Scenario = {
  name: ScenarioName;
  days: number;
  priceUsdPerBtc: number;
  difficulty: number;
  /** The calculator with both. */
  href: string;
};

const DIFFICULTY_PER_T = 1e12;
/** Digits of an address: cents of a coin and gigas of a difficulty say nothing here. */
const PRICE_DIGITS = 0;
const DIFFICULTY_DIGITS = 2;

/** The forecast of today, or the one of the last known figures. */
const horizonsOf = ({ horizons, dated }: SeriesForecast) => (dated === null ? horizons : dated.horizons);

/** At the furthest horizon that both forecasts have; none when one of them is not known. `inputs`: of the calculator that stay as they are. */
export function listScenarios(
  price: SeriesForecast,
  difficulty: SeriesForecast,
  inputs: URLSearchParams = new URLSearchParams(),
): Scenario[] {
  const far = horizonsOf(price).findLast(({ days }) => horizonsOf(difficulty).some((horizon) => horizon.days === days));
  const other = horizonsOf(difficulty).find(({ days }) => days === far?.days);
  if (far === undefined || other === undefined) return [];
  const ends = {
    cautious: [far.lower80, other.upper80],
    middle: [far.median, other.median],
    favourable: [far.upper80, other.lower80],
  } as const;
  return SCENARIOS.map((name) => {
    const [priceUsdPerBtc, level] = ends[name];
    const params = new URLSearchParams(inputs);
    params.set('price', priceUsdPerBtc.toFixed(PRICE_DIGITS));
    params.set('difficulty', (level / DIFFICULTY_PER_T).toFixed(DIFFICULTY_DIGITS));
    return { name, days: far.days, priceUsdPerBtc, difficulty: level, href: `${PATHS.calculator}?${params}` };
  });
}
