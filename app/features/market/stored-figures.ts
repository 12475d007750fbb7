/** Figures as they are kept in the database and in Redis, checked on the way back: another release may have written them. */
import { z } from 'zod';
import { PRICE_QUOTES } from '#engine/units/quotes.ts';
import { PASSED_OVER_REASONS } from './choosing/choose-figure.ts';
import { MARKET_FIGURE_NAMES, type MarketSnapshot } from './snapshot.ts';

const PassedOver = z.object({ source: z.string(), reason: z.enum(PASSED_OVER_REASONS), value: z.number().nullable() });

export const FigureBasisSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.enum(['median', 'single', 'disputed']),
    used: z.array(z.object({ source: z.string(), value: z.number(), quote: z.enum(PRICE_QUOTES).optional() })),
    passedOver: z.array(PassedOver),
  }),
  z.object({ kind: z.literal('chain'), step: z.int(), steps: z.int(), passedOver: z.array(PassedOver) }),
]);

const StoredFigure = z.object({
  value: z.number(),
  source: z.string(),
  sourceUrl: z.string().nullable(),
  at: z.string().nullable(),
  origin: z.literal('live'),
  basis: FigureBasisSchema.nullable(),
});

export const LiveFiguresSchema: z.ZodType<Partial<MarketSnapshot>> = z.partialRecord(z.enum(MARKET_FIGURE_NAMES), StoredFigure);
