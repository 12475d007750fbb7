/**
 * What is sent beside the file when a list is saved, so that the server comes to the figures on the screen: the scenario in full, every column as it was understood
 * here, how the file was opened, and what was corrected or left out. Pure.
 */
import { type BatchScenario, DEFAULT_FIELDS } from '../computing/scenario.ts';
import { type Correction, rememberMapping } from '../mapping/correct-mapping.ts';
import type { Mapping } from '../mapping/mapping.ts';
import type { TableChoice, TableFormat } from '../reading/open-table.ts';
import type { CellEdit } from '../rows/edit-cells.ts';
import type { BatchChoices } from '../rows/read-batch.ts';

export type ShownList = {
  mapping: Mapping;
  format: TableFormat;
  choices: BatchChoices;
  scenario: BatchScenario;
  cnyPerUsd: number | null;
};

/** The texts of the request's parts (`POST /api/v1/batches`). */
export type SaveParts = { defaults: string; mapping: string; choices: string };

/** Of several edits of one cell the last one counts, as it does here. */
function toLastEdits(edits: readonly CellEdit[]): CellEdit[] {
  return [...new Map(edits.map((edit) => [`${edit.row}/${edit.column}`, edit])).values()];
}

/** How the file was opened, to open it so again. */
export function toTableChoice(format: TableFormat): TableChoice {
  return format.kind === 'xlsx' ? { sheet: format.sheet } : { encoding: format.encoding, delimiter: format.delimiter };
}

/** What the market does not know is left out, as the API wants it; a figure of another moment's market never takes its place, because the network is given. */
function toDefaults({ network, defaults, shutdownWhenUnprofitable }: BatchScenario, cnyPerUsd: number | null): object {
  const figures = { ...network, ...Object.fromEntries(DEFAULT_FIELDS.map((name) => [name, defaults[name]])), cnyPerUsd };
  return { ...Object.fromEntries(Object.entries(figures).filter(([, value]) => value !== null)), shutdownWhenUnprofitable };
}

export function toSaveParts({ mapping, format, choices, scenario, cnyPerUsd }: ShownList): SaveParts {
  const corrections: readonly Correction[] = rememberMapping(mapping).corrections;
  return {
    defaults: JSON.stringify(toDefaults(scenario, cnyPerUsd)),
    // Which row is the header is said as well: the columns are counted from what is above them.
    mapping: JSON.stringify({ headerRow: mapping.headerRow, columns: corrections }),
    choices: JSON.stringify({ ...choices, edits: toLastEdits(choices.edits), ...toTableChoice(format) }),
  };
}
