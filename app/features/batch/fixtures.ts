/** Files made for tests: text in any encoding, workbooks from their XML, and the whole way of a file in one call. Only tests import this. */
import { strToU8, zipSync } from 'fflate';
import { type Correction, correctMapping } from './mapping/correct-mapping.ts';
import { mapTable } from './mapping/map-table.ts';
import type { Mapping } from './mapping/mapping.ts';
import { openList } from './mapping/open-list.ts';
import { createModelMatcher, type MatcherOptions } from './matching/model-matcher.ts';
import { sourceOfBytes } from './reading/file-source.ts';
import type { Table, TableChoice } from './reading/open-table.ts';
import type { SourceRow } from './reading/source-row.ts';
import type { TextEncoding } from './reading/text-encoding.ts';
import { API_ROW_DEFAULTS, type RowDefaults } from './rows/batch-row.ts';
import { type BatchChoices, type CollectedBatch, collectBatch, NO_CHOICES } from './rows/read-batch.ts';

/** Two-byte part of GB18030, the other way round: Node and browsers only decode it. */
let gbBytes: Map<string, readonly [number, number]> | null = null;

function getGbBytes(): Map<string, readonly [number, number]> {
  if (gbBytes !== null) return gbBytes;
  gbBytes = new Map();
  const decoder = new TextDecoder('gb18030');
  for (let lead = 0x81; lead <= 0xfe; lead++) {
    for (let trail = 0x40; trail <= 0xfe; trail++) {
      const text = decoder.decode(Uint8Array.of(lead, trail));
      if ([...text].length === 1 && text !== '\ufffd') gbBytes.set(text, [lead, trail]);
    }
  }
  return gbBytes;
}

function encodeGb18030(text: string): Uint8Array {
  const bytes: number[] = [];
  for (const character of text) {
    const pair = getGbBytes().get(character);
    if (character <= '\u007f') bytes.push(character.charCodeAt(0));
    else if (pair !== undefined) bytes.push(...pair);
    else throw new Error(`${character} is in no two-byte form of GB18030`);
  }
  return Uint8Array.from(bytes);
}

function encodeUtf16(text: string, isLittleEndian: boolean): Uint8Array {
  const bytes = new Uint8Array(text.length * 2);
  const view = new DataView(bytes.buffer);
  for (let i = 0; i < text.length; i++) view.setUint16(i * 2, text.charCodeAt(i), isLittleEndian);
  return bytes;
}

/** A byte order mark is written when the text begins with U+FEFF. */
export function encodeText(text: string, encoding: TextEncoding): Uint8Array {
  if (encoding === 'utf-16le' || encoding === 'utf-16be') return encodeUtf16(text, encoding === 'utf-16le');
  if (encoding === 'gb18030') return encodeGb18030(text);
  return new TextEncoder().encode(text);
}

/** Mulberry32 (T. Ettinger, 2017): small, seeded, good enough to vary test cases. `[0, 1)`. */
export function createChance(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return {
    next,
    below: (count: number): number => Math.floor(next() * count),
    pick: <T>(items: readonly T[]): T => items[Math.floor(next() * items.length)]!,
  };
}

const PROLOGUE = '<?xml version="1.0" encoding="UTF-8"?>';
const R = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

export type WorkbookXml = {
  /** Name and XML of each sheet, in order. */
  sheets: readonly { name: string; xml: string; state?: string }[];
  sharedStrings?: string;
  styles?: string;
  /** Attributes of `workbookPr`. */
  properties?: string;
};

/** A workbook from the XML of its sheets. */
export function aWorkbook({ sheets, sharedStrings, styles, properties = '' }: WorkbookXml): Uint8Array {
  const relation = (id: string, type: string, target: string) => `<Relationship Id="${id}" Type="${R}/${type}" Target="${target}"/>`;
  const parts: Record<string, string> = {
    '[Content_Types].xml': `${PROLOGUE}<Types/>`,
    '_rels/.rels': `${PROLOGUE}<Relationships>${relation('a', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': `${PROLOGUE}<workbook xmlns:r="${R}"><workbookPr ${properties}/><sheets>${sheets
      .map(
        ({ name, state }, index) =>
          `<sheet name="${name}" sheetId="${index + 1}" ${state === undefined ? '' : `state="${state}"`} r:id="s${index}"/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `${PROLOGUE}<Relationships>${sheets
      .map((_, index) => relation(`s${index}`, 'worksheet', `worksheets/sheet${index + 1}.xml`))
      .join('')}${relation('t', 'sharedStrings', '/xl/sharedStrings.xml')}${relation('y', 'styles', 'styles.xml')}</Relationships>`,
  };
  sheets.forEach(({ xml }, index) => {
    parts[`xl/worksheets/sheet${index + 1}.xml`] = PROLOGUE + xml;
  });
  if (sharedStrings !== undefined) parts['xl/sharedStrings.xml'] = PROLOGUE + sharedStrings;
  if (styles !== undefined) parts['xl/styles.xml'] = PROLOGUE + styles;
  return zipSync(Object.fromEntries(Object.entries(parts).map(([name, xml]) => [name, strToU8(xml)])));
}

/** A worksheet around rows (`<row>...</row>`); `after`: what stands behind them. */
export function aSheet(rows: string, after = ''): string {
  return `<worksheet><sheetData>${rows}</sheetData>${after}</worksheet>`;
}

export async function openBytes(bytes: Uint8Array, choice: TableChoice = {}): Promise<Table> {
  const opened = await openList(sourceOfBytes(bytes, 'test'), choice);
  if (opened.kind !== 'table') throw new Error(`refused: ${opened.code}`);
  return opened.table;
}

export async function readRows(table: Table): Promise<SourceRow[]> {
  const all: SourceRow[] = [];
  for await (const rows of table.rows()) all.push(...rows);
  return all;
}

export type Way = {
  choices?: Partial<BatchChoices>;
  corrections?: readonly Correction[];
  defaults?: Partial<RowDefaults>;
  cnyPerUsd?: number | null;
  matcher?: MatcherOptions;
  open?: TableChoice;
  headerRow?: number | null;
};

export type Travelled = { table: Table; mapping: Mapping; batch: CollectedBatch };

/** From bytes to computed rows, as the page and the worker do it. A refusal on the way is an error. */
export async function readWhole(bytes: Uint8Array | string, way: Way = {}): Promise<Travelled> {
  const table = await openBytes(typeof bytes === 'string' ? encodeText(bytes, 'utf-8') : bytes, way.open);
  const cnyPerUsd = way.cnyPerUsd === undefined ? 7 : way.cnyPerUsd;
  const matcher = createModelMatcher(way.matcher);
  const { mapping: proposed } = await mapTable(table, { isModel: matcher.isModel, cnyPerUsd, headerRow: way.headerRow });
  const mapping = correctMapping(proposed, way.corrections ?? [], { cnyPerUsd });
  const defaults = { ...API_ROW_DEFAULTS, ...way.defaults };
  const choices = { ...NO_CHOICES, ...way.choices };
  const batch = await collectBatch(table, { mapping, matcher, defaults, cnyPerUsd, choices });
  if (batch.kind !== 'read') throw new Error(`refused on the way: ${batch.code}`);
  return { table, mapping, batch };
}
