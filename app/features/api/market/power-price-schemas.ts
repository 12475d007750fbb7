/** The requests and answers of power prices as zod schemas, for the OpenAPI document (decision 0104). */
import { z } from 'zod';
import { NewSeriesSchema, ORIGINS } from '#app/features/power-prices/series-fields.ts';
import { POWER_CURRENCIES, POWER_PRICE_UNITS } from '#engine/units/power-price.ts';

const count = z.int().min(0);
const time = z.string().nullable();
const text = z.string().nullable();

const PowerPriceSeries = z.strictObject({
  id: z.uuid(),
  name: z.string(),
  origin: z.enum(ORIGINS),
  timeZone: z.string(),
  resolutionMinutes: count,
  currency: z.enum(POWER_CURRENCIES),
  unit: z.enum(POWER_PRICE_UNITS),
  node: text,
  priceColumn: text,
  url: text,
  everyMinutes: count.nullable(),
  createdAt: z.string(),
  status: z.enum(['file', 'off', 'waiting', 'answers', 'failing', 'resting']),
  askedAt: time,
  answeredAt: time,
  failure: z.strictObject({ kind: z.string(), reason: z.string() }).nullable(),
  restsUntil: time,
  rowsRefused: count,
  coverage: z.strictObject({ prices: count, intervals: count, missing: count, fromAt: time, toAt: time, fetchedAt: time, source: text }),
});

export const POWER_PRICE_REQUESTS = { NewPowerPriceSeries: NewSeriesSchema };

export const POWER_PRICE_ANSWERS = {
  PowerPriceSeries,
  PowerPriceSeriesList: z.strictObject({ series: z.array(PowerPriceSeries) }),
  PowerPrices: z.strictObject({
    series: PowerPriceSeries,
    fromAt: z.string(),
    toAt: z.string(),
    prices: z.array(
      z.strictObject({ startAt: z.string(), endAt: z.string(), pricePerMwh: z.number(), source: z.string(), fetchedAt: z.string() }),
    ),
    gaps: z.array(z.strictObject({ fromAt: z.string(), toAt: z.string(), intervals: count })),
  }),
  PowerPriceFileAnswer: z.strictObject({
    fileName: z.string(),
    fromAt: z.string(),
    toAt: z.string(),
    added: count,
    changed: count,
    unchanged: count,
    blanks: count,
    repeats: count,
    passedOver: count,
    rowsRefused: count,
    refused: z.array(z.strictObject({ line: count, code: z.string(), value: z.string(), message: z.string() })),
  }),
};
