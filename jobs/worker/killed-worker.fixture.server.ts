// A worker process that takes a list from the queue, stores its first slice, says so, and hangs until it is killed. Started by list-jobs.int.test.ts.
import { processBatchWith } from '#app/features/batch/stored/process-batch.server.ts';
import { createDb } from '#app/platform/db.server.ts';
import { getEngine } from '#app/platform/engine.server.ts';
import { createLog } from '#app/platform/log.server.ts';
import { createQueueConnection } from '#app/platform/redis.server.ts';
import { batchProcess } from '#jobs/contracts/batch-process.ts';
import { handling } from './handler.ts';
import { startWorker } from './start-worker.ts';

const [databaseUrl = '', redisUrl = '', prefix = '', lockMs = ''] = process.argv.slice(2);

const log = createLog({ minLevel: 'info', now: () => new Date(), write: () => undefined });
const db = createDb(databaseUrl, { maxConnections: 2 });
const engine = await getEngine();

await startWorker({
  handlers: [
    handling(batchProcess, (payload, { signal }) =>
      processBatchWith(payload, signal, {
        db,
        engine,
        now: () => new Date(),
        onStored(throughRow) {
          process.stdout.write(`stored ${throughRow}\n`);
          return new Promise(() => undefined);
        },
      }),
    ),
  ],
  schedule: [],
  createConnection: () => createQueueConnection(redisUrl, log),
  log,
  prefix,
  lockMs: Number(lockMs),
});
