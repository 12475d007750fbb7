/** A single figure of the form: its words, range and unit from the table, its error beside it. */
import { type ReactNode, useCallback } from 'react';
import { NumberField } from '#app/ui/field.tsx';
import { parseTypedNumber, toTypedText } from '#app/ui/typed-number.ts';
import { sayError, sayLimit } from './say-error.ts';
import { useFormat, useTexts, type WhatIf } from './use-what-if.ts';
import { NUMBER_FIELDS, type NumberName, type NumberSpec } from './what-if-form.ts';

const UNITS = {
  hashprice: 'perPhDay',
  penalty: 'perMwh',
  ramp: 'kwPerInterval',
  minUp: 'min',
  minDown: 'min',
  restart: 'usd',
  boot: 'min',
  takeMwh: 'mwh',
  takePrice: 'perMwh',
  demand: 'perKw',
  peak: 'kw',
} as const satisfies Record<NumberName, string>;

export type FigureInputProps = {
  whatIf: WhatIf;
  name: NumberName;
  /** In place of "empty: none": where the value comes from when the field is left alone. */
  standard?: ReactNode;
  emptyValue?: number | null;
};

/** What is wrong with a field, said; `null` when nothing is. */
export function useFieldError({ errors }: Pick<WhatIf, 'errors'>, field: string): string | null {
  const t = useTexts();
  const format = useFormat();
  const error = errors.find((one) => one.field === field);
  return error ? sayError(t, format, error) : null;
}

export function FigureInput({ whatIf, name, standard, emptyValue = null }: FigureInputProps) {
  const t = useTexts();
  const format = useFormat();
  const { change, form } = whatIf;
  const error = useFieldError(whatIf, name);
  const { min, max, slider }: NumberSpec = NUMBER_FIELDS[name];
  const shown = slider ?? { min, max };
  const typed = parseTypedNumber(form[name]);
  const setText = useCallback((text: string) => change({ [name]: text }), [change, name]);
  return (
    <NumberField
      name={name}
      label={t(`field.${name}.label`)}
      text={form[name]}
      onText={setText}
      value={typed.kind === 'number' ? typed.value : emptyValue}
      slider={slider}
      onSlide={(value) => setText(toTypedText(value))}
      unit={t(`unit.${UNITS[name]}`)}
      placeholder={emptyValue === null ? undefined : sayLimit(format, emptyValue)}
      range={t('form.range', { min: sayLimit(format, shown.min), max: sayLimit(format, shown.max) })}
      standard={standard ?? t('form.optional')}
      meaning={t(`field.${name}.meaning`)}
      error={error}
    />
  );
}
