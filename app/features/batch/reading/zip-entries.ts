/**
 * The parts of a zip package by its central directory (PKWARE APPNOTE 4.3.12 and 4.3.16). Only what OOXML allows is read: stored or
 * deflated, one disk, not encrypted; files are below 50 MB, so ZIP64 occurs in the sizes of an entry only.
 */
import type { FileSource } from './file-source.ts';
import { MAX_ZIP_ENTRIES } from './limits.ts';
import { UnreadableFile } from './unreadable-file.ts';

export type ZipEntry = {
  name: string;
  method: 'stored' | 'deflated';
  compressedBytes: number;
  /** As declared; what it really inflates to is counted while it does. */
  inflatedBytes: number;
  crc32: number;
  localHeaderAt: number;
};

const END_SIGNATURE = 0x06054b50;
const END_BYTES = 22;
const MAX_COMMENT_BYTES = 65_535;
const ENTRY_SIGNATURE = 0x02014b50;
const ENTRY_BYTES = 46;
const LOCAL_SIGNATURE = 0x04034b50;
const LOCAL_BYTES = 30;
const IS_ENCRYPTED = 0x0001;
const IS_UTF8 = 0x0800;
const METHODS: Readonly<Record<number, ZipEntry['method']>> = { 0: 'stored', 8: 'deflated' };
const ZIP64_MARK = 0xffffffff;
const ZIP64_EXTRA = 0x0001;

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function findEnd(tail: DataView): number {
  for (let at = tail.byteLength - END_BYTES; at >= 0; at--) if (tail.getUint32(at, true) === END_SIGNATURE) return at;
  throw new UnreadableFile('damaged');
}

/** Sizes and place from the ZIP64 field, in the order in which the plain ones are full. */
function readZip64(extra: DataView, plain: readonly number[]): number[] {
  for (let at = 0; at + 4 <= extra.byteLength; ) {
    const length = extra.getUint16(at + 2, true);
    if (extra.getUint16(at, true) === ZIP64_EXTRA && at + 4 + length <= extra.byteLength) {
      let field = at + 4;
      return plain.map((value) => {
        if (value !== ZIP64_MARK || field + 8 > at + 4 + length) return value;
        field += 8;
        return Number(extra.getBigUint64(field - 8, true));
      });
    }
    at += 4 + length;
  }
  return [...plain];
}

function readEntry(view: DataView, bytes: Uint8Array, at: number): { entry: ZipEntry; next: number } {
  if (at + ENTRY_BYTES > view.byteLength || view.getUint32(at, true) !== ENTRY_SIGNATURE) throw new UnreadableFile('damaged');
  const flags = view.getUint16(at + 8, true);
  if (flags & IS_ENCRYPTED) throw new UnreadableFile('encrypted');
  const method = METHODS[view.getUint16(at + 10, true)];
  if (method === undefined) throw new UnreadableFile('damaged');
  const nameEnd = at + ENTRY_BYTES + view.getUint16(at + 28, true);
  const extraEnd = nameEnd + view.getUint16(at + 30, true);
  const next = extraEnd + view.getUint16(at + 32, true);
  if (next > view.byteLength) throw new UnreadableFile('damaged');
  const plain = [view.getUint32(at + 24, true), view.getUint32(at + 20, true), view.getUint32(at + 42, true)];
  const [inflatedBytes, compressedBytes, localHeaderAt] = readZip64(viewOf(bytes.subarray(nameEnd, extraEnd)), plain);
  const name = new TextDecoder(flags & IS_UTF8 ? 'utf-8' : 'latin1').decode(bytes.subarray(at + ENTRY_BYTES, nameEnd));
  return {
    // Some writers use backslashes, and part names are compared without case (ECMA-376 part 2, 6.3).
    entry: {
      name: name.replaceAll('\\', '/').toLowerCase(),
      method,
      compressedBytes: compressedBytes!,
      inflatedBytes: inflatedBytes!,
      crc32: view.getUint32(at + 16, true),
      localHeaderAt: localHeaderAt!,
    },
    next,
  };
}

/** Entries by name in lower case. Throws `UnreadableFile`: `damaged`, or `encrypted` when an entry has a password. */
export async function readZipEntries(source: FileSource): Promise<Map<string, ZipEntry>> {
  const tailAt = Math.max(0, source.sizeBytes - END_BYTES - MAX_COMMENT_BYTES);
  const tail = viewOf(await source.read(tailAt, source.sizeBytes));
  const endAt = findEnd(tail);
  const count = tail.getUint16(endAt + 10, true);
  const directoryBytes = tail.getUint32(endAt + 12, true);
  const directoryAt = tail.getUint32(endAt + 16, true);
  if (count > MAX_ZIP_ENTRIES || directoryAt + directoryBytes > source.sizeBytes) throw new UnreadableFile('damaged');
  const directory = await source.read(directoryAt, directoryAt + directoryBytes);
  const view = viewOf(directory);
  const entries = new Map<string, ZipEntry>();
  for (let index = 0, at = 0; index < count; index++) {
    const { entry, next } = readEntry(view, directory, at);
    at = next;
    if (entry.localHeaderAt + entry.compressedBytes > source.sizeBytes) throw new UnreadableFile('damaged');
    entries.set(entry.name, entry);
  }
  return entries;
}

/** Where the entry's data begins: its local header has a name and an extra field of its own lengths. */
export async function findEntryData(source: FileSource, entry: ZipEntry): Promise<number> {
  const header = viewOf(await source.read(entry.localHeaderAt, entry.localHeaderAt + LOCAL_BYTES));
  if (header.byteLength < LOCAL_BYTES || header.getUint32(0, true) !== LOCAL_SIGNATURE) throw new UnreadableFile('damaged');
  return entry.localHeaderAt + LOCAL_BYTES + header.getUint16(26, true) + header.getUint16(28, true);
}
