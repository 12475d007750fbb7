/**
 * Rows of a worksheet, streamed. The sheet is inflated twice: merged areas stand after the rows they belong to, so a first pass looks
 * for them. A value in a merged cell holds for all its rows ("S19" over five lines means five times S19) and is marked as filled.
 */
import type { FileSource } from './file-source.ts';
import { MAX_CELL_LENGTH, MAX_COLUMNS, MAX_MERGED_AREAS } from './limits.ts';
import { type MergedArea, type RawCell, toCell, toColumnIndex, toMergedArea } from './sheet-cells.ts';
import { type Cell, isEmptyRow, type SourceRow } from './source-row.ts';
import { UnreadableFile } from './unreadable-file.ts';
import { openWorkbook, readPartText, readXmlPart, type Workbook } from './workbook.ts';
import { createXmlTokens, readAttribute } from './xml-tokens.ts';
import type { ZipEntry } from './zip-entries.ts';

const END_OF_ROWS = /<\/(?:\w+:)?sheetData\s*>/;
/** An end tag with a prefix is shorter. */
const MAX_END_TAG = 64;

/** Areas of more than one row: titles merged over columns need nothing. The rows before them are only searched for their end. */
async function readMergedAreas(source: FileSource, part: ZipEntry): Promise<MergedArea[]> {
  const areas: MergedArea[] = [];
  const ignore = () => undefined;
  const tokens = createXmlTokens({
    open(name, attributes) {
      if (name !== 'mergeCell') return;
      const area = toMergedArea(readAttribute(attributes, 'ref') ?? '');
      if (area !== null && area.lastRow > area.firstRow) areas.push(area);
      if (areas.length > MAX_MERGED_AREAS) throw new UnreadableFile('damaged');
    },
    close: ignore,
    text: ignore,
  });
  let searched: string | null = '';
  for await (const text of readPartText(source, part)) {
    if (searched === null) {
      tokens.push(text);
      continue;
    }
    const window: string = searched + text;
    const end = END_OF_ROWS.exec(window);
    searched = end === null ? window.slice(-MAX_END_TAG) : null;
    if (end !== null) tokens.push(window.slice(end.index + end[0].length));
  }
  return areas.sort((a, b) => a.firstRow - b.firstRow);
}

/** Gives each row the values of the merged cells that reach into it. Rows come in rising order. */
function createFiller(areas: readonly MergedArea[]) {
  let next = 0;
  let open: { area: MergedArea; value: Cell }[] = [];
  return (row: number, cells: Cell[]): number[] | null => {
    open = open.filter(({ area }) => area.lastRow >= row);
    const filled: number[] = [];
    for (const { area, value } of open) {
      if ((cells[area.firstColumn] ?? '') !== '') continue;
      while (cells.length <= area.firstColumn) cells.push('');
      cells[area.firstColumn] = value;
      filled.push(area.firstColumn);
    }
    for (; next < areas.length && areas[next]!.firstRow <= row; next++) {
      const area = areas[next]!;
      const value = area.firstRow === row ? (cells[area.firstColumn] ?? '') : '';
      if (value !== '' && area.lastRow > row) open.push({ area, value });
    }
    return filled.length === 0 ? null : filled;
  };
}

type RowReader = { open(name: string, attributes: string): void; close(name: string): void; text(text: string): void; take(): SourceRow[] };

