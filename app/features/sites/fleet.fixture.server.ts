// A workspace with people of several roles for the tests of this room: in a database of their own, past sign-up, which is proved elsewhere.
import { randomUUID } from 'node:crypto';
import type { Client } from 'pg';
import { createDb, type Db } from '#app/platform/db.server.ts';
import { type Actor, GUEST } from '#app/platform/permissions/actor.ts';
import type { Grant } from '#app/platform/permissions/can.ts';
import type { MemberRole } from '#app/platform/permissions/member-role.ts';
import { withClient } from '../../../prisma/prepare-database.ts';
import { createScratchDatabase } from '../../../prisma/scratch-database.ts';
import type { Caller, SitesDeps } from './scope.server.ts';

export type Fleet = {
  db: Db;
  deps: SitesDeps;
  asOwner: <T>(work: (client: Client) => Promise<T>) => Promise<T>;
  aWorkspace: () => Promise<string>;
  aPerson: (tenantId: string, role: MemberRole, grants?: readonly Grant[]) => Promise<Caller>;
  stop: () => Promise<void>;
};

export async function startFleet(): Promise<Fleet> {
  const scratch = await createScratchDatabase(process.env.TEST_DATABASE_OWNER_URL);
  const db = createDb(scratch.appUrl, { maxConnections: 4 });
  const asOwner: Fleet['asOwner'] = (work) => withClient(scratch.ownerUrl, work);
  return {
    db,
    deps: { db },
    asOwner,
    aWorkspace: async () => {
      const tenantId = randomUUID();
      await asOwner((owner) => owner.query('INSERT INTO tenants (id, name) VALUES ($1, $2)', [tenantId, `Workspace ${tenantId}`]));
      return tenantId;
    },
    aPerson: async (tenantId, role, grants = []) => {
      const userId = randomUUID();
      await asOwner(async (owner) => {
        const email = `${userId}@mine.example`;
        await owner.query(`INSERT INTO users (id, email, email_key, name, locale) VALUES ($1, $2, $2, $3, 'en')`, [
          userId,
          email,
          `A ${role}`,
        ]);
        await owner.query('INSERT INTO memberships (tenant_id, user_id, role) VALUES ($1, $2, $3)', [tenantId, userId, role]);
        for (const { kind, id } of grants) {
          const column = kind === 'site' ? 'site_id' : 'client_id';
          await owner.query(`INSERT INTO role_grants (tenant_id, user_id, ${column}) VALUES ($1, $2, $3)`, [tenantId, userId, id]);
        }
      });
      const actor: Actor = { ...GUEST, userId, tenantId, role, sessionId: randomUUID() };
      return { actor, origin: { address: '192.0.2.7', requestId: null } };
    },
    stop: async () => {
      await db.$disconnect();
      await scratch.drop();
    },
  };
}
