// The database and the role that the running product logs in with. The role holds no right of its own: it is a member
// of the group role that the migrations grant to, so rights are changed in migrations only.
import { type ClientBase, escapeIdentifier, escapeLiteral } from 'pg';
import { MigrationError } from './apply-migrations.ts';

/** Created here or by the first migration, whichever comes first; granted to in migrations. */
export const APP_GROUP_ROLE = 'hashinsight_app';

export type AppLogin = { user: string; password: string };

/** `postgresql://user:password@host/database` taken apart, percent-encoding removed. */
export function readDatabaseUrl(databaseUrl: string): AppLogin & { database: string } {
  const url = new URL(databaseUrl);
  return {
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    database: decodeURIComponent(url.pathname.slice(1)) || decodeURIComponent(url.username),
  };
}

/** Creates the database when it is absent. `client` is connected to another database of the same server. */
export async function ensureDatabase(client: ClientBase, database: string): Promise<void> {
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database]);
  if (rowCount === 0) await client.query(`CREATE DATABASE ${escapeIdentifier(database)} ENCODING 'UTF8' TEMPLATE template0`);
}

/**
 * Makes sure that the login role exists, is a member of the group role and can do no more than that. `canLogIn` tells whether its password
 * already works: then it is left alone, so that a server where the owner may not alter roles can be prepared by hand.
 * Throws MigrationError when the role could bypass row-level security.
 */
export async function ensureAppLogin(client: ClientBase, { user, password }: AppLogin, canLogIn: () => Promise<boolean>): Promise<void> {
  await createRoleIfAbsent(client, APP_GROUP_ROLE, 'NOLOGIN');
  const isNew = await createRoleIfAbsent(client, user, `LOGIN PASSWORD ${escapeLiteral(password)}`);
  await refusePowerfulRole(client, user);
  if (!isNew && !(await canLogIn())) {
    await client.query(`ALTER ROLE ${escapeIdentifier(user)} LOGIN PASSWORD ${escapeLiteral(password)}`);
  }
  const { rows } = await client.query<{ isMember: boolean }>(`SELECT pg_has_role($1, $2, 'MEMBER') AS "isMember"`, [user, APP_GROUP_ROLE]);
  if (!rows[0]?.isMember) await client.query(`GRANT ${escapeIdentifier(APP_GROUP_ROLE)} TO ${escapeIdentifier(user)}`);
}

async function createRoleIfAbsent(client: ClientBase, role: string, attributes: string): Promise<boolean> {
  const { rowCount } = await client.query('SELECT FROM pg_roles WHERE rolname = $1', [role]);
  if (rowCount !== 0) return false;
  await client.query(`CREATE ROLE ${escapeIdentifier(role)} ${attributes}`);
  return true;
}

async function refusePowerfulRole(client: ClientBase, role: string): Promise<void> {
  const { rows } = await client.query<{ isPowerful: boolean; isOwner: boolean }>(
    `SELECT rolsuper OR rolbypassrls OR rolcreaterole AS "isPowerful", pg_has_role(rolname, current_user, 'MEMBER') AS "isOwner"
     FROM pg_roles WHERE rolname = $1`,
    [role],
  );
  if (rows[0]?.isPowerful)
    throw new MigrationError(`the role ${role} of DATABASE_URL may bypass row-level security; use a role without rights of its own`);
  if (rows[0]?.isOwner)
    throw new MigrationError(`the role ${role} of DATABASE_URL owns the tables or acts as their owner; use a role of its own`);
}
