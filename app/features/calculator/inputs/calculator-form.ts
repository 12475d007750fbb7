/**
 * The calculator's form as a person types it: one string per input, in human units (percent, USD or CNY per kWh, T, EH/s).
 * One table names every input; the URL, the HTML form, the ranges shown and the engine's inputs are all derived from it.
 * Pure: knows no market figures and no language.
 */
import type { FieldName } from '#engine/units/fields.ts';
import type { FlexibleFieldName } from '#engine/units/flexible-fields.ts';
import type { RiskFieldName } from '#engine/units/risk-fields.ts';

export const PERSPECTIVES = ['own', 'client', 'host'] as const;
export type Perspective = (typeof PERSPECTIVES)[number];

export const CURRENCIES = ['usd', 'cny'] as const;
export type Currency = (typeof CURRENCIES)[number];

/** How a typed number becomes the engine's number; the converting factor is `humanPerCanonical`. */
export type HumanUnit =
  | 'thsUnit'
  | 'watt'
  | 'machines'
  | 'moneyPerKwh'
  | 'money'
  | 'moneyPerMonth'
  | 'usdPerBtc'
  | 'months'
  | 'percent'
  | 'percentPerMonth'
  | 'percentPerYear'
  | 'percentPerRootYear'
  | 'ratio'
  | 'whole'
  | 'minutes'
  | 'factor'
  | 'blocks'
  | 'trillions'
  | 'btcPerBlock'
  | 'exahash'
  | 'seconds'
  | 'cnyPerUsd';

export type FormGroup = 'machine' | 'simple' | 'path' | 'operation' | 'money' | 'hosting' | 'market' | 'risk' | 'flexible';

/** Range and step of a slider, in the unit that is typed. The field itself takes the whole range of the engine. */
export type Slider = { readonly min: number; readonly max: number; readonly step: number };

export type NumberField = {
  readonly group: FormGroup;
  readonly unit: HumanUnit;
  /** The engine's field; `cnyPerUsd` is the page's own, for showing money only. */
  readonly engine: FieldName | RiskFieldName | FlexibleFieldName | 'cnyPerUsd';
  /** As typed when nothing was typed, by currency of the form. Empty: the catalogue's or the market's figure, or none. */
  readonly defaults: { readonly usd: string; readonly cny: string };
  readonly slider: { readonly usd: Slider; readonly cny: Slider } | null;
};

type FieldOptions = { cny?: string; slider?: Slider; sliderCny?: Slider };

function field(group: FormGroup, unit: HumanUnit, engine: NumberField['engine'], usd: string, options: FieldOptions = {}): NumberField {
  const { cny = usd, slider } = options;
  return {
    group,
    unit,
    engine,
    defaults: { usd, cny },
    slider: slider === undefined ? null : { usd: slider, cny: options.sliderCny ?? slider },
  };
}

/**
 * Every number of the form. The keys are the names in the URL and in the HTML form. Defaults are ours (decision 0040): realistic,
 * visible beside each input, and round numbers in either currency, so that a link means the same whatever the rate is that day.
 */
