// A worker process for tests that kill it: `node --import tsx tests/support/report-worker.ts PREFIX LOCK_MS`. Says "ready" on standard output.
import { getLog } from '../../app/platform/log.server.ts';
import { createQueueConnection } from '../../app/platform/redis.server.ts';
import { HANDLERS } from '../../jobs/worker/handlers.ts';
import { startWorker } from '../../jobs/worker/start-worker.ts';

const [prefix, lockMs] = process.argv.slice(2);
await startWorker({
  handlers: HANDLERS.filter(({ job }) => job.queue === 'reports'),
  schedule: [],
  createConnection: () => createQueueConnection(),
  log: getLog(),
  prefix,
  lockMs: Number(lockMs),
});
process.stdout.write('ready\n');
