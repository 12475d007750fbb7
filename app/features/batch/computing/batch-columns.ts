/** Machine groups of a batch as columns: what the file says, NaN where it does not, and the same with the scenario's figures filled in. */
import type { MachineColumns } from '#engine';
import { MACHINE_FIELDS, type MachineFieldName } from '#engine/units/fields.ts';
import type { RowInputs } from '../rows/batch-row.ts';
import { type BatchScenario, DEFAULT_FIELDS } from './scenario.ts';

const MACHINE_FIELD_NAMES = Object.keys(MACHINE_FIELDS) as MachineFieldName[];

export type BatchColumns = {
  rowCount: number;
  /** As the file says it, in canonical units; NaN: it does not say. */
  said: Record<MachineFieldName, Float64Array>;
};

function allocate(rowCount: number): Record<MachineFieldName, Float64Array> {
  return Object.fromEntries(MACHINE_FIELD_NAMES.map((name) => [name, new Float64Array(rowCount)])) as Record<
    MachineFieldName,
    Float64Array
  >;
}

/** O(rows). `rows` were read with `toReadingDefaults`. */
export function toColumns(rows: readonly { inputs: RowInputs }[]): BatchColumns {
  const said = allocate(rows.length);
  for (const name of MACHINE_FIELD_NAMES) {
    const column = said[name];
    for (let row = 0; row < rows.length; row++) column[row] = rows[row]!.inputs[name];
  }
  return { rowCount: rows.length, said };
}

/**
 * The columns the engine takes. A column is written again only when its default has moved: at every move of a slider all but one stay as they are.
 * Throws when a row needs a power price that neither it nor the scenario has: such rows are errors and never come here.
 */
export type FilledColumns = { fill(scenario: BatchScenario): MachineColumns };

export function createFilled({ rowCount, said }: BatchColumns): FilledColumns {
  const filled: Record<keyof MachineColumns, Float64Array> = { ...said, shutdownWhenUnprofitable: new Float64Array(rowCount) };
  const gaps = DEFAULT_FIELDS.filter((name) => said[name].some(Number.isNaN));
  for (const name of gaps) filled[name] = said[name].slice();
  const used = new Map<keyof MachineColumns, number>();
  return {
    fill({ defaults, shutdownWhenUnprofitable }) {
      for (const name of gaps) {
        const value = defaults[name];
        if (value === null) throw new Error('a row without a power price was read as if the scenario had one');
        if (used.get(name) === value) continue;
        used.set(name, value);
        const own = said[name];
        const column = filled[name];
        for (let row = 0; row < rowCount; row++) column[row] = Number.isNaN(own[row]) ? value : own[row]!;
      }
      filled.shutdownWhenUnprofitable.fill(shutdownWhenUnprofitable ? 1 : 0);
      return filled;
    },
  };
}
