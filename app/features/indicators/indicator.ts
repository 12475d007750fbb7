/** What an indicator is: its name, what it reads, what may be chosen, what it answers and how it is computed. Types and the way they are written down. */
import type { FieldRange } from '#engine/units/fields.ts';

/** What a candle may carry. The last two are Bitcoin's own: difficulty in force, subsidy of a block in BTC. */
export const COLUMNS = ['open', 'high', 'low', 'close', 'volume', 'difficulty', 'subsidyBtc'] as const;
export type Column = (typeof COLUMNS)[number];
export type Columns<Name extends Column = Column> = Readonly<Record<Name, Float64Array>>;

export const GROUPS = ['average', 'momentum', 'trend', 'volatility', 'volume', 'mining'] as const;
export type IndicatorGroup = (typeof GROUPS)[number];

/** `price`: that of the candles. `1`: a plain number; scales such as 0..100 stand in the docstring and the description. */
export type OutputUnit = 'price' | 'volume' | '%' | '1' | 'ratio' | 'TH/s' | 'USD/TH/day' | 'USD/BTC';

/** A number that may be chosen, with the other names under which it goes. */
export type Param = FieldRange & { readonly default: number; readonly aliases: readonly string[] };
export type ParamValues<Name extends string = string> = Readonly<Record<Name, number>>;

/** A parameter that does not fit the others: the range that the others leave it. */
export type Misfit = { param: string; min: number; max: number };

export type Indicator = {
  readonly name: string;
  readonly group: IndicatorGroup;
  /** Columns without which it cannot be computed. */
  readonly inputs: readonly Column[];
  readonly params: Readonly<Record<string, Param>>;
  readonly outputs: Readonly<Record<string, OutputUnit>>;
  /** Candles before the first value of each output. */
  warmUp(params: ParamValues): Readonly<Record<string, number>>;
  findMisfit?(params: ParamValues): Misfit | null;
  /** Fills `out`, which holds NaN (unknown) and is as long as the columns. Columns hold no NaN. Pure but for `out`. */
  compute(columns: Columns, params: ParamValues, out: Readonly<Record<string, Float64Array>>): void;
  /** Values that belong to candles still to come, the next one first; fills arrays of `aheadCount` values. */
  readonly ahead?: {
    readonly outputs: readonly string[];
    count(params: ParamValues): number;
    compute(columns: Columns, params: ParamValues, out: Readonly<Record<string, Float64Array>>): void;
  };
};

type Definition<Input extends Column, Name extends string, Output extends string> = {
  name: string;
  group: IndicatorGroup;
  inputs: readonly Input[];
  params: Readonly<Record<Name, Param>>;
  outputs: Readonly<Record<Output, OutputUnit>>;
  warmUp(params: ParamValues<Name>): Readonly<Record<Output, number>>;
  findMisfit?(params: ParamValues<Name>): Misfit | null;
  compute(columns: Columns<Input>, params: ParamValues<Name>, out: Readonly<Record<Output, Float64Array>>): void;
  ahead?: {
    outputs: readonly NoInfer<Output>[];
    count(params: ParamValues<Name>): number;
    compute(columns: Columns<Input>, params: ParamValues<Name>, out: Readonly<Record<Output, Float64Array>>): void;
  };
};

/** An entry of the registry; its names are checked against each other by the compiler. */
export function defineIndicator<const Input extends Column, Name extends string, Output extends string>(
  definition: Definition<Input, Name, Output>,
): Indicator {
  return definition;
}

/** Longest window taken, candles: some 13 years of days. */
export const MAX_PERIOD = 5000;

type PeriodOptions = { min?: number; aliases?: readonly string[] };

/** A number of candles. */
export function period(absent: number, { min = 1, aliases = [] }: PeriodOptions = {}): Param {
  return { unit: 'candles', min, max: MAX_PERIOD, minExclusive: false, integer: true, default: absent, aliases };
}

/** A plain number. */
export function factor(absent: number, min: number, max: number, aliases: readonly string[] = [], unit = '1'): Param {
  return { unit, min, max, minExclusive: min === 0, integer: false, default: absent, aliases };
}

/** The names other libraries give the one window of an indicator. */
export const PERIOD_ALIASES = ['length', 'window', 'n', 'periods', 'timePeriod', 'lookbackPeriods'] as const;
