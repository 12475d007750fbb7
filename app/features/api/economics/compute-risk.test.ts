import { describe, expect, it } from 'vitest';
import { RISK_EXAMPLE } from '#app/features/api/developers/worked-example.ts';
import type { ShippedMotion } from '#app/features/risk/estimate-motion.ts';
import { getEngine } from '#app/platform/engine.server.ts';
import { type ComputedRisk, computeRisk, type RiskAnswer } from './compute-risk.ts';
import { RiskAnswerSchema } from './risk-answer.ts';
import { RiskRequestSchema } from './risk-request.ts';
import { aContext, SAMPLE_MACHINE } from './sample-context.ts';

const MOTION: ShippedMotion = {
  priceGrowthRatioPerMonth: 0.01,
  priceVolatilityPerYear: 0.5,
  networkGrowthRatioPerMonth: 0.03,
  networkVolatilityPerYear: 0.2,
  correlation: 0.3,
  standardErrors: { priceGrowthRatioPerMonth: 0.02, networkGrowthRatioPerMonth: 0.01, volatilityRatio: 0.1 },
  window: { fromAt: '2021-12-01T00:00:00.000Z', toAt: '2025-12-01T00:00:00.000Z', months: 48 },
  sources: { price: 'a table of prices', network: 'a table of difficulties' },
};
const REQUEST = { hashrateThs: 200, powerW: 3500, powerUsdPerKwh: 0.05, capexUsd: 2000, horizonMonths: 24, seed: 1, paths: 500 };

async function compute(raw: unknown): Promise<ComputedRisk> {
  return computeRisk(raw, { ...aContext(), engine: await getEngine(), motion: MOTION });
}

async function answerTo(raw: unknown): Promise<RiskAnswer> {
  const computed = await compute(raw);
  if (computed.kind === 'invalid') throw new Error(JSON.stringify(computed.faults));
  return computed.answer;
}

async function faultsOf(raw: unknown): Promise<[string, string][]> {
  const computed = await compute(raw);
  return computed.kind === 'ok' ? [] : computed.faults.map(({ field, code }) => [field, code]);
}

describe('computeRisk', () => {
  it('answers as its schema says, and takes the answer’s inputs as a request', async () => {
    for (const request of [RISK_EXAMPLE, REQUEST, { ...REQUEST, capexUsd: 0, paths: 2 }]) {
      const answer = RiskAnswerSchema.parse(await answerTo(request));
      expect(RiskRequestSchema.safeParse(answer.inputs).success).toBe(true);
      const again = await answerTo(answer.inputs);
      expect(again.quantiles).toEqual(answer.quantiles);
      expect(again.fan).toEqual(answer.fan);
    }
  });

  it('estimates what was left out and says from what', async () => {
    const { inputs, estimates } = await answerTo({ ...REQUEST, correlation: 0 });
    expect(inputs).toMatchObject({ seed: 1, paths: 500, priceVolatilityPerYear: 0.5, networkVolatilityPerYear: 0.2, correlation: 0 });
    expect(estimates.priceVolatilityPerYear).toEqual({ value: 0.5, origin: 'history', source: 'a table of prices', ...MOTION.window });
    expect(estimates.networkVolatilityPerYear).toMatchObject({ origin: 'history', source: 'a table of difficulties' });
    expect(estimates.correlation).toEqual({ value: 0, origin: 'request', source: 'request', fromAt: null, toAt: null, months: null });
  });

  it('answers the projection when nothing moves', async () => {
    const answer = await answerTo({ ...RISK_EXAMPLE, paths: 2, priceVolatilityPerYear: 0, networkVolatilityPerYear: 0 });
    // Golden case A.
    expect(answer.quantiles.npvUsd.p50 / -769.8916886687234).toBeCloseTo(1, 9);
    expect(answer.quantiles.paybackMonths.p5).toBeNull();
    expect(answer.shutdown).toMatchObject({ probability: 1, meanMonth: 29 });
  });

  it('takes a model and the market like /api/v1/roi', async () => {
    const { hashrateThs: _hashrate, powerW: _power, ...rest } = REQUEST;
    const { inputs, market } = await answerTo({ ...rest, model: SAMPLE_MACHINE.name });
    expect(inputs).toMatchObject({ model: 'Sample S1', hashrateThs: 200, height: 925_000 });
    expect(market.priceUsdPerBtc).toMatchObject({ origin: 'live' });
  });

  it('names every fault at once, its own and the shared ones', async () => {
    const faults = await faultsOf({
      powerUsdPerKwh: 0.05,
      seed: '1',
      priceVolatilityPerYear: null,
      correlation: 1.1,
      networkVolatilityPerYear: -1,
      cout: 1,
    });
    expect(faults).toEqual([
      ['seed', 'not_a_number'],
      ['paths', 'missing'],
      ['priceVolatilityPerYear', 'not_a_number'],
      ['networkVolatilityPerYear', 'out_of_range'],
      ['correlation', 'out_of_range'],
      ['cout', 'unknown_field'],
      ['hashrateThs', 'missing_or_model'],
      ['powerW', 'missing_or_model'],
    ]);
    expect(await faultsOf({ ...REQUEST, seed: 0.5, paths: 1 })).toEqual([
      ['seed', 'not_an_integer'],
      ['paths', 'out_of_range'],
    ]);
    expect(await faultsOf([])).toEqual([['', 'not_an_object']]);
    expect(await faultsOf({ ...REQUEST, difficulty: 1e-305 })).toEqual([['difficulty', 'not_finite']]);
  });
});
