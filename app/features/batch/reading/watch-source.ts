/** How far a file is read. */
import type { FileSource } from './file-source.ts';

/** Tells how far a file has been read, for formats that are read from front to back. */
export function watchSource(source: FileSource): { source: FileSource; ratio: () => number } {
  let reached = 0;
  return {
    source: {
      name: source.name,
      sizeBytes: source.sizeBytes,
      read(start, end) {
        reached = Math.min(end, source.sizeBytes);
        return source.read(start, end);
      },
    },
    ratio: () => (source.sizeBytes === 0 ? 1 : reached / source.sizeBytes),
  };
}
