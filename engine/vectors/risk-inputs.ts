/** Ways to simulate by chance, beside the random inputs: ordinary volatilities mostly, and the edges where there is none or too much. */
import type { RiskOptions } from '../host/risk/types.ts';
import { createRandom } from './random-inputs.ts';

export function listRandomOptions(count: number, seed: number, paths: number): RiskOptions[] {
  const random = createRandom(seed);
  const oneOf = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)]!;
  return Array.from({ length: count }, () => ({
    seed: Math.floor(random() * Number.MAX_SAFE_INTEGER),
    paths,
    priceVolatilityPerYear: random() < 0.7 ? 0.2 + random() : oneOf([0, 2, 5]),
    networkVolatilityPerYear: random() < 0.7 ? 0.4 * random() : oneOf([0, 1]),
    correlation: random() < 0.7 ? 2 * random() - 1 : oneOf([-1, 0, 1]),
  }));
}
