// What is to be polled, asked workspace by workspace behind the wall of each.

import { ANNOUNCEMENTS, type Announcement } from '#app/features/telemetry/store/sample-state.ts';
import type { Db } from '#app/platform/db.server.ts';
import { addressKey, type PollTarget } from '#collectors/poller/host.ts';

/** Port of the API that every make but one uses; machines that were entered without a port have it. */
const USUAL_PORT = 4028;
/** Sixty thousand machines are read in less. */
const READ_TIMEOUT_MS = 30_000;

export type PollSite = {
  tenantId: string;
  siteId: string;
  siteNumber: number;
  cadenceS: number;
  isDemo: boolean;
  /** `key`: number of the machine. No two have one address. */
  targets: readonly PollTarget[];
  /** By the number of the machine. */
  announcements: ReadonlyMap<number, Announcement>;
  /** Machines that have the address of another one, which is asked in their place. */
  twins: number;
};

type Row = {
  siteId: string;
  siteNumber: number;
  cadenceS: number;
  isDemo: boolean;
  number: number;
  host: string;
  port: number | null;
  status: string;
};

export async function listPollTenants(db: Db): Promise<string[]> {
  return (await db.pollingTenant.findMany({ orderBy: { id: 'asc' } })).map(({ id }) => id);
}

/** Active sites of the workspace with their approved machines that have an address and are not retired; a site without one is left out. */
export async function listPollSites(db: Db, tenantId: string): Promise<PollSite[]> {
  const rows = await db.$withTenant(
    tenantId,
    (tx) => tx.$queryRaw<Row[]>`
      SELECT s.id AS "siteId", s.number AS "siteNumber", s.poll_cadence_s AS "cadenceS", s.is_demo AS "isDemo", m.number, m.host, m.port, m.status
      FROM sites s JOIN machines m ON m.site_id = s.id
      WHERE s.status = 'active' AND m.approval = 'approved' AND m.status <> 'retired' AND m.host IS NOT NULL
      ORDER BY s.number, m.number`,
    { timeoutMs: READ_TIMEOUT_MS },
  );
  const bySite = new Map<string, Row[]>();
  for (const row of rows) {
    const known = bySite.get(row.siteId);
    if (known) known.push(row);
    else bySite.set(row.siteId, [row]);
  }
  return [...bySite.values()].map((machines) => toPollSite(tenantId, machines));
}

function toPollSite(tenantId: string, machines: readonly Row[]): PollSite {
  const { siteId, siteNumber, cadenceS, isDemo } = machines[0]!;
  const targets = new Map<string, PollTarget>();
  const announcements = new Map<number, Announcement>();
  for (const { number, host, port, status } of machines) {
    const address = { host, port: port ?? USUAL_PORT };
    const key = addressKey(address);
    // Of several with one address the first that was entered is asked: nobody can tell which of them answers.
    if (targets.has(key)) continue;
    targets.set(key, { key: String(number), address });
    announcements.set(number, ANNOUNCEMENTS.find((announcement) => announcement === status) ?? 'running');
  }
  return {
    tenantId,
    siteId,
    siteNumber,
    cadenceS,
    isDemo,
    targets: [...targets.values()],
    announcements,
    twins: machines.length - targets.size,
  };
}
