// A database of its own for a test file, prepared the same way as a real one. The server is given by `npm test`.
import { randomBytes } from 'node:crypto';
import { escapeIdentifier } from 'pg';
import { migrationsFolder } from '../../prisma/migration-files.ts';
import { prepareDatabase, withClient } from '../../prisma/prepare-database.ts';

export type TestDatabase = {
  /** Superuser: for preparing rows and for looking past row-level security. */
  ownerUrl: string;
  /** What the product would be given: a role that owns nothing. */
  appUrl: string;
  /** Call in afterAll, after every connection of the test is closed. */
  drop: () => Promise<void>;
};

/** Creates an empty database with all migrations applied and a login role of its own. Throws when no server is given. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const server = readServerUrl();
  const database = `test_${randomBytes(8).toString('hex')}`;
  const role = `${database}_web`;
  const ownerUrl = withParts(server, { database });
  const appUrl = withParts(server, { database, user: role, password: randomBytes(16).toString('hex') });
  await prepareDatabase({ ownerUrl, appUrl, migrationsFolder: migrationsFolder() });
  return {
    ownerUrl,
    appUrl,
    drop: () =>
      withClient(server, async (client) => {
        await client.query(`DROP DATABASE ${escapeIdentifier(database)} WITH (FORCE)`);
        await client.query(`DROP ROLE ${escapeIdentifier(role)}`);
      }),
  };
}

/** The test server's Redis; tests keep apart by a random key prefix or queue name. */
export function getTestRedisUrl(): string {
  return required('TEST_REDIS_URL');
}

function readServerUrl(): string {
  return required('TEST_DATABASE_OWNER_URL');
}

function required(variable: string): string {
  const value = process.env[variable];
  if (!value) throw new Error(`${variable} is not set: integration tests are run by npm test, which starts PostgreSQL and Redis for them`);
  return value;
}

function withParts(serverUrl: string, parts: { database: string; user?: string; password?: string }): string {
  const url = new URL(serverUrl);
  url.pathname = `/${parts.database}`;
  if (parts.user) url.username = parts.user;
  if (parts.password) url.password = parts.password;
  return url.toString();
}
