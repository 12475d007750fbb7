/** Who looks at the fleet: how far, and which acts the pages offer. The use cases of the acts check again. */
import { type Caller, getSitesDeps, type SitesDeps, toSitesCaller, withScope } from '#app/features/sites/scope.server.ts';
import type { MachineReach } from '#app/features/telemetry/read/reach.server.ts';
import type { RequestContext } from '#app/platform/http/load-context.ts';
import { can } from '#app/platform/permissions/can.ts';

export type FleetReader = {
  deps: SitesDeps;
  caller: Caller;
  tenantId: string;
  reach: MachineReach;
  /** Addresses, workers, prices and the sizes of racks may be shown. */
  seesHost: boolean;
  may: { createSites: boolean; writeSites: boolean; writeMachines: boolean; approveMachines: boolean; readAlerts: boolean };
};

/** Throws PermissionError. */
export async function readFleetReader(context: RequestContext): Promise<FleetReader> {
  const deps = getSitesDeps();
  const caller = await toSitesCaller(context);
  return withScope(deps, caller, 'telemetry.read', async ({ tenantId, siteIds, clientIds, grants, reach, seesHost }) => {
    const holds = (permission: 'sites.write' | 'machines.write' | 'machines.approve' | 'alerts.read') =>
      can(caller.actor, permission, {}, grants);
    return {
      deps,
      caller,
      tenantId,
      reach:
        siteIds === null && clientIds === null
          ? { kind: 'workspace' }
          : { kind: 'own', siteIds: siteIds ?? [], clientIds: clientIds ?? [] },
      seesHost,
      may: {
        createSites: reach === 'workspace' && holds('sites.write'),
        writeSites: clientIds === null && holds('sites.write'),
        writeMachines: holds('machines.write'),
        approveMachines: holds('machines.approve'),
        readAlerts: holds('alerts.read'),
      },
    };
  });
}
