// A site as far as a reader sees it.
import type { Db } from '#app/platform/db.server.ts';
import { findSite, isReached, type MachineReach } from './reach.server.ts';

export type SeenSite = {
  number: number;
  /** Machines that the reader sees; null: the site as a whole. */
  machineNumbers: ReadonlySet<number> | null;
};

/** Null: there is no such site, or nothing of it is the reader's to see. */
export async function findReachedSite(db: Db, tenantId: string, reach: MachineReach, siteId: string): Promise<SeenSite | null> {
  return db.$withTenant(tenantId, async (tx) => {
    const site = await findSite(tx, siteId);
    if (site === null) return null;
    const isWhole = reach.kind === 'workspace' || (reach.clientIds.length === 0 && reach.siteIds.includes(siteId));
    if (isWhole) return { number: site.number, machineNumbers: null };
    const rows = await tx.$queryRaw<
      { number: number }[]
    >`SELECT m.number FROM machines m WHERE m.site_id = ${siteId}::uuid AND ${isReached(reach)}`;
    return rows.length === 0 ? null : { number: site.number, machineNumbers: new Set(rows.map(({ number }) => number)) };
  });
}
