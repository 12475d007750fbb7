/** What an ARIMA model is made of, and where its parameters stand. Pure. */
import { multiplySeasonal, negate } from './polynomials.ts';
import { type StateForm, toStateForm } from './stationary-state.ts';

/**
 * Terms added to the differenced series: none, its mean, a slope over its index (1, 2, ...), or both.
 * After one difference the mean is the drift of the series itself.
 */
export const TRENDS = ['n', 'c', 't', 'ct'] as const;
export type Trend = (typeof TRENDS)[number];

export type Specification = {
  /** p, d, q. */
  order: readonly [number, number, number];
  /** P, D, Q and the period; the period is 1 when there are no seasonal terms. */
  seasonal: readonly [number, number, number, number];
  trend: Trend;
};

/** The free parameters of the process: p ar, q ma, P seasonal ar, Q seasonal ma, in this order. */
export type Blocks = { ar: Float64Array; ma: Float64Array; seasonalAr: Float64Array; seasonalMa: Float64Array };

export function splitBlocks({ order: [p, , q], seasonal: [seasonalP, , seasonalQ] }: Specification, all: Float64Array): Blocks {
  return {
    ar: all.subarray(0, p),
    ma: all.subarray(p, p + q),
    seasonalAr: all.subarray(p + q, p + q + seasonalP),
    seasonalMa: all.subarray(p + q + seasonalP, p + q + seasonalP + seasonalQ),
  };
}

export function countProcessParameters({ order: [p, , q], seasonal: [seasonalP, , seasonalQ] }: Specification): number {
  return p + q + seasonalP + seasonalQ;
}

/** Parameters in all, with the terms of the trend and the variance: what an information criterion counts. */
export function countParameters(specification: Specification): number {
  return countProcessParameters(specification) + listTrendColumns(specification.trend).length + 1;
}

/** Multiplies plain and seasonal polynomials out: `(1 - ar)(1 - seasonal ar) x = (1 + ma)(1 + seasonal ma) e`. */
export function toProcess({ seasonal }: Specification, { ar, ma, seasonalAr, seasonalMa }: Blocks): StateForm {
  const period = seasonal[3];
  return toStateForm(multiplySeasonal(ar, seasonalAr, period), negate(multiplySeasonal(negate(ma), negate(seasonalMa), period)));
}

export type TrendColumn = 'constant' | 'slope';

export function listTrendColumns(trend: Trend): TrendColumn[] {
  const columns: Record<Trend, TrendColumn[]> = { n: [], c: ['constant'], t: ['slope'], ct: ['constant', 'slope'] };
  return columns[trend];
}

/** Values of a trend's columns at the index of the differenced series, counted from 0. */
export function trendValue(column: TrendColumn, index: number): number {
  return column === 'constant' ? 1 : index + 1;
}

/** Names of all parameters in their order: terms of the trend, ar1.., ma1.., sar1.., sma1.., sigma2. */
export function listParameterNames(specification: Specification): string[] {
  const { order, seasonal, trend } = specification;
  const numbered = (name: string, count: number) => Array.from({ length: count }, (_, i) => `${name}${i + 1}`);
  return [
    ...listTrendColumns(trend),
    ...numbered('ar', order[0]),
    ...numbered('ma', order[2]),
    ...numbered('sar', seasonal[0]),
    ...numbered('sma', seasonal[2]),
    'sigma2',
  ];
}
