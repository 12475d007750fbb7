/** A file of the server's disk as a source: the worker reads uploads with the code that guests' browsers run. */
import { open } from 'node:fs/promises';
import type { FileSource } from './file-source.ts';

/** Opens the file; the caller closes it. */
export async function openFileSource(path: string, name: string): Promise<FileSource & { close(): Promise<void> }> {
  const handle = await open(path, 'r');
  const { size } = await handle.stat();
  return {
    name,
    sizeBytes: size,
    async read(start, end) {
      const bytes = new Uint8Array(Math.max(0, Math.min(end, size) - start));
      const { bytesRead } = await handle.read(bytes, 0, bytes.length, start);
      return bytes.subarray(0, bytesRead);
    },
    close: () => handle.close(),
  };
}