export const NUMBER_FIELDS = {
  ths: field('machine', 'thsUnit', 'hashrateThs', ''),
  watt: field('machine', 'watt', 'powerW', ''),
  power: field('simple', 'moneyPerKwh', 'powerUsdPerKwh', '0.06', {
    cny: '0.4',
    slider: { min: 0.02, max: 0.12, step: 0.001 },
    sliderCny: { min: 0.1, max: 0.9, step: 0.01 },
  }),
  price: field('simple', 'usdPerBtc', 'priceUsdPerBtc', '', { slider: { min: 20_000, max: 200_000, step: 500 } }),
  capex: field('simple', 'money', 'capexUsd', '3200', {
    cny: '23000',
    slider: { min: 0, max: 10_000, step: 50 },
    sliderCny: { min: 0, max: 70_000, step: 500 },
  }),
  count: field('simple', 'machines', 'count', '1', { slider: { min: 1, max: 1000, step: 1 } }),
  months: field('path', 'months', 'horizonMonths', '48', { slider: { min: 6, max: 120, step: 1 } }),
  growth: field('path', 'percentPerMonth', 'networkGrowthRatioPerMonth', '1', { slider: { min: -5, max: 10, step: 0.1 } }),
  rise: field('path', 'percentPerMonth', 'priceGrowthRatioPerMonth', '1', { slider: { min: -5, max: 10, step: 0.1 } }),
  pool: field('operation', 'percent', 'poolFeeRatio', '2', { slider: { min: 0, max: 5, step: 0.1 } }),
  uptime: field('operation', 'percent', 'uptimeRatio', '97', { slider: { min: 50, max: 100, step: 0.1 } }),
  decay: field('operation', 'percentPerMonth', 'hashrateDecayRatioPerMonth', '0.2', { slider: { min: 0, max: 3, step: 0.05 } }),
  pue: field('operation', 'factor', 'pue', '1', { slider: { min: 1, max: 1.5, step: 0.01 } }),
  discount: field('money', 'percentPerYear', 'discountRatioPerYear', '10', { slider: { min: 0, max: 40, step: 0.5 } }),
  residual: field('money', 'money', 'residualUsd', '0', {
    slider: { min: 0, max: 2000, step: 10 },
    sliderCny: { min: 0, max: 15_000, step: 100 },
  }),
  held: field('money', 'percent', 'heldRatio', '0', { slider: { min: 0, max: 100, step: 1 } }),
  upkeep: field('money', 'moneyPerMonth', 'maintenanceUsdPerMonth', '0', {
    slider: { min: 0, max: 100, step: 1 },
    sliderCny: { min: 0, max: 700, step: 5 },
  }),
  client: field('hosting', 'moneyPerKwh', 'clientPowerUsdPerKwh', '0.072', {
    cny: '0.5',
    slider: { min: 0.02, max: 0.15, step: 0.001 },
    sliderCny: { min: 0.1, max: 1.1, step: 0.01 },
  }),
  hosting: field('hosting', 'moneyPerMonth', 'hostingFeeUsdPerMonth', '0', {
    slider: { min: 0, max: 100, step: 1 },
    sliderCny: { min: 0, max: 700, step: 5 },
  }),
  build: field('hosting', 'money', 'hostCapexUsd', '0', {
    slider: { min: 0, max: 3000, step: 10 },
    sliderCny: { min: 0, max: 21_000, step: 100 },
  }),
  difficulty: field('market', 'trillions', 'difficulty', ''),
  height: field('market', 'blocks', 'height', ''),
  fees: field('market', 'btcPerBlock', 'feesBtcPerBlock', ''),
  network: field('market', 'exahash', 'networkHashrateThs', ''),
  epoch: field('market', 'seconds', 'epochElapsedS', ''),
  rate: field('market', 'cnyPerUsd', 'cnyPerUsd', ''),
  vs1price: field('machine', 'money', 'capexUsd', ''),
  vs2price: field('machine', 'money', 'capexUsd', ''),
  vs3price: field('machine', 'money', 'capexUsd', ''),
  // Of the parts that are fetched when they are seen. Empty: the seed is 1, volatilities and correlation are those of the history.
  seed: field('risk', 'whole', 'seed', ''),
  paths: field('risk', 'whole', 'paths', '10000'),
  pvol: field('risk', 'percentPerRootYear', 'priceVolatilityPerYear', ''),
  nvol: field('risk', 'percentPerRootYear', 'networkVolatilityPerYear', ''),
  corr: field('risk', 'ratio', 'correlation', ''),
  adder: field('flexible', 'moneyPerKwh', 'hourUsdPerKwh', '0'),
  restart: field('flexible', 'money', 'restartUsd', '0.1', { cny: '0.7' }),
  boot: field('flexible', 'minutes', 'bootMinutes', '6'),
} as const;

export const RISK_FIELD_NAMES = ['seed', 'paths', 'pvol', 'nvol', 'corr'] as const;
export const FLEXIBLE_FIELD_NAMES = ['adder', 'restart', 'boot'] as const;
/** Their words are in the rooms of the parts, which the first view does without. */
export type PartFieldName = (typeof RISK_FIELD_NAMES)[number] | (typeof FLEXIBLE_FIELD_NAMES)[number];

