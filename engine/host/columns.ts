/**
 * Many machine groups as columns: no object for a row goes in or comes out. For lists of up to hundreds of thousands of rows that are computed again
 * at every move of a slider. The same formulas and sums as `startBatch`; rows share one network. O(rows * months).
 */
import type { EngineCore } from './core.ts';
import { MACHINE_COLUMNS, type MachineColumn, type ResultColumn } from './memory-map.ts';
import type { BatchResult, Invalid, Month, NetworkInputs } from './types.ts';
import { networkErrors } from './validate.ts';

/** One value a row; `priceScale` and `coinScale` are the engine's own and always 1. */
export type MachineColumns = Readonly<Record<Exclude<MachineColumn, 'priceScale' | 'coinScale'>, Float64Array>>;
export type ResultColumns = Readonly<Record<ResultColumn, Float64Array>>;

/** A row's months as columns of the module: to be read inside the call, the first `horizonMonths` values of each. */
export type MonthColumns = Readonly<Record<Exclude<keyof Month, 'month'>, Float64Array>>;

/** `onMonths`: called for every row that was computed, in order. */
export type ColumnsOptions = { withIrr: boolean; onMonths?: (months: MonthColumns) => void };

export type ColumnsRun = {
  /**
   * Computes rows `[from, to)` of the columns and writes them to the same rows of `results`. `status`: 0 computed; else 1 + index of the first machine
   * field out of range, and the row's results are NaN. Other calls of the engine may come between two of these. Answers how many rows were refused.
   */
  add(machines: MachineColumns, results: ResultColumns, status: Uint8Array, from: number, to: number): number;
  /** The summed flows of all rows so far. May be asked at any time. */
  finish(): BatchResult['fleet'];
};

/** Status of a row whose inputs are in range and whose result leaves the range of a double. */
export const NOT_FINITE_STATUS = 255;

const GIVEN_COLUMNS = MACHINE_COLUMNS.filter((name) => name !== 'priceScale' && name !== 'coinScale');

export function createColumns(core: EngineCore) {
  const { wasm, map } = core;
  const capacity = wasm.TILE_ROWS.value;
  const resultNames = Object.keys(map.results) as ResultColumn[];

  function isFiniteTileRow(row: number): boolean {
    const { minedBtc, npvUsd, profitUsd, mineBtc, buyBtc, revenueUsdPerDay, netUsdPerDay } = map.results;
    const sum =
      minedBtc[row]! + npvUsd[row]! + profitUsd[row]! + mineBtc[row]! + buyBtc[row]! + revenueUsdPerDay[row]! + netUsdPerDay[row]!;
    return Number.isFinite(sum);
  }

  return {
    startColumns(network: NetworkInputs, options: ColumnsOptions): ColumnsRun | Invalid {
      const errors = networkErrors(network);
      if (errors.length > 0) return { kind: 'invalid', errors };
      const refused = core.runPath(network);
      if (refused) return refused;
      const flags = wasm.WITH_FLEET.value + (options.withIrr ? wasm.WITH_IRR.value : 0);
      wasm.clearFleet();
      const fleetNetUsd = map.fleetNetUsd.slice();
      let capexUsd = 0;

      function addTile(machines: MachineColumns, results: ResultColumns, status: Uint8Array, from: number, rows: number): number {
        for (const name of GIVEN_COLUMNS) map.machines[name].set(machines[name].subarray(from, from + rows));
        map.machines.priceScale.fill(1, 0, rows);
        map.machines.coinScale.fill(1, 0, rows);
        let refusedRows = wasm.checkRows(rows);
        wasm.projectTile(rows, flags);
        wasm.todayTile(rows);
        for (const name of resultNames) results[name].set(map.results[name].subarray(0, rows), from);
        for (let row = 0; row < rows; row++) {
          let code = map.rowStatus[row]!;
          if (code === 0 && !isFiniteTileRow(row)) {
            code = NOT_FINITE_STATUS;
            refusedRows++;
          }
          status[from + row] = code;
          if (code === 0 && options.onMonths) {
            wasm.writeMonths(row);
            options.onMonths(map.months);
          }
          if (code === 0) capexUsd += machines.capexUsd[from + row]! * machines.count[from + row]!;
          else for (const name of resultNames) results[name][from + row] = Number.NaN;
        }
        return refusedRows;
      }

      return {
        add(machines, results, status, from, to) {
          map.fleetNetUsd.set(fleetNetUsd);
          // Somebody else's path may lie in memory by now; it costs microseconds to lay ours again.
          core.runPath(network);
          let refusedRows = 0;
          for (let start = from; start < to; start += capacity) {
            refusedRows += addTile(machines, results, status, start, Math.min(capacity, to - start));
          }
          fleetNetUsd.set(map.fleetNetUsd);
          return refusedRows;
        },
        finish() {
          map.fleetNetUsd.set(fleetNetUsd);
          wasm.summariseFleet(capexUsd, network.horizonMonths);
          const [payback, irr] = map.fleetScalars;
          const orNull = (value: number | undefined) => (value !== undefined && Number.isFinite(value) ? value : null);
          return {
            netUsdByMonth: fleetNetUsd.slice(0, network.horizonMonths),
            capexUsd,
            paybackMonths: orNull(payback),
            irrRatioPerYear: orNull(irr),
          };
        },
      };
    },
  };
}
