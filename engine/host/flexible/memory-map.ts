/** The host's half of engine/assembly/flexible/layout.ts: typed views, made once. The order of the names is the order of the columns. */
import type { WasmExports } from '../wasm-exports.ts';

const SIDE_COLUMNS = ['npvUsd', 'profitUsd', 'paybackMonths', 'minedBtc', 'powerUsd', 'energyKwh'] as const;
const MONTH_COLUMNS = ['minedBtc', 'revenueUsd', 'powerUsd', 'wearUsd', 'fixedUsd', 'netUsd', 'cumulativeUsd', 'hoursOff'] as const;

type Columns<Name extends string> = Readonly<Record<Name, Float64Array>>;
export type SideColumns = Columns<(typeof SIDE_COLUMNS)[number]>;

export type FlexibleMemoryMap = {
  readonly prices: Float64Array;
  readonly restartUsd: Float64Array;
  readonly bootHours: Float64Array;
  readonly flexible: SideColumns;
  readonly alwaysOn: SideColumns;
  readonly hoursOff: Float64Array;
  readonly starts: Float64Array;
  readonly months: Columns<(typeof MONTH_COLUMNS)[number]>;
};

/** Checks the family's shape and makes the views. Throws on a module of another shape. */
export function mapFlexibleMemory(wasm: WasmExports): FlexibleMemoryMap {
  const counts: readonly (readonly [string, number, number])[] = [
    ['flexible result columns', wasm.FLEXIBLE_RESULT_COUNT.value, 2 * SIDE_COLUMNS.length + 2],
    ['flexible month columns', wasm.FLEXIBLE_MONTH_COLUMN_COUNT.value, MONTH_COLUMNS.length],
  ];
  for (const [what, actual, expected] of counts) {
    if (actual !== expected) throw new Error(`engine module has ${actual} ${what}, this host expects ${expected}`);
  }
  const rows = wasm.TILE_ROWS.value;
  const monthCount = wasm.MAX_MONTHS.value;
  const view = (pointer: { readonly value: number }, length: number, offset = 0) =>
    new Float64Array(wasm.memory.buffer, pointer.value + offset * Float64Array.BYTES_PER_ELEMENT, length);
  const result = (index: number) => view(wasm.FLEXIBLE_RESULTS_PTR, rows, index * rows);
  const side = (first: number) => Object.fromEntries(SIDE_COLUMNS.map((name, index) => [name, result(first + index)])) as SideColumns;
  return {
    prices: view(wasm.HOUR_PRICES_PTR, wasm.YEAR_PARTS.value * wasm.MAX_PART_HOURS.value),
    restartUsd: view(wasm.RESTART_USD_PTR, rows),
    bootHours: view(wasm.BOOT_HOURS_PTR, rows),
    flexible: side(0),
    alwaysOn: side(SIDE_COLUMNS.length),
    hoursOff: result(2 * SIDE_COLUMNS.length),
    starts: result(2 * SIDE_COLUMNS.length + 1),
    months: Object.fromEntries(
      MONTH_COLUMNS.map((name, index) => [name, view(wasm.FLEXIBLE_MONTHS_PTR, monthCount, index * monthCount)]),
    ) as FlexibleMemoryMap['months'],
  };
}
