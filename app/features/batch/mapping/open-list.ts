/**
 * A file as the table that holds its list: as opened, but for a workbook whose first visible sheet is a cover or a page of remarks. Then the first sheet with a header
 * of ours is taken, unless the user names one; which one it is stands in the table's format.
 */
import type { FileSource } from '../reading/file-source.ts';
import { type OpenedTable, openTable, type Table, type TableChoice } from '../reading/open-table.ts';
import { toRefusal } from '../reading/unreadable-file.ts';
import { hasListHeader, MAX_SEARCHED } from './find-header.ts';
import { readSample } from './table-sample.ts';

/** Each look opens the workbook again. */
const MAX_LOOKED_AT = 10;

async function holdsList(table: Table): Promise<boolean> {
  try {
    return hasListHeader(await readSample(table, MAX_SEARCHED));
  } catch (error) {
    // A sheet beyond a bound is not the one to prefer; anything else is a defect.
    toRefusal(error);
    return false;
  }
}

export async function openList(source: FileSource, choice: TableChoice = {}): Promise<OpenedTable> {
  const opened = await openTable(source, choice);
  if (opened.kind === 'refused' || opened.table.format.kind !== 'xlsx' || choice.sheet !== undefined) return opened;
  const { sheet: first, sheets } = opened.table.format;
  const others = sheets.filter(({ name, isHidden }) => !isHidden && name !== first).slice(0, MAX_LOOKED_AT);
  if (others.length === 0 || (await holdsList(opened.table))) return opened;
  for (const { name } of others) {
    const other = await openTable(source, { ...choice, sheet: name });
    if (other.kind === 'table' && (await holdsList(other.table))) return other;
  }
  return opened;
}
