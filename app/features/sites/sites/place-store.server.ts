// Buildings, containers and racks of a site: a tree of three levels at most, each under its site's permission.
import type { SitePlace } from '#app/generated/prisma/client.ts';
import { recordAudit } from '#app/platform/audit/record-audit.server.ts';
import { type ChangeFault, type ChangeOutcome, done, NOT_FOUND, refuse, toChangeFault } from '../refused-change.ts';
import { type Caller, requireOn, type Scoped, type SitesDeps, whereSites, withScope } from '../scope.server.ts';
import type { NewPlace, PlaceChange, PlaceKind } from './site-fields.ts';

/** Of one site: sixty thousand machines in racks of twelve. */
export const MAX_PLACES = 5_000;

export type PlaceView = Pick<SitePlace, 'id' | 'parentId' | 'name' | 'rows' | 'columns'> & {
  kind: PlaceKind;
  /** Machines that stand in it and are not retired. */
  machines: number;
};

const COUNTED = { _count: { select: { machines: { where: { status: { not: 'retired' } } } } } } as const;

function toView({ id, parentId, kind, name, rows, columns, _count }: SitePlace & { _count: { machines: number } }): PlaceView {
  return { id, parentId, kind: kind as PlaceKind, name, rows, columns, machines: _count.machines };
}

/** Null: no such site for this caller. */
export function listPlaces(deps: SitesDeps, caller: Caller, siteId: string): Promise<PlaceView[] | null> {
  return withScope(deps, caller, 'sites.read', async (scoped) => {
    const site = await scoped.tx.site.findFirst({ where: { AND: [whereSites(scoped), { id: siteId }] }, select: { id: true } });
    if (site === null) return null;
    const places = await scoped.tx.sitePlace.findMany({ where: { siteId }, include: COUNTED, orderBy: { name: 'asc' }, take: MAX_PLACES });
    return places.map(toView);
  });
}

/** The site's row is locked: two that add places at once count and compare one after the other. */
async function lockSite({ tx, siteIds, clientIds }: Scoped, siteId: string): Promise<boolean> {
  if (siteIds === null ? clientIds !== null : !siteIds.includes(siteId)) return false;
  return (await tx.$queryRaw<unknown[]>`SELECT 1 FROM sites WHERE id = ${siteId}::uuid FOR UPDATE`).length > 0;
}

async function findNamesake({ tx }: Scoped, siteId: string, parentId: string | null, name: string, id?: string): Promise<ChangeFault[]> {
  const namesake = await tx.sitePlace.findFirst({
    where: { siteId, parentId, name: { equals: name, mode: 'insensitive' }, ...(id === undefined ? {} : { id: { not: id } }) },
  });
  return namesake === null ? [] : [toChangeFault('name', name, 'taken')];
}

export function createPlace(deps: SitesDeps, caller: Caller, siteId: string, place: NewPlace): Promise<ChangeOutcome<PlaceView>> {
  return withScope(deps, caller, 'sites.write', async (scoped) => {
    const { tx, tenantId } = scoped;
    if (!(await lockSite(scoped, siteId))) return NOT_FOUND;
    requireOn(scoped, 'sites.write', { siteId });
    const { kind, name, parentId = null } = place;
    const faults = await findNamesake(scoped, siteId, parentId, name);
    if (parentId !== null && !(await mayHold(scoped, siteId, parentId, kind)))
      faults.push(toChangeFault('parentId', parentId, 'unknown_reference'));
    if (kind === 'rack') {
      for (const field of ['rows', 'columns'] as const)
        if (place[field] === undefined) faults.push(toChangeFault(field, null, 'needs_other', { other: 'kind' }));
    }
    if ((await tx.sitePlace.count({ where: { siteId } })) >= MAX_PLACES)
      faults.push(toChangeFault('name', name, 'too_many', { max: MAX_PLACES }));
    if (faults.length > 0) return refuse(...faults);
    const sides = kind === 'rack' ? { rows: place.rows, columns: place.columns } : {};
    const made = await tx.sitePlace.create({ data: { tenantId, siteId, parentId, kind, name, ...sides }, include: COUNTED });
    await recordAudit(tx, tenantId, { ...about(caller, siteId, made.id), action: 'place.create', after: { name, kind } });
    return done(toView(made));
  });
}

