/** The file of a report in the database, in pieces of one size: written from the disk and read for a download without ever being held whole. */
import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import { type Db, getDb } from '#app/platform/db.server.ts';
import { asOwner, findReport, type ReportKey, type ReportRow } from './report-store.server.ts';

const PART_BYTES = 256 * 1024;

/** Stores the file that stands at `path`, unless somebody cancelled the report meanwhile. */
export async function storeFile(key: ReportKey, path: string, fileName: string, db: Db = getDb()): Promise<void> {
  const { id, tenantId } = key;
  const file = await open(path);
  try {
    await asOwner(
      key,
      async (tx) => {
        // Whoever cancels now waits for the end.
        const wanted = await tx.report.updateMany({ where: { ...key, status: 'running' }, data: { progressRatio: 1 } });
        if (wanted.count === 0) return;
        await tx.reportPart.deleteMany({ where: { reportId: id } });
        const hash = createHash('sha256');
        let sizeBytes = 0;
        for (let part = 0; ; part += 1) {
          const { buffer, bytesRead } = await file.read(Buffer.alloc(PART_BYTES), 0, PART_BYTES, sizeBytes);
          if (bytesRead === 0) break;
          const bytes = buffer.subarray(0, bytesRead);
          hash.update(bytes);
          sizeBytes += bytesRead;
          await tx.reportPart.createMany({ data: { reportId: id, tenantId, part, bytes } });
        }
        await tx.report.updateMany({
          where: key,
          data: { status: 'done', fileName, sizeBytes, hash: hash.digest('hex'), finishedAt: new Date() },
        });
      },
      db,
    );
  } finally {
    await file.close();
  }
}

export type ReportFile = ReportRow & { sizeBytes: number; read: () => AsyncGenerator<Uint8Array> };

/** Null: it is not there for this owner, or not made. `read` fails when the report is made again or deleted meanwhile. */
export async function findFile(key: ReportKey, db: Db = getDb()): Promise<ReportFile | null> {
  const report = await findReport(key, { db });
  if (report === null || report.status !== 'done' || report.sizeBytes === null) return null;
  const { sizeBytes } = report;
  return { ...report, sizeBytes, read: () => readPieces(key, sizeBytes, db) };
}

async function* readPieces(key: ReportKey, sizeBytes: number, db: Db): AsyncGenerator<Uint8Array> {
  let read = 0;
  for (let part = 0; read < sizeBytes; part += 1) {
    // As text: Prisma's driver makes an array of numbers of bytes.
    const [found] = await asOwner(
      key,
      (tx) =>
        tx.$queryRaw<
          { base64: string }[]
        >`SELECT encode(bytes, 'base64') AS base64 FROM report_parts WHERE report_id = ${key.id}::uuid AND part = ${part}`,
      db,
    );
    if (found === undefined) throw new Error(`piece ${part} of report ${key.id} is missing`);
    const bytes = Buffer.from(found.base64, 'base64');
    read += bytes.length;
    yield bytes;
  }
}
