// A QR code as one SVG path: a square of 1 x 1 for every dark module, runs of them drawn as one rectangle.
import { encode } from 'uqr';

/** Light modules around the code that scanners need (ISO/IEC 18004). */
const QUIET_ZONE = 4;

export function toQrPath(text: string): { path: string; size: number } {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET_ZONE });
  const runs = data.flatMap((row, y) => {
    const rectangles: string[] = [];
    for (let x = 0; x < size; x += 1) {
      if (!row[x]) continue;
      const start = x;
      while (row[x + 1]) x += 1;
      rectangles.push(`M${start} ${y}h${x - start + 1}v1h-${x - start + 1}z`);
    }
    return rectangles;
  });
  return { path: runs.join(''), size };
}
