// A workspace with one signed-in person for each role, written past the application: for journeys that ask who may do what.
import { randomUUID } from 'node:crypto';
import { Redis } from 'ioredis';
import type { Client } from 'pg';
import { MEMBER_ROLES, type MemberRole } from '../../app/platform/permissions/member-role.ts';
import { SessionStore } from '../../app/platform/sessions/session-store.server.ts';
import { withClient } from '../../prisma/prepare-database.ts';

/** The database of the web server of journeys (scripts/setup/test-stack.mjs). */
const DATABASE = 'hashinsight_journeys';

export type SeededPerson = { userId: string; memberId: string; cookie: string };
export type SeededWorkspace = { tenantId: string; people: Record<MemberRole, SeededPerson> };

/** The rights of the owner of the journeys' database: to look at what a request left behind, and to make what no page makes. */
export function asDatabaseOwner<T>(work: (owner: Client) => Promise<T>): Promise<T> {
  return withClient(toJourneysUrl(), work);
}

/** Address of the journeys' database with its owner's rights. */
export function toJourneysUrl(): string {
  const { TEST_DATABASE_OWNER_URL } = process.env;
  if (!TEST_DATABASE_OWNER_URL) throw new Error('journeys are run by npm test, which starts the services for them');
  const url = new URL(TEST_DATABASE_OWNER_URL);
  url.pathname = `/${DATABASE}`;
  return url.href;
}

/** Where people, workspaces and sessions are kept. */
export type SeededAt = { ownerUrl: string; redisUrl: string };

function theJourneysOwn(): SeededAt {
  const { TEST_REDIS_URL } = process.env;
  if (!TEST_REDIS_URL) throw new Error('journeys are run by npm test, which starts the services for them');
  return { ownerUrl: toJourneysUrl(), redisUrl: TEST_REDIS_URL };
}

/** In the web server of all journeys unless said. */
export async function seedWorkspace({ ownerUrl, redisUrl }: SeededAt = theJourneysOwn()): Promise<SeededWorkspace> {
  const redis = new Redis(redisUrl);
  const sessions = new SessionStore(redis);
  const tenantId = randomUUID();
  const people: Partial<Record<MemberRole, SeededPerson>> = {};
  await withClient(ownerUrl, async (owner) => {
    await owner.query('INSERT INTO tenants (id, name) VALUES ($1, $2)', [tenantId, `Workspace ${tenantId}`]);
    for (const role of MEMBER_ROLES) {
      const userId = randomUUID();
      const memberId = randomUUID();
      const email = `${userId}@mine.example`;
      await owner.query('INSERT INTO users (id, email, email_key, name, locale, email_verified_at) VALUES ($1, $2, $2, $3, $4, now())', [
        userId,
        email,
        `Person ${role}`,
        'en',
      ]);
      // The second factor is confirmed: owners and admins are let in with one only.
      await owner.query(`INSERT INTO user_credentials (user_id, password_hash, totp_confirmed_at) VALUES ($1, 'none', now())`, [userId]);
      await owner.query('INSERT INTO memberships (id, tenant_id, user_id, role) VALUES ($1, $2, $3, $4)', [
        memberId,
        tenantId,
        userId,
        role,
      ]);
      const { token } = await sessions.create(
        { userId, tenantId, stage: 'complete', userAgent: 'journey', address: '127.0.0.1' },
        Date.now(),
      );
      people[role] = { userId, memberId, cookie: `session=${token}` };
    }
  });
  redis.disconnect();
  return { tenantId, people: people as Record<MemberRole, SeededPerson> };
}
