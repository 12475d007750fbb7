// A machine list from its text to the plan, past the database. Only tests import this.
import { readSample } from '#app/features/batch/mapping/table-sample.ts';
import { sourceOfBytes } from '#app/features/batch/reading/file-source.ts';
import { openTable } from '#app/features/batch/reading/open-table.ts';
import { type ImportMapping, mapColumns } from './map-columns.ts';
import { type ImportContext, type ImportPlan, planImport } from './plan-import.ts';
import { type RowReading, readEntries } from './read-entries.ts';

export const SITE = '00000000-0000-4000-8000-000000000001';

export type ReadList = { mapping: ImportMapping; readings: RowReading[]; plan: ImportPlan };

/** Into a site where nothing is, unless the context says otherwise. */
export async function readList(bytes: Uint8Array, context: Partial<ImportContext> = {}): Promise<ReadList> {
  const opened = await openTable(sourceOfBytes(bytes, 'list.csv'));
  if (opened.kind === 'refused') throw new Error(`the list was refused: ${opened.code}`);
  const mapping = mapColumns(await readSample(opened.table));
  if (mapping === null || !mapping.isTold) throw new Error('no column tells which machine a row is about');
  const readings: RowReading[] = [];
  for await (const rows of opened.table.rows())
    readings.push(...rows.filter(({ row }) => row > mapping.headerRow).map((row) => readEntries(row, mapping)));
  const entries = readings.flatMap((reading) => (reading.kind === 'entries' ? reading.entries : []));
  let made = 0;
  const standard = {
    siteId: SITE,
    mapping,
    clientIds: new Map(),
    racks: new Map(),
    known: [],
    mayWrite: () => true,
    newId: () => `new ${++made}`,
  };
  return { mapping, readings, plan: planImport(entries, { ...standard, ...context }) };
}

export const fromText = (text: string, context: Partial<ImportContext> = {}): Promise<ReadList> =>
  readList(new TextEncoder().encode(text), context);

/** Field by header. */
export const fieldsOf = ({ columns }: ImportMapping): Record<string, string | null> =>
  Object.fromEntries(columns.map(({ header, field }) => [header, field]));
