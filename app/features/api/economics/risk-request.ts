/**
 * The request of `POST /api/v1/risk`: the fields of `POST /api/v1/roi` and how to simulate. Schema from the tables of fields; reading with every fault at once. Pure.
 */

import { type Fault, fromFieldError, MAX_FAULTS_PER_REQUEST, toFault, toFieldFault } from '#app/features/api/wire/fault.ts';
import { toNumberSchema } from '#app/platform/number-schema.ts';
import type { RiskOptions, RoiInputs } from '#engine';
import { findRangeError } from '#engine/units/fields.ts';
import { RISK_FIELDS, type RiskFieldName } from '#engine/units/risk-fields.ts';
import { asFields, type RequestContext, readRoiRequest } from './read-roi-request.ts';
import type { UsedMarket } from './resolve-market.ts';
import { RoiRequestSchema } from './roi-request.ts';

export const RISK_FIELD_NAMES = Object.keys(RISK_FIELDS) as RiskFieldName[];

/** Estimated from the shipped history where a request leaves them out. */
export const ESTIMATED_FIELDS = ['priceVolatilityPerYear', 'networkVolatilityPerYear', 'correlation'] as const;
export type EstimatedField = (typeof ESTIMATED_FIELDS)[number];
export type EstimatedOptions = Record<EstimatedField, number>;

const numberOf = (name: RiskFieldName) => toNumberSchema(RISK_FIELDS[name]);

export const RiskRequestSchema = RoiRequestSchema.extend({
  seed: numberOf('seed'),
  paths: numberOf('paths'),
  priceVolatilityPerYear: numberOf('priceVolatilityPerYear').optional(),
  networkVolatilityPerYear: numberOf('networkVolatilityPerYear').optional(),
  correlation: numberOf('correlation').optional(),
}).meta({ anyOf: [{ required: ['model'] }, { required: ['hashrateThs', 'powerW'] }] });

export type ReadRiskRequest =
  | { kind: 'ok'; inputs: RoiInputs; options: RiskOptions; estimated: EstimatedField[]; market: UsedMarket; model: string | null }
  | { kind: 'invalid'; faults: Fault[] };

function isEstimated(name: RiskFieldName): name is EstimatedField {
  return (ESTIMATED_FIELDS as readonly string[]).includes(name);
}

/** Reads one request. Its own fields are told first, then those it shares with `/api/v1/roi`. */
export function readRiskRequest(raw: unknown, context: RequestContext, estimate: EstimatedOptions): ReadRiskRequest {
  const fields = asFields(raw);
  if (fields === null) return { kind: 'invalid', faults: [toFault('', raw, 'not_an_object')] };
  const faults: Fault[] = [];
  const estimated: EstimatedField[] = [];
  const options: RiskOptions = { seed: 0, paths: 0, ...estimate };
  for (const name of RISK_FIELD_NAMES) {
    const value = fields[name];
    if (value === undefined && isEstimated(name)) {
      estimated.push(name);
      continue;
    }
    // null in JSON is a value that is not a number, not an absent field.
    if (value === null) faults.push(toFieldFault(name, value, 'not_a_number'));
    else {
      const error = findRangeError(name, RISK_FIELDS[name], value);
      if (error === null) options[name] = value as number;
      else faults.push(fromFieldError(error));
    }
  }
  const rest = Object.fromEntries(Object.entries(fields).filter(([name]) => !Object.hasOwn(RISK_FIELDS, name)));
  const request = readRoiRequest(rest, context);
  if (request.kind === 'invalid') return { kind: 'invalid', faults: [...faults, ...request.faults].slice(0, MAX_FAULTS_PER_REQUEST) };
  if (faults.length > 0) return { kind: 'invalid', faults };
  return { kind: 'ok', inputs: request.inputs, options, estimated, market: request.market, model: request.model };
}
