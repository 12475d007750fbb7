import { strToU8, zipSync } from 'fflate';
import { describe, expect, it } from 'vitest';
import { encodeText } from '../fixtures.ts';
import { sourceOfBytes } from './file-source.ts';
import { MAX_FILE_BYTES } from './limits.ts';
import { openTable } from './open-table.ts';
import type { RefusalCode } from './unreadable-file.ts';

const SECTOR = 512;

/** A compound file with one directory entry of the given name, in its second sector. */
function aCompoundFile(entryName: string): Uint8Array {
  const bytes = new Uint8Array(8 * SECTOR);
  bytes.set([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]);
  const view = new DataView(bytes.buffer);
  view.setUint16(30, 9, true);
  view.setUint32(48, 4, true);
  bytes.set(encodeText(entryName, 'utf-16le'), 5 * SECTOR);
  return bytes;
}

const CASES: readonly (readonly [string, Uint8Array, RefusalCode])[] = [
  ['an empty file', new Uint8Array(0), 'empty'],
  ['a file of blanks', encodeText('\n \n', 'utf-8'), 'empty'],
  ['a PDF called .csv', encodeText('%PDF-1.7\n...', 'utf-8'), 'pdf'],
  ['a PDF behind some bytes', encodeText('junk %PDF-1.4', 'utf-8'), 'pdf'],
  ['an old workbook', aCompoundFile('Workbook'), 'xls'],
  ['an old worksheet without a container', Uint8Array.of(0x09, 0x04, 0x06, 0x00, 0, 0, 0x10, 0), 'xls'],
  ['an encrypted workbook', aCompoundFile('EncryptedPackage'), 'encrypted'],
  ['a web page called .csv', encodeText('\ufeff\n<!DOCTYPE html><html>', 'utf-8'), 'html'],
  ['a web page in UTF-16', encodeText('\ufeff<html><table>', 'utf-16le'), 'html'],
  ['a table that a site calls Excel', encodeText('<!-- x --><table><tr><td>1', 'utf-8'), 'html'],
  ['a spreadsheet in XML of 2003', encodeText('<?xml version="1.0"?><Workbook>', 'utf-8'), 'xml'],
  ['a JSON list called .csv', encodeText('[{"model":"S19","qty":1}]', 'utf-8'), 'json'],
  ['a JSON object', encodeText('\ufeff{ "miners": [] }', 'utf-8'), 'json'],
  ['a gzip file', Uint8Array.of(0x1f, 0x8b, 8, 0), 'archive'],
  ['a zip of a CSV', zipSync({ 'a.csv': strToU8('a,b') }), 'archive'],
  ['an empty zip', zipSync({}), 'archive'],
  ['a Word document', zipSync({ 'word/document.xml': strToU8('<w/>') }), 'archive'],
  ['a binary workbook', zipSync({ 'xl/workbook.bin': strToU8('x') }), 'xlsb'],
  ['an OpenDocument sheet', zipSync({ mimetype: strToU8('x'), 'content.xml': strToU8('<x/>') }), 'ods'],
  ['a picture', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10), 'picture'],
];

describe('openTable', () => {
  it.each(CASES)('refuses %s with its reason', async (_, bytes, code) => {
    expect(await openTable(sourceOfBytes(bytes, 'machines.csv'))).toMatchObject({ kind: 'refused', code });
  });

  it('refuses a file that is too large without reading it', async () => {
    const source = { name: 'a.csv', sizeBytes: MAX_FILE_BYTES + 1, read: () => Promise.reject(new Error('was read')) };
    expect(await openTable(source)).toEqual({ kind: 'refused', code: 'too_large', params: { maxMb: 50 } });
  });
});
