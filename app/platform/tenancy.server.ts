// All work on protected rows goes through this Prisma extension: a transaction whose first statement names the tenant, the person, or what was
// handed in by somebody unknown. Row-level security does the rest; outside such a transaction every protected table looks empty (docs/decisions/0003
// for tenants, 0070 for people).

import { Prisma } from '#app/generated/prisma/client.ts';
import { isUuid } from './identifiers.ts';

/** The client inside a tenant's transaction; it is dead once the work has returned. */
export type TenantClient = Prisma.TransactionClient;

export type TenantTransactionOptions = {
  /** Longest time for the whole work, then it is rolled back. */
  timeoutMs?: number;
};

const DEFAULT_TIMEOUT_MS = 5_000;
const MAX_WAIT_FOR_CONNECTION_MS = 5_000;

/** The work may go on as this person: the row that a look-up found, or one that is about to be written. */
export function actAsUser(tx: TenantClient, userId: string): Promise<unknown> {
  return set(tx, 'app.user_id', assertUuid(userId, 'userId'));
}

/** The work goes on inside this workspace, as an invited person enters the one that the invitation names. */
export function actInTenant(tx: TenantClient, tenantId: string): Promise<unknown> {
  return set(tx, 'app.tenant_id', assertUuid(tenantId, 'tenantId'));
}

function assertUuid(text: string, name: string): string {
  if (!isUuid(text)) throw new TypeError(`${name} is not a UUID`);
  return text;
}

/** Local to the transaction, so a pooled connection carries nothing over to its next user. */
function set(tx: TenantClient, setting: 'app.tenant_id' | 'app.user_id' | 'app.lookup_key', value: string): Promise<unknown> {
  return tx.$executeRaw`SELECT set_config(${setting}, ${value}, true)`;
}

/**
 * `db.$withTenant(tenantId, (tx) => ...)` runs the work as that tenant, `$withUser` as that person, and `$withLookup` as somebody unknown who handed in
 * `key` (an address key, a wallet, the hash of a token). Commits, or rolls back when the work throws.
 */
export const tenancy = Prisma.defineExtension((client) => {
  function transact<T>(
    begin: (tx: TenantClient) => Promise<unknown>,
    work: (tx: TenantClient) => Promise<T>,
    options: TenantTransactionOptions,
  ) {
    return client.$transaction(
      async (tx) => {
        await begin(tx as TenantClient);
        return work(tx as TenantClient);
      },
      { timeout: options.timeoutMs ?? DEFAULT_TIMEOUT_MS, maxWait: MAX_WAIT_FOR_CONNECTION_MS },
    );
  }
  return client.$extends({
    name: 'tenancy',
    client: {
      $withTenant<T>(tenantId: string, work: (tx: TenantClient) => Promise<T>, options: TenantTransactionOptions = {}): Promise<T> {
        assertUuid(tenantId, 'tenantId');
        return transact((tx) => actInTenant(tx, tenantId), work, options);
      },
      $withUser<T>(userId: string, work: (tx: TenantClient) => Promise<T>, options: TenantTransactionOptions = {}): Promise<T> {
        assertUuid(userId, 'userId');
        return transact((tx) => actAsUser(tx, userId), work, options);
      },
      $withLookup<T>(key: string, work: (tx: TenantClient) => Promise<T>, options: TenantTransactionOptions = {}): Promise<T> {
        return transact((tx) => set(tx, 'app.lookup_key', key), work, options);
      },
    },
  });
});
