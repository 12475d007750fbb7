/**
 * The scenario panel as a person types it: one text for each figure, in the unit that is shown. One table names every input; the address, the ranges and the
 * engine's figures come from it. Pure: knows no language.
 */
import type { MarketSnapshot } from '#app/features/market/snapshot.ts';
import { parseTypedNumber } from '#app/ui/typed-number.ts';
import { FIELDS, type FieldName } from '#engine/units/fields.ts';
import type { AdviceOptions } from '../computing/advise.ts';
import type { BatchScenario } from '../computing/scenario.ts';

export type ScenarioUnit =
  | 'usdPerBtc'
  | 'trillions'
  | 'percent'
  | 'months'
  | 'money'
  | 'moneyPerKwh'
  | 'moneyPerThs'
  | 'factor'
  | 'cnyPerUsd';
export type ScenarioGroup = 'market' | 'path' | 'rows' | 'advice';
type Slider = { min: number; max: number; step: number };

export type ScenarioField = {
  group: ScenarioGroup;
  unit: ScenarioUnit;
  /** Its range is the engine's; `null`: the range stands here, in canonical units. */
  engine: FieldName | null;
  range?: { min: number; max: number; minExclusive?: boolean };
  /** As typed when nothing was; '': the market's figure, or none. In dollars whatever currency is shown. */
  standard: string;
  slider?: Slider;
};

/** Yuan for a dollar, as in the calculator. */
const CNY_RANGE = { min: 0.01, max: 1000 };

/** Defaults are ours and stand beside each input (decision 0081): those of the calculator, so that a row and a single machine come to the same. */
export const SCENARIO_FIELDS = {
  price: { group: 'market', unit: 'usdPerBtc', engine: 'priceUsdPerBtc', standard: '', slider: { min: 20_000, max: 200_000, step: 500 } },
  difficulty: { group: 'market', unit: 'trillions', engine: 'difficulty', standard: '', slider: { min: 60, max: 300, step: 0.5 } },
  months: { group: 'path', unit: 'months', engine: 'horizonMonths', standard: '48', slider: { min: 6, max: 120, step: 1 } },
  growth: { group: 'path', unit: 'percent', engine: 'networkGrowthRatioPerMonth', standard: '1', slider: { min: -5, max: 10, step: 0.1 } },
  rise: { group: 'path', unit: 'percent', engine: 'priceGrowthRatioPerMonth', standard: '1', slider: { min: -5, max: 10, step: 0.1 } },
  discount: { group: 'path', unit: 'percent', engine: 'discountRatioPerYear', standard: '10', slider: { min: 0, max: 40, step: 0.5 } },
  power: { group: 'rows', unit: 'moneyPerKwh', engine: 'powerUsdPerKwh', standard: '' },
  pool: { group: 'rows', unit: 'percent', engine: 'poolFeeRatio', standard: '2' },
  uptime: { group: 'rows', unit: 'percent', engine: 'uptimeRatio', standard: '97' },
  decay: { group: 'rows', unit: 'percent', engine: 'hashrateDecayRatioPerMonth', standard: '0.2' },
  pue: { group: 'rows', unit: 'factor', engine: 'pue', standard: '1' },
  rate: { group: 'rows', unit: 'cnyPerUsd', engine: null, range: CNY_RANGE, standard: '' },
  sale: { group: 'advice', unit: 'moneyPerThs', engine: null, range: { min: 0, max: 1000 }, standard: '' },
  moveTo: { group: 'advice', unit: 'moneyPerKwh', engine: 'powerUsdPerKwh', standard: '' },
  moveCost: { group: 'advice', unit: 'money', engine: null, range: { min: 0, max: 100_000 }, standard: '0' },
  slow: { group: 'advice', unit: 'percent', engine: null, range: { min: 0, max: 1, minExclusive: true }, standard: '80' },
  slowPower: { group: 'advice', unit: 'percent', engine: null, range: { min: 0, max: 1, minExclusive: true }, standard: '70' },
} as const satisfies Record<string, ScenarioField>;

export type ScenarioFieldName = keyof typeof SCENARIO_FIELDS;
export const SCENARIO_FIELD_NAMES = Object.keys(SCENARIO_FIELDS) as ScenarioFieldName[];

export type Currency = 'usd' | 'cny';
export type ScenarioForm = Record<ScenarioFieldName, string> & { currency: Currency; off: 'yes' | 'no' };

export type ScenarioError = {
  name: ScenarioFieldName;
  code: 'not_a_number' | 'not_an_integer' | 'out_of_range' | 'missing' | 'market_missing';
  min: number;
  max: number;
  minExclusive: boolean;
};

