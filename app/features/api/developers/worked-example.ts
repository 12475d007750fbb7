/** Requests shown to developers. The first one gives every market figure itself, so that its answer never changes. */
import type { RoiFields } from '#app/features/api/economics/roi-request.ts';

/** Golden case A of the formulas (section 4 of the domain's definitions); its answer is known from an independent computation. */
export const GOLDEN_EXAMPLE = {
  hashrateThs: 200,
  powerW: 3500,
  powerUsdPerKwh: 0.05,
  poolFeeRatio: 0.02,
  uptimeRatio: 0.97,
  capexUsd: 3000,
  discountRatioPerYear: 0.1,
  hashrateDecayRatioPerMonth: 0.002,
  shutdownWhenUnprofitable: true,
  horizonMonths: 48,
  height: 925000,
  difficulty: 119.12e12,
  feesBtcPerBlock: 0.03,
  priceUsdPerBtc: 80000,
  networkGrowthRatioPerMonth: 0.02,
  priceGrowthRatioPerMonth: 0.01,
} satisfies RoiFields;

export const MODEL_EXAMPLE = { model: 'Antminer S21', count: 100, powerUsdPerKwh: 0.055, capexUsd: 3000 } satisfies RoiFields;

export const BATCH_EXAMPLE = {
  defaults: { powerUsdPerKwh: 0.05, uptimeRatio: 0.97, poolFeeRatio: 0.01 },
  rows: [
    { model: 'Antminer S21', count: 500, capexUsd: 3000 },
    { hashrateThs: 110, powerW: 3250, count: 1200, capexUsd: 900 },
  ],
} satisfies { defaults: RoiFields; rows: RoiFields[] };

/** Golden case A on paths; volatilities given, so that its answer never changes. */
export const RISK_EXAMPLE = {
  ...GOLDEN_EXAMPLE,
  seed: 42,
  paths: 10000,
  priceVolatilityPerYear: 0.55,
  networkVolatilityPerYear: 0.16,
  correlation: 0.28,
};

/** Five days; an average of three of them is known from the third day on. */
export const INDICATOR_EXAMPLE = {
  candles: [
    { time: '2026-11-16', open: 90_000, high: 91_500, low: 89_200, close: 91_000, volume: 18_000 },
    { time: '2026-11-17', open: 91_000, high: 92_400, low: 90_100, close: 92_000, volume: 21_000 },
    { time: '2026-11-18', open: 92_000, high: 93_800, low: 91_700, close: 93_000, volume: 25_000 },
    { time: '2026-11-19', open: 93_000, high: 93_300, low: 90_900, close: 91_500, volume: 23_000 },
    { time: '2026-11-20', open: 91_500, high: 92_100, low: 90_000, close: 90_600, volume: 19_000 },
  ],
  params: { period: 3 },
};

/** A request with three mistakes, to show what an error looks like. */
export const REFUSED_EXAMPLE = { model: 'Antminer S21 Prp', powerUsdPerKwh: '0.05', uptimeRatio: 97 };
