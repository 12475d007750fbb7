// Whether what machines refer to is there, is the caller's to use, and fits: sites, clients, racks and positions in them.
import { type ChangeFault, toChangeFault } from '../refused-change.ts';
import { requireOn, type Scoped, whereSites } from '../scope.server.ts';
import type { MachineValues } from './machine-fields.ts';

export type References = {
  siteIds: ReadonlySet<string>;
  clientIds: ReadonlySet<string>;
  /** Racks with their site and size. */
  racks: ReadonlyMap<string, { siteId: string; rows: number; columns: number }>;
};

/** Of these machines, all at once. */
export async function readReferences(scoped: Scoped, machines: readonly MachineValues[]): Promise<References> {
  const { tx, clientIds } = scoped;
  const idsOf = (field: 'siteId' | 'clientId' | 'rackId') => [...new Set(machines.map((one) => one[field]).filter((id) => id !== null))];
  // A client-limited manager works on machines of those clients, whichever site they stand on.
  const bySite = clientIds === null ? whereSites(scoped) : {};
  const sites = await tx.site.findMany({ where: { AND: [bySite, { id: { in: idsOf('siteId') } }] }, select: { id: true } });
  const clients = await tx.client.findMany({ where: { id: { in: idsOf('clientId') } }, select: { id: true } });
  const racks = await tx.sitePlace.findMany({
    where: { kind: 'rack', id: { in: idsOf('rackId') } },
    select: { id: true, siteId: true, rows: true, columns: true },
  });
  return {
    siteIds: new Set(sites.map(({ id }) => id)),
    clientIds: new Set(clients.map(({ id }) => id)),
    racks: new Map(racks.map(({ id, siteId, rows, columns }) => [id, { siteId, rows: rows ?? 0, columns: columns ?? 0 }])),
  };
}

export function findReferenceFaults(machine: MachineValues, references: References): ChangeFault[] {
  const { siteId, clientId, rackId, rackRow, rackColumn } = machine;
  const faults: ChangeFault[] = [];
  if (!references.siteIds.has(siteId)) faults.push(toChangeFault('siteId', siteId, 'unknown_reference'));
  if (clientId !== null && !references.clientIds.has(clientId)) faults.push(toChangeFault('clientId', clientId, 'unknown_reference'));
  if (rackId === null) return faults;
  const rack = references.racks.get(rackId);
  if (rack === undefined || rack.siteId !== siteId) return [...faults, toChangeFault('rackId', rackId, 'unknown_reference')];
  const { rows, columns } = rack;
  if (rackRow !== null && rackRow > rows) faults.push(toChangeFault('rackRow', rackRow, 'outside_rack', { rows, columns }));
  if (rackColumn !== null && rackColumn > columns) faults.push(toChangeFault('rackColumn', rackColumn, 'outside_rack', { rows, columns }));
  return faults;
}

/** The permission on where the machine stands and whose it is. Throws PermissionError. */
export function requireOnMachine(
  scoped: Scoped,
  permission: 'machines.write' | 'machines.approve',
  { siteId, clientId }: MachineValues,
): void {
  requireOn(scoped, permission, clientId === null ? { siteId } : { siteId, clientId });
}
