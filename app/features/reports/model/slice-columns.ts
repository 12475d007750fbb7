/** Columns for some rows at a time, written again for the next ones: what the engine reads and answers without an object for a row. */
import type { Engine, MachineColumns, ResultColumns } from '#engine';
import type { FleetRow, FleetSource } from './fleet-source.ts';

export function createSliceColumns(engine: Engine, capacity: number) {
  const { tile } = engine;
  const toOwn = (columns: object) => Object.fromEntries(Object.keys(columns).map((name) => [name, new Float64Array(capacity)]));
  const machines = toOwn(tile.machines) as MachineColumns;
  const results = toOwn(tile.results) as ResultColumns;
  return {
    machines,
    results,
    status: new Uint8Array(capacity),
    write(index: number, row: FleetRow, source: Pick<FleetSource, 'discountRatioPerYear' | 'shutdownWhenUnprofitable'>): void {
      for (const name of Object.keys(machines) as (keyof MachineColumns)[]) {
        if (name in row) machines[name][index] = row[name as keyof typeof row] as number;
      }
      machines.discountRatioPerYear[index] = source.discountRatioPerYear;
      machines.shutdownWhenUnprofitable[index] = source.shutdownWhenUnprofitable ? 1 : 0;
    },
  };
}
