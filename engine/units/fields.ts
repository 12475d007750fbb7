/**
 * Every number a person or a program may give the engine: unit, valid range, default. One table: the engine's facade, the API
 * schema, the form and the OpenAPI document all read it, so a range can never differ between them.
 */

/** Valid numbers of one field. `min` and `max` belong to the range unless `minExclusive` says that `min` does not. */
export type FieldRange = {
  readonly unit: string;
  readonly min: number;
  readonly max: number;
  readonly minExclusive: boolean;
  readonly integer: boolean;
  /** What the API takes when the field is absent; `null`: no default (required, or derived from other fields). */
  readonly default: number | null;
};

type Options = { minExclusive?: boolean; integer?: boolean; default?: number };

/** A range as the tables of fields write it. */
export function range(unit: string, min: number, max: number, options: Options = {}): FieldRange {
  return {
    unit,
    min,
    max,
    minExclusive: options.minExclusive === true,
    integer: options.integer === true,
    default: options.default === undefined ? null : options.default,
  };
}

const MAX_MONEY_USD = 1e12;

/** Fields of the network and price path. */
export const NETWORK_FIELDS = {
  height: range('blocks', 0, 10_000_000, { integer: true }),
  difficulty: range('1', 0, 1e20, { minExclusive: true }),
  feesBtcPerBlock: range('BTC/block', 0, 1000),
  epochElapsedS: range('s', 0, 1e8),
  networkHashrateThs: range('TH/s', 0, 1e12, { minExclusive: true }),
  networkGrowthRatioPerMonth: range('1/month', -0.9, 1, { minExclusive: true, default: 0 }),
  priceUsdPerBtc: range('USD/BTC', 0, 1e9, { minExclusive: true }),
  priceGrowthRatioPerMonth: range('1/month', -0.9, 1, { minExclusive: true, default: 0 }),
  horizonMonths: range('months', 1, 120, { integer: true, default: 36 }),
} as const;

/** Fields of a machine (or of a group of equal machines). Money is per machine. */
export const MACHINE_FIELDS = {
  hashrateThs: range('TH/s', 0, 1e6, { minExclusive: true }),
  powerW: range('W', 0, 1e6, { minExclusive: true }),
  count: range('machines', 1, 1e6, { integer: true, default: 1 }),
  powerUsdPerKwh: range('USD/kWh', -1, 10),
  poolFeeRatio: range('ratio', 0, 1, { default: 0 }),
  uptimeRatio: range('ratio', 0, 1, { default: 1 }),
  pue: range('ratio', 1, 3, { default: 1 }),
  hashrateDecayRatioPerMonth: range('1/month', 0, 0.5, { default: 0 }),
  hostingFeeUsdPerMonth: range('USD/month', 0, MAX_MONEY_USD, { default: 0 }),
  maintenanceUsdPerMonth: range('USD/month', 0, MAX_MONEY_USD, { default: 0 }),
  capexUsd: range('USD', 0, MAX_MONEY_USD, { default: 0 }),
  residualUsd: range('USD', 0, MAX_MONEY_USD, { default: 0 }),
  heldRatio: range('ratio', 0, 1, { default: 0 }),
  discountRatioPerYear: range('1/year', 0, 10, { default: 0 }),
} as const;

/** Fields of a hosting contract; both sides are computed when `clientPowerUsdPerKwh` is given. */
export const HOSTING_FIELDS = {
  clientPowerUsdPerKwh: range('USD/kWh', -1, 10),
  hostCapexUsd: range('USD', 0, MAX_MONEY_USD, { default: 0 }),
} as const;

export const FIELDS = { ...NETWORK_FIELDS, ...MACHINE_FIELDS, ...HOSTING_FIELDS } as const;

export type NetworkFieldName = keyof typeof NETWORK_FIELDS;
export type MachineFieldName = keyof typeof MACHINE_FIELDS;
export type FieldName = keyof typeof FIELDS;

/** How a pool pays. PPS leaves transaction fees out of what is paid; the others pay them, in expectation the same. */
export const PAYOUT_MODELS = ['FPPS', 'PPS+', 'PPLNS', 'PPS'] as const;
export type PayoutModel = (typeof PAYOUT_MODELS)[number];

/** Why a value was refused. `not_finite` is for results: the inputs are each in range but together leave the range of a double. */
export type FieldErrorCode = 'missing' | 'not_a_number' | 'not_an_integer' | 'out_of_range' | 'not_finite';

export type FieldError<Name extends string = FieldName> = {
  readonly field: Name;
  readonly value: unknown;
  readonly code: FieldErrorCode;
  readonly min: number;
  readonly max: number;
  readonly minExclusive: boolean;
};

/** What stands for a field that a caller leaves out. Throws for a field that must be given. */
export function defaultOf(name: FieldName): number {
  const value = FIELDS[name].default;
  if (value === null) throw new Error(`${name} has no default`);
  return value;
}

/** Checks one number against its range; `null` when it is valid. Numeric strings, NaN and infinities are refused. O(1). */
export function findFieldError(field: FieldName, value: unknown): FieldError | null {
  return findRangeError(field, FIELDS[field], value);
}

/** The same for a number of another table. */
export function findRangeError<Name extends string>(field: Name, allowed: FieldRange, value: unknown): FieldError<Name> | null {
  const { min, max, minExclusive, integer } = allowed;
  const refuse = (code: FieldErrorCode): FieldError<Name> => ({ field, value, code, min, max, minExclusive });
  if (value === undefined || value === null) return refuse('missing');
  if (typeof value !== 'number' || !Number.isFinite(value)) return refuse('not_a_number');
  if (value > max || value < min || (minExclusive && value === min)) return refuse('out_of_range');
  if (integer && !Number.isInteger(value)) return refuse('not_an_integer');
  return null;
}
