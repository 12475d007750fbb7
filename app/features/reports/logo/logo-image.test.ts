import { describe, expect, it } from 'vitest';
import { MAX_LOGO_BYTES, readLogoImage } from './logo-image.ts';

/** A chunk of a PNG; checksums are not looked at. */
function chunk(name: string, data: number[]): number[] {
  return [0, 0, 0, data.length, ...Buffer.from(name, 'latin1'), ...data, 0, 0, 0, 0];
}

const uint32 = (value: number) => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

function png(widthPx: number, heightPx: number): number[] {
  return [
    ...SIGNATURE,
    ...chunk('IHDR', [...uint32(widthPx), ...uint32(heightPx), 8, 6, 0, 0, 0]),
    ...chunk('IDAT', [1, 2, 3]),
    ...chunk('IEND', []),
  ];
}

function jpeg(widthPx: number, heightPx: number, frame = 0xc2): number[] {
  const app0 = [0xff, 0xe0, 0, 4, 1, 2];
  const size = [heightPx >> 8, heightPx & 255, widthPx >> 8, widthPx & 255];
  return [0xff, 0xd8, ...app0, 0xff, 0xff, frame, 0, 11, 8, ...size, 3, 0, 0, 0, 0, 0, 0, 0];
}

const read = (bytes: number[]) => readLogoImage(Uint8Array.from(bytes));
const refused = (reason: string) => ({ kind: 'refused', reason });

describe('readLogoImage', () => {
  it('tells a PNG and a JPEG by their bytes, with their sides', () => {
    expect(read(png(640, 200))).toEqual({ kind: 'ok', image: { mediaType: 'image/png', widthPx: 640, heightPx: 200 } });
    expect(read(jpeg(300, 301))).toEqual({ kind: 'ok', image: { mediaType: 'image/jpeg', widthPx: 300, heightPx: 301 } });
    expect(read(jpeg(300, 301, 0xc0))).toMatchObject({ kind: 'ok' });
  });

  it('refuses what is no such picture, whatever it is called', () => {
    for (const text of ['<svg xmlns="http://www.w3.org/2000/svg"/>', 'GIF89a', '%PDF-1.7', 'RIFF0000WEBPVP8 ', 'x'])
      expect(readLogoImage(Buffer.from(text)), text).toEqual(refused('noPicture'));
    expect(readLogoImage(new Uint8Array(0))).toEqual(refused('empty'));
  });

  it('refuses pictures that are cut off, in every place', () => {
    const whole = png(640, 200);
    for (let length = 1; length < whole.length; length += 1)
      expect(read(whole.slice(0, length)), String(length)).toEqual(refused('noPicture'));
    const frameEnd = jpeg(300, 301).length - 9;
    for (let length = 1; length < frameEnd; length += 1)
      expect(read(jpeg(300, 301).slice(0, length)), String(length)).toEqual(refused('noPicture'));
  });

  it('refuses what is too heavy, too small or too large to decode', () => {
    expect(read([...png(640, 200), ...new Array<number>(MAX_LOGO_BYTES).fill(0)])).toEqual(refused('tooLarge'));
    for (const [width, height] of [
      [15, 100],
      [100, 15],
      [2001, 100],
      [100, 2001],
      [0, 100],
      [60_000, 60_000],
    ] as const)
      expect(read(png(width, height)), `${width} x ${height}`).toEqual(refused('sides'));
    expect(read(png(16, 2000))).toMatchObject({ kind: 'ok' });
  });
});
