/** Answer of `/api/v1/market/history` as a zod schema: what the OpenAPI document promises and what the tests hold real answers to. */
import { z } from 'zod';

export const HISTORY_SERIES = ['price', 'difficulty', 'networkHashrate', 'fees', 'cny'] as const;
export type HistorySeriesName = (typeof HISTORY_SERIES)[number];
export const HISTORY_INTERVALS = ['1h', '1d', 'epoch'] as const;

const maybe = z.number().nullable();

export const MarketPointSchema = z.strictObject({
  time: z.string().nullable(),
  epoch: z.int().optional(),
  open: maybe.optional(),
  high: maybe.optional(),
  low: maybe.optional(),
  close: maybe.optional(),
  volumeBtc: maybe.optional(),
  value: maybe.optional(),
  source: z.string().nullable(),
  volumeSource: z.string().nullable().optional(),
});

export const MarketHistorySchema = z.strictObject({
  series: z.enum(HISTORY_SERIES),
  interval: z.enum(HISTORY_INTERVALS),
  unit: z.string(),
  sources: z.array(z.string()),
  points: z.array(MarketPointSchema),
  next: z.string().nullable(),
});
export type MarketHistoryAnswer = z.infer<typeof MarketHistorySchema>;
