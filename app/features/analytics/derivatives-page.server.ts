/** Read model of /market/derivatives: what futures and options say, with what follows from it. */
import { z } from 'zod';
import { getDb } from '#app/platform/db.server.ts';

const Stored = z.object({
  futures: z.array(
    z.object({
      instrument: z.string(),
      expiresAtMs: z.number().nullable(),
      markUsd: z.number(),
      indexUsd: z.number(),
      openInterestUsd: z.number().nullable(),
      funding8hRatio: z.number().nullable(),
    }),
  ),
  volatilities: z.array(z.object({ expiresAtMs: z.number(), volatilityRatioPerYear: z.number(), options: z.number() })),
});

const DAY_MS = 86_400_000;
const YEAR_MS = 365 * DAY_MS;
/** Payments of funding a year: one every eight hours. */
const FUNDINGS_PER_YEAR = 3 * 365;

export type FutureView = {
  instrument: string;
  /** `null`: the perpetual. */
  expiresAt: string | null;
  markUsd: number;
  /** `mark / index - 1`. */
  basisRatio: number;
  /** `(mark / index) ^ (1 year / time left) - 1`; `null` for the perpetual and within a week of the expiry, where a year is no measure. */
  basisRatioPerYear: number | null;
  openInterestUsd: number | null;
};

export type DerivativesView = {
  source: string;
  observedAt: string;
  indexUsd: number;
  futures: FutureView[];
  /** Funding of the perpetual: as paid over eight hours, and as a simple rate a year. */
  funding: { ratio8h: number; ratioPerYear: number } | null;
  volatilities: { expiresAt: string; ratioPerYear: number; options: number }[];
};

const LEAST_LEFT_MS = 7 * DAY_MS;

/** `null`: nothing was ever read. */
export async function readDerivativesPage(): Promise<DerivativesView | null> {
  const row = await getDb().marketDocument.findUnique({ where: { name: 'derivatives' } });
  const stored = Stored.safeParse(row?.body);
  const index = stored.data?.futures[0]?.indexUsd;
  if (row === null || !stored.success || index === undefined) return null;
  const observedAtMs = row.observedAt.getTime();
  const funding = stored.data.futures.find(({ expiresAtMs }) => expiresAtMs === null)?.funding8hRatio ?? null;
  return {
    source: row.source,
    observedAt: row.observedAt.toISOString(),
    indexUsd: index,
    futures: stored.data.futures.map(({ instrument, expiresAtMs, markUsd, indexUsd, openInterestUsd }) => {
      const leftMs = expiresAtMs === null ? 0 : expiresAtMs - observedAtMs;
      return {
        instrument,
        expiresAt: expiresAtMs === null ? null : new Date(expiresAtMs).toISOString(),
        markUsd,
        basisRatio: markUsd / indexUsd - 1,
        basisRatioPerYear: leftMs < LEAST_LEFT_MS ? null : (markUsd / indexUsd) ** (YEAR_MS / leftMs) - 1,
        openInterestUsd,
      };
    }),
    funding: funding === null ? null : { ratio8h: funding, ratioPerYear: funding * FUNDINGS_PER_YEAR },
    volatilities: stored.data.volatilities.map(({ expiresAtMs, volatilityRatioPerYear, options }) => ({
      expiresAt: new Date(expiresAtMs).toISOString(),
      ratioPerYear: volatilityRatioPerYear,
      options,
    })),
  };
}
