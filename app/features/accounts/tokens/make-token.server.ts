// A personal API token for the command `npm run token`: every scope, a week, in the workspace that the person joined first.

import type { AccountDeps } from '#app/features/accounts/account-deps.server.ts';
import { findPersonByEmail, listWorkspaces } from '#app/features/accounts/entry/find-person.server.ts';
import { createDb } from '#app/platform/db.server.ts';
import { GUEST } from '#app/platform/permissions/actor.ts';
import { type CreateTokenOutcome, createToken } from './personal-tokens.server.ts';
import { TOKEN_SCOPES } from './token-scopes.ts';

const LIFE_DAYS = 7;
const NAME = 'npm run token';

export type MakeTokenOutcome = CreateTokenOutcome | { kind: 'no-account' } | { kind: 'no-workspace' };

export async function makeToken(databaseUrl: string, email: string): Promise<MakeTokenOutcome> {
  const db = createDb(databaseUrl, { maxConnections: 2 });
  try {
    const person = await findPersonByEmail(db, email.trim());
    if (person === null) return { kind: 'no-account' };
    const [first] = await listWorkspaces(db, person.id);
    if (first === undefined) return { kind: 'no-workspace' };
    const deps: Pick<AccountDeps, 'db' | 'now'> = { db, now: () => new Date() };
    const origin = { address: 'npm run token', requestId: null, actor: { ...GUEST, userId: person.id, tenantId: first.tenantId } };
    return await createToken(
      deps,
      origin,
      { userId: person.id, tenantId: first.tenantId },
      { name: NAME, scopes: TOKEN_SCOPES, lifeDays: LIFE_DAYS },
    );
  } finally {
    await db.$disconnect();
  }
}
