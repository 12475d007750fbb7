/** Puts hourly prices, what following them comes to and what is wrong with them into words. Pure. */
import type { TFunction } from 'i18next';
import type { Amounts } from '#app/ui/amounts.ts';
import type { Format } from '#app/ui/format.ts';
import type { FlexibleFinding, OffFinding } from './flexible-finding.ts';
import type { OwnFault } from './own-curve.ts';
import type { CurveShape } from './power-curve.ts';

export type SayFlexible = { t: TFunction<'flexible-power'>; format: Format; amounts: Amounts };

export function sayShape({ t, format }: Pick<SayFlexible, 't' | 'format'>, shape: CurveShape): string {
  return t(`shape.${shape.kind}`, { hours: format.integer(shape.hours) });
}

export function sayFlexibleFinding({ t, format, amounts }: SayFlexible, finding: FlexibleFinding): string {
  if (finding.kind === 'neverStops' || finding.kind === 'neverRuns') return t(`finding.${finding.kind}`);
  const value = finding.kind === 'worth' ? amounts.total(finding.valueUsd) : amounts.signedTotal(finding.valueUsd);
  return t(`finding.${finding.kind}`, { value, horizon: format.integer(finding.horizonMonths) });
}

export function sayMostOff({ t, format }: Pick<SayFlexible, 't' | 'format'>, finding: OffFinding): string {
  if (finding.kind === 'never') return t('off.never');
  return t('off.most', { month: format.integer(finding.month), hours: format.number(finding.hoursOff, 1) });
}

/** Digits of a price as it was typed: a tariff has more than a market price of a megawatt-hour. */
function formatPrice(format: Format, value: number): string {
  const isWhole = Number.isInteger(value) || Math.abs(value) >= 1000;
  return format.number(value, isWhole ? 0 : Math.abs(value) >= 10 ? 2 : 4);
}

export function sayFault({ t, format }: Pick<SayFlexible, 't' | 'format'>, fault: OwnFault): string {
  switch (fault.kind) {
    case 'too_long':
      return t('fault.too_long', { length: format.integer(fault.length), max: format.integer(fault.max) });
    case 'not_a_number':
      return t('fault.not_a_number', { line: format.integer(fault.line), value: fault.value });
    case 'missing':
      return t('fault.missing', { line: format.integer(fault.line) });
    case 'columns':
      return t('fault.columns', { line: format.integer(fault.line), columns: fault.columns, expected: fault.expected });
    case 'too_many_hours':
      return t('fault.too_many_hours', { hours: format.integer(fault.hours), max: format.integer(fault.max) });
    case 'out_of_range':
      return t('fault.out_of_range', {
        line: format.integer(fault.line),
        value: formatPrice(format, fault.value),
        min: formatPrice(format, fault.min),
        max: formatPrice(format, fault.max),
        unit: t(`input.${fault.unit}`),
      });
    case 'not_whole_days':
      return t('fault.not_whole_days', { hours: format.integer(fault.hours) });
    case 'empty':
    case 'no_rate':
      return t(`fault.${fault.kind}`);
  }
}
