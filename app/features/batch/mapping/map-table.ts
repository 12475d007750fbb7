/** A table's columns as they are proposed, and the rows that were looked at. The one way for the page, the worker and the report. */
import type { Table } from '../reading/open-table.ts';
import type { SourceRow } from '../reading/source-row.ts';
import { UnreadableFile } from '../reading/unreadable-file.ts';
import type { Mapping } from './mapping.ts';
import { type ProposalContext, proposeMapping } from './propose-mapping.ts';
import { readSample } from './table-sample.ts';

/** Throws `UnreadableFile` when the table cannot be read or has no row of data. */
export async function mapTable(table: Table, context: ProposalContext): Promise<{ mapping: Mapping; sample: SourceRow[] }> {
  const sample = await readSample(table);
  if (sample.length === 0) {
    if (table.format.kind === 'csv') throw new UnreadableFile('empty');
    throw new UnreadableFile('empty_sheet', { sheet: table.format.sheet });
  }
  const mapping = proposeMapping(sample, context);
  if (sample.at(-1)!.row <= mapping.lastHeaderRow) throw new UnreadableFile('no_rows');
  return { mapping, sample };
}
