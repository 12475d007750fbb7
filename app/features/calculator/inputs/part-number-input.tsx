/** One number of a part that is fetched late: its words come from the part's own room, its range and default from the field table. */
import type { ReactNode } from 'react';
import { useCalculator, useCalculatorTexts, useFormat, useSelected } from '#app/features/calculator/use-calculator.ts';
import { NumberField } from '#app/ui/field.tsx';
import { type FormError, NUMBER_FIELDS, type PartFieldName } from './calculator-form.ts';
import { findHumanRange, isMoneyUnit } from './human-units.ts';
import { FORM_ID } from './inputs-form.tsx';
import { formatLimit, sayError } from './say-error.ts';

export type PartNumberInputProps = {
  name: PartFieldName;
  label: string;
  meaning: string;
  unit?: string;
  /** What counts while the field is empty, as it would be typed. */
  placeholder?: string;
  /** Below the field: its default, or where the value of an empty one comes from. */
  standard?: ReactNode;
  errors: readonly FormError[];
  moneyPerUsd: number;
  onText?: (text: string) => void;
};

export function PartNumberInput({ name, label, meaning, unit, placeholder, standard, errors, moneyPerUsd, onText }: PartNumberInputProps) {
  const t = useCalculatorTexts();
  const format = useFormat();
  const { store } = useCalculator();
  const text = useSelected((state) => state.form[name]);
  const currency = useSelected((state) => state.form.currency);
  const error = errors.find((candidate) => candidate.name === name);
  const range = findHumanRange(name, moneyPerUsd);
  const prefix = isMoneyUnit(NUMBER_FIELDS[name].unit) ? (currency === 'cny' ? '¥' : '$') : undefined;
  return (
    <NumberField
      name={name}
      form={FORM_ID}
      label={label}
      text={text}
      onText={onText ?? ((next) => store.setField(name, next))}
      prefix={prefix}
      unit={unit}
      placeholder={placeholder}
      range={t('form.range', { min: withPrefix(prefix, formatLimit(format, range.min)), max: formatLimit(format, range.max) })}
      standard={standard}
      meaning={meaning}
      error={error === undefined ? null : sayError(t, format, error, store.getState().form)}
    />
  );
}

/** The sign of an amount stands before its currency. */
function withPrefix(prefix: string | undefined, limit: string): string {
  return limit.startsWith('−') ? `−${prefix ?? ''}${limit.slice(1)}` : `${prefix ?? ''}${limit}`;
}
