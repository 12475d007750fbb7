// The only place that opens Postgres for the running product, as the application's role (DATABASE_URL).
import { PrismaPg } from '@prisma/adapter-pg';
import { PrismaClient } from '#app/generated/prisma/client.ts';
import { getEnv } from './env.server.ts';
import { processSingleton, takeProcessSingleton } from './process-singleton.server.ts';
import { tenancy } from './tenancy.server.ts';

/** Web and worker together stay far below the 100 connections that Postgres allows by default. */
const MAX_CONNECTIONS_PER_PROCESS = 10;
const CONNECT_TIMEOUT_MS = 3_000;
/** No screen waits longer; work that needs more belongs in a job with its own limit. */
const STATEMENT_TIMEOUT_MS = 15_000;

/** A client of its own, for tests and scripts; the product uses getDb. Connects on first use. */
export function createDb(databaseUrl: string, { maxConnections = MAX_CONNECTIONS_PER_PROCESS } = {}) {
  const adapter = new PrismaPg({
    connectionString: databaseUrl,
    max: maxConnections,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    application_name: 'hashinsight',
  });
  return new PrismaClient({ adapter }).$extends(tenancy);
}

export type Db = ReturnType<typeof createDb>;

/** The process's client. For tenant tables use `getDb().$withTenant(tenantId, work)`. */
export function getDb(): Db {
  return processSingleton('db', () => createDb(getEnv().DATABASE_URL));
}

export async function closeDb(): Promise<void> {
  await takeProcessSingleton<Db>('db')?.$disconnect();
}
