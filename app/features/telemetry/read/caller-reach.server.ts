// Whose telemetry a caller may read, from the role and the grants.
import { type Caller, type SitesDeps, withScope } from '#app/features/sites/scope.server.ts';
import type { MachineReach } from './reach.server.ts';

export type CallerReach = {
  tenantId: string;
  reach: MachineReach;
  /** Whether addresses, and what names them, may be shown. */
  seesHost: boolean;
};

/** Throws PermissionError. */
export function findCallerReach(deps: SitesDeps, caller: Caller): Promise<CallerReach> {
  return withScope(deps, caller, 'telemetry.read', async ({ tenantId, siteIds, clientIds, seesHost }) => ({
    tenantId,
    seesHost,
    reach:
      siteIds === null && clientIds === null ? { kind: 'workspace' } : { kind: 'own', siteIds: siteIds ?? [], clientIds: clientIds ?? [] },
  }));
}