export type NumberFieldName = keyof typeof NUMBER_FIELDS;
export const NUMBER_FIELD_NAMES = Object.keys(NUMBER_FIELDS) as NumberFieldName[];

/** Names of the machines: the one asked about, and those beside it. Free text; found in the catalogue when it is there. */
export const MODEL_DEFAULTS = {
  model: 'Antminer S21 Pro',
  vs1: 'Antminer S21 XP',
  vs2: 'Whatsminer M60S',
  vs3: 'Antminer S19 XP',
} as const;
export type ModelFieldName = keyof typeof MODEL_DEFAULTS;
export const MODEL_FIELD_NAMES = Object.keys(MODEL_DEFAULTS) as ModelFieldName[];

/** The other machines and the fields of their prices, in the order shown. */
export const COMPARED = [
  { model: 'vs1', price: 'vs1price' },
  { model: 'vs2', price: 'vs2price' },
  { model: 'vs3', price: 'vs3price' },
] as const;

/** The day the projection starts, YYYY-MM-DD. Empty: the day of the market's height, or today when the height is typed. */
export const DATE_DEFAULTS = { start: '' } as const;

/** Inputs with a few possible values; the first is the default. */
export const CHOICES = {
  view: PERSPECTIVES,
  currency: CURRENCIES,
  payout: ['FPPS', 'PPS+', 'PPLNS', 'PPS'],
  off: ['yes', 'no'],
  /** Hourly power prices of the flexible part. The person's own curve is too long for an address and stays in the page. */
  curve: ['', 'sample', 'own'],
} as const;
export type ChoiceFieldName = keyof typeof CHOICES;
export const CHOICE_FIELD_NAMES = Object.keys(CHOICES) as ChoiceFieldName[];

export type FormFieldName = NumberFieldName | ModelFieldName | ChoiceFieldName | keyof typeof DATE_DEFAULTS;
export const FORM_FIELD_NAMES: readonly FormFieldName[] = [...CHOICE_FIELD_NAMES, ...MODEL_FIELD_NAMES, ...NUMBER_FIELD_NAMES, 'start'];

export type CalculatorForm = Record<Exclude<FormFieldName, 'view' | 'currency'>, string> & { view: Perspective; currency: Currency };

/** The seed of whoever has not asked for another: everybody sees the same draw first. */
export const FIRST_SEED = 1;

/** True when the address asks for simulated paths: the server then computes them too. */
export function isRiskAsked(form: CalculatorForm): boolean {
  return RISK_FIELD_NAMES.some((name) => form[name] !== defaultText(name, form.currency));
}

/** The same for hourly power prices. */
export function isFlexibleAsked(form: CalculatorForm): boolean {
  return form.curve !== '';
}

/** What stands in a field nobody touched, as typed. */
export function defaultText(name: FormFieldName, currency: Currency): string {
  if (name in NUMBER_FIELDS) return NUMBER_FIELDS[name as NumberFieldName].defaults[currency];
  if (name in MODEL_DEFAULTS) return MODEL_DEFAULTS[name as ModelFieldName];
  if (name in DATE_DEFAULTS) return '';
  return name === 'currency' ? currency : CHOICES[name as ChoiceFieldName][0];
}

export function createDefaultForm(currency: Currency = 'usd'): CalculatorForm {
  const entries = FORM_FIELD_NAMES.map((name) => [name, defaultText(name, currency)]);
  return Object.fromEntries(entries) as CalculatorForm;
}

/** Why a typed value cannot be used. `min` and `max` are in the unit that is typed. */
export type FormError = {
  readonly name: FormFieldName;
  readonly code:
    | 'missing'
    | 'market_missing'
    | 'not_a_number'
    | 'not_an_integer'
    | 'out_of_range'
    | 'unknown_choice'
    | 'unknown_model'
    | 'not_a_date'
    | 'too_long'
    | 'not_finite';
  readonly min: number | null;
  readonly max: number | null;
  readonly minExclusive: boolean;
};

export function plainError(name: FormFieldName, code: FormError['code']): FormError {
  return { name, code, min: null, max: null, minExclusive: false };
}
