/**
 * One part of a zip package, inflated by the platform (`DecompressionStream`) piece by piece. A zip bomb is stopped by what it declares
 * before it is opened; one that declares less than comes out is stopped at the first byte beyond its word.
 */
import { updateCrc32 } from './crc32.ts';
import { type FileSource, readChunks } from './file-source.ts';
import { MAX_INFLATE_RATIO, MAX_INFLATED_BYTES, RATIO_FREE_BYTES } from './limits.ts';
import { UnreadableFile } from './unreadable-file.ts';
import { findEntryData, type ZipEntry } from './zip-entries.ts';

function isTooMuch(inflatedBytes: number, compressedBytes: number): boolean {
  return inflatedBytes > MAX_INFLATED_BYTES || (inflatedBytes > RATIO_FREE_BYTES && inflatedBytes > MAX_INFLATE_RATIO * compressedBytes);
}

/** The chunks as a stream that is pulled: the next is read when the inflater has room. */
function toStream(chunks: AsyncGenerator<Uint8Array<ArrayBuffer>>): ReadableStream<Uint8Array<ArrayBuffer>> {
  return new ReadableStream(
    {
      async pull(controller) {
        const { done, value } = await chunks.next();
        if (done === true) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await chunks.return(undefined);
      },
    },
    { highWaterMark: 1 },
  );
}

/** The part's bytes in pieces. Throws `UnreadableFile`: `bomb`, or `damaged` when bytes, length or checksum are not as they should be. */
export async function* inflateEntry(source: FileSource, entry: ZipEntry): AsyncGenerator<Uint8Array> {
  if (isTooMuch(entry.inflatedBytes, entry.compressedBytes)) throw new UnreadableFile('bomb');
  const start = await findEntryData(source, entry);
  const compressed = toStream(readChunks(source, start, start + entry.compressedBytes));
  const stream = entry.method === 'stored' ? compressed : compressed.pipeThrough(new DecompressionStream('deflate-raw'));
  const reader = stream.getReader();
  let inflatedBytes = 0;
  let crc32 = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read().catch((cause: unknown) => {
        throw new UnreadableFile('damaged', {}, { cause });
      });
      if (done) break;
      inflatedBytes += value.length;
      if (inflatedBytes > entry.inflatedBytes) throw new UnreadableFile('damaged');
      crc32 = updateCrc32(crc32, value);
      yield value;
    }
    if (inflatedBytes !== entry.inflatedBytes || crc32 !== entry.crc32) throw new UnreadableFile('damaged');
  } finally {
    // Also when the reader of the part has had enough: the rest is neither read nor inflated.
    await reader.cancel().catch(() => undefined);
  }
}