function createRowReader(workbook: Workbook, areas: readonly MergedArea[]): RowReader {
  const fill = createFiller(areas);
  let rows: SourceRow[] = [];
  let row = 0;
  let hidden = false;
  let isInRow = false;
  let cells: Cell[] = [];
  let column = -1;
  let raw: RawCell | null = null;
  let target: 'value' | 'inlineText' | 'formula' | null = null;
  let phoneticDepth = 0;

  const finishCell = (cell: RawCell): void => {
    const content = toCell(cell, workbook);
    if (content === '') return;
    if (column >= MAX_COLUMNS) throw new UnreadableFile('too_many_columns', { max: MAX_COLUMNS, line: row });
    if (typeof content === 'string' && content.length > MAX_CELL_LENGTH) throw new UnreadableFile('cell_too_long', { line: row });
    while (cells.length <= column) cells.push('');
    cells[column] = content;
  };

  return {
    open(name, attributes) {
      if (name === 'c' && isInRow) {
        column = toColumnIndex(readAttribute(attributes, 'r') ?? '') ?? column + 1;
        raw = {
          type: readAttribute(attributes, 't'),
          style: Number(readAttribute(attributes, 's') ?? 0),
          value: null,
          inlineText: null,
          formula: null,
        };
      } else if (raw !== null && name === 'v') {
        raw.value = '';
        target = 'value';
      } else if (raw !== null && name === 'f') {
        raw.formula = '';
        target = 'formula';
      } else if (raw !== null && name === 't') {
        raw.inlineText ??= '';
        target = phoneticDepth === 0 ? 'inlineText' : null;
      } else if (name === 'rPh') {
        phoneticDepth++;
      } else if (name === 'row') {
        const before = row;
        row = Number(readAttribute(attributes, 'r') ?? row + 1);
        // A row is known by its number: of two with the same one would be lost, and edits would change both.
        if (!(row > before)) throw new UnreadableFile('damaged');
        hidden = /^(1|true)$/.test(readAttribute(attributes, 'hidden') ?? '');
        cells = [];
        column = -1;
        isInRow = true;
      }
    },
    close(name) {
      if (name === 'v' || name === 'f' || name === 't') target = null;
      else if (name === 'rPh') phoneticDepth--;
      else if (name === 'c' && raw !== null) {
        finishCell(raw);
        raw = null;
      } else if (name === 'row') {
        isInRow = false;
        // A row of which only merged cells further up reach in is empty all the same.
        if (isEmptyRow(cells)) return;
        const filled = fill(row, cells);
        rows.push({ row, line: row, hidden, cells, filled });
      }
    },
    text(text) {
      if (raw !== null && target !== null) raw[target] = (raw[target] ?? '') + text;
    },
    take() {
      const taken = rows;
      rows = [];
      return taken;
    },
  };
}

async function* readSheetRows(
  source: FileSource,
  workbook: Workbook,
  part: ZipEntry,
  readAreas: () => Promise<MergedArea[]>,
): AsyncGenerator<SourceRow[]> {
  const reader = createRowReader(workbook, await readAreas());
  for await (const _ of readXmlPart(source, part, reader)) {
    const rows = reader.take();
    if (rows.length > 0) yield rows;
  }
  const rows = reader.take();
  if (rows.length > 0) yield rows;
}

export type OpenedXlsx = {
  sheets: readonly { name: string; isHidden: boolean }[];
  sheet: string;
  rows(): AsyncGenerator<SourceRow[]>;
};

/**
 * The named sheet, or the first that is visible (the first at all when none is). Throws `UnreadableFile`: `sheet_missing` when there is no
 * sheet of that name.
 */
export async function openXlsx(source: FileSource, sheetName: string | null): Promise<OpenedXlsx> {
  const workbook = await openWorkbook(source);
  const { sheets } = workbook;
  const firstVisible = sheets.findIndex(({ isHidden }) => !isHidden);
  const index = sheetName === null ? Math.max(0, firstVisible) : sheets.findIndex(({ name }) => name === sheetName);
  if (index < 0) throw new UnreadableFile('sheet_missing', { sheet: sheetName ?? '' });
  const part = workbook.parts[index]!;
  let areas: MergedArea[] | null = null;
  // Looked for once, however often the rows are read.
  const readAreas = async () => {
    areas ??= await readMergedAreas(source, part);
    return areas;
  };
  return { sheets, sheet: sheets[index]!.name, rows: () => readSheetRows(source, workbook, part, readAreas) };
}
