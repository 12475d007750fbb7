/** A table's columns as they are proposed, and the rows that were looked at. The one way for the page, the worker and the report. */
import type { Table } from '../reading/open-table.ts';
import type { SourceRow } from '../reading/source-row.ts';
import { UnreadableFile } from '../reading/unreadable-file.ts';
import type { Mapping } from './mapping.ts';
import { type ProposalContext, proposeMapping } from './propose-mapping.ts';
import { readSample } from './table-sample.ts';
import { findOneColumnText, findTransposedWords } from './table-shape.ts';

const SHOWN_WORDS = 4;

/** A table of another shape than a list would come to nothing but row errors. What the user says of the header is taken as it is. */
function refuseOtherShapes(sample: readonly SourceRow[], { isModel, headerRow }: ProposalContext): void {
  if (headerRow !== undefined) return;
  const words = findTransposedWords(sample);
  if (words !== null) throw new UnreadableFile('transposed', { seen: words.slice(0, SHOWN_WORDS).join(', ') });
  const text = findOneColumnText(sample, isModel);
  if (text !== null) throw new UnreadableFile('one_column', { seen: text });
}

/** Throws `UnreadableFile` when the table cannot be read, has no row of data or is no list. */
export async function mapTable(table: Table, context: ProposalContext): Promise<{ mapping: Mapping; sample: SourceRow[] }> {
  const sample = await readSample(table);
  if (sample.length === 0) {
    if (table.format.kind === 'csv') throw new UnreadableFile('empty');
    throw new UnreadableFile('empty_sheet', { sheet: table.format.sheet });
  }
  refuseOtherShapes(sample, context);
  const mapping = proposeMapping(sample, context);
  if (sample.at(-1)!.row <= mapping.lastHeaderRow) throw new UnreadableFile('no_rows');
  return { mapping, sample };
}
