// For `npm run staff`: makes an account one of the platform's people, or ends that. Needs the owner of the database; the application cannot.
import { findPersonByEmail } from '#app/features/accounts/entry/find-person.server.ts';
import { PLATFORM_CHAIN, recordAuditAlone } from '#app/platform/audit/record-audit.server.ts';
import { createDb, type Db } from '#app/platform/db.server.ts';
import { GUEST } from '#app/platform/permissions/actor.ts';

export type StaffAct = 'appoint' | 'dismiss';

export type StaffOutcome =
  | { kind: 'appointed'; hasSecondFactor: boolean }
  | { kind: 'dismissed' }
  /** Nothing was to be done. */
  | { kind: 'already' | 'was-none' }
  | { kind: 'no-account' }
  /** An address that nobody confirmed could be anybody's. */
  | { kind: 'unverified' };

/** Idempotent; what changed is an event of the platform's own chain. Stays that are running end with the place among the staff. */
export async function setStaff(ownerUrl: string, email: string, act: StaffAct): Promise<StaffOutcome> {
  const db = createDb(ownerUrl, { maxConnections: 1 });
  try {
    const person = await findPersonByEmail(db, email.trim());
    if (person === null) return { kind: 'no-account' };
    if (act === 'appoint' && !person.isVerified) return { kind: 'unverified' };
    const count = act === 'appoint' ? await appoint(db, person.id) : await dismiss(db, person.id);
    if (count === 0) return { kind: act === 'appoint' ? 'already' : 'was-none' };
    await recordAuditAlone(
      PLATFORM_CHAIN,
      {
        action: act === 'appoint' ? 'staff.appoint' : 'staff.dismiss',
        actor: GUEST,
        origin: { address: 'npm run staff', requestId: null },
        target: { kind: 'account', id: person.id },
        after: { email: person.email },
      },
      db,
    );
    return act === 'appoint' ? { kind: 'appointed', hasSecondFactor: person.hasSecondFactor } : { kind: 'dismissed' };
  } finally {
    await db.$disconnect();
  }
}

async function appoint(db: Db, userId: string): Promise<number> {
  return (await db.platformStaff.createMany({ data: { userId }, skipDuplicates: true })).count;
}

async function dismiss(db: Db, userId: string): Promise<number> {
  return (await db.platformStaff.deleteMany({ where: { userId } })).count;
}
