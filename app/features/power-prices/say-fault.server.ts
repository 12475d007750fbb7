/** What is wrong with a file of prices, or a row of it, in the reader's words. */
import type { TFunction } from 'i18next';
import type { Format } from '#app/ui/format.ts';
import type { RowFault } from '#collectors/market/power/place-cells.ts';
import type { TableFault } from '#collectors/market/power/read-prices.ts';
import type { LoadOutcome } from './load-file.server.ts';

export type PowerWords = { t: TFunction<'power-prices'>; format: Format };
type FileFault = Extract<LoadOutcome, { kind: 'refused' }>['fault'] | TableFault;

export function sayFileFault(fault: FileFault, { t, format }: PowerWords): string {
  switch (fault.kind) {
    case 'no-time-column':
    case 'no-price-column':
    case 'which-column':
      return t(`fault.${fault.kind}`, { columns: format.list([...fault.columns]) });
    case 'unknown-column':
      return t('fault.unknown-column', { column: fault.column, columns: format.list([...fault.columns]) });
    case 'too-many-rows':
      return t('fault.too-many-rows', { rows: format.integer(fault.rows), max: format.integer(fault.max) });
    case 'wrong-unit':
      return t('fault.wrong-unit', { stated: fault.stated, expected: fault.expected });
    case 'wrong-resolution':
      return t('fault.wrong-resolution', { minutes: format.integer(fault.minutes), expected: format.integer(fault.expected) });
    case 'which-node':
      return t('fault.which-node', { nodes: format.list([...fault.nodes]) });
    case 'unknown-node':
      return t('fault.unknown-node', { node: fault.node, nodes: format.list([...fault.nodes]) });
    case 'hours-from-zero':
    case 'ambiguous-number':
      return t(`fault.${fault.kind}`, { value: fault.value });
    case 'full':
      return t('fault.full', { max: format.integer(fault.max) });
    case 'no-prices': {
      const [first] = fault.refused;
      return first === undefined ? t('fault.no-prices') : format.sentences(t('fault.no-prices'), sayRow(first, { t }));
    }
    default:
      return t(`fault.${fault.kind}`);
  }
}

export const sayRowFault = ({ code, value }: RowFault, { t }: Pick<PowerWords, 't'>): string => t(`row.${code}`, { value });

export const sayRow = (row: RowFault, words: Pick<PowerWords, 't'>): string =>
  words.t('refused.row', { line: row.line, reason: sayRowFault(row, words) });
