// The process that gives the demonstration its past, run as `npm start` runs it.
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { rollUp } from '#app/features/telemetry/roll-up/roll-up.server.ts';
import { createDb } from '#app/platform/db.server.ts';
import { withClient } from './prepare-database.ts';
import { createScratchDatabase, type ScratchDatabase } from './scratch-database.ts';
import { DEMO_TENANTS, seedDemo } from './seed-demo.ts';

const MINERS = 8;
const HOUR_S = 3_600;
const untilS = Math.floor(Date.now() / 1000);
const sinceS = untilS - 2 * HOUR_S;

let scratch: ScratchDatabase;

beforeAll(async () => {
  scratch = await createScratchDatabase(process.env.TEST_DATABASE_OWNER_URL);
  await withClient(scratch.ownerUrl, (client) => seedDemo(client, { password: undefined, miners: MINERS, minerPort: 5_001, sinceS }));
});
afterAll(() => scratch?.drop());

const run = (mode: string) =>
  promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', 'prisma/demo-history.server.ts', '--miners', String(MINERS), '--since', String(sinceS), '--until', String(untilS)],
    // Redis and sessions are part of the configuration that every process of the product shares; this one does not use them.
    {
      env: {
        ...process.env,
        HASHINSIGHT_MODE: mode,
        DATABASE_URL: scratch.appUrl,
        REDIS_URL: 'redis://127.0.0.1:1',
        SESSION_SECRET: randomBytes(32).toString('hex'),
      },
    },
  );
const read = async () => {
  const rows = await withClient(
    scratch.ownerUrl,
    async (client) =>
      (
        await client.query<{ samples: number; machines: number; first: number; last: number }>(
          'SELECT count(*)::int AS samples, count(DISTINCT machine)::int AS machines, min(at_s) AS first, max(at_s) AS last FROM telemetry_samples',
        )
      ).rows,
  );
  return rows[0]!;
};

// Three processes start, each with the whole project to compile.
it('stores a sample of every machine and minute, once, and only for a demonstration without a past', { timeout: 120_000 }, async () => {
  await expect(run('test')).rejects.toThrow('HASHINSIGHT_MODE is test');
  expect((await read()).samples).toBe(0);
  const { stdout } = await run('demo');
  expect(stdout.match(/are stored/g)).toHaveLength(2);
  const filled = await read();
  expect(filled).toEqual({ samples: MINERS * 120, machines: MINERS, first: sinceS, last: expect.any(Number) });
  expect(filled.last).toBeLessThan(untilS);
  // As the worker does every minute; what was rolled up is the site's past, however long its samples are kept.
  const db = createDb(scratch.appUrl);
  await rollUp(db, DEMO_TENANTS[0]!.id, { nowMs: Date.now(), rawDays: 2 });
  await db.$disconnect();
  await withClient(scratch.ownerUrl, (client) => client.query('TRUNCATE telemetry_samples'));
  await run('demo');
  expect((await read()).samples).toBe(0);
});
