// The only place that opens Redis: one shared connection for commands, and connections for the job queues.
import { Redis } from 'ioredis';
import { getEnv } from './env.server.ts';
import { getLog, type Log } from './log.server.ts';
import { processSingleton, takeProcessSingleton } from './process-singleton.server.ts';

const CONNECT_TIMEOUT_MS = 2_000;
const MAX_RECONNECT_DELAY_MS = 2_000;
const reconnectDelayMs = (attempt: number) => Math.min(attempt * 100, MAX_RECONNECT_DELAY_MS);

/** Says once that Redis was lost and once that it is back; ioredis itself reports every failed attempt. */
function logConnection(redis: Redis, log: Log): Redis {
  let isLost = false;
  redis.on('error', (error) => {
    if (!isLost) log.error('redis.lost', { error });
    isLost = true;
  });
  redis.on('ready', () => {
    if (isLost) log.info('redis.back');
    isLost = false;
  });
  return redis;
}

/** For requests: a command fails after one retry instead of waiting for Redis to come back. */
export function createCommandConnection(redisUrl: string, log: Log): Redis {
  return logConnection(
    new Redis(redisUrl, {
      maxRetriesPerRequest: 1,
      connectTimeout: CONNECT_TIMEOUT_MS,
      retryStrategy: reconnectDelayMs,
      connectionName: 'hashinsight',
    }),
    log,
  );
}

/** The process's connection for commands. Not for BullMQ and not for blocking commands. */
export function getRedis(): Redis {
  return processSingleton('redis', () => createCommandConnection(getEnv().REDIS_URL, getLog()));
}

export async function closeRedis(): Promise<void> {
  takeProcessSingleton<Redis>('redis')?.disconnect();
}

/** A new connection for BullMQ, which waits for Redis however long it takes. The caller closes it. */
export function createQueueConnection(redisUrl: string = getEnv().REDIS_URL, log: Log = getLog()): Redis {
  return logConnection(
    new Redis(redisUrl, {
      maxRetriesPerRequest: null,
      connectTimeout: CONNECT_TIMEOUT_MS,
      retryStrategy: reconnectDelayMs,
      connectionName: 'hashinsight-queue',
    }),
    log,
  );
}
