// For integration tests: a database of its own on the test server, prepared like the real one and dropped afterwards.
import { randomBytes } from 'node:crypto';
import { type Client, escapeIdentifier } from 'pg';
import { migrationsFolder } from './migration-files.ts';
import { prepareDatabase, withClient } from './prepare-database.ts';

/** One login role for every scratch database: roles outlive databases, and one per test would pile up on the server. */
const SCRATCH_LOGIN = 'hashinsight_scratch';
const SCRATCH_PASSWORD = 'scratch-only-on-loopback';

export type ScratchDatabase = {
  name: string;
  /** Connects as the owner of the tables. */
  ownerUrl: string;
  /** Connects as the application. */
  appUrl: string;
  /** Cuts every connection and drops the database. */
  drop: () => Promise<void>;
};

/** `serverUrl` is TEST_DATABASE_OWNER_URL. With `isEmpty`, nothing is created but the database's name. */
export async function createScratchDatabase(serverUrl: string | undefined, { isEmpty = false } = {}): Promise<ScratchDatabase> {
  if (!serverUrl) throw new Error('TEST_DATABASE_OWNER_URL is not set; run this test through npm test');
  const name = `scratch_${randomBytes(6).toString('hex')}`;
  const scratch = {
    name,
    ownerUrl: urlOf(serverUrl, { database: name }),
    appUrl: urlOf(serverUrl, { database: name, user: SCRATCH_LOGIN, password: SCRATCH_PASSWORD }),
    drop: () =>
      withClient(
        serverUrl,
        async (client: Client) => void (await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(name)} WITH (FORCE)`)),
      ),
  };
  if (!isEmpty) await prepareDatabase({ ownerUrl: scratch.ownerUrl, appUrl: scratch.appUrl, migrationsFolder: migrationsFolder() });
  return scratch;
}

function urlOf(serverUrl: string, { database, user, password }: { database: string; user?: string; password?: string }): string {
  const url = new URL(serverUrl);
  url.pathname = `/${database}`;
  if (user !== undefined) url.username = user;
  if (password !== undefined) url.password = password;
  return url.toString();
}
