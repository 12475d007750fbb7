/**
 * What a workbook says about its sheets before a row is read: names, places, shared texts, number formats (ECMA-376 part 1, 18.2, 18.4,
 * 18.8). Shared texts are the one thing that is held whole, within a bound.
 */
import type { FileSource } from './file-source.ts';
import { inflateEntry } from './inflate-entry.ts';
import { MAX_SHARED_TEXT_LENGTH } from './limits.ts';
import { type NumberFormat, toNumberFormat } from './number-format.ts';
import { UnreadableFile } from './unreadable-file.ts';
import { createXmlTokens, readAttribute, type XmlHandlers } from './xml-tokens.ts';
import { readZipEntries, type ZipEntry } from './zip-entries.ts';

export type Sheet = { name: string; isHidden: boolean };

export type Workbook = {
  sheets: readonly Sheet[];
  /** Part of each sheet, in the order of `sheets`. */
  parts: readonly ZipEntry[];
  sharedTexts: readonly string[];
  /** Format by the style number of a cell. */
  formats: readonly NumberFormat[];
  /** Days count from 1904-01-01 instead of 1899-12-30 (old Macintosh files). */
  is1904: boolean;
};

/** The text of an XML part in pieces. Throws `UnreadableFile`. */
export async function* readPartText(source: FileSource, entry: ZipEntry): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const decode = (bytes?: Uint8Array<ArrayBufferLike>): string => {
    try {
      return bytes === undefined ? decoder.decode() : decoder.decode(bytes, { stream: true });
    } catch (cause) {
      throw new UnreadableFile('damaged', {}, { cause });
    }
  };
  for await (const bytes of inflateEntry(source, entry)) yield decode(bytes);
  yield decode();
}

/** Runs an XML part through handlers, a piece between two yields. */
export async function* readXmlPart(source: FileSource, entry: ZipEntry, handlers: XmlHandlers): AsyncGenerator<void> {
  const tokens = createXmlTokens(handlers);
  for await (const text of readPartText(source, entry)) {
    tokens.push(text);
    yield;
  }
  tokens.end();
}

async function readWhole(source: FileSource, entry: ZipEntry | undefined, handlers: Partial<XmlHandlers>): Promise<void> {
  if (entry === undefined) return;
  const ignore = () => undefined;
  const all = { open: ignore, close: ignore, text: ignore, ...handlers };
  for await (const _ of readXmlPart(source, entry, all));
}

type Relation = { type: string; target: string };

/** "xl/workbook.xml" -> "xl/_rels/workbook.xml.rels" */
function relationsOf(part: string): string {
  return part.replace(/([^/]*)$/, '_rels/$1.rels');
}

/** A target is relative to its part's folder, or begins with a slash. */
function resolveTarget(part: string, target: string): string {
  const path = target.startsWith('/') ? [] : part.split('/').slice(0, -1);
  for (const step of target.split('/')) {
    if (step === '..') path.pop();
    else if (step !== '' && step !== '.') path.push(step);
  }
  return path.join('/').toLowerCase();
}

async function readRelations(source: FileSource, entries: Map<string, ZipEntry>, part: string): Promise<Map<string, Relation>> {
  const relations = new Map<string, Relation>();
  await readWhole(source, entries.get(relationsOf(part)), {
    open(name, attributes) {
      if (name !== 'Relationship') return;
      const target = readAttribute(attributes, 'Target') ?? '';
      const type = readAttribute(attributes, 'Type') ?? '';
      relations.set(readAttribute(attributes, 'Id') ?? '', {
        type: type.slice(type.lastIndexOf('/') + 1),
        target: resolveTarget(part, target),
      });
    },
  });
  return relations;
}

function findByType(relations: Map<string, Relation>, type: string): string | null {
  for (const relation of relations.values()) if (relation.type === type) return relation.target;
  return null;
}

