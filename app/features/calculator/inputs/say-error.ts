/** What is wrong with an input and what to do, in the reader's language and in the unit that is typed. Pure. */
import type { TFunction } from 'i18next';
import { suggestMachines } from '#app/features/catalogue/find-machine.ts';
import type { Format } from '#app/ui/format.ts';
import type { CalculatorForm, FormError, ModelFieldName } from './calculator-form.ts';
import { MODEL_DEFAULTS } from './calculator-form.ts';

/** Digits after the point that a limit needs: 0.01 needs two, 71 none. At most four. */
function limitDigits(limit: number): number {
  for (let digits = 0; digits < 4; digits++) if (Math.abs(limit * 10 ** digits - Math.round(limit * 10 ** digits)) < 1e-9) return digits;
  return 4;
}

export function formatLimit(format: Format, limit: number): string {
  return format.number(limit, limitDigits(limit));
}

function isModelField(name: string): name is ModelFieldName {
  return name in MODEL_DEFAULTS;
}

export function sayError(t: TFunction<'calculator'>, format: Format, error: FormError, form: CalculatorForm): string {
  const limits = {
    min: error.min === null ? '' : formatLimit(format, error.min),
    max: error.max === null ? '' : formatLimit(format, error.max),
  };
  if (error.code === 'unknown_model' && isModelField(error.name)) {
    const names = suggestMachines(form[error.name])
      .map((machine) => machine.name)
      .join(t('error.or'));
    const ask = error.name === 'model' ? t('error.unknown_model') : t('error.unknown_other_model');
    return names === '' ? ask : format.sentences(ask, t('error.nearest', { names }));
  }
  if (error.code === 'missing' && isModelField(error.name)) return t('error.missing_model');
  if (error.code === 'out_of_range' && error.minExclusive) return t('error.out_of_range_exclusive', limits);
  return t(`error.${error.code}`, limits);
}
