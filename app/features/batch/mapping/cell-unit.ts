/**
 * What a unit in a cell means in its column. "$15" in a column of dollars for one TH/s is fifteen dollars for one TH/s: a bare currency or a bare
 * percent says which money or that it is in hundredths, and leaves to the column what it is paid for and how often.
 */
import type { NumberField } from './batch-field.ts';
import { unitsOf } from './field-units.ts';
import type { Inference } from './mapping.ts';
import { toFieldUnit } from './read-unit.ts';
import type { Unit } from './units.ts';

/** Whole coins: in a column of cents, or of thousands, "$0.05" is five hundredths of a dollar. */
const MONEY = /^(?:USD|CNY)(?![a-z])/;

function inColumn(bare: Unit, column: Unit): string | null {
  if (bare === 'USD' || bare === 'CNY') return MONEY.test(column) ? column.replace(MONEY, bare) : null;
  if (bare === '%') return column.replace(/^ratio/, '%');
  return null;
}

/** `unit` as written in a cell of the column; `null`: no unit of the field. */
export function toCellUnit(column: { field: NumberField; unit: Unit; inferredFrom: Inference }, unit: Unit): Unit | null {
  // A unit that is itself a guess from other cells has no say.
  const meant = column.inferredFrom === 'values' ? null : inColumn(unit, column.unit);
  const units: readonly string[] = unitsOf(column.field);
  return meant !== null && units.includes(meant) ? (meant as Unit) : toFieldUnit(column.field, unit);
}
