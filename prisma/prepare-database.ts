// From two connection URLs to a database that the product can use: database, roles, migrations, in this order.
// Used by prisma/migrate.ts and by tests, which prepare databases of their own the same way.
import { Client, escapeIdentifier } from 'pg';
import { APP_GROUP_ROLE, ensureAppLogin, ensureDatabase, readDatabaseUrl } from './app-login.ts';
import { applyMigrations, MigrationError, withMigrationLock } from './apply-migrations.ts';

const CONNECT_TIMEOUT_MS = 5_000;
/** Present on every server. Roles belong to the whole server, so all runners must meet at a lock in one and the same database. */
const MEETING_DATABASE = 'postgres';

export type PrepareOptions = {
  /** Owner of the tables; may create roles and databases unless both exist already. */
  ownerUrl: string;
  /** What the product logs in with; gets exactly the rights of the group role. */
  appUrl: string;
  migrationsFolder: string;
};

/** Idempotent, and safe to run several at once. Returns the names of the migrations it applied. Throws MigrationError. */
export async function prepareDatabase({ ownerUrl, appUrl, migrationsFolder }: PrepareOptions): Promise<string[]> {
  const { database } = readDatabaseUrl(ownerUrl);
  const app = readDatabaseUrl(appUrl);
  if (app.database !== database) {
    throw new MigrationError(
      `DATABASE_URL names the database ${app.database}, DATABASE_OWNER_URL the database ${database}; they must be the same`,
    );
  }
  await withClient(inDatabase(ownerUrl, MEETING_DATABASE), (client) =>
    withMigrationLock(client, async () => {
      await ensureDatabase(client, database);
      await ensureAppLogin(client, app, () => canLogIn(appUrl));
    }),
  );
  return withClient(ownerUrl, (client) =>
    withMigrationLock(client, async () => {
      const applied = await applyMigrations(client, migrationsFolder);
      // The record table exists before any migration, so its grant cannot be in one. /readyz reads it.
      await client.query(`GRANT SELECT ON _prisma_migrations TO ${escapeIdentifier(APP_GROUP_ROLE)}`);
      return applied;
    }),
  );
}

/** Connects, works, disconnects. */
export async function withClient<T>(databaseUrl: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: databaseUrl, connectionTimeoutMillis: CONNECT_TIMEOUT_MS });
  // A connection lost between two queries is reported by the next query.
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

function inDatabase(databaseUrl: string, database: string): string {
  const url = new URL(databaseUrl);
  url.pathname = `/${encodeURIComponent(database)}`;
  return url.toString();
}

const PASSWORD_REFUSED = new Set(['28P01', '28000']);

async function canLogIn(appUrl: string): Promise<boolean> {
  try {
    await withClient(appUrl, (client) => client.query('SELECT 1'));
    return true;
  } catch (error) {
    if (PASSWORD_REFUSED.has((error as { code?: string }).code ?? '')) return false;
    throw error;
  }
}
