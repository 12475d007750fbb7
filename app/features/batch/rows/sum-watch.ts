/**
 * Sum lines without a label: a row that names no machine of the catalogue and whose figures are the sums of the rows above, of all of them or of
 * those since the last sum. Two sums must agree, so that a group of as many machines as stand above is no sum by chance.
 */
import type { Mapping } from '../mapping/mapping.ts';
import { findColumn } from '../mapping/mapping.ts';
import type { BatchRow } from './batch-row.ts';

type Sums = { rows: number; machines: number; plainThs: number; plainW: number; fleetThs: number; fleetW: number };

const TOLERANCE = 0.005;
/** One row above is no sum. */
const MIN_ROWS = 2;

const NOTHING: Sums = { rows: 0, machines: 0, plainThs: 0, plainW: 0, fleetThs: 0, fleetW: 0 };

function add(sums: Sums, { inputs: { count, hashrateThs, powerW } }: BatchRow): Sums {
  return {
    rows: sums.rows + 1,
    machines: sums.machines + count,
    plainThs: sums.plainThs + hashrateThs,
    plainW: sums.plainW + powerW,
    fleetThs: sums.fleetThs + count * hashrateThs,
    fleetW: sums.fleetW + count * powerW,
  };
}

function isNear(value: number, sum: number): boolean {
  return Math.abs(value - sum) <= TOLERANCE * sum;
}

export type SumWatch = {
  /** Whether the row is a sum of those that were added. */
  isSum(row: BatchRow): boolean;
  add(row: BatchRow): void;
  /** A sum line ends a part of the list. */
  endPart(): void;
};

export function createSumWatch(mapping: Mapping): SumWatch {
  const hasCount = findColumn(mapping, 'count') !== null;
  const hasModels = findColumn(mapping, 'model') !== null;
  let all = NOTHING;
  let part = NOTHING;
  const equals = ({ inputs, fromCatalogue }: BatchRow, sums: Sums) => {
    if (sums.rows < MIN_ROWS) return false;
    const sumsThs = !fromCatalogue.includes('hashrateThs') && [sums.plainThs, sums.fleetThs].some((sum) => isNear(inputs.hashrateThs, sum));
    const sumsW = !fromCatalogue.includes('powerW') && [sums.plainW, sums.fleetW].some((sum) => isNear(inputs.powerW, sum));
    return hasCount ? inputs.count === sums.machines && (sumsThs || sumsW) : sumsThs && sumsW;
  };
  return {
    isSum: (row) => hasModels && (row.model === null || row.match === null) && (equals(row, all) || equals(row, part)),
    add(row) {
      all = add(all, row);
      part = add(part, row);
    },
    endPart() {
      part = NOTHING;
    },
  };
}
