// Sites and clients as somebody may be limited to them: found by name, and named again by number. For the members page.
import { type Grant, toGrantKey } from '#app/platform/permissions/can.ts';
import type { TenantClient } from '#app/platform/tenancy.server.ts';

/** Names offered while one types; a workspace with more writes the name out. */
const MOST_NAMES_OFFERED = 1_000;
/** Of each kind, the grants of all members together. */
const MOST_NAMED = 5_000;

/** By the exact name, which no two of a kind share in a workspace. Null: there is none. */
export async function findGrantable(tx: TenantClient, kind: Grant['kind'], name: string): Promise<Grant | null> {
  const query = { where: { name }, select: { id: true } };
  const row = kind === 'site' ? await tx.site.findFirst(query) : await tx.client.findFirst(query);
  return row === null ? null : { kind, id: row.id };
}

export type GrantableNames = Record<Grant['kind'], string[]>;

export async function listGrantableNames(tx: TenantClient): Promise<GrantableNames> {
  const query = { select: { name: true }, orderBy: { name: 'asc' }, take: MOST_NAMES_OFFERED } as const;
  const site = await tx.site.findMany({ ...query, where: { status: { not: 'closed' } } });
  const client = await tx.client.findMany(query);
  return { site: site.map(({ name }) => name), client: client.map(({ name }) => name) };
}

/** Names by `toGrantKey`. */
export async function nameGrants(tx: TenantClient, grants: readonly Grant[]): Promise<Map<string, string>> {
  const idsOf = (wanted: Grant['kind']) => grants.flatMap(({ kind, id }) => (kind === wanted ? [id] : []));
  const select = { id: true, name: true };
  const sites = await tx.site.findMany({ where: { id: { in: idsOf('site') } }, select, take: MOST_NAMED });
  const clients = await tx.client.findMany({ where: { id: { in: idsOf('client') } }, select, take: MOST_NAMED });
  return new Map([
    ...sites.map(({ id, name }): [string, string] => [toGrantKey({ kind: 'site', id }), name]),
    ...clients.map(({ id, name }): [string, string] => [toGrantKey({ kind: 'client', id }), name]),
  ]);
}
