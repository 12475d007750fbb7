// Sites: listed, read, added, changed and closed. A closed site keeps its rows: what was measured there refers to it.
import type { Prisma, Site } from '#app/generated/prisma/client.ts';
import { recordAudit } from '#app/platform/audit/record-audit.server.ts';
import { type ChangeFault, type ChangeOutcome, done, NOT_FOUND, refuse, toChangeFault } from '../refused-change.ts';
import { type Caller, requireOn, requireWhole, type Scoped, type SitesDeps, whereSites, withScope } from '../scope.server.ts';
import { isTimeZone, type NewSite, type SiteChange, type SiteStatus } from './site-fields.ts';

/** Sites of one workspace; a list is answered whole. */
export const MAX_SITES = 500;

/** Null: not known. What is not the reader's to see is not there. */
export type SiteView = Pick<
  Site,
  | 'id'
  | 'number'
  | 'name'
  | 'location'
  | 'latitude'
  | 'longitude'
  | 'timeZone'
  | 'capacityKw'
  | 'pue'
  | 'pollCadenceS'
  | 'isDemo'
  | 'createdAt'
  | 'updatedAt'
> & { status: SiteStatus; machines: number } & Partial<Pick<Site, 'tariffUsdPerKwh' | 'contact'>>;

const WITH_COUNT = { _count: { select: { machines: { where: { status: { not: 'retired' } } } } } } as const satisfies Prisma.SiteInclude;

function toView(site: Site & { _count: { machines: number } }, seesHost: boolean): SiteView {
  const { tenantId: _tenantId, _count, status, tariffUsdPerKwh, contact, ...rest } = site;
  return {
    ...rest,
    // The database checks that it is one of these words.
    status: status as SiteStatus,
    ...(seesHost ? { tariffUsdPerKwh, contact } : {}),
    machines: _count.machines,
  };
}

export function listSites(deps: SitesDeps, caller: Caller): Promise<SiteView[]> {
  return withScope(deps, caller, 'sites.read', async (scoped) => {
    const sites = await scoped.tx.site.findMany({
      where: whereSites(scoped),
      include: WITH_COUNT,
      orderBy: { name: 'asc' },
      take: MAX_SITES,
    });
    return sites.map((site) => toView(site, scoped.seesHost));
  });
}

/** Null: there is none that the caller may see. */
export function findSite(deps: SitesDeps, caller: Caller, id: string): Promise<SiteView | null> {
  return withScope(deps, caller, 'sites.read', (scoped) => readSite(scoped, id));
}

async function readSite(scoped: Scoped, id: string): Promise<SiteView | null> {
  const site = await scoped.tx.site.findFirst({ where: { AND: [whereSites(scoped), { id }] }, include: WITH_COUNT });
  return site === null ? null : toView(site, scoped.seesHost);
}

type Position = { latitude: number | null; longitude: number | null };

async function findFaults(
  { tx }: Scoped,
  id: string | null,
  change: SiteChange,
  { latitude, longitude }: Position,
): Promise<ChangeFault[]> {
  const faults: ChangeFault[] = [];
  if (change.timeZone !== undefined && !isTimeZone(change.timeZone))
    faults.push(toChangeFault('timeZone', change.timeZone, 'not_a_time_zone'));
  if ((latitude === null) !== (longitude === null)) {
    const [field, other] = latitude === null ? ['latitude', 'longitude'] : ['longitude', 'latitude'];
    faults.push(toChangeFault(field, null, 'needs_other', { other }));
  }
  if (change.name !== undefined) {
    const namesake = await tx.site.findFirst({ where: { name: change.name, ...(id === null ? {} : { id: { not: id } }) } });
    if (namesake !== null) faults.push(toChangeFault('name', change.name, 'taken'));
  }
  return faults;
}

/** Sites are made by whoever manages the whole workspace. */
export function createSite(deps: SitesDeps, caller: Caller, site: NewSite): Promise<ChangeOutcome<SiteView>> {
  return withScope(deps, caller, 'sites.write', async (scoped) => {
    requireWhole(scoped, 'sites.write');
    const { tx, tenantId } = scoped;
    const faults = await findFaults(scoped, null, site, { latitude: site.latitude ?? null, longitude: site.longitude ?? null });
    if ((await tx.site.count()) >= MAX_SITES) faults.push(toChangeFault('name', site.name, 'too_many', { max: MAX_SITES }));
    if (faults.length > 0) return refuse(...faults);
    const { id } = await tx.site.create({ data: { tenantId, ...toData(site), name: site.name, timeZone: site.timeZone } });
    await recordAudit(tx, tenantId, {
      ...caller,
      action: 'site.create',
      target: { kind: 'site', id },
      siteId: id,
      after: toSnapshot({ ...site }),
    });
    const view = await readSite(scoped, id);
    return view === null ? NOT_FOUND : done(view);
  });
}

export function changeSite(deps: SitesDeps, caller: Caller, id: string, change: SiteChange): Promise<ChangeOutcome<SiteView>> {
  return withScope(deps, caller, 'sites.write', async (scoped) => {
    const { tx, tenantId } = scoped;
    const before = await tx.site.findFirst({ where: { AND: [whereSites(scoped), { id }] } });
    if (before === null) return NOT_FOUND;
    requireOn(scoped, 'sites.write', { siteId: id });
    const { latitude = before.latitude, longitude = before.longitude } = change;
    const faults = await findFaults(scoped, id, change, { latitude, longitude });
    if (faults.length > 0) return refuse(...faults);
    await tx.site.update({ where: { id }, data: { ...toData(change), updatedAt: new Date() } });
    await recordAudit(tx, tenantId, {
      ...caller,
      action: 'site.change',
      target: { kind: 'site', id },
      siteId: id,
      before: toSnapshot(pickChanged(change, before)),
      after: toSnapshot(change),
    });
    const view = await readSite(scoped, id);
    return view === null ? NOT_FOUND : done(view);
  });
}

/** What was said, and nothing of what was not. An empty text says that there is none. */
function toData({ name, location, contact, ...rest }: SiteChange) {
  const said = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)) as Omit<
    SiteChange,
    'name' | 'location' | 'contact'
  >;
  return {
    ...said,
    ...(name === undefined ? {} : { name }),
    ...(location === undefined ? {} : { location: toText(location) }),
    ...(contact === undefined ? {} : { contact: toText(contact) }),
  };
}

const toText = (text: string | null) => (text === null || text.trim() === '' ? null : text.trim());

function pickChanged(change: SiteChange, before: Site): SiteChange {
  return Object.fromEntries(Object.keys(change).map((name) => [name, before[name as keyof Site]])) as SiteChange;
}

/** The table of audit actions says which of them are written down. */
function toSnapshot({ name, status, timeZone, capacityKw, tariffUsdPerKwh, pue, pollCadenceS }: SiteChange) {
  return { name, status, timeZone, capacityKw, tariffUsdPerKwh, pue, pollCadenceS };
}
