// What a site's meter counted, from somebody who may change the site. Sending the same again changes nothing.
import { type Caller, requireOn, type SitesDeps, whereSites, withScope } from '#app/features/sites/scope.server.ts';
import { recordAudit } from '#app/platform/audit/record-audit.server.ts';
import type { MeterReadings } from './meter-readings.ts';
import { writeMeterQuarters } from './store-meter.server.ts';

/** How many quarters were written. Null: no such site for the caller. Throws PermissionError. */
export function takeMeterReadings(deps: SitesDeps, caller: Caller, siteId: string, { quarters }: MeterReadings): Promise<number | null> {
  return withScope(deps, caller, 'sites.write', async (scoped) => {
    const { tx, tenantId } = scoped;
    const site = await tx.site.findFirst({ where: { AND: [whereSites(scoped), { id: siteId }] }, select: { number: true } });
    if (site === null) return null;
    requireOn(scoped, 'sites.write', { siteId });
    const written = await writeMeterQuarters(tx, tenantId, site.number, quarters);
    const times = quarters.map(({ atS }) => atS);
    const toText = (atS: number) => new Date(atS * 1000).toISOString();
    await recordAudit(tx, tenantId, {
      ...caller,
      action: 'site.meter',
      target: { kind: 'site', id: siteId },
      siteId,
      after: { quarters: written, firstAt: toText(Math.min(...times)), lastAt: toText(Math.max(...times)) },
    });
    return written;
  });
}
