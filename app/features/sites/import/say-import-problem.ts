// What is wrong with a row of a machine list, in the reader's words; what the batch room finds in a cell, in that room's. Pure.
import type { TFunction } from 'i18next';
import { ROW_ERROR_CODES, type RowErrorCode } from '#app/features/batch/rows/row-error.ts';
import type { Format } from '#app/ui/format.ts';
import type { ImportProblem } from './import-problem.ts';

export type ImportWords = { t: TFunction<['sites', 'batch']>; format: Format };

const MAX_DIGITS = 6;

/** Keys of the sentences: i18next takes an ending such as "_other" for a plural. */
const SENTENCES = {
  taken: 'taken',
  unknown_reference: 'unknownReference',
  not_a_time_zone: 'notATimeZone',
  not_a_mac: 'notAMac',
  not_a_host: 'notAHost',
  not_a_target: 'notATarget',
  not_a_day: 'notADay',
  needs_other: 'needsOther',
  no_identity: 'noIdentity',
  outside_rack: 'outsideRack',
  no_such_step: 'noSuchStep',
  not_empty: 'notEmpty',
  too_many: 'tooMany',
  not_as_seen: 'notAsSeen',
  not_in_history: 'notInHistory',
  not_whole: 'notWhole',
  number_damaged: 'numberDamaged',
  bad_position: 'badPosition',
  unknown_client: 'unknownClient',
  unknown_rack: 'unknownRack',
  ambiguous_rack: 'ambiguousRack',
  named_before: 'namedBefore',
  several_machines: 'severalMachines',
  range_with_identity: 'rangeWithIdentity',
  range_too_long: 'rangeTooLong',
  many_machines: 'manyMachines',
} as const satisfies Record<Exclude<ImportProblem['code'], RowErrorCode>, string>;

function isRowErrorCode(code: ImportProblem['code']): code is RowErrorCode {
  return ROW_ERROR_CODES.some((one) => one === code);
}

export function sayImportProblem({ code, details, field }: ImportProblem, { t, format }: ImportWords): string {
  const shown = Object.fromEntries(
    Object.entries(details).map(([name, value]) => [name, typeof value === 'number' ? format.number(value, countDecimals(value)) : value]),
  );
  if (!isRowErrorCode(code)) {
    const other = typeof details.other === 'string' ? details.other : (field ?? '');
    return t(`sites:import.problem.${SENTENCES[code]}`, { ...shown, other });
  }
  const { min = '', max = '', unit = '' } = shown;
  // Bounds of hash rate and power leave zero out; that of a price does not.
  const range = field === 'purchaseUsd' ? t('sites:import.from', { min, max, unit }) : t('sites:import.above', { min, max, unit });
  return t(`batch:error.${code}`, { range });
}

const countDecimals = (value: number): number => Math.min(MAX_DIGITS, (String(value).split('.')[1] ?? '').length);
