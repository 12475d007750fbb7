/** Forecasts as scenarios of the calculator: growth a month that leads from today to the end of the interval. Pure. */
import { PATHS } from '#app/paths.ts';
import type { SeriesForecast } from '../forecast-answer.ts';

/** `cautious`: a low price on a high difficulty; `favourable` the other way round; each at the ends of the 80 % intervals. */
export const SCENARIOS = ['cautious', 'middle', 'favourable'] as const;
export type ScenarioName = (typeof SCENARIOS)[number];

export type Scenario = {
  name: ScenarioName;
  days: number;
  /** Ratio a month. */
  priceGrowth: number;
  networkGrowth: number;
  /** The calculator with both. */
  href: string;
};

const DAYS_PER_MONTH = 365.25 / 12;
const PERCENT = 100;

/** Growth a month that makes `from` into `to` in so many days: `(to / from) ^ (month / days) - 1`. */
export function monthlyGrowth(from: number, to: number, days: number): number {
  return (to / from) ** (DAYS_PER_MONTH / days) - 1;
}

/** At the furthest horizon that both forecasts have; none when one of them is not known. */
export function listScenarios(price: SeriesForecast, difficulty: SeriesForecast): Scenario[] {
  const far = price.horizons.findLast(({ days }) => difficulty.horizons.some((horizon) => horizon.days === days));
  const other = difficulty.horizons.find(({ days }) => days === far?.days);
  if (far === undefined || other === undefined || price.current.value === null || difficulty.current.value === null) return [];
  const ends = {
    cautious: [far.lower80, other.upper80],
    middle: [far.median, other.median],
    favourable: [far.upper80, other.lower80],
  } as const;
  const [priceNow, difficultyNow] = [price.current.value, difficulty.current.value];
  return SCENARIOS.map((name) => {
    const priceGrowth = monthlyGrowth(priceNow, ends[name][0], far.days);
    const networkGrowth = monthlyGrowth(difficultyNow, ends[name][1], far.days);
    const percent = (ratio: number) => (ratio * PERCENT).toFixed(2);
    const params = new URLSearchParams({ rise: percent(priceGrowth), growth: percent(networkGrowth) });
    return { name, days: far.days, priceGrowth, networkGrowth, href: `${PATHS.calculator}?${params}` };
  });
}
