/**
 * The host's half of the memory map: typed views over the module's fixed memory, made once. The order of the names is the order of the
 * columns in engine/assembly/layout.ts; the constructor checks the counts, engine/host/memory-map.test.ts the rest.
 */

import type { FieldName, MachineFieldName, NetworkFieldName } from '../units/fields.ts';
import { FIELDS, MACHINE_FIELDS, NETWORK_FIELDS } from '../units/fields.ts';
import { requireAbi } from './abi.ts';
import type { WasmExports } from './wasm-exports.ts';

export const NETWORK_FIELD_ORDER = Object.keys(NETWORK_FIELDS) as readonly NetworkFieldName[];
const CHECKED_MACHINE_FIELDS = Object.keys(MACHINE_FIELDS) as readonly MachineFieldName[];

export const MACHINE_COLUMNS = [...CHECKED_MACHINE_FIELDS, 'shutdownWhenUnprofitable', 'priceScale', 'coinScale'] as const;
export type MachineColumn = MachineFieldName | 'shutdownWhenUnprofitable' | 'priceScale' | 'coinScale';

const RESULT_COLUMNS = [
  'minedBtc',
  'npvUsd',
  'irrRatioPerYear',
  'paybackMonths',
  'staticPaybackMonths',
  'profitUsd',
  'shutdownMonth',
  'buyBtc',
  'mineBtc',
  'minedBtcPerDay',
  'revenueUsdPerDay',
  'energyKwhPerDay',
  'powerUsdPerDay',
  'fixedUsdPerDay',
  'netUsdPerDay',
  'breakEvenPowerUsdPerKwh',
  'breakEvenPriceUsdPerBtc',
] as const;
export type ResultColumn = (typeof RESULT_COLUMNS)[number];

const MONTH_COLUMNS = ['minedBtc', 'revenueUsd', 'powerUsd', 'fixedUsd', 'netUsd', 'cumulativeUsd'] as const;

const RANGE_MIN_EXCLUSIVE = 1;
const RANGE_INTEGER = 2;

type Columns<Name extends string> = Readonly<Record<Name, Float64Array>>;

/** Views into the module's memory. They live as long as the module; what they show is valid until the next call that writes it. */
export type MemoryMap = {
  readonly network: Float64Array;
  readonly machines: Columns<MachineColumn>;
  readonly results: Columns<ResultColumn>;
  readonly rowStatus: Float64Array;
  readonly pathBtcPerThs: Float64Array;
  readonly pathUsdPerThs: Float64Array;
  readonly pathMeanPriceUsdPerBtc: Float64Array;
  /** [hashprice BTC/TH/day, exit price USD/BTC, share method BTC/TH/day, sum of inverse mean prices BTC/USD] */
  readonly pathScalars: Float64Array;
  readonly events: Float64Array;
  readonly months: Columns<(typeof MONTH_COLUMNS)[number]>;
  readonly fleetNetUsd: Float64Array;
  readonly fleetScalars: Float64Array;
  readonly axisX: Float64Array;
  readonly axisY: Float64Array;
  readonly baseMachine: Float64Array;
  readonly swingField: Float64Array;
  readonly swingValue: Float64Array;
  readonly swingNpvUsd: Float64Array;
};

function writeRanges(target: Float64Array): void {
  const checked: readonly FieldName[] = [...NETWORK_FIELD_ORDER, ...CHECKED_MACHINE_FIELDS];
  checked.forEach((name, index) => {
    const { min, max, minExclusive, integer } = FIELDS[name];
    target.set([min, max, (minExclusive ? RANGE_MIN_EXCLUSIVE : 0) + (integer ? RANGE_INTEGER : 0)], index * 3);
  });
}

/** Checks the module's version and shape, writes the ranges into it and makes the views. Throws on a module of another ABI. */
export function mapMemory(wasm: WasmExports): MemoryMap {
  requireAbi(wasm);
  const counts: readonly (readonly [string, number, number])[] = [
    ['network fields', wasm.NETWORK_FIELD_COUNT.value, NETWORK_FIELD_ORDER.length],
    ['machine columns', wasm.MACHINE_FIELD_COUNT.value, MACHINE_COLUMNS.length],
    ['checked machine columns', wasm.MACHINE_CHECKED_COUNT.value, CHECKED_MACHINE_FIELDS.length],
    ['result columns', wasm.RESULT_COUNT.value, RESULT_COLUMNS.length],
    ['month columns', wasm.MONTH_COLUMN_COUNT.value, MONTH_COLUMNS.length],
  ];
  for (const [what, actual, expected] of counts) {
    if (actual !== expected) throw new Error(`engine module has ${actual} ${what}, this host expects ${expected}`);
  }
  const { buffer } = wasm.memory;
  const view = (pointer: { readonly value: number }, length: number, offset = 0) =>
    new Float64Array(buffer, pointer.value + offset * Float64Array.BYTES_PER_ELEMENT, length);
  const columns = <Name extends string>(names: readonly Name[], pointer: { readonly value: number }, length: number): Columns<Name> =>
    Object.fromEntries(names.map((name, index) => [name, view(pointer, length, index * length)])) as Record<Name, Float64Array>;
  const rows = wasm.TILE_ROWS.value;
  const months = wasm.MAX_MONTHS.value;
  const axis = wasm.MAX_AXIS.value;
  const swings = wasm.MAX_SWINGS.value;
  writeRanges(view(wasm.RANGES_PTR, 3 * (NETWORK_FIELD_ORDER.length + CHECKED_MACHINE_FIELDS.length)));
  return {
    network: view(wasm.NETWORK_PTR, NETWORK_FIELD_ORDER.length),
    machines: columns(MACHINE_COLUMNS, wasm.MACHINES_PTR, rows),
    results: columns(RESULT_COLUMNS, wasm.RESULTS_PTR, rows),
    rowStatus: view(wasm.ROW_STATUS_PTR, rows),
    pathBtcPerThs: view(wasm.PATH_BTC_PER_THS_PTR, months),
    pathUsdPerThs: view(wasm.PATH_USD_PER_THS_PTR, months),
    pathMeanPriceUsdPerBtc: view(wasm.PATH_MEAN_PRICE_PTR, months),
    pathScalars: view(wasm.PATH_SCALARS_PTR, 4),
    events: view(wasm.EVENTS_PTR, 3 * wasm.MAX_EVENTS.value),
    months: columns(MONTH_COLUMNS, wasm.MONTHS_PTR, months),
    fleetNetUsd: view(wasm.FLEET_NET_USD_PTR, months),
    fleetScalars: view(wasm.FLEET_SCALARS_PTR, 2),
    axisX: view(wasm.AXIS_X_PTR, axis),
    axisY: view(wasm.AXIS_Y_PTR, axis),
    baseMachine: view(wasm.BASE_MACHINE_PTR, MACHINE_COLUMNS.length),
    swingField: view(wasm.SWING_FIELD_PTR, swings),
    swingValue: view(wasm.SWING_VALUE_PTR, swings),
    swingNpvUsd: view(wasm.SWING_NPV_USD_PTR, swings),
  };
}
