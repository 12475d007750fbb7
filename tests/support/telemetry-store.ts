/** For integration tests of telemetry: a database of their own with both ways into it, the application's and the one for many rows. */
import { type BulkDb, createBulkDb } from '../../app/platform/bulk-db.server.ts';
import { createDb, type Db } from '../../app/platform/db.server.ts';
import { createScratchDatabase } from '../../prisma/scratch-database.ts';

export type TelemetryStore = { ownerUrl: string; db: Db; bulk: BulkDb; stop: () => Promise<void> };

export async function startTelemetryStore(): Promise<TelemetryStore> {
  const scratch = await createScratchDatabase(process.env.TEST_DATABASE_OWNER_URL);
  const db = createDb(scratch.appUrl, { maxConnections: 4 });
  const bulk = createBulkDb(scratch.appUrl);
  return {
    ownerUrl: scratch.ownerUrl,
    db,
    bulk,
    stop: async () => {
      await db.$disconnect();
      await bulk.close();
      await scratch.drop();
    },
  };
}
