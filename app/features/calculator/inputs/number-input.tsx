/** One number of the form with its slider, unit, range, default and meaning, all from the field table. */
import { memo, type ReactNode, useCallback } from 'react';
import { useCalculator, useCalculatorTexts, useFieldError, useFormat, useSelected } from '#app/features/calculator/use-calculator.ts';
import { NumberField } from '#app/ui/field.tsx';
import { parseTypedNumber, toTypedText } from '#app/ui/typed-number.ts';
import { defaultText, NUMBER_FIELDS, type NumberFieldName, type PartFieldName } from './calculator-form.ts';
import { findRate } from './convert-currency.ts';
import { findHumanRange, isMoneyUnit, moneyPerUsd } from './human-units.ts';
import { formatLimit } from './say-error.ts';

type FieldTextName = Exclude<NumberFieldName, 'vs1price' | 'vs2price' | 'vs3price' | PartFieldName>;

function unitOf(name: NumberFieldName, t: ReturnType<typeof useCalculatorTexts>): string | undefined {
  switch (NUMBER_FIELDS[name].unit) {
    case 'thsUnit':
      return 'TH/s';
    case 'watt':
      return 'W';
    case 'machines':
      return t('form.units');
    case 'moneyPerKwh':
      return t('form.perKwh');
    case 'money':
      return t('form.each');
    case 'moneyPerMonth':
      return t('form.perMonth');
    case 'months':
      return t('form.months');
    case 'percent':
      return t('form.percent');
    case 'percentPerMonth':
      return t('form.perMonthPercent');
    case 'percentPerYear':
      return t('form.perYearPercent');
    case 'trillions':
      return 'T';
    case 'btcPerBlock':
      return 'BTC';
    case 'exahash':
      return 'EH/s';
    case 'seconds':
      return 's';
    default:
      return undefined;
  }
}

export type NumberInputProps = {
  name: FieldTextName;
  /** In place of the default: where the value comes from when the field is left alone. */
  standard?: ReactNode;
  /** What counts while the field is empty, in the unit that is typed: the market's or the catalogue's figure. */
  emptyValue?: number | null;
  withMeaning?: boolean;
};

export const NumberInput = memo(function NumberInput({ name, standard, emptyValue = null, withMeaning = false }: NumberInputProps) {
  const t = useCalculatorTexts();
  const format = useFormat();
  const { store, page } = useCalculator();
  const text = useSelected((state) => state.form[name]);
  const currency = useSelected((state) => state.form.currency);
  const error = useFieldError(name);
  const { unit, slider } = NUMBER_FIELDS[name];
  const shownSlider = slider?.[currency];
  const isMoney = isMoneyUnit(unit);
  const prefix = isMoney ? (currency === 'cny' ? '¥' : '$') : unit === 'usdPerBtc' ? '$' : undefined;
  // A rate of 1 only where none is known; the form then asks for one and shows no amounts.
  const range = findHumanRange(name, moneyPerUsd(currency, findRate(store.getState().form, page.market)) ?? 1);
  const shownRange = shownSlider ?? range;
  const typed = parseTypedNumber(text);
  const standardText = defaultText(name, currency);

  const setText = useCallback((next: string) => store.setField(name, next), [store, name]);
  const slide = useCallback((next: number) => store.setField(name, toTypedText(next)), [store, name]);

  return (
    <NumberField
      name={name}
      label={t(`field.${name}.label`)}
      text={text}
      onText={setText}
      value={typed.kind === 'number' ? typed.value : typed.kind === 'empty' ? emptyValue : null}
      slider={shownSlider}
      onSlide={slide}
      prefix={prefix}
      unit={unitOf(name, t)}
      placeholder={emptyValue === null ? undefined : formatLimit(format, emptyValue)}
      range={t('form.range', { min: `${prefix ?? ''}${formatLimit(format, shownRange.min)}`, max: formatLimit(format, shownRange.max) })}
      standard={standard ?? t('form.default', { value: `${prefix ?? ''}${formatLimit(format, Number(standardText))}` })}
      meaning={withMeaning ? t(`field.${name}.meaning`) : undefined}
      error={error}
    />
  );
});
