/** The request of `POST /api/v1/forecasts` as a zod schema and as a table of ranges: the schema becomes the OpenAPI document, the table words what is refused. */
import { z } from 'zod';
import type { FieldRange } from '#engine/units/fields.ts';
import { TRENDS } from './arima/specification.ts';

export const MIN_VALUES = 10;
export const MAX_VALUES = 5000;

const whole = (min: number, max: number): FieldRange => ({ unit: '1', min, max, minExclusive: false, integer: true, default: null });

/** Beyond this the squares of a series leave the range of exact sums. */
const LARGEST = 1e100;
export const VALUE_RANGE: FieldRange = { unit: '1', min: -LARGEST, max: LARGEST, minExclusive: false, integer: false, default: null };
/** What has a logarithm. */
export const LOG_VALUE_RANGE: FieldRange = { ...VALUE_RANGE, min: 0, minExclusive: true };

/** p, d, q. */
export const ORDER_RANGES = [whole(0, 5), whole(0, 2), whole(0, 5)] as const;
/** P, D, Q and the period. */
export const SEASONAL_RANGES = [whole(0, 2), whole(0, 1), whole(0, 2), whole(2, 60)] as const;
export const HORIZON_RANGE = whole(1, 366);

const numberOf = ({ min, max }: FieldRange) => z.number().int().min(min).max(max);

export const ForecastRequestSchema = z.strictObject({
  values: z.array(z.number().min(VALUE_RANGE.min).max(VALUE_RANGE.max)).min(MIN_VALUES).max(MAX_VALUES),
  order: z.union([z.tuple([numberOf(ORDER_RANGES[0]), numberOf(ORDER_RANGES[1]), numberOf(ORDER_RANGES[2])]), z.literal('auto')]),
  seasonal: z
    .tuple([numberOf(SEASONAL_RANGES[0]), numberOf(SEASONAL_RANGES[1]), numberOf(SEASONAL_RANGES[2]), numberOf(SEASONAL_RANGES[3])])
    .optional(),
  trend: z.enum(TRENDS).optional(),
  log: z.boolean().meta({ default: false }).optional(),
  horizon: numberOf(HORIZON_RANGE),
});

export const FORECAST_EXAMPLE = {
  values: [112, 118, 132, 129, 121, 135, 148, 148, 136, 119, 104, 118, 115, 126, 141, 135, 125, 149, 170, 170],
  order: [1, 1, 0],
  trend: 'n',
  log: true,
  horizon: 3,
} satisfies z.input<typeof ForecastRequestSchema>;
