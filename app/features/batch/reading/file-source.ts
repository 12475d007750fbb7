/**
 * Where bytes come from: a file of the reader's disk in the browser, an upload on the server's disk, bytes in a test. Read by place and
 * not as one stream: a workbook's directory stands at its end, and a file is read once to look at it and once to compute it.
 */
import { CHUNK_BYTES } from './limits.ts';

export type FileSource = {
  /** As the user knows it. Only shown, never trusted. */
  readonly name: string;
  readonly sizeBytes: number;
  /** Bytes of `[start, end)`; fewer only at the end of the file. */
  read(start: number, end: number): Promise<Uint8Array<ArrayBuffer>>;
};

/** A `File` of an input or a drop, or any `Blob`; works the same in a worker and in Node. */
export function sourceOfBlob(blob: Blob, name: string): FileSource {
  return {
    name,
    sizeBytes: blob.size,
    read: async (start, end) => new Uint8Array(await blob.slice(start, end).arrayBuffer()),
  };
}

export function sourceOfBytes(bytes: Uint8Array, name: string): FileSource {
  return { name, sizeBytes: bytes.length, read: async (start, end) => new Uint8Array(bytes.slice(start, end)) };
}

/** All bytes of `[start, end)` in order, a chunk at a time: the next is asked for when this one is done with. */
export async function* readChunks(source: FileSource, start = 0, end = source.sizeBytes): AsyncGenerator<Uint8Array<ArrayBuffer>> {
  for (let offset = start; offset < end; ) {
    const chunk = await source.read(offset, Math.min(offset + CHUNK_BYTES, end));
    // A file that shrank while it was read would loop for ever.
    if (chunk.length === 0) return;
    offset += chunk.length;
    yield chunk;
  }
}
