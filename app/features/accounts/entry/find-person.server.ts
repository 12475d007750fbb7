// Finding a person before anybody is signed in, and what sign-in needs to know of them.

import { toEmailKey } from '#app/features/accounts/email-address.ts';
import type { Db } from '#app/platform/db.server.ts';
import { actAsUser, type TenantClient } from '#app/platform/tenancy.server.ts';

export type Person = {
  id: string;
  email: string;
  name: string;
  locale: string;
  isVerified: boolean;
  isSuspended: boolean;
  passwordHash: string;
  hasSecondFactor: boolean;
};

export async function findPersonByEmail(db: Db, email: string): Promise<Person | null> {
  const key = toEmailKey(email);
  return db.$withLookup(key, async (tx) => {
    const user = await tx.user.findUnique({ where: { emailKey: key }, select: { id: true } });
    if (user === null) return null;
    await actAsUser(tx, user.id);
    return readPerson(tx, user.id);
  });
}

/** Null: deleted meanwhile. */
export function findPersonById(db: Db, userId: string): Promise<Person | null> {
  return db.$withUser(userId, (tx) => readPerson(tx, userId));
}

async function readPerson(tx: TenantClient, userId: string): Promise<Person | null> {
  const user = await tx.user.findUnique({ where: { id: userId }, include: { credential: true } });
  if (!user?.credential) return null;
  const { id, email, name, locale, credential } = user;
  return {
    id,
    email,
    name,
    locale,
    isVerified: user.emailVerifiedAt !== null,
    isSuspended: user.suspendedAt !== null,
    passwordHash: credential.passwordHash,
    hasSecondFactor: credential.totpConfirmedAt !== null,
  };
}

export type Workspace = { tenantId: string; name: string; role: string; isDemo: boolean };

/** The workspaces a person may enter, the one joined first in front. */
export async function listWorkspaces(db: Db, userId: string): Promise<Workspace[]> {
  const rows = await db.$withUser(userId, (tx) =>
    tx.membership.findMany({
      where: { userId, suspendedAt: null, tenant: { closedAt: null } },
      include: { tenant: { select: { name: true, isDemo: true } } },
      orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
    }),
  );
  return rows.map(({ tenantId, role, tenant }) => ({ tenantId, role, name: tenant.name, isDemo: tenant.isDemo }));
}
