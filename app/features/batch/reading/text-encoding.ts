/**
 * In which encoding a text file is written. Order: byte order mark, UTF-16 by its zero bytes, strict UTF-8, strict GB18030 (what Excel
 * and WPS in Chinese save as "CSV"). UTF-8 before GB18030: Chinese UTF-8 often happens to be valid GB18030, the reverse almost never.
 */
import { type FileSource, readChunks } from './file-source.ts';
import { SAMPLE_BYTES } from './limits.ts';
import { UnreadableFile } from './unreadable-file.ts';

/** `windows-1252` and `big5` are read when the user says so; no file can be told to be one of them. */
export const TEXT_ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'gb18030', 'big5', 'windows-1252'] as const;
export type TextEncoding = (typeof TEXT_ENCODINGS)[number];

/** Share of zero bytes on one side from which a text is UTF-16: digits, commas and Latin letters have one each. */
const UTF16_ZERO_SHARE = 0.2;
/** Zero bytes on the other side: none but for a few odd characters. */
const UTF16_OTHER_SHARE = 0.02;
/** Share of the characters beyond ASCII that may be damaged before a text counts as not being in the encoding. */
const MAX_DAMAGED_SHARE = 0.1;

function findMark(bytes: Uint8Array): TextEncoding | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

function countZeros(bytes: Uint8Array): { even: number; odd: number } {
  const zeros = { even: 0, odd: 0 };
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === 0) zeros[i % 2 === 0 ? 'even' : 'odd']++;
  return zeros;
}

function isValid(bytes: Uint8Array, encoding: TextEncoding): boolean {
  try {
    // `stream`: the sample may end inside a character.
    new TextDecoder(encoding, { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Share of the characters beyond ASCII that cannot be decoded. */
function damagedShare(bytes: Uint8Array, encoding: TextEncoding): number {
  const text = new TextDecoder(encoding).decode(bytes, { stream: true });
  let damaged = 0;
  let beyondAscii = 0;
  for (const character of text) {
    if (character === '\ufffd') damaged++;
    if (character > '\u007f') beyondAscii++;
  }
  return beyondAscii === 0 ? 0 : damaged / beyondAscii;
}

function hasBeyondAscii(bytes: Uint8Array): boolean {
  return bytes.some((byte) => byte >= 0x80);
}

/** First bytes that are not ASCII, with what follows them; `null`: the file is ASCII throughout. */
async function findTelling(source: FileSource): Promise<Uint8Array | null> {
  for await (const chunk of readChunks(source)) {
    const at = chunk.findIndex((byte) => byte >= 0x80);
    if (at >= 0) return chunk.subarray(at, at + SAMPLE_BYTES);
  }
  return null;
}

/** The encoding of a text file. Throws `UnreadableFile`: `binary` when it is no text, `encoding` when it is none of ours. */
export async function detectEncoding(source: FileSource): Promise<TextEncoding> {
  const head = await source.read(0, SAMPLE_BYTES);
  const mark = findMark(head);
  if (mark !== null) return mark;
  const zeros = countZeros(head);
  if (zeros.even + zeros.odd > 0) {
    const half = head.length / 2;
    if (zeros.odd > UTF16_ZERO_SHARE * half && zeros.even <= UTF16_OTHER_SHARE * half) return 'utf-16le';
    if (zeros.even > UTF16_ZERO_SHARE * half && zeros.odd <= UTF16_OTHER_SHARE * half) return 'utf-16be';
    throw new UnreadableFile('binary');
  }
  // The first thousand rows of a list may hold no Chinese and the next one may: the first bytes that can tell are asked.
  const telling = hasBeyondAscii(head) ? head : await findTelling(source);
  if (telling === null || isValid(telling, 'utf-8')) return 'utf-8';
  if (isValid(telling, 'gb18030')) return 'gb18030';
  const candidates = (['utf-8', 'gb18030'] as const).map((encoding) => ({ encoding, share: damagedShare(telling, encoding) }));
  const best = candidates.reduce((a, b) => (b.share < a.share ? b : a));
  if (best.share > MAX_DAMAGED_SHARE) throw new UnreadableFile('encoding');
  return best.encoding;
}

/** The file's text in pieces, without its byte order mark; what cannot be decoded is U+FFFD. */
export async function* decodeText(source: FileSource, encoding: TextEncoding): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding);
  for await (const chunk of readChunks(source)) {
    const text = decoder.decode(chunk, { stream: true });
    if (text !== '') yield text;
  }
  const rest = decoder.decode();
  if (rest !== '') yield rest;
}
