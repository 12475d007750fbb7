// A web server of the build for one journey alone: its own database, its own numbered database of Redis, its own market. What it shows of the market no other journey sees.
import { spawn } from 'node:child_process';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { vi } from 'vitest';
import { createScratchDatabase, type ScratchDatabase } from '../../prisma/scratch-database.ts';

/** Redis has 16; the journeys' own web server uses the first. */
const REDIS_DATABASE = 9;
const READY_WAIT = { timeout: 60_000, interval: 100 };

export type OwnWeb = { origin: string; scratch: ScratchDatabase; redisUrl: string; redis: Redis; stop: () => Promise<void> };

async function findFreePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** `settings`: environment variables beside those that every web server of a journey has. */
export async function startOwnWeb(settings: Readonly<Record<string, string>>): Promise<OwnWeb> {
  const { TEST_BUILD_DIR, TEST_REDIS_URL, TEST_DATABASE_OWNER_URL } = process.env;
  if (!TEST_BUILD_DIR || !TEST_REDIS_URL)
    throw new Error('journeys are run by npm test, which builds the app and starts the services for them');
  const scratch = await createScratchDatabase(TEST_DATABASE_OWNER_URL);
  const redisUrl = new URL(TEST_REDIS_URL);
  redisUrl.pathname = `/${REDIS_DATABASE}`;
  const redis = new Redis(redisUrl.href);
  await redis.flushdb();
  const port = await findFreePort();
  const origin = `http://127.0.0.1:${port}`;
  const env: NodeJS.ProcessEnv = {
    PATH: process.env.PATH,
    HASHINSIGHT_MODE: 'test',
    NODE_ENV: 'production',
    PORT: String(port),
    DATABASE_URL: scratch.appUrl,
    REDIS_URL: redisUrl.href,
    RATE_LIMIT_FACTOR: '1000',
    POLLING: 'off',
    ...settings,
  };
  const child = spawn(process.execPath, ['--enable-source-maps', join(TEST_BUILD_DIR, 'web.mjs')], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said = `${said}${chunk}`.slice(-4_000)));
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    await redis.flushdb();
    redis.disconnect();
    await scratch.drop();
  };
  const askReadiness = async () => {
    if (child.exitCode !== null) throw new Error(`the web server ended: ${said}`);
    const { status } = await fetch(`${origin}/readyz`);
    if (status !== 200) throw new Error(`readyz says ${status}`);
  };
  try {
    await vi.waitFor(askReadiness, READY_WAIT);
  } catch (error) {
    await stop();
    throw new Error(`the web server did not become ready: ${said}`, { cause: error });
  }
  return { origin, scratch, redisUrl: redisUrl.href, redis, stop };
}
