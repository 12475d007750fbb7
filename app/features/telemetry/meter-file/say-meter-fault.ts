/** What is wrong with a meter's file, or a row of it, in the reader's words. */
import type { TFunction } from 'i18next';
import { MAX_QUARTER_KWH } from '#app/features/telemetry/energy/meter-readings.ts';
import type { Format } from '#app/ui/format.ts';
import type { MeterRowFault, MeterTableFault } from './read-meter-rows.server.ts';
import { MAX_REGISTER_KWH } from './register-quarters.ts';

export type MeterWords = { t: TFunction<'meter'>; format: Format };

export function sayMeterFault(fault: MeterTableFault, words: MeterWords): string {
  const { t, format } = words;
  switch (fault.kind) {
    case 'no-time-column':
    case 'no-energy-column':
    case 'which-column':
      return t(`fault.${fault.kind}`, { columns: format.list(fault.columns.filter((column) => column !== '')) });
    case 'too-many-rows':
      return t('fault.too-many-rows', { max: format.integer(fault.max) });
    case 'ambiguous-number':
      return t('fault.ambiguous-number', { value: fault.value });
    case 'wrong-resolution':
      return t('fault.wrong-resolution', { minutes: format.number(fault.minutes) });
    case 'nothing': {
      const [first] = fault.refused;
      const said = t('fault.nothing');
      return first === undefined
        ? said
        : format.sentences(said, t('rowReason', { line: format.integer(first.line), reason: sayMeterRow(first, words) }));
    }
    default:
      return t(`fault.${fault.kind}`);
  }
}

export const sayMeterRow = ({ code }: MeterRowFault, { t, format }: MeterWords): string =>
  t(`reason.${code}`, { max: format.integer(code === 'register_range' ? MAX_REGISTER_KWH : MAX_QUARTER_KWH) });
