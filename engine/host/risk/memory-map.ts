/** The host's half of engine/assembly/risk/layout.ts: typed views, made once. The order of the names is the order of the columns. */
import type { RiskFieldName } from '../../units/risk-fields.ts';
import { RISK_FIELDS } from '../../units/risk-fields.ts';
import type { WasmExports } from '../wasm-exports.ts';

export const RISK_FIELD_ORDER = Object.keys(RISK_FIELDS) as readonly RiskFieldName[];

const FLEET_COLUMNS = [
  'paidThs',
  'powerUsdPerMonth',
  'fixedUsdPerMonth',
  'keptHashrateRatio',
  'heldRatio',
  'count',
  'shutdownWhenUnprofitable',
  'residualUsd',
] as const;

const SUMMARY_ARRAYS = 3;
/** Quantiles of a summary and of a month of the fan. */
export const QUANTILE_COUNT = 5;
const SCALARS = 7;

export type RiskMemoryMap = {
  readonly inputs: Float64Array;
  /** [month][path], MAX_PATHS a month. */
  readonly usdPerThs: Float64Array;
  readonly btcPerThs: Float64Array;
  readonly exitPriceUsdPerBtc: Float64Array;
  readonly npvUsd: Float64Array;
  readonly profitUsd: Float64Array;
  /** Infinity: not within the horizon. */
  readonly paybackMonths: Float64Array;
  /** 0: none. */
  readonly shutdownMonth: Float64Array;
  /** Quantile and standard error in turns: NPV, profit, payback. */
  readonly summary: Float64Array;
  readonly scalars: Float64Array;
  readonly fan: Float64Array;
  readonly offRatio: Float64Array;
  readonly fleet: Readonly<Record<(typeof FLEET_COLUMNS)[number], Float64Array>>;
};

/** Checks the family's shape and makes the views. Throws on a module of another shape. */
export function mapRiskMemory(wasm: WasmExports): RiskMemoryMap {
  const counts: readonly (readonly [string, number, number])[] = [
    ['risk fields', wasm.RISK_FIELD_COUNT.value, RISK_FIELD_ORDER.length],
    ['risk scalars', wasm.RISK_SCALAR_COUNT.value, SCALARS],
    ['fleet columns', wasm.FLEET_FIELD_COUNT.value, FLEET_COLUMNS.length],
  ];
  for (const [what, actual, expected] of counts) {
    if (actual !== expected) throw new Error(`engine module has ${actual} ${what}, this host expects ${expected}`);
  }
  const paths = wasm.MAX_PATHS.value;
  const months = wasm.MAX_MONTHS.value;
  const rows = wasm.MAX_FLEET_ROWS.value;
  const view = (pointer: { readonly value: number }, length: number, offset = 0) =>
    new Float64Array(wasm.memory.buffer, pointer.value + offset * Float64Array.BYTES_PER_ELEMENT, length);
  return {
    inputs: view(wasm.RISK_INPUTS_PTR, RISK_FIELD_ORDER.length),
    usdPerThs: view(wasm.PATHS_USD_PER_THS_PTR, months * paths),
    btcPerThs: view(wasm.PATHS_BTC_PER_THS_PTR, months * paths),
    exitPriceUsdPerBtc: view(wasm.PATHS_EXIT_PRICE_PTR, paths),
    npvUsd: view(wasm.OUTCOME_NPV_USD_PTR, paths),
    profitUsd: view(wasm.OUTCOME_PROFIT_USD_PTR, paths),
    paybackMonths: view(wasm.OUTCOME_PAYBACK_MONTHS_PTR, paths),
    shutdownMonth: view(wasm.OUTCOME_SHUTDOWN_MONTH_PTR, paths),
    summary: view(wasm.SUMMARY_PTR, SUMMARY_ARRAYS * QUANTILE_COUNT * 2),
    scalars: view(wasm.RISK_SCALARS_PTR, SCALARS),
    fan: view(wasm.FAN_PTR, months * QUANTILE_COUNT),
    offRatio: view(wasm.OFF_RATIO_PTR, months),
    fleet: Object.fromEntries(FLEET_COLUMNS.map((name, index) => [name, view(wasm.FLEET_ROWS_PTR, rows, index * rows)])) as Record<
      (typeof FLEET_COLUMNS)[number],
      Float64Array
    >,
  };
}