const DIFFICULTY_PER_T = 1e12;
const PERCENT = 100;

export function isMoney(unit: ScenarioUnit): boolean {
  return unit === 'money' || unit === 'moneyPerKwh' || unit === 'moneyPerThs';
}

/** Divides by whole numbers, so that 2 percent is the double 0.02. */
function toCanonical(unit: ScenarioUnit, typed: number, moneyPerUsd: number): number {
  if (unit === 'percent') return typed / PERCENT;
  if (unit === 'trillions') return typed * DIFFICULTY_PER_T;
  return isMoney(unit) ? typed / moneyPerUsd : typed;
}

/** What a person would type for a canonical value. */
export function toTyped(unit: ScenarioUnit, value: number, moneyPerUsd: number): number {
  if (unit === 'percent') return value * PERCENT;
  if (unit === 'trillions') return value / DIFFICULTY_PER_T;
  return isMoney(unit) ? value * moneyPerUsd : value;
}

/** Valid numbers of a field in the unit that is typed. */
export function rangeOf(
  name: ScenarioFieldName,
  moneyPerUsd: number,
): { min: number; max: number; minExclusive: boolean; integer: boolean } {
  const { engine, unit, range }: ScenarioField = SCENARIO_FIELDS[name];
  const { min, max, minExclusive, integer } = engine === null ? { integer: false, minExclusive: false, ...range! } : FIELDS[engine];
  return { min: toTyped(unit, min, moneyPerUsd), max: toTyped(unit, max, moneyPerUsd), minExclusive, integer };
}

export function createScenarioForm(): ScenarioForm {
  const texts = Object.fromEntries(SCENARIO_FIELD_NAMES.map((name) => [name, SCENARIO_FIELDS[name].standard]));
  return { ...(texts as Record<ScenarioFieldName, string>), currency: 'usd', off: 'yes' };
}

const MAX_TEXT_LENGTH = 40;

/** Unknown names are left alone; a text that is no number becomes an error beside its field. */
export function parseScenarioUrl(params: URLSearchParams): ScenarioForm {
  const form = createScenarioForm();
  for (const name of SCENARIO_FIELD_NAMES) {
    const text = params.get(name);
    if (text !== null) form[name] = text.slice(0, MAX_TEXT_LENGTH);
  }
  if (params.get('currency') === 'cny') form.currency = 'cny';
  if (params.get('off') === 'no') form.off = 'no';
  return form;
}

/** The parameters with the form in them; only what differs from the defaults is written. */
export function replaceScenarioParams(params: URLSearchParams, form: ScenarioForm): URLSearchParams {
  const standard = createScenarioForm();
  const next = new URLSearchParams(params);
  for (const name of [...SCENARIO_FIELD_NAMES, 'currency', 'off'] as const) {
    if (form[name] === standard[name]) next.delete(name);
    else next.set(name, form[name]);
  }
  return next;
}

export type ReadScenario = {
  /** `null`: there are errors among what the computation needs. */
  scenario: BatchScenario | null;
  advice: AdviceOptions;
  cnyPerUsd: number | null;
  /** Of the currency shown; 1 where the rate is not known. */
  moneyPerUsd: number;
  errors: ScenarioError[];
};

