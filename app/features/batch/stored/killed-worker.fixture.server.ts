// A worker that stores its first slice of a batch, says so, and then does nothing until it is killed. Started by process-batch.int.test.ts.
import { createDb } from '#app/platform/db.server.ts';
import { getEngine } from '#app/platform/engine.server.ts';
import { processBatchWith } from './process-batch.server.ts';

const [databaseUrl = '', tenantId = '', batchId = ''] = process.argv.slice(2);

await processBatchWith({ tenantId, batchId }, new AbortController().signal, {
  db: createDb(databaseUrl, { maxConnections: 2 }),
  engine: await getEngine(),
  now: () => new Date(),
  onStored(throughRow) {
    process.stdout.write(`stored ${throughRow}\n`);
    // The timer keeps the process alive.
    return new Promise(() => setInterval(() => undefined, 60_000));
  },
});
