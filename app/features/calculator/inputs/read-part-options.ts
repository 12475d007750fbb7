/** What the risk part and the flexible part ask for, from the form: engine figures, or field errors in the unit that is typed. Pure. */
import type { Motion } from '#app/features/risk/estimate-motion.ts';
import type { RestartCost, RiskOptions } from '#engine';
import { type CalculatorForm, FIRST_SEED, type FormError, plainError } from './calculator-form.ts';
import { createReader, readRequired } from './to-roi-inputs.ts';

export type EstimatedField = 'priceVolatilityPerYear' | 'networkVolatilityPerYear' | 'correlation';
export type ReadRiskOptions =
  | { kind: 'ok'; options: RiskOptions /** Left empty, so taken from the history. */; estimated: EstimatedField[] }
  | { kind: 'invalid'; errors: FormError[] };

/** Volatilities and correlation that were left empty are those of the history, unrounded. */
export function readRiskOptions(form: CalculatorForm, motion: Motion): ReadRiskOptions {
  const reader = createReader(form, 1);
  const estimated: EstimatedField[] = [];
  const readOrEstimate = (name: 'pvol' | 'nvol' | 'corr', field: EstimatedField): number => {
    if (form[name].trim() === '') estimated.push(field);
    return reader.read(name) ?? motion[field];
  };
  const options: RiskOptions = {
    seed: reader.read('seed') ?? FIRST_SEED,
    paths: readRequired(form, reader, 'paths') ?? 0,
    priceVolatilityPerYear: readOrEstimate('pvol', 'priceVolatilityPerYear'),
    networkVolatilityPerYear: readOrEstimate('nvol', 'networkVolatilityPerYear'),
    correlation: readOrEstimate('corr', 'correlation'),
  };
  return reader.errors.length > 0 ? { kind: 'invalid', errors: reader.errors } : { kind: 'ok', options, estimated };
}

export type ReadFlexibleOptions = { kind: 'ok'; restart: RestartCost; adderUsdPerKwh: number } | { kind: 'invalid'; errors: FormError[] };

/** `moneyPerUsd`: money of the form's currency for one USD; `null` when the rate is not known. */
export function readFlexibleOptions(form: CalculatorForm, moneyPerUsd: number | null): ReadFlexibleOptions {
  if (moneyPerUsd === null) return { kind: 'invalid', errors: [plainError('rate', 'market_missing')] };
  const reader = createReader(form, moneyPerUsd);
  const read = {
    restartUsd: readRequired(form, reader, 'restart') ?? 0,
    bootMinutes: readRequired(form, reader, 'boot') ?? 0,
    adderUsdPerKwh: readRequired(form, reader, 'adder') ?? 0,
  };
  if (reader.errors.length > 0) return { kind: 'invalid', errors: reader.errors };
  const { adderUsdPerKwh, ...restart } = read;
  return { kind: 'ok', restart, adderUsdPerKwh };
}
