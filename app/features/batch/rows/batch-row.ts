/** A row that can be computed: the engine's inputs of a machine group, and where they come from. */
import { FIELDS, MACHINE_FIELDS, type MachineFieldName } from '#engine/units/fields.ts';
import type { MachineMatch } from '../matching/match-model.ts';
import type { Cell } from '../reading/source-row.ts';

/** `RoiInputs` of the engine without the network and the switch-off rule, which belong to the scenario: `{ ...scenario, ...inputs }` is complete. */
export type RowInputs = Record<MachineFieldName, number> & { clientPowerUsdPerKwh: number | null; hostCapexUsd: number };

/**
 * What the scenario gives for every row that does not say it itself, all in canonical units; `powerUsdPerKwh` `null`: every row must have
 * its own. Hash rate and power have no default.
 */
export type RowDefaults = Omit<RowInputs, 'hashrateThs' | 'powerW' | 'powerUsdPerKwh'> & { powerUsdPerKwh: number | null };

/** The API's defaults (DOMAIN section 11). The page starts from its own, realistic ones. */
export const API_ROW_DEFAULTS: RowDefaults = {
  ...(Object.fromEntries(
    Object.entries(MACHINE_FIELDS).flatMap(([name, field]) => (field.default === null ? [] : [[name, field.default]])),
  ) as Omit<Record<MachineFieldName, number>, 'hashrateThs' | 'powerW' | 'powerUsdPerKwh'>),
  powerUsdPerKwh: null,
  clientPowerUsdPerKwh: FIELDS.clientPowerUsdPerKwh.default,
  hostCapexUsd: 0,
};

/** Worth a look, no error: the row is computed as it stands. */
export const ROW_NOTES = [
  'unusual_value',
  'merged_value',
  'default_taken',
  'blank_count',
  'count_from_name',
  'rounded_serial',
  'unusual_efficiency',
  'differs_from_catalogue',
] as const;
export type RowNote = (typeof ROW_NOTES)[number];

export type BatchRow = {
  row: number;
  line: number;
  hidden: boolean;
  /** As written, less a quantity in it; `null`: the file does not say. */
  model: string | null;
  serial: string | null;
  match: MachineMatch | null;
  /** Inputs that the file does not have and the catalogue gave. */
  fromCatalogue: readonly ('hashrateThs' | 'powerW')[];
  inputs: RowInputs;
  notes: readonly RowNote[];
  /** The whole row as it stands in the file, edits applied: for grouping by any column. */
  cells: readonly Cell[];
};
