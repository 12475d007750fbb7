// For statements whose parameters are megabytes, thousands of rows as arrays: the same database, role and walls as getDb, without Prisma's compiler between, which reads and
// copies each of them (measured: half of the time of storing). Nothing else belongs here.

import { Pool } from 'pg';
import type { Prisma } from '#app/generated/prisma/client.ts';
import { getEnv } from './env.server.ts';
import { isUuid } from './identifiers.ts';
import { getLog, type Log } from './log.server.ts';
import { processSingleton, takeProcessSingleton } from './process-singleton.server.ts';

const MAX_CONNECTIONS_PER_PROCESS = 2;
const CONNECT_TIMEOUT_MS = 3_000;
const STATEMENT_TIMEOUT_MS = 30_000;

/** Runs one statement of the transaction; gives its rows. */
export type RunBulk = <Row>(sql: Prisma.Sql) => Promise<Row[]>;

export type BulkDb = {
  /** As `$withTenant` of the ordinary client: one transaction of that tenant, committed, or rolled back when the work throws. */
  withTenant: <T>(tenantId: string, work: (run: RunBulk) => Promise<T>) => Promise<T>;
  close: () => Promise<void>;
};

/** A pool of its own, for tests and scripts; the product uses getBulkDb. Connects on first use. */
export function createBulkDb(databaseUrl: string, log?: Log): BulkDb {
  const pool = new Pool({
    connectionString: databaseUrl,
    max: MAX_CONNECTIONS_PER_PROCESS,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    application_name: 'hashinsight-bulk',
  });
  // A connection lost between two uses is replaced at the next; without a listener it would end the process.
  pool.on('error', (error) => (log ?? getLog()).debug('bulk.connection', { error }));
  return {
    async withTenant(tenantId, work) {
      if (!isUuid(tenantId)) throw new TypeError('tenantId is not a UUID');
      const client = await pool.connect();
      try {
        await client.query(`BEGIN; SET LOCAL app.tenant_id = '${tenantId}'`);
        const result = await work(async (sql) => (await client.query(sql.text, sql.values as unknown[])).rows);
        await client.query('COMMIT');
        client.release();
        return result;
      } catch (error) {
        // Closing the connection rolls back, whatever state it is in.
        client.release(true);
        throw error;
      }
    },
    close: () => pool.end(),
  };
}

/** The process's pool. */
export function getBulkDb(): BulkDb {
  return processSingleton('bulk-db', () => createBulkDb(getEnv().DATABASE_URL));
}

export async function closeBulkDb(): Promise<void> {
  await takeProcessSingleton<BulkDb>('bulk-db')?.close();
}
