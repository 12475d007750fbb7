/** The uploaded file in the database, in pieces of one size: written as it arrives, read by place by whichever worker takes the job. */
import type { Db } from '#app/platform/db.server.ts';
import type { FileSource } from '../reading/file-source.ts';
import { CHUNK_BYTES } from '../reading/limits.ts';

/** Pieces of a file are of this size but for the last. */
export const PART_BYTES = CHUNK_BYTES;

export type PartWriter = {
  /** Bytes as they arrive; full pieces are stored at once. */
  write(bytes: Uint8Array): Promise<void>;
  /** Stores the rest; answers the size of the file. */
  end(): Promise<number>;
};

export function createPartWriter(db: Db, tenantId: string, batchId: string): PartWriter {
  let buffer = new Uint8Array(PART_BYTES);
  let filled = 0;
  let part = 0;
  const store = async (bytes: Uint8Array) => {
    // A copy: the driver may still hold the bytes when the next piece is filled.
    const own = Buffer.from(bytes);
    const place = part++;
    await db.$withTenant(tenantId, (tx) => tx.batchFilePart.create({ data: { batchId, tenantId, part: place, bytes: own } }));
  };
  return {
    async write(bytes) {
      let from = 0;
      while (from < bytes.length) {
        const taken = bytes.subarray(from, from + PART_BYTES - filled);
        buffer.set(taken, filled);
        filled += taken.length;
        from += taken.length;
        if (filled === PART_BYTES) {
          await store(buffer);
          buffer = new Uint8Array(PART_BYTES);
          filled = 0;
        }
      }
    },
    async end() {
      const sizeBytes = part * PART_BYTES + filled;
      if (filled > 0) await store(buffer.subarray(0, filled));
      return sizeBytes;
    },
  };
}

/** The last piece read is held: the reader asks from front to back. */
export function openStoredFile(db: Db, tenantId: string, batchId: string, file: { name: string; sizeBytes: number }): FileSource {
  let held: { part: number; bytes: Uint8Array } | null = null;
  async function readPart(part: number): Promise<Uint8Array> {
    if (held?.part === part) return held.bytes;
    // As text: Prisma's driver makes of bytes an array with a number for each, sixteen times their size and beyond what the young generation holds.
    const [found] = await db.$withTenant(
      tenantId,
      (tx) => tx.$queryRaw<{ base64: string }[]>`
        SELECT encode(bytes, 'base64') AS base64 FROM batch_file_parts WHERE batch_id = ${batchId}::uuid AND part = ${part}`,
    );
    if (found === undefined) throw new Error(`piece ${part} of the file of batch ${batchId} is missing`);
    const bytes = Buffer.from(found.base64, 'base64');
    held = { part, bytes };
    return bytes;
  }
  return {
    name: file.name,
    sizeBytes: file.sizeBytes,
    async read(start, end) {
      const last = Math.min(end, file.sizeBytes);
      const bytes = new Uint8Array(Math.max(0, last - start));
      for (let at = start; at < last; ) {
        const part = Math.floor(at / PART_BYTES);
        const own = await readPart(part);
        const piece = own.subarray(at - part * PART_BYTES, Math.min(last - part * PART_BYTES, own.length));
        if (piece.length === 0) throw new Error(`piece ${part} of the file of batch ${batchId} is shorter than it was written`);
        bytes.set(piece, at - start);
        at += piece.length;
      }
      return bytes;
    },
  };
}
