/** The evidence of an alert as its reader may see it. Pure. */
import { toPublicPool } from '#app/features/telemetry/store/pool-address.ts';
import type { Evidence } from '../rules/checks.ts';
import type { RuleId } from '../rules/rule-table.ts';

/**
 * Of a wrong pool a client reads the name of the server, as on the page of the machine: a number or a name of the site's network is a proxy of the host. Where it
 * should mine is the host's list and names the pools of other clients. Rows without evidence hold an empty object.
 */
export function toShownEvidence(rule: RuleId, { seen = null, limit = null }: Partial<Evidence>, seesHost: boolean): Evidence {
  if (seesHost || rule !== 'wrong-pool') return { seen, limit };
  return { seen: typeof seen === 'string' ? toPublicPool(seen) : null, limit: null };
}
