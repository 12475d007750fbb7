// The one place where acts of the account room become a record. Called in the transaction of the act, as its last step.
import { getLog } from '#app/platform/log.server.ts';
import type { TenantClient } from '#app/platform/tenancy.server.ts';
import type { AccountEvent } from './audit-events.ts';
import { maskEmail } from './email-address.ts';

/** `tx` null: nothing was written (a refused sign-in). The log line names nobody's address in full. */
export async function recordAccountEvent(_tx: TenantClient | null, event: AccountEvent, from: { address: string }): Promise<void> {
  const { action, ...fields } = event;
  const email = 'email' in fields && fields.email !== null ? { email: maskEmail(fields.email) } : {};
  getLog().info('account.event', { act: action, ...fields, ...email, from: from.address });
}
