/** How paths are simulated: unit, valid range. Beside the table of fields.ts, read by the facade, the API schema and the form alike. */
import type { FieldName } from './fields.ts';
import { range } from './fields.ts';

export const RISK_FIELDS = {
  /** Key of the generator: the same seed gives the same paths on every machine. */
  seed: range('1', 0, Number.MAX_SAFE_INTEGER, { integer: true }),
  paths: range('paths', 2, 10_000, { integer: true }),
  /** Standard deviation of a year's change of the logarithm of the price. */
  priceVolatilityPerYear: range('1/√year', 0, 5),
  /** The same for the network's hash rate. */
  networkVolatilityPerYear: range('1/√year', 0, 5),
  /** Between the monthly changes of the two logarithms. */
  correlation: range('ratio', -1, 1),
} as const;

export type RiskFieldName = keyof typeof RISK_FIELDS;
export type RoiOrRiskFieldName = FieldName | RiskFieldName;
