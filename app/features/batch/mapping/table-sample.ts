/** The beginning of a table, held to understand it: what is not among these rows has no say in the mapping, only in the row errors. */
import type { Table } from '../reading/open-table.ts';
import type { SourceRow } from '../reading/source-row.ts';

/** Rows that are looked at. */
export const SAMPLE_ROWS = 1000;

/** The first rows that hold anything, at most `count`. Throws `UnreadableFile`. */
export async function readSample(table: Table, count = SAMPLE_ROWS): Promise<SourceRow[]> {
  const sample: SourceRow[] = [];
  for await (const rows of table.rows()) {
    for (const row of rows) {
      if (sample.length === count) return sample;
      sample.push(row);
    }
  }
  return sample;
}
