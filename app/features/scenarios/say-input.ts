/** Inputs and figures of a scenario in words: names and units of the calculator. Pure. */
import type { TFunction } from 'i18next';
import {
  type FormFieldName,
  type HumanUnit,
  MODEL_DEFAULTS,
  type ModelFieldName,
  NUMBER_FIELD_NAMES,
  NUMBER_FIELDS,
  type NumberFieldName,
  type PartFieldName,
} from '#app/features/calculator/inputs/calculator-form.ts';
import type { ExplainedFigure } from '#app/features/explanation/explain-change.ts';
import type { MarketFigureName } from '#app/features/market/snapshot.ts';
import type { Amounts } from '#app/ui/amounts.ts';
import type { Format } from '#app/ui/format.ts';
import { TH_PER_EH } from '#engine/units/constants.ts';
import type { ChangedInput, FigureExplanation } from './scenario-answer.ts';

export type ScenarioTexts = TFunction<['scenarios', 'calculator', 'market']>;
export type ScenarioWords = { t: ScenarioTexts; format: Format; amounts: Amounts };

function findField(input: string): NumberFieldName | undefined {
  return NUMBER_FIELD_NAMES.find((name) => NUMBER_FIELDS[name].engine === input);
}

/** Fields whose words are in other rooms; they are no inputs of a scenario. */
type Elsewhere = PartFieldName | 'vs1price' | 'vs2price' | 'vs3price';
type Labelled = Exclude<FormFieldName, Elsewhere | ModelFieldName | 'view' | 'currency' | 'curve'>;

/** By the name in the form. */
export function sayFieldName({ t }: ScenarioWords, field: string): string {
  return field in MODEL_DEFAULTS
    ? t('scenarios:missing.machine')
    : t(`calculator:field.${field as Labelled}.label`, { defaultValue: field });
}

/** By the name of the engine's input. */
export function sayInputName(words: ScenarioWords, input: string): string {
  if (input === 'payoutModel') return sayFieldName(words, 'payout');
  return sayFieldName(words, input === 'shutdownWhenUnprofitable' ? 'off' : (findField(input) ?? input));
}

function sayNumber({ t, format, amounts }: ScenarioWords, unit: HumanUnit, value: number): string {
  switch (unit) {
    case 'thsUnit':
      return format.hashrate(value);
    case 'exahash':
      return `${format.number(value / TH_PER_EH, 1)} EH/s`;
    case 'watt':
      return `${format.integer(value)} W`;
    case 'money':
    case 'moneyPerMonth':
      return amounts.total(value);
    case 'moneyPerKwh':
      return `${amounts.powerPrice(value)}/kWh`;
    case 'usdPerBtc':
      return amounts.bitcoinPrice(value);
    case 'percent':
    case 'percentPerMonth':
    case 'percentPerYear':
    case 'percentPerRootYear':
      return format.percent(value, 2);
    case 'trillions':
      return format.difficulty(value);
    case 'btcPerBlock':
      return `${format.btc(value, 4)} BTC`;
    case 'seconds':
      return t('scenarios:unit.days', { days: format.number(value / 86_400, 2) });
    case 'months':
      return t('scenarios:unit.months', { months: format.integer(value) });
    case 'cnyPerUsd':
      return format.number(value, 4);
    case 'factor':
      return format.number(value, 2);
    default:
      return format.number(value, Number.isInteger(value) ? 0 : 2);
  }
}

/** `null`: it was not given. */
export function sayInputValue(words: ScenarioWords, input: string, value: ChangedInput['thenInput']): string | null {
  if (value === null) return null;
  if (typeof value === 'boolean') return words.t(value ? 'calculator:field.off.yes' : 'calculator:field.off.no');
  const field = findField(input);
  return typeof value === 'string' || field === undefined ? String(value) : sayNumber(words, NUMBER_FIELDS[field].unit, value);
}

export function sayMarketValue(words: ScenarioWords, figure: MarketFigureName, value: number): string {
  return sayInputValue(words, figure, value) ?? '';
}

/** A figure of the answer in its own unit. */
export function sayFigure({ t, format, amounts }: ScenarioWords, figure: ExplainedFigure, value: number): string {
  switch (figure) {
    case 'npvUsd':
    case 'profitUsd':
      return amounts.signedTotal(value);
    case 'netUsdPerDay':
      return amounts.signedDaily(value);
    case 'paybackMonths':
      return t('scenarios:unit.months', { months: format.number(value, 1) });
    case 'roiRatio':
      return format.signedPercent(value, 1);
  }
}

/** The same with a sign: a change of it. */
export function sayChange({ t, format, amounts }: ScenarioWords, figure: ExplainedFigure, change: number): string {
  switch (figure) {
    case 'npvUsd':
    case 'profitUsd':
      return amounts.signedTotal(change);
    case 'netUsdPerDay':
      return amounts.signedDaily(change);
    case 'paybackMonths':
      return t('scenarios:unit.months', { months: format.signedNumber(change, 1) });
    case 'roiRatio':
      return t('scenarios:unit.points', { points: format.signedNumber(change * 100, 1) });
  }
}

/** A shorter payback is the better one. */
export function isGain(figure: ExplainedFigure, change: number): boolean {
  return figure === 'paybackMonths' ? change < 0 : change > 0;
}

/** Why a change is not split; empty: it is. */
export function sayUnsplit({ t }: ScenarioWords, figure: ExplainedFigure, because: FigureExplanation['notSplitBecause']): string {
  if (because === null) return '';
  // Of a payback people say that it is not reached.
  if (figure === 'paybackMonths' && (because === 'then' || because === 'now' || because === 'between'))
    return t(`unsplit.payback.${because}`);
  return t(`unsplit.${because}`, { figure: t(`figure.${figure}`) });
}
