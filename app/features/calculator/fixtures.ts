/** Builders for the tests of this room: a whole market, and an answer whose cash flow is written down by hand. */

import type { Answer } from '#app/features/calculator/answer/compute-answer.ts';
import type { MarketFigureName, MarketSnapshot } from '#app/features/market/snapshot.ts';
import type { Month, Projection } from '#engine';

const FIGURES: Record<MarketFigureName, number> = {
  height: 925_000,
  difficulty: 119.12e12,
  feesBtcPerBlock: 0.03,
  priceUsdPerBtc: 80_000,
  networkHashrateThs: 870.6e6,
  epochElapsedS: 1_003_200,
  cnyPerUsd: 7.1,
};

/** Every figure known, but those given as `null`. */
export function aMarket(changes: Partial<Record<MarketFigureName, number | null>> = {}): MarketSnapshot {
  const entries = Object.entries({ ...FIGURES, ...changes }).map(([name, value]) => [
    name,
    { value, source: 'test', sourceUrl: null, at: '2025-11-01T00:00:00.000Z', origin: 'shipped' },
  ]);
  return Object.fromEntries(entries) as MarketSnapshot;
}

/** One machine bought for `capexUsd` that brings `netsUsd[k]` in month k + 1. */
export function aProjection(capexUsd: number, netsUsd: readonly number[], changes: Partial<Projection> = {}): Projection {
  let cumulativeUsd = -capexUsd;
  const months: Month[] = netsUsd.map((netUsd, index) => {
    cumulativeUsd += netUsd;
    return { month: index + 1, minedBtc: 0.001, revenueUsd: netUsd + 100, powerUsd: 100, fixedUsd: 0, netUsd, cumulativeUsd };
  });
  return {
    months,
    minedBtc: 0.001 * netsUsd.length,
    npvUsd: cumulativeUsd,
    irrRatioPerYear: null,
    paybackMonths: null,
    staticPaybackMonths: null,
    profitUsd: cumulativeUsd,
    roiRatio: capexUsd === 0 ? null : cumulativeUsd / capexUsd,
    shutdownMonth: null,
    buyBtc: 0.04,
    mineBtc: 0.046,
    ...changes,
  };
}

export function anAnswer(changes: Partial<Answer> = {}): Answer {
  return {
    view: 'own',
    currency: 'usd',
    moneyPerUsd: 1,
    machine: { name: 'Antminer S21 Pro', hashrateThs: 234, powerW: 3531, listed: null },
    inputs: {
      height: 925_000,
      difficulty: 119.12e12,
      feesBtcPerBlock: 0.03,
      epochElapsedS: 1_003_200,
      networkHashrateThs: 870.6e6,
      networkGrowthRatioPerMonth: 0.01,
      priceUsdPerBtc: 80_000,
      priceGrowthRatioPerMonth: 0.01,
      horizonMonths: 4,
      payoutModel: 'FPPS',
      hashrateThs: 234,
      powerW: 3531,
      count: 1,
      powerUsdPerKwh: 0.055,
      poolFeeRatio: 0.02,
      uptimeRatio: 0.97,
      pue: 1,
      hashrateDecayRatioPerMonth: 0.002,
      hostingFeeUsdPerMonth: 0,
      maintenanceUsdPerMonth: 0,
      capexUsd: 300,
      residualUsd: 0,
      heldRatio: 0,
      discountRatioPerYear: 0.1,
      shutdownWhenUnprofitable: true,
      clientPowerUsdPerKwh: null,
      hostCapexUsd: 0,
    },
    today: {
      hashpriceBtcPerThDay: 5.3e-7,
      minedBtcPerDay: 0.00012,
      revenueUsdPerDay: 9.48,
      energyKwhPerDay: 82.2,
      powerUsdPerDay: 4.52,
      fixedUsdPerDay: 0,
      netUsdPerDay: 4.96,
      breakEvenPowerUsdPerKwh: 0.115,
      breakEvenPriceUsdPerBtc: 38_147,
    },
    projection: aProjection(300, [150, 140, 130, 120], { paybackMonths: 2.1 }),
    hosting: null,
    verification: { difficultyMethodBtcPerDay: 0.00012, shareMethodBtcPerDay: null, ratio: null, note: 'not_measured' },
    halvingMonths: null,
    compared: [],
    startMs: Date.UTC(2025, 10, 1),
    warnings: [],
    engineVersion: 'test',
    ...changes,
  };
}
