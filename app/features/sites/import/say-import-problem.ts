// What is wrong with a row of a machine list, in the reader's words; what the batch room finds in a cell, in that room's. Pure.
import type { TFunction } from 'i18next';
import { ROW_ERROR_CODES, type RowErrorCode } from '#app/features/batch/rows/row-error.ts';
import type { Format } from '#app/ui/format.ts';
import type { ImportProblem } from './import-problem.ts';

export type ImportWords = { t: TFunction<['sites', 'batch']>; format: Format };

const MAX_DIGITS = 6;

function isRowErrorCode(code: ImportProblem['code']): code is RowErrorCode {
  return ROW_ERROR_CODES.some((one) => one === code);
}

export function sayImportProblem({ code, details, field }: ImportProblem, { t, format }: ImportWords): string {
  const shown = Object.fromEntries(
    Object.entries(details).map(([name, value]) => [name, typeof value === 'number' ? format.number(value, countDecimals(value)) : value]),
  );
  if (!isRowErrorCode(code)) {
    const other = typeof details.other === 'string' ? details.other : (field ?? '');
    return t(`sites:import.problem.${code}`, { ...shown, other });
  }
  const { min = '', max = '', unit = '' } = shown;
  // Bounds of hash rate and power leave zero out; that of a price does not.
  const range = field === 'purchaseUsd' ? t('sites:import.from', { min, max, unit }) : t('sites:import.above', { min, max, unit });
  return t(`batch:error.${code}`, { range });
}

const countDecimals = (value: number): number => Math.min(MAX_DIGITS, (String(value).split('.')[1] ?? '').length);
