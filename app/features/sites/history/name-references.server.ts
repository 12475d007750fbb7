// Changes name sites, clients and racks by their ids; people know them by name.
import type { Scoped } from '../scope.server.ts';

/** Names of what the ids name. Null: the field holds no id, what it names is gone, or the caller may not be told of it. */
export type ReferenceNames = { fromName: string | null; toName: string | null };
type Change = { field: string | null; from: unknown; to: unknown };

const REFERENCES = ['siteId', 'clientId', 'rackId'] as const;
type Reference = (typeof REFERENCES)[number];

const toReference = (field: string | null): Reference | null => REFERENCES.find((one) => one === field) ?? null;

export async function nameReferences<T extends Change>(scoped: Scoped, changes: readonly T[]): Promise<(T & ReferenceNames)[]> {
  const names = await readNames(scoped, changes);
  return changes.map((change) => {
    const reference = toReference(change.field);
    const nameOf = (value: unknown) => (reference === null || typeof value !== 'string' ? null : (names[reference].get(value) ?? null));
    return { ...change, fromName: nameOf(change.from), toName: nameOf(change.to) };
  });
}

async function readNames({ tx, siteIds, seesHost }: Scoped, changes: readonly Change[]): Promise<Record<Reference, Map<string, string>>> {
  const idsOf = (reference: Reference) => [
    ...new Set(
      changes.flatMap(({ field, from, to }) => (field === reference ? [from, to].filter((value) => typeof value === 'string') : [])),
    ),
  ];
  const toMap = (rows: readonly { id: string; name: string }[]) => new Map(rows.map(({ id, name }) => [id, name]));
  const select = { id: true, name: true };
  // Whoever is limited to sites is told of no other, and a client of no other client.
  const [sites, clients, racks] = [idsOf('siteId'), seesHost ? idsOf('clientId') : [], idsOf('rackId')];
  const within = siteIds === null ? {} : { in: [...siteIds] };
  return {
    siteId: toMap(sites.length === 0 ? [] : await tx.site.findMany({ where: { AND: [{ id: { in: sites } }, { id: within }] }, select })),
    clientId: toMap(clients.length === 0 ? [] : await tx.client.findMany({ where: { id: { in: clients } }, select })),
    rackId: toMap(racks.length === 0 ? [] : await tx.sitePlace.findMany({ where: { id: { in: racks }, siteId: within }, select })),
  };
}