const DEPTH: Record<string, number> = { building: 0, container: 1, rack: 2 };

/** A container stands in a building, a rack in either: what holds must be of a higher kind. */
async function mayHold({ tx }: Scoped, siteId: string, parentId: string, kind: PlaceKind): Promise<boolean> {
  const parent = await tx.sitePlace.findFirst({ where: { id: parentId, siteId }, select: { kind: true } });
  return parent !== null && (DEPTH[parent.kind] ?? 0) < (DEPTH[kind] ?? 0);
}

export function changePlace(
  deps: SitesDeps,
  caller: Caller,
  { siteId, id }: { siteId: string; id: string },
  change: PlaceChange,
): Promise<ChangeOutcome<PlaceView>> {
  return withScope(deps, caller, 'sites.write', async (scoped) => {
    const { tx, tenantId } = scoped;
    if (!(await lockSite(scoped, siteId))) return NOT_FOUND;
    requireOn(scoped, 'sites.write', { siteId });
    const before = await tx.sitePlace.findFirst({ where: { id, siteId } });
    if (before === null) return NOT_FOUND;
    const { name = before.name, rows = before.rows, columns = before.columns } = change;
    const faults = await findNamesake(scoped, siteId, before.parentId, name, id);
    if (before.kind !== 'rack') {
      for (const field of ['rows', 'columns'] as const)
        if (change[field] !== undefined) faults.push(toChangeFault(field, change[field], 'unknown_reference'));
    }
    // A rack does not shrink below a machine that stands in it.
    const outside = await tx.machine.findFirst({
      where: { rackId: id, status: { not: 'retired' }, OR: [{ rackRow: { gt: rows ?? 0 } }, { rackColumn: { gt: columns ?? 0 } }] },
      select: { rackRow: true, rackColumn: true },
    });
    if (outside !== null) {
      const { rackRow, rackColumn } = outside;
      faults.push(toChangeFault('rows', rows, 'not_empty', { row: rackRow ?? 0, column: rackColumn ?? 0 }));
    }
    if (faults.length > 0) return refuse(...faults);
    const place = await tx.sitePlace.update({ where: { id }, data: { name, rows, columns }, include: COUNTED });
    await recordAudit(tx, tenantId, {
      ...about(caller, siteId, id),
      action: 'place.change',
      before: { name: before.name, kind: before.kind },
      after: { name, kind: before.kind },
    });
    return done(toView(place));
  });
}

/** An empty place only: machines, retired ones too, keep where they stood. */
export function deletePlace(deps: SitesDeps, caller: Caller, { siteId, id }: { siteId: string; id: string }): Promise<ChangeOutcome<null>> {
  return withScope(deps, caller, 'sites.write', async (scoped) => {
    const { tx, tenantId } = scoped;
    if (!(await lockSite(scoped, siteId))) return NOT_FOUND;
    requireOn(scoped, 'sites.write', { siteId });
    const place = await tx.sitePlace.findFirst({
      where: { id, siteId },
      include: { _count: { select: { machines: true, children: true } } },
    });
    if (place === null) return NOT_FOUND;
    const { name, kind, _count } = place;
    if (_count.machines + _count.children > 0) return refuse(toChangeFault('id', id, 'not_empty', { machines: _count.machines }));
    await tx.sitePlace.delete({ where: { id } });
    await recordAudit(tx, tenantId, { ...about(caller, siteId, id), action: 'place.delete', before: { name, kind } });
    return done(null);
  });
}

function about(caller: Caller, siteId: string, id: string) {
  return { ...caller, siteId, target: { kind: 'place' as const, id } };
}
