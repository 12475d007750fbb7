/** What a machine that follows an hourly price of power needs besides the fields of fields.ts: unit, valid range. */
import type { FieldName } from './fields.ts';
import { FIELDS, range } from './fields.ts';

/** Parts of a year: month k of a projection runs through part (firstPart + k - 1) mod 12. */
export const YEAR_PARTS = 12;

export const FLEXIBLE_FIELDS = {
  /** Wear of one start, USD per machine. */
  restartUsd: range('USD', 0, 1e6, { default: 0 }),
  /** Minutes after a start in which power is drawn and nothing is mined. */
  bootMinutes: range('min', 0, 1440, { default: 0 }),
  /** Price of one hour's power, adders included. */
  hourUsdPerKwh: range('USD/kWh', FIELDS.powerUsdPerKwh.min, FIELDS.powerUsdPerKwh.max),
  /** Hours of the curve: a multiple of 12 (8,760, 8,784, or 2,016 for twelve typical weeks). */
  curveHours: range('h', YEAR_PARTS, 8784, { integer: true }),
  /** Twelfth of the year in which month 1 falls, from 0. */
  firstPart: range('1', 0, YEAR_PARTS - 1, { integer: true, default: 0 }),
} as const;

export type FlexibleFieldName = keyof typeof FLEXIBLE_FIELDS;
export type RoiOrFlexibleFieldName = FieldName | FlexibleFieldName;
