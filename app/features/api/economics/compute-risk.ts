/**
 * The answer of `POST /api/v1/risk`: reads the request, asks the engine, says where volatilities came from. Pure; engine, snapshot, catalogue and estimate are arguments.
 */

import { type Fault, fromFieldError } from '#app/features/api/wire/fault.ts';
import type { ShippedMotion } from '#app/features/risk/estimate-motion.ts';
import type { Engine, Risk, RiskOptions } from '#engine';
import { type EchoedInputs, echoInputs } from './compute-roi.ts';
import type { RequestContext } from './read-roi-request.ts';
import type { UsedMarket } from './resolve-market.ts';
import { ESTIMATED_FIELDS, type EstimatedField, readRiskRequest } from './risk-request.ts';

/** Where a volatility or the correlation came from; a given one is the caller's affair, so it has no window. */
export type UsedOption = {
  value: number;
  origin: 'request' | 'history';
  source: string;
  fromAt: string | null;
  toAt: string | null;
  months: number | null;
};

export type RiskAnswer = Risk & { inputs: EchoedInputs & RiskOptions; market: UsedMarket; estimates: Record<EstimatedField, UsedOption> };

export type ComputedRisk = { kind: 'ok'; answer: RiskAnswer } | { kind: 'invalid'; faults: Fault[] };

function toUsedOption(name: EstimatedField, value: number, isEstimated: boolean, motion: ShippedMotion): UsedOption {
  if (!isEstimated) return { value, origin: 'request', source: 'request', fromAt: null, toAt: null, months: null };
  const { price, network } = motion.sources;
  const source = name === 'priceVolatilityPerYear' ? price : name === 'networkVolatilityPerYear' ? network : `${price}; ${network}`;
  return { value, origin: 'history', source, ...motion.window };
}

export function computeRisk(raw: unknown, context: RequestContext & { engine: Engine; motion: ShippedMotion }): ComputedRisk {
  const { priceVolatilityPerYear, networkVolatilityPerYear, correlation } = context.motion;
  const request = readRiskRequest(raw, context, { priceVolatilityPerYear, networkVolatilityPerYear, correlation });
  if (request.kind === 'invalid') return request;
  const result = context.engine.risk(request.inputs, request.options);
  if (result.kind === 'invalid') return { kind: 'invalid', faults: result.errors.map(fromFieldError) };
  const { kind: _kind, inputs, ...risk } = result;
  const estimates = Object.fromEntries(
    ESTIMATED_FIELDS.map((name) => [name, toUsedOption(name, request.options[name], request.estimated.includes(name), context.motion)]),
  ) as Record<EstimatedField, UsedOption>;
  return { kind: 'ok', answer: { inputs: echoInputs(inputs, request.model), market: request.market, estimates, ...risk } };
}
