// One invented account for each role, in the first demonstration workspace, and one of the platform's people. The password is made by `npm start` and printed there; in another mode these
// accounts do not exist.
import type { ClientBase } from 'pg';
import { hashPassword, verifyPassword } from '#app/features/accounts/passwords/password-hash.server.ts';
import { MEMBER_ROLES, type MemberRole } from '#app/platform/permissions/member-role.ts';

const NAMES: Record<MemberRole, string> = {
  owner: 'Demo Owner',
  admin: 'Demo Admin',
  mining_site_owner: 'Demo Site Owner',
  operator: 'Demo Operator',
  accountant: 'Demo Accountant',
  client: 'Demo Client',
  customer: 'Demo Customer',
};

/** `.example` belongs to nobody (RFC 2606): no message can reach a stranger. */
export const toDemoEmail = (role: MemberRole) => `${role.replaceAll('_', '-')}@demo.example`;

/** Ids of the demonstration are the same on every machine. */
export const toId = (prefix: string, index: number) =>
  `00000000-0000-4000-8000-${prefix}${String(index + 1).padStart(12 - prefix.length, '0')}`;

const STAFF = { email: 'staff@demo.example', name: 'Demo Platform Staff' };

/** The person of that role. */
export const toDemoUserId = (role: MemberRole) => toId('1', MEMBER_ROLES.indexOf(role));

/** Inserts or refreshes them, and one of the platform's people, who is a member nowhere. Returns their addresses. */
export async function seedDemoPeople(client: ClientBase, tenantId: string, password: string): Promise<string[]> {
  for (const [index, role] of MEMBER_ROLES.entries()) {
    const userId = toId('1', index);
    await seedPerson(client, { userId, email: toDemoEmail(role), name: NAMES[role], password }, async () => {
      await client.query(`SELECT set_config('app.tenant_id', $1, true)`, [tenantId]);
      await client.query(
        `INSERT INTO memberships (id, tenant_id, user_id, role) VALUES ($1, $2, $3, $4) ON CONFLICT (tenant_id, user_id) DO NOTHING`,
        [toId('2', index), tenantId, userId, role],
      );
    });
  }
  const staffId = toId('1', MEMBER_ROLES.length);
  await seedPerson(client, { userId: staffId, ...STAFF, password }, async () => {
    await client.query('INSERT INTO platform_staff (user_id) VALUES ($1) ON CONFLICT DO NOTHING', [staffId]);
  });
  return [...MEMBER_ROLES.map(toDemoEmail), STAFF.email];
}

type DemoPerson = { userId: string; email: string; name: string; password: string };

/** One transaction, as that person; `settle` is its last part. */
async function seedPerson(client: ClientBase, { userId, email, name, password }: DemoPerson, settle: () => Promise<void>): Promise<void> {
  await client.query('BEGIN');
  try {
    await client.query(`SELECT set_config('app.user_id', $1, true)`, [userId]);
    await client.query(
      `INSERT INTO users (id, email, email_key, name, locale, email_verified_at) VALUES ($1, $2, $2, $3, 'en', now())
       ON CONFLICT (id) DO UPDATE SET email = excluded.email, email_key = excluded.email_key, suspended_at = NULL, email_verified_at = now()`,
      [userId, email, name],
    );
    await seedPassword(client, userId, password);
    await settle();
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** Whoever tried the page Security may have changed it: each start makes the printed password true again, and takes the second factor off. */
async function seedPassword(client: ClientBase, userId: string, password: string): Promise<void> {
  const { rows } = await client.query<{ hash: string }>('SELECT password_hash AS hash FROM user_credentials WHERE user_id = $1', [userId]);
  const isRight = rows[0] !== undefined && (await verifyPassword(rows[0].hash, password));
  await client.query(
    `INSERT INTO user_credentials (user_id, password_hash) VALUES ($1, $2)
     ON CONFLICT (user_id) DO UPDATE SET password_hash = excluded.password_hash, totp_secret_sealed = NULL, totp_confirmed_at = NULL, totp_last_step = NULL`,
    [userId, isRight ? rows[0]!.hash : await hashPassword(password)],
  );
}
