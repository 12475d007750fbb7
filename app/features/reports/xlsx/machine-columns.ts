/** The columns of the sheet of machines: inputs, then figures of a day as formulas over them. One table, so that formulas elsewhere find a column by its name. */
import { HOURS_PER_MONTH } from '#engine/units/constants.ts';
import { toEnergyKwhPerMonth } from '../model/compute-fleet.ts';
import type { ComputedRow } from '../model/day-columns.ts';
import { type CellValue, columnName, formula, num } from './cell-value.ts';
import type { NumberFormat } from './sheet-style.ts';

export const INPUT_COLUMNS = [
  ['count', 'whole'],
  ['hashrateThs', 'two'],
  ['powerW', 'whole'],
  ['powerUsdPerKwh', 'powerPrice'],
  ['poolFeeRatio', 'percent'],
  ['uptimeRatio', 'percent'],
  ['pue', 'two'],
  ['hashrateDecayRatioPerMonth', 'percent'],
  ['hostingFeeUsdPerMonth', 'two'],
  ['maintenanceUsdPerMonth', 'two'],
  ['capexUsd', 'usdWhole'],
  ['residualUsd', 'usdWhole'],
  ['heldRatio', 'percent'],
] as const satisfies readonly (readonly [string, NumberFormat])[];

/** Derived ones: paid hash rate and energy carry the cash flow, the rest is what a reader looks at. */
export const FORMULA_COLUMNS = [
  'paidThs',
  'kwhPerMonth',
  'minedBtcPerDay',
  'revenueUsdPerDay',
  'energyKwhPerDay',
  'powerUsdPerDay',
  'fixedUsdPerDay',
  'netUsdPerDay',
  'breakEvenPowerUsdPerKwh',
] as const;

const NAMES = ['line', 'model', ...INPUT_COLUMNS.map(([name]) => name), ...FORMULA_COLUMNS] as const;
export type MachineColumnName = (typeof NAMES)[number];
export const MACHINE_COLUMN_COUNT = NAMES.length;

const LETTERS = new Map<MachineColumnName, string>(NAMES.map((name, index) => [name, columnName(index + 1)]));

export function letterOf(name: MachineColumnName): string {
  return LETTERS.get(name)!;
}

/** Names of cells on the sheet of assumptions, as the workbook defines them. */
export const NAME_PRICE = 'price_usd_per_btc';
export const NAME_PRICE_FACTOR = 'price_factor';
export const NAME_POWER_DELTA = 'power_delta';
export const NAME_HASHPRICE = 'hashprice_btc';
export const DAYS_PER_MONTH_TEXT = '30.4375';

/** The formula cells of one row. */
export function toFormulaCells({ row, today }: ComputedRow, line: number): CellValue[] {
  const at = (name: MachineColumnName) => `${letterOf(name)}${line}`;
  const paidThs = row.count * row.hashrateThs * row.uptimeRatio * (1 - row.poolFeeRatio);
  return [
    formula(`${at('count')}*${at('hashrateThs')}*${at('uptimeRatio')}*(1-${at('poolFeeRatio')})`, paidThs, 'two'),
    formula(`${at('count')}*${at('powerW')}*${at('pue')}/1000*${HOURS_PER_MONTH}*${at('uptimeRatio')}`, toEnergyKwhPerMonth(row), 'two'),
    formula(`${at('paidThs')}*${NAME_HASHPRICE}`, today.minedBtcPerDay, 'btc'),
    formula(`${at('minedBtcPerDay')}*${NAME_PRICE}*${NAME_PRICE_FACTOR}`, today.revenueUsdPerDay, 'usd'),
    formula(`${at('count')}*${at('powerW')}*${at('pue')}/1000*24*${at('uptimeRatio')}`, today.energyKwhPerDay, 'two'),
    formula(`${at('energyKwhPerDay')}*(${at('powerUsdPerKwh')}+${NAME_POWER_DELTA})`, today.powerUsdPerDay, 'usd'),
    formula(
      `${at('count')}*(${at('hostingFeeUsdPerMonth')}+${at('maintenanceUsdPerMonth')})/${DAYS_PER_MONTH_TEXT}`,
      today.fixedUsdPerDay,
      'usd',
    ),
    formula(`${at('revenueUsdPerDay')}-${at('powerUsdPerDay')}-${at('fixedUsdPerDay')}`, today.netUsdPerDay, 'usd'),
    formula(
      `IF(${at('energyKwhPerDay')}=0,"—",${at('revenueUsdPerDay')}/${at('energyKwhPerDay')})`,
      today.breakEvenPowerUsdPerKwh,
      'powerPrice',
    ),
  ];
}

export function toInputCells({ row }: ComputedRow): CellValue[] {
  return INPUT_COLUMNS.map(([name, format]) => num(row[name], format));
}
