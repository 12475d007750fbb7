// All work for a tenant goes through this Prisma extension: a transaction whose first statement names the tenant.
// Row-level security does the rest; outside such a transaction every tenant table looks empty (docs/decisions/0003).
import { Prisma } from '#app/generated/prisma/client.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** The client inside a tenant's transaction; it is dead once the work has returned. */
export type TenantClient = Prisma.TransactionClient;

export type TenantTransactionOptions = {
  /** Longest time for the whole work, then it is rolled back. */
  timeoutMs?: number;
};

const DEFAULT_TIMEOUT_MS = 5_000;
const MAX_WAIT_FOR_CONNECTION_MS = 5_000;

/**
 * `db.$withTenant(tenantId, (tx) => ...)`: runs the work as that tenant and commits, or rolls back when it throws.
 * The setting is local to the transaction, so a pooled connection carries nothing over to its next user.
 */
export const tenancy = Prisma.defineExtension((client) =>
  client.$extends({
    name: 'tenancy',
    client: {
      $withTenant<T>(tenantId: string, work: (tx: TenantClient) => Promise<T>, options: TenantTransactionOptions = {}): Promise<T> {
        if (!UUID.test(tenantId)) throw new TypeError('tenantId is not a UUID');
        return client.$transaction(
          async (tx) => {
            await tx.$executeRaw`SELECT set_config('app.tenant_id', ${tenantId}, true)`;
            return work(tx as TenantClient);
          },
          { timeout: options.timeoutMs ?? DEFAULT_TIMEOUT_MS, maxWait: MAX_WAIT_FOR_CONNECTION_MS },
        );
      },
    },
  }),
);