/** `cheapestUsdPerKwh`: the lowest power price of the list, where machines may be moved to; `null`: not known yet. */
export function readScenario(form: ScenarioForm, market: MarketSnapshot, cheapestUsdPerKwh: number | null): ReadScenario {
  const errors: ScenarioError[] = [];
  let moneyPerUsd = 1;
  const fail = (name: ScenarioFieldName, code: ScenarioError['code']): null => {
    const { min, max, minExclusive } = rangeOf(name, moneyPerUsd);
    errors.push({ name, code, min, max, minExclusive });
    return null;
  };
  const read = (name: ScenarioFieldName): number | null => {
    const typed = parseTypedNumber(form[name]);
    if (typed.kind === 'empty') return null;
    if (typed.kind === 'unreadable') return fail(name, 'not_a_number');
    const { min, max, minExclusive, integer } = rangeOf(name, moneyPerUsd);
    const { value } = typed;
    if (value < min || value > max || (minExclusive && value === min)) return fail(name, 'out_of_range');
    if (integer && !Number.isInteger(value)) return fail(name, 'not_an_integer');
    return toCanonical(SCENARIO_FIELDS[name].unit, value, moneyPerUsd);
  };
  const required = (name: ScenarioFieldName): number | null => (form[name].trim() === '' ? fail(name, 'missing') : read(name));
  const orMarket = (name: ScenarioFieldName, figure: 'priceUsdPerBtc' | 'difficulty'): number | null => {
    if (form[name].trim() !== '') return read(name);
    return market[figure].value ?? fail(name, 'market_missing');
  };

  const cnyPerUsd = read('rate') ?? market.cnyPerUsd.value;
  if (form.currency === 'cny') {
    if (cnyPerUsd === null) fail('rate', 'market_missing');
    else moneyPerUsd = cnyPerUsd;
  }
  const figures = {
    priceUsdPerBtc: orMarket('price', 'priceUsdPerBtc'),
    difficulty: orMarket('difficulty', 'difficulty'),
    horizonMonths: required('months'),
    networkGrowthRatioPerMonth: required('growth'),
    priceGrowthRatioPerMonth: required('rise'),
    discountRatioPerYear: required('discount'),
    poolFeeRatio: required('pool'),
    uptimeRatio: required('uptime'),
    hashrateDecayRatioPerMonth: required('decay'),
    pue: required('pue'),
  };
  const powerUsdPerKwh = read('power');
  const height = market.height.value;
  const feesBtcPerBlock = market.feesBtcPerBlock.value;
  if (height === null || feesBtcPerBlock === null) fail('difficulty', 'market_missing');
  const advice = readAdvice(read, form, cheapestUsdPerKwh);
  const isComplete =
    errors.length === 0 && Object.values(figures).every((value) => value !== null) && height !== null && feesBtcPerBlock !== null;
  if (!isComplete) return { scenario: null, advice, cnyPerUsd, moneyPerUsd, errors };
  const known = figures as { [Name in keyof typeof figures]: number };
  // The measured hash rate and the time of the epoch describe the market's own difficulty (DOMAIN 11).
  const isMarketNetwork = form.difficulty.trim() === '';
  const scenario: BatchScenario = {
    network: {
      height,
      difficulty: known.difficulty,
      feesBtcPerBlock,
      epochElapsedS: isMarketNetwork ? market.epochElapsedS.value : null,
      networkHashrateThs: isMarketNetwork ? market.networkHashrateThs.value : null,
      networkGrowthRatioPerMonth: known.networkGrowthRatioPerMonth,
      priceUsdPerBtc: known.priceUsdPerBtc,
      priceGrowthRatioPerMonth: known.priceGrowthRatioPerMonth,
      horizonMonths: known.horizonMonths,
      payoutModel: 'FPPS',
    },
    defaults: {
      powerUsdPerKwh,
      poolFeeRatio: known.poolFeeRatio,
      uptimeRatio: known.uptimeRatio,
      pue: known.pue,
      hashrateDecayRatioPerMonth: known.hashrateDecayRatioPerMonth,
      hostingFeeUsdPerMonth: 0,
      maintenanceUsdPerMonth: 0,
      capexUsd: 0,
      residualUsd: 0,
      heldRatio: 0,
      discountRatioPerYear: known.discountRatioPerYear,
    },
    shutdownWhenUnprofitable: form.off === 'yes',
  };
  return { scenario, advice, cnyPerUsd, moneyPerUsd, errors };
}

function readAdvice(read: (name: ScenarioFieldName) => number | null, form: ScenarioForm, cheapestUsdPerKwh: number | null): AdviceOptions {
  const usdPerThs = read('sale');
  const target = read('moveTo') ?? (form.moveTo.trim() === '' ? cheapestUsdPerKwh : null);
  const costUsdPerMachine = form.moveCost.trim() === '' ? 0 : read('moveCost');
  const hashrateRatio = read('slow');
  const powerRatio = read('slowPower');
  return {
    sell: usdPerThs === null ? null : { usdPerThs },
    move: target === null || costUsdPerMachine === null ? null : { powerUsdPerKwh: target, costUsdPerMachine },
    underclock: hashrateRatio === null || powerRatio === null ? null : { hashrateRatio, powerRatio },
  };
}

/** Amounts carried over to another currency, as a person would type them. */
export function convertForm(
  form: ScenarioForm,
  currency: Currency,
  cnyPerUsd: number | null,
  toText: (value: number) => string,
): ScenarioForm {
  if (form.currency === currency || cnyPerUsd === null) return { ...form, currency };
  const factor = currency === 'cny' ? cnyPerUsd : 1 / cnyPerUsd;
  const next: ScenarioForm = { ...form, currency };
  for (const name of SCENARIO_FIELD_NAMES) {
    const typed = parseTypedNumber(form[name]);
    if (isMoney(SCENARIO_FIELDS[name].unit) && typed.kind === 'number') next[name] = toText(typed.value * factor);
  }
  return next;
}