/** `_x000D_` stands for a character that XML cannot hold (ECMA-376 part 1, 22.9.2.19). */
export function decodeEscapes(text: string): string {
  return text.includes('_x')
    ? text.replace(/_x([0-9a-f]{4})_/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;
}

async function readSharedTexts(source: FileSource, entry: ZipEntry | undefined): Promise<string[]> {
  const texts: string[] = [];
  let current = '';
  let length = 0;
  let isText = false;
  let phoneticDepth = 0;
  await readWhole(source, entry, {
    open(name) {
      if (name === 'si') current = '';
      else if (name === 't') isText = true;
      // How a text is pronounced is not part of it.
      else if (name === 'rPh') phoneticDepth++;
    },
    close(name) {
      if (name === 't') isText = false;
      else if (name === 'rPh') phoneticDepth--;
      else if (name === 'si') {
        length += current.length;
        if (length > MAX_SHARED_TEXT_LENGTH) throw new UnreadableFile('too_many_texts');
        texts.push(decodeEscapes(current));
      }
    },
    text(text) {
      if (isText && phoneticDepth === 0) current += text;
    },
  });
  return texts;
}

async function readFormats(source: FileSource, entry: ZipEntry | undefined): Promise<NumberFormat[]> {
  const codes = new Map<number, string>();
  const formats: NumberFormat[] = [];
  let isCellFormat = false;
  await readWhole(source, entry, {
    open(name, attributes) {
      if (name === 'numFmt') codes.set(Number(readAttribute(attributes, 'numFmtId')), readAttribute(attributes, 'formatCode') ?? '');
      else if (name === 'cellXfs') isCellFormat = true;
      else if (name === 'xf' && isCellFormat) {
        const id = Number(readAttribute(attributes, 'numFmtId') ?? 0);
        formats.push(toNumberFormat(id, codes.get(id)));
      }
    },
    close(name) {
      if (name === 'cellXfs') isCellFormat = false;
    },
  });
  return formats;
}

/** What a package that is no workbook is. */
function refuseOther(entries: Map<string, ZipEntry>): UnreadableFile {
  if (entries.has('xl/workbook.bin')) return new UnreadableFile('xlsb');
  if (entries.has('content.xml')) return new UnreadableFile('ods');
  return new UnreadableFile('archive');
}

/** Throws `UnreadableFile` when the package is no workbook or has no sheet. */
export async function openWorkbook(source: FileSource): Promise<Workbook> {
  const entries = await readZipEntries(source);
  const root = findByType(await readRelations(source, entries, ''), 'officeDocument') ?? 'xl/workbook.xml';
  const workbookEntry = entries.get(root);
  if (workbookEntry === undefined || !root.endsWith('.xml') || !/(^|\/)workbook\d*\.xml$/.test(root)) throw refuseOther(entries);
  const relations = await readRelations(source, entries, root);
  const sheets: Sheet[] = [];
  const parts: ZipEntry[] = [];
  let is1904 = false;
  await readWhole(source, workbookEntry, {
    open(name, attributes) {
      if (name === 'workbookPr') is1904 = /^(1|true|on)$/.test(readAttribute(attributes, 'date1904') ?? '');
      if (name !== 'sheet') return;
      const id = /\s\w+:id\s*=\s*["']([^"']*)["']/.exec(attributes)?.[1];
      const relation = id === undefined ? undefined : relations.get(id);
      // A sheet may be a chart or a dialogue; only tables have rows.
      const part = relation?.type === 'worksheet' ? entries.get(relation.target) : undefined;
      if (part === undefined) return;
      sheets.push({
        name: readAttribute(attributes, 'name') ?? '',
        isHidden: (readAttribute(attributes, 'state') ?? 'visible') !== 'visible',
      });
      parts.push(part);
    },
  });
  if (sheets.length === 0) throw new UnreadableFile('no_sheet');
  const textsPart = findByType(relations, 'sharedStrings');
  const stylesPart = findByType(relations, 'styles');
  return {
    sheets,
    parts,
    sharedTexts: await readSharedTexts(source, textsPart === null ? undefined : entries.get(textsPart)),
    formats: await readFormats(source, stylesPart === null ? undefined : entries.get(stylesPart)),
    is1904,
  };
}
