/**
 * The answer of `POST /api/v1/roi`: reads the request, asks the engine, arranges the result. Pure; engine, snapshot and
 * catalogue are arguments.
 */

import { type Fault, fromFieldError } from '#app/features/api/wire/fault.ts';
import type { Engine, Projection, ResolvedRoiInputs, RoiResult } from '#engine';
import { type RequestContext, readRoiRequest } from './read-roi-request.ts';
import type { UsedMarket } from './resolve-market.ts';

/** The inputs as an answer echoes them: what was not given and has no default is left out, so that they can be posted back. */
export type EchoedInputs = Omit<ResolvedRoiInputs, 'clientPowerUsdPerKwh'> & { model?: string; clientPowerUsdPerKwh?: number };

export type RoiAnswer = Pick<RoiResult, 'today' | 'projection' | 'verification' | 'warnings' | 'engineVersion'> & {
  inputs: EchoedInputs;
  market: UsedMarket;
  host?: Projection;
  client?: Projection;
};

export type ComputedRoi = { kind: 'ok'; answer: RoiAnswer } | { kind: 'invalid'; faults: Fault[] };

export function computeRoi(raw: unknown, context: RequestContext & { engine: Engine }): ComputedRoi {
  const request = readRoiRequest(raw, context);
  if (request.kind === 'invalid') return request;
  const result = context.engine.project(request.inputs);
  if (result.kind === 'invalid') return { kind: 'invalid', faults: result.errors.map(fromFieldError) };
  const { today, projection, host, client, verification, warnings, engineVersion } = result;
  const answer: RoiAnswer = {
    inputs: echoInputs(result.inputs, request.model),
    market: request.market,
    today,
    projection,
    ...(host === null ? {} : { host }),
    ...(client === null ? {} : { client }),
    verification,
    warnings,
    engineVersion,
  };
  return { kind: 'ok', answer };
}

/** The resolved inputs, and whatever a kindred request carries besides, as an answer echoes them. */
export function echoInputs<Inputs extends ResolvedRoiInputs>(
  inputs: Inputs,
  model: string | null,
): Omit<Inputs, 'clientPowerUsdPerKwh'> & { model?: string; clientPowerUsdPerKwh?: number } {
  const { clientPowerUsdPerKwh, ...rest } = inputs;
  return {
    ...(model === null ? {} : { model }),
    ...rest,
    ...(clientPowerUsdPerKwh === null ? {} : { clientPowerUsdPerKwh }),
  };
}
