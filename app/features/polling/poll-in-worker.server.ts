// Polling with the connections and the configuration of the process.
import { getBulkDb } from '#app/platform/bulk-db.server.ts';
import { getDb } from '#app/platform/db.server.ts';
import { getEnv } from '#app/platform/env.server.ts';
import { listenDatabase } from '#app/platform/listen-database.server.ts';
import { getLog } from '#app/platform/log.server.ts';
import { getRedis } from '#app/platform/redis.server.ts';
import { createReadMachine } from '#collectors/cgminer/read-machine.ts';
import type { BatchHook } from './poll-one-site.server.ts';
import { type Polling, startPolling } from './start-polling.server.ts';

/** Null: POLLING is off in this process. */
export function pollInWorker(hooks: readonly BatchHook[]): Polling | null {
  const env = getEnv();
  if (env.POLLING === 'off') return null;
  return startPolling({
    db: getDb(),
    bulkDb: getBulkDb(),
    redis: getRedis(),
    log: getLog(),
    read: createReadMachine(),
    hooks,
    allowsLoopback: env.POLL_LOOPBACK === 'on',
    rawDays: env.TELEMETRY_RAW_DAYS,
    listen: (onNotice) => listenDatabase('polling_changed', onNotice),
  });
}
