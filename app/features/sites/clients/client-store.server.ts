// The hosted clients of a workspace. A client's people see the machines of the clients that are granted to them, and of this list those.
import type { Client } from '#app/generated/prisma/client.ts';
import { recordAudit } from '#app/platform/audit/record-audit.server.ts';
import { type ChangeOutcome, done, NOT_FOUND, refuse, toChangeFault } from '../refused-change.ts';
import { type Caller, requireOn, requireWhole, type Scoped, type SitesDeps, withScope } from '../scope.server.ts';
import type { ClientChange, NewClient } from './client-fields.ts';

/** Clients of one workspace; a list is answered whole. */
export const MAX_CLIENTS = 2_000;

export type ClientView = Pick<Client, 'id' | 'name' | 'isDemo' | 'createdAt'> & {
  /** The host's note; not there for whoever may not see it. */
  contact?: string | null;
  /** Not retired, and among what the caller sees. */
  machines: number;
};

/** Whoever is limited to sites sees no list of clients: the names of a host's customers are not theirs. */
const whereClients = ({ tenantId, siteIds, clientIds }: Scoped) =>
  clientIds === null ? { tenantId, ...(siteIds === null ? {} : { id: { in: [] } }) } : { tenantId, id: { in: [...clientIds] } };

export function listClients(deps: SitesDeps, caller: Caller): Promise<ClientView[]> {
  return withScope(deps, caller, 'sites.read', async (scoped) => {
    const { tx, siteIds, seesHost } = scoped;
    const machines = { where: { status: { not: 'retired' }, ...(siteIds === null ? {} : { siteId: { in: [...siteIds] } }) } };
    const clients = await tx.client.findMany({
      where: whereClients(scoped),
      include: { _count: { select: { machines } } },
      orderBy: { name: 'asc' },
      take: MAX_CLIENTS,
    });
    return clients.map((client) => toView(client, client._count.machines, seesHost));
  });
}

function toView({ id, name, contact, isDemo, createdAt }: Client, machines: number, seesHost: boolean): ClientView {
  return { id, name, ...(seesHost ? { contact } : {}), isDemo, createdAt, machines };
}

export function createClient(deps: SitesDeps, caller: Caller, { name, contact = null }: NewClient): Promise<ChangeOutcome<ClientView>> {
  return withScope(deps, caller, 'sites.write', async (scoped) => {
    requireWhole(scoped, 'sites.write');
    const { tx, tenantId } = scoped;
    if ((await tx.client.findFirst({ where: { name } })) !== null) return refuse(toChangeFault('name', name, 'taken'));
    if ((await tx.client.count()) >= MAX_CLIENTS) return refuse(toChangeFault('name', name, 'too_many', { max: MAX_CLIENTS }));
    const client = await tx.client.create({ data: { tenantId, name, contact } });
    await recordAudit(tx, tenantId, { ...about(caller, client.id), action: 'client.create', after: { name } });
    return done(toView(client, 0, scoped.seesHost));
  });
}

export function changeClient(deps: SitesDeps, caller: Caller, id: string, change: ClientChange): Promise<ChangeOutcome<ClientView>> {
  return withScope(deps, caller, 'sites.write', async (scoped) => {
    const { tx, tenantId } = scoped;
    const before = await tx.client.findFirst({
      where: { AND: [whereClients(scoped), { id }] },
      include: { _count: { select: { machines: { where: { status: { not: 'retired' } } } } } },
    });
    if (before === null) return NOT_FOUND;
    requireOn(scoped, 'sites.write', { clientId: id });
    const { name = before.name, contact = before.contact } = change;
    if ((await tx.client.findFirst({ where: { name, id: { not: id } } })) !== null) return refuse(toChangeFault('name', name, 'taken'));
    const client = await tx.client.update({ where: { id }, data: { name, contact, updatedAt: new Date() } });
    await recordAudit(tx, tenantId, { ...about(caller, id), action: 'client.change', before: { name: before.name }, after: { name } });
    return done(toView(client, before._count.machines, scoped.seesHost));
  });
}

function about(caller: Caller, id: string) {
  return { ...caller, clientId: id, target: { kind: 'client' as const, id } };
}
