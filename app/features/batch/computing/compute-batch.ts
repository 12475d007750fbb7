/** The figures of every row (DOMAIN sections 3 and 4) and of the summed flow (section 6), in the browser's worker as on the server. */
import type { BatchResult, Engine, FieldError, MachineColumns, ResultColumn, ResultColumns } from '#engine';
import { type BatchColumns, createFilled } from './batch-columns.ts';
import type { BatchScenario } from './scenario.ts';

export type ComputedBatch = {
  kind: 'ok';
  rowCount: number;
  /** Inputs of every row, the scenario's filled in. */
  machines: MachineColumns;
  /** Of all `count` machines of a row. NaN: does not exist, or the row was refused. IRR is NaN unless it was asked for. */
  results: ResultColumns;
  /** 0: computed. Else the engine refused the row: 1 + index of the field, or NOT_FINITE_STATUS. */
  status: Uint8Array;
  refusedRows: number;
  fleet: BatchResult['fleet'];
  hasIrr: boolean;
  engineVersion: string;
};

export type BatchComputer = {
  /** Views that are written again by the next call. About 0.2 µs a row and 10 months; with IRR five times as much. */
  compute(scenario: BatchScenario, options: { withIrr: boolean }): ComputedBatch | { kind: 'invalid'; errors: FieldError[] };
};

export function createResults(engine: Engine, rowCount: number): ResultColumns {
  const names = Object.keys(engine.tile.results) as ResultColumn[];
  return Object.fromEntries(names.map((name) => [name, new Float64Array(rowCount)])) as Record<ResultColumn, Float64Array>;
}

/** Memory for the results is taken once, for as many calls as a slider makes. */
export function createBatchComputer(engine: Engine, columns: BatchColumns): BatchComputer {
  const { rowCount } = columns;
  const filled = createFilled(columns);
  const results = createResults(engine, rowCount);
  const status = new Uint8Array(rowCount);
  return {
    compute(scenario, options) {
      const run = engine.startColumns(scenario.network, options);
      if ('kind' in run) return run;
      const machines = filled.fill(scenario);
      const refusedRows = run.add(machines, results, status, 0, rowCount);
      if (!options.withIrr) results.irrRatioPerYear.fill(Number.NaN);
      return {
        kind: 'ok',
        rowCount,
        machines,
        results,
        status,
        refusedRows,
        fleet: run.finish(),
        hasIrr: options.withIrr,
        engineVersion: engine.engineVersion,
      };
    },
  };
}
