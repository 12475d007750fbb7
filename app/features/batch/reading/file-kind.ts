/**
 * What a file is, by its first bytes and never by its name: "machines.csv" may be a PDF, a web page or an old workbook.
 * Signatures: file(1); ECMA-376 part 2; [MS-CFB] 2.2; [MS-XLS] 2.4.21; [MS-OFFCRYPTO] 1.3.2.
 */
import type { FileSource } from './file-source.ts';
import { MAX_FILE_BYTES, SAMPLE_BYTES } from './limits.ts';
import { type RefusalCode, UnreadableFile } from './unreadable-file.ts';

export type FileKind = 'text' | 'zip';

const SIGNATURES: readonly (readonly [RefusalCode, readonly number[]])[] = [
  ['archive', [0x1f, 0x8b]],
  ['archive', [0x52, 0x61, 0x72, 0x21, 0x1a]],
  ['archive', [0x37, 0x7a, 0xbc, 0xaf]],
  // Rich text: "{\\rtf".
  ['binary', [0x7b, 0x5c, 0x72, 0x74, 0x66]],
  ['picture', [0x89, 0x50, 0x4e, 0x47]],
  ['picture', [0xff, 0xd8, 0xff]],
  ['picture', [0x47, 0x49, 0x46, 0x38]],
  // BIFF 2 to 4: a worksheet without a container.
  ['xls', [0x09, 0x00, 0x04, 0x00]],
  ['xls', [0x09, 0x02, 0x06, 0x00]],
  ['xls', [0x09, 0x04, 0x06, 0x00]],
];
const ZIP = [0x50, 0x4b, 0x03, 0x04];
/** A zip without entries has only its end record. */
const EMPTY_ZIP = [0x50, 0x4b, 0x05, 0x06];
const COMPOUND_FILE = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
/** Readers of PDF accept the mark anywhere in the first kilobyte. */
const PDF_SEARCH_BYTES = 1024;

function startsWith(bytes: Uint8Array, signature: readonly number[]): boolean {
  return bytes.length >= signature.length && signature.every((byte, index) => bytes[index] === byte);
}

/** One character for a byte: for searching names in bytes. */
function toLatin1(bytes: Uint8Array): string {
  return new TextDecoder('latin1').decode(bytes);
}

const ENCRYPTED_PACKAGE = [...'EncryptedPackage'].map((letter) => `${letter}\0`).join('');
const SECTOR_SHIFT_AT = 30;
const DIRECTORY_SECTOR_AT = 48;
/** A directory entry is 128 bytes; an encrypted workbook has about a dozen. */
const DIRECTORY_BYTES = 4096;

/** A compound file holds an old workbook, or a new one that is encrypted. */
async function tellCompoundFile(source: FileSource, head: Uint8Array): Promise<RefusalCode> {
  if (toLatin1(head).includes(ENCRYPTED_PACKAGE)) return 'encrypted';
  if (head.length < DIRECTORY_SECTOR_AT + 4) return 'damaged';
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const sectorBytes = 2 ** Math.min(view.getUint16(SECTOR_SHIFT_AT, true), 12);
  const directoryAt = (view.getUint32(DIRECTORY_SECTOR_AT, true) + 1) * sectorBytes;
  const directory = await source.read(directoryAt, directoryAt + DIRECTORY_BYTES);
  return toLatin1(directory).includes(ENCRYPTED_PACKAGE) ? 'encrypted' : 'xls';
}

/** Marks of a page, of XML or of JSON at the beginning of a text, whatever stands before the first tag. */
function tellMarkup(head: Uint8Array): RefusalCode | null {
  const start = toLatin1(head.subarray(0, PDF_SEARCH_BYTES))
    .replaceAll('\0', '')
    .replace(/^(?:\u00ef\u00bb\u00bf|\u00ff\u00fe|\u00fe\u00ff)?\s*(?:<!--[\s\S]*?-->\s*)*/, '')
    .toLowerCase();
  if (/^<(?:!doctype html|html|head|body|table|meta|style|div)\b/.test(start)) return 'html';
  if (/^(?:\{\s*["}]|\[\s*[[{"\]])/.test(start)) return 'json';
  if (start.startsWith('<?xml')) return start.includes('<html') ? 'html' : 'xml';
  return null;
}

/** Text or a zip package. Throws `UnreadableFile` for everything else. */
export async function tellFileKind(source: FileSource): Promise<FileKind> {
  if (source.sizeBytes === 0) throw new UnreadableFile('empty');
  if (source.sizeBytes > MAX_FILE_BYTES) throw new UnreadableFile('too_large', { maxMb: MAX_FILE_BYTES / 1e6 });
  const head = await source.read(0, SAMPLE_BYTES);
  if (startsWith(head, ZIP)) return 'zip';
  if (startsWith(head, EMPTY_ZIP)) throw new UnreadableFile('archive');
  if (startsWith(head, COMPOUND_FILE)) throw new UnreadableFile(await tellCompoundFile(source, head));
  if (toLatin1(head.subarray(0, PDF_SEARCH_BYTES)).includes('%PDF-')) throw new UnreadableFile('pdf');
  for (const [code, signature] of SIGNATURES) if (startsWith(head, signature)) throw new UnreadableFile(code);
  const markup = tellMarkup(head);
  if (markup !== null) throw new UnreadableFile(markup);
  return 'text';
}
