/** A grid of NPVs as a table to read: one unit for all cells, a class of colour for each, the own cell marked. Pure. */
import type { HeatGrid } from './compute-sensitivity.ts';

/** Loss 4..1, about zero, gain 1..4: class names of the colour scale. */
export type HeatClass = 'l4' | 'l3' | 'l2' | 'l1' | 'z0' | 'g1' | 'g2' | 'g3' | 'g4';
export type HeatScale = 'ones' | 'thousands' | 'millions' | 'billions';

export type HeatCell = { value: number; className: HeatClass; isOwn: boolean };
export type HeatRow = { priceUsdPerBtc: number; isOwn: boolean; cells: HeatCell[] };
export type HeatMap = {
  scale: HeatScale;
  /** Digits after the point of every cell. */
  digits: 0 | 1;
  columns: { value: number; isOwn: boolean; isOptional: boolean }[];
  /** Dearest coin first, as on a chart. */
  rows: HeatRow[];
};

const SCALES: readonly { scale: HeatScale; size: number }[] = [
  { scale: 'billions', size: 1e9 },
  { scale: 'millions', size: 1e6 },
  { scale: 'thousands', size: 1e3 },
  { scale: 'ones', size: 1 },
];

/** The unit is chosen so that the largest figure has at most four digits before the point; smaller ones keep one decimal. */
function chooseScale(largest: number): { scale: HeatScale; size: number; digits: 0 | 1 } {
  const unit = SCALES.find(({ size }) => largest >= size) ?? SCALES[SCALES.length - 1]!;
  return { ...unit, digits: unit.scale === 'ones' || largest / unit.size >= 100 ? 0 : 1 };
}

/** Shares of the grid's largest figure at which the colour deepens. Ours: half, a fifth, a twentieth. */
const DEPTHS = [0.5, 0.2, 0.05] as const;

function toClass(rounded: number, share: number): HeatClass {
  if (rounded === 0) return 'z0';
  const depth = share >= DEPTHS[0] ? 4 : share >= DEPTHS[1] ? 3 : share >= DEPTHS[2] ? 2 : 1;
  return `${rounded > 0 ? 'g' : 'l'}${depth}`;
}

/** `ownPrice` and `ownColumn` are values of the grid's axes. Every other column counted from the own one is optional on a phone. */
export function toHeatMap(grid: HeatGrid, ownPrice: number, ownColumn: number, moneyPerUsd: number): HeatMap {
  const values = grid.npvUsd.map((usd) => usd * moneyPerUsd);
  const largest = Math.max(...values.map(Math.abs), 0);
  const { scale, size, digits } = chooseScale(largest);
  const ownIndex = grid.columns.indexOf(ownColumn);
  const columns = grid.columns.map((value, index) => ({
    value,
    isOwn: index === ownIndex,
    isOptional: (index - ownIndex) % 2 !== 0,
  }));
  const rows = grid.pricesUsdPerBtc.map((priceUsdPerBtc, y) => {
    const isOwn = priceUsdPerBtc === ownPrice;
    const cells = columns.map((column, x) => {
      const raw = values[y * columns.length + x]!;
      const factor = 10 ** digits;
      // What is shown decides the colour: a cell that reads 0.0 is neither gain nor loss.
      const rounded = Math.round((raw / size) * factor) / factor;
      const value = rounded === 0 ? 0 : rounded;
      return { value, className: toClass(value, largest > 0 ? Math.abs(raw) / largest : 0), isOwn: isOwn && column.isOwn };
    });
    return { priceUsdPerBtc, isOwn, cells };
  });
  return { scale, digits, columns, rows: rows.reverse() };
}
