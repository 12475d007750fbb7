/**
 * What may stand on a cover: a PNG or a JPEG, told by its bytes and not by its name. Drawings in SVG can hold scripts and addresses, so they are not among them. Only what
 * the headers say is read; whoever shows the picture decodes it. Pure.
 */

export const MAX_LOGO_BYTES = 256 * 1024;
/** Each side, in pixels: from what can be made out to what a cover can use. */
export const LOGO_SIDE_PX = { min: 16, max: 2000 } as const;

export const LOGO_MEDIA_TYPES = ['image/png', 'image/jpeg'] as const;
export type LogoMediaType = (typeof LOGO_MEDIA_TYPES)[number];

export type LogoImage = { mediaType: LogoMediaType; widthPx: number; heightPx: number };
export type LogoRefusal = 'empty' | 'tooLarge' | 'noPicture' | 'sides';
export type LogoReading = { kind: 'ok'; image: LogoImage } | { kind: 'refused'; reason: LogoRefusal };

export function readLogoImage(bytes: Uint8Array): LogoReading {
  const refuse = (reason: LogoRefusal): LogoReading => ({ kind: 'refused', reason });
  if (bytes.length === 0) return refuse('empty');
  if (bytes.length > MAX_LOGO_BYTES) return refuse('tooLarge');
  const image = readPng(bytes) ?? readJpeg(bytes);
  if (image === null) return refuse('noPicture');
  const sides = [image.widthPx, image.heightPx];
  return sides.every((side) => side >= LOGO_SIDE_PX.min && side <= LOGO_SIDE_PX.max) ? { kind: 'ok', image } : refuse('sides');
}

const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
/** Length, name and checksum of a PNG chunk. */
const PNG_CHUNK_FRAME = 12;

/** PNG (W3C, third edition): a header of 13 bytes first, then chunks that follow each other to an IEND. Null: it is none, or is cut off. */
function readPng(bytes: Uint8Array): LogoImage | null {
  if (!PNG_SIGNATURE.every((byte, index) => bytes[index] === byte)) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const nameAt = (at: number) => String.fromCharCode(...bytes.subarray(at + 4, at + 8));
  const first = PNG_SIGNATURE.length;
  if (bytes.length < first + PNG_CHUNK_FRAME + 13 || nameAt(first) !== 'IHDR') return null;
  for (let at = first; at + PNG_CHUNK_FRAME <= bytes.length; at += PNG_CHUNK_FRAME + view.getUint32(at)) {
    if (nameAt(at) === 'IEND') return { mediaType: 'image/png', widthPx: view.getUint32(first + 8), heightPx: view.getUint32(first + 12) };
  }
  return null;
}

/** Start of frame: baseline, extended and progressive. The other kinds are not shown by browsers. */
const JPEG_FRAMES = [0xc0, 0xc1, 0xc2];
const JPEG_SCAN = 0xda;

/** JPEG (ITU T.81): segments with a length each, up to the frame's, which holds the size. Null: it is none, or ends before. */
function readJpeg(bytes: Uint8Array): LogoImage | null {
  if (bytes[0] !== 0xff || bytes[1] !== 0xd8) return null;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1]!;
    if (JPEG_FRAMES.includes(marker)) return { mediaType: 'image/jpeg', heightPx: view.getUint16(at + 5), widthPx: view.getUint16(at + 7) };
    if (marker === JPEG_SCAN) return null;
    // Bytes that fill up stand alone; every segment before the frame has a length.
    at += marker === 0xff ? 1 : 2 + view.getUint16(at + 2);
  }
  return null;
}
