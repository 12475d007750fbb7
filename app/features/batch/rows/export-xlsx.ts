/**
 * The marked file as a workbook of one sheet, written piece by piece in the browser as on the server (the reports' library weighs a megabyte
 * and belongs to the server). Values only; rows keep their numbers, hidden rows stay hidden, formats of the original are not carried over.
 */
import { Zip, ZipDeflate } from 'fflate';
import { isFormulaLike } from '#app/platform/csv/defuse-formula.ts';
import type { Table } from '../reading/open-table.ts';
import { type Cell, toColumnLetters } from '../reading/source-row.ts';
import { type ExportedRow, type ExportOptions, listExportedRows } from './exported-rows.ts';

const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/package/2006/relationships';
const DOCUMENT = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const TYPES = 'http://schemas.openxmlformats.org/package/2006/content-types';
const SHEET_TYPE = 'application/vnd.openxmlformats-officedocument.spreadsheetml';
const PROLOGUE = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
/** Style 1 keeps a text that looks like a formula a text when somebody edits the cell. */
const STYLES = `<styleSheet xmlns="${MAIN}"><fonts count="1"><font/></fonts><fills count="1"><fill/></fills><borders count="1"><border/></borders><cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="2"><xf/><xf quotePrefix="1"/></cellXfs></styleSheet>`;
/** Excel's bound for the name of a sheet, and what it may not hold. */
const MAX_SHEET_NAME = 31;
const FORBIDDEN_IN_NAME = /[\\/?*:[\]]/g;
/** Deflate's fastest: the file is read once and thrown away. */
const LEVEL = 3;

function escapeXml(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: XML cannot hold them in any form
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;')
      .replaceAll('"', '&quot;')
  );
}

function toCellXml(cell: Cell, column: number, row: number): string {
  if (cell === '') return '';
  const reference = `${toColumnLetters(column)}${row}`;
  if (typeof cell === 'number') return `<c r="${reference}"><v>${cell}</v></c>`;
  const style = isFormulaLike(cell) ? ' s="1"' : '';
  return `<c r="${reference}"${style} t="inlineStr"><is><t xml:space="preserve">${escapeXml(cell)}</t></is></c>`;
}

function toRowXml({ row, hidden, cells }: ExportedRow): string {
  const inner = cells.map((cell, column) => toCellXml(cell, column, row)).join('');
  return `<row r="${row}"${hidden ? ' hidden="1"' : ''}>${inner}</row>`;
}

function listParts(sheetName: string): [string, string][] {
  const name = escapeXml(sheetName.replace(FORBIDDEN_IN_NAME, ' ').slice(0, MAX_SHEET_NAME)) || 'Sheet1';
  return [
    [
      '[Content_Types].xml',
      `<Types xmlns="${TYPES}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="${SHEET_TYPE}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="${SHEET_TYPE}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="${SHEET_TYPE}.styles+xml"/></Types>`,
    ],
    [
      '_rels/.rels',
      `<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ],
    [
      'xl/workbook.xml',
      `<workbook xmlns="${MAIN}" xmlns:r="${DOCUMENT}"><sheets><sheet name="${name}" sheetId="1" r:id="rId1"/></sheets></workbook>`,
    ],
    [
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="${RELATIONS}"><Relationship Id="rId1" Type="${DOCUMENT}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="${DOCUMENT}/styles" Target="styles.xml"/></Relationships>`,
    ],
    ['xl/styles.xml', STYLES],
  ];
}

/** The file's bytes in pieces. */
export async function* exportXlsx(table: Table, options: ExportOptions): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  const out: Uint8Array[] = [];
  const zip = new Zip((error, bytes) => {
    if (error !== null) throw error;
    out.push(bytes);
  });
  const open = (name: string): ZipDeflate => {
    const part = new ZipDeflate(name, { level: LEVEL });
    zip.add(part);
    return part;
  };
  for (const [name, xml] of listParts(table.format.kind === 'xlsx' ? table.format.sheet : ''))
    open(name).push(encoder.encode(PROLOGUE + xml), true);
  const sheet = open('xl/worksheets/sheet1.xml');
  sheet.push(encoder.encode(`${PROLOGUE}<worksheet xmlns="${MAIN}"><sheetData>`));
  for await (const rows of listExportedRows(table, options)) {
    sheet.push(encoder.encode(rows.map(toRowXml).join('')));
    yield* out.splice(0);
  }
  sheet.push(encoder.encode('</sheetData></worksheet>'), true);
  zip.end();
  yield* out.splice(0);
}
