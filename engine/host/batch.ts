/**
 * Many machine groups: grouped by equal network inputs, computed tile by tile, returned in the order they came. O(rows * months + networks * path).
 * A batch may be computed in slices with other work between them. The module's fleet column is read and written back around each
 * slice, so a batch's sums are its own whatever is computed in between.
 */
import type { EngineCore } from './core.ts';
import { NETWORK_FIELD_ORDER } from './memory-map.ts';
import { isFiniteRow, readMonths, readSummary, readToday } from './read-results.ts';
import type { BatchResult, BatchRow, RoiInputs } from './types.ts';
import { notFinite, roiErrors } from './validate.ts';

function networkKey(row: RoiInputs): string {
  let key: string = row.payoutModel === 'PPS' ? 'PPS' : '';
  for (const name of NETWORK_FIELD_ORDER) key += `|${row[name]}`;
  return key;
}

/** Row indices by equal network inputs, in order of first appearance; bad rows are answered at once and left out. */
function groupByNetwork(rows: readonly RoiInputs[], results: BatchRow[]): number[][] {
  const groups = new Map<string, number[]>();
  rows.forEach((row, index) => {
    const errors = roiErrors(row);
    if (errors.length > 0) {
      results[index] = { kind: 'invalid', errors };
      return;
    }
    const key = networkKey(row);
    const group = groups.get(key);
    if (group) group.push(index);
    else groups.set(key, [index]);
  });
  return [...groups.values()];
}

type Totals = { capexUsd: number; longestMonths: number };

/** A batch that is given its rows in slices. Other calls of the engine, also of other batches, may come between two of them. */
export type BatchRun = {
  /** Computes one slice; answers its rows in order. */
  add(rows: readonly RoiInputs[]): BatchRow[];
  /** What all slices come to together: the sums of one call over all rows, up to the order of addition. May be asked at any time. */
  finish(): BatchResult['fleet'];
};

export function createBatch(core: EngineCore) {
  const { wasm, map } = core;
  const capacity = wasm.TILE_ROWS.value;

  function computeTile(
    rows: readonly RoiInputs[],
    indices: readonly number[],
    withMonths: boolean,
    results: BatchRow[],
    totals: Totals,
  ): void {
    indices.forEach((index, row) => {
      core.writeMachine(row, rows[index]!);
    });
    wasm.checkRows(indices.length);
    wasm.projectTile(indices.length, wasm.WITH_IRR.value + wasm.WITH_FLEET.value);
    wasm.todayTile(indices.length);
    indices.forEach((index, row) => {
      const inputs = rows[index]!;
      if (!isFiniteRow(map, row)) {
        results[index] = { kind: 'invalid', errors: [notFinite(inputs)] };
        return;
      }
      const rowCapexUsd = inputs.capexUsd * inputs.count;
      totals.capexUsd += rowCapexUsd;
      if (withMonths) wasm.writeMonths(row);
      results[index] = {
        kind: 'ok',
        inputs: core.resolve(inputs),
        today: readToday(map, row),
        projection: readSummary(map, row, rowCapexUsd),
        months: withMonths ? readMonths(map, inputs.horizonMonths) : null,
      };
    });
  }

  function startBatch(options: { months: boolean }): BatchRun {
    wasm.clearFleet();
    const fleetNetUsd = map.fleetNetUsd.slice();
    // Row by row, never by subtotals of tiles: where a batch is cut must not show in the last bit.
    const totals: Totals = { capexUsd: 0, longestMonths: 0 };
    return {
      add(rows) {
        const results: BatchRow[] = new Array(rows.length);
        map.fleetNetUsd.set(fleetNetUsd);
        for (const group of groupByNetwork(rows, results)) {
          const network = rows[group[0]!]!;
          const refused = core.runPath(network);
          if (refused) {
            for (const index of group) results[index] = refused;
            continue;
          }
          totals.longestMonths = Math.max(totals.longestMonths, network.horizonMonths);
          for (let from = 0; from < group.length; from += capacity) {
            computeTile(rows, group.slice(from, from + capacity), options.months, results, totals);
          }
        }
        fleetNetUsd.set(map.fleetNetUsd);
        return results;
      },
      finish() {
        const { capexUsd, longestMonths } = totals;
        map.fleetNetUsd.set(fleetNetUsd);
        wasm.summariseFleet(capexUsd, longestMonths);
        const [payback, irr] = map.fleetScalars;
        const orNull = (value: number | undefined) => (longestMonths > 0 && value !== undefined && Number.isFinite(value) ? value : null);
        return {
          netUsdByMonth: fleetNetUsd.slice(0, longestMonths),
          capexUsd,
          paybackMonths: orNull(payback),
          irrRatioPerYear: orNull(irr),
        };
      },
    };
  }

  return {
    startBatch,
    /** An empty batch gives no rows and a fleet without months. */
    projectBatch(rows: readonly RoiInputs[], options: { months: boolean }): BatchResult {
      const batch = startBatch(options);
      return { rows: batch.add(rows), fleet: batch.finish() };
    },
  };
}
