// Writes what a watch found, in one transaction, if nobody else wrote alerts of the site since it was loaded.
import { Prisma } from '#app/generated/prisma/client.ts';
import type { TenantClient } from '#app/platform/tenancy.server.ts';
import type { Memory } from '../rules/memory.ts';
import { SEVERITIES } from '../rules/rule-table.ts';
import type { AlertChange, SiteAlert } from '../watch/site-alert.ts';
import { type LoadedWatch, toRows } from './load-watch.server.ts';

/** Thrown when another process has written alerts of the site: what is held in memory is out of date. */
export class WatchOutdated extends Error {
  override readonly name = 'WatchOutdated';
}

/** In milliseconds, as the columns keep it. */
const toIso = (atS: number) => new Date(Math.round(atS * 1000)).toISOString();

/** The revision of the site's alerts; nobody else writes them before this transaction ends. */
export async function lockRevision(tx: TenantClient, tenantId: string, siteId: string): Promise<number> {
  const select = () => tx.$queryRaw<{ revision: number }[]>`SELECT revision FROM alert_watches WHERE site_id = ${siteId}::uuid FOR UPDATE`;
  const [known] = await select();
  if (known !== undefined) return known.revision;
  await tx.$executeRaw`INSERT INTO alert_watches (tenant_id, site_id) VALUES (${tenantId}::uuid, ${siteId}::uuid) ON CONFLICT DO NOTHING`;
  return (await select())[0]?.revision ?? 0;
}

/** Ends of these alerts that nobody was told of yet are no news any more: gives the alerts. */
async function takeBackEnds(tx: TenantClient, alerts: readonly string[]): Promise<Set<string>> {
  if (alerts.length === 0) return new Set();
  const rows = await tx.$queryRaw<{ alert: string }[]>`
    UPDATE alert_events SET is_news = false WHERE alert_id = ANY(${alerts}::uuid[]) AND kind = 'resolved' AND is_news RETURNING alert_id AS alert`;
  return new Set(rows.map(({ alert }) => alert));
}

async function advanceRevision(tx: TenantClient, tenantId: string, loaded: LoadedWatch): Promise<void> {
  const rows = await tx.$queryRaw<{ revision: number }[]>`
    INSERT INTO alert_watches AS w (tenant_id, site_id, revision) VALUES (${tenantId}::uuid, ${loaded.site.id}::uuid, ${loaded.revision + 1}::int4)
    ON CONFLICT (tenant_id, site_id) DO UPDATE SET revision = excluded.revision WHERE w.revision = ${loaded.revision}::int4
    RETURNING revision`;
  if (rows.length === 0) throw new WatchOutdated(`alerts of site ${loaded.site.number} were written by another process`);
}

type MemberRow = { alert: string; machine: string; since: string; joined: string; openings: readonly number[]; evidence: unknown };
type LeftRow = { alert: string; machine: string; at: string; because: string };
type EventRow = { alert: string; at: string; kind: string; detail: unknown; news: boolean };

/**
 * Alerts as they stand after the changes, members in the order of the changes, and the history. Gives whether there is something to tell. Throws WatchOutdated.
 */
export async function writeChanges(
  tx: TenantClient,
  tenantId: string,
  loaded: LoadedWatch,
  changes: readonly AlertChange[],
): Promise<boolean> {
  if (changes.length === 0) return false;
  await advanceRevision(tx, tenantId, loaded);
  const idOf = (machine: number) => loaded.ids.get(machine) ?? '';
  const evidence = new Map<string, unknown>();
  const because = new Map<string, string>();
  const alerts = new Map<string, SiteAlert>();
  const joined = new Map<string, MemberRow>();
  const left = new Map<string, LeftRow>();
  const events: EventRow[] = [];
  /** What was acknowledged or snoozed was another size of it, or was told to be over. */
  const renewed = new Set<string>();
  for (const change of changes) {
    const { alert, atS, kind } = change;
    alerts.set(alert.id, alert);
    const at = toIso(atS);
    if (kind === 'joined') {
      const machine = idOf(change.machine);
      const key = `${alert.id} ${machine}`;
      left.delete(key);
      const openings = change.openings.map(Math.floor);
      joined.set(key, { alert: alert.id, machine, since: toIso(change.sinceS), joined: at, openings, evidence: change.evidence });
      continue;
    }
    if (kind === 'left') {
      left.set(`${alert.id} ${idOf(change.machine)}`, { alert: alert.id, machine: idOf(change.machine), at, because: change.because });
      continue;
    }
    if (kind === 'grown') renewed.add(alert.id);
    if (kind === 'opened') evidence.set(alert.id, change.evidence);
    if (kind === 'resolved') because.set(alert.id, change.because);
    if (kind === 'reopened') because.delete(alert.id);
    const detail = toDetail(change);
    if (kind === 'reopened') for (const event of events) if (event.alert === alert.id && event.kind === 'resolved') event.news = false;
    // A return within the cool-down was told when it began, and its end was not; a fold into a group is told with the group.
    const news = kind === 'opened' || kind === 'grown' || kind === 'raised' || (kind === 'resolved' && change.because !== 'grouped');
    events.push({ alert: alert.id, at, kind, detail, news });
  }
  const returned = events.flatMap((event) => (event.kind === 'reopened' ? [event] : []));
  const takenBack = await takeBackEnds(
    tx,
    returned.map(({ alert }) => alert),
  );
  for (const event of returned) {
    if (takenBack.has(event.alert) || events.some(({ alert, kind }) => alert === event.alert && kind === 'resolved')) continue;
    event.news = true;
    renewed.add(event.alert);
  }
  // Resolved ones first: their place may be taken by another in the same go.
  const rows = [...alerts.values()]
    .sort((one, other) => Number(one.resolvedAtS === null) - Number(other.resolvedAtS === null))
    .map((alert) => toAlertRow(alert, evidence.get(alert.id) ?? {}, because.get(alert.id) ?? null, renewed.has(alert.id)));
  await writeAlerts(tx, tenantId, loaded.site.id, rows);
  await writeMembers(tx, tenantId, [...joined.values()], [...left.values()]);
  await tx.$executeRaw`
    INSERT INTO alert_events (tenant_id, alert_id, at, kind, detail, is_news)
    SELECT ${tenantId}::uuid, x.alert, x.at, x.kind, x.detail, x.news
    FROM ROWS FROM (jsonb_to_recordset(${toRows(events)}) AS (alert uuid, at timestamptz, kind text, detail jsonb, news boolean)) WITH ORDINALITY AS x (alert, at, kind, detail, news, place)
    ORDER BY x.place`;
  return events.some(({ news }) => news);
}

function toDetail(change: AlertChange): Record<string, unknown> {
  if (change.kind === 'raised') return { from: change.from, to: change.alert.severity };
  if (change.kind === 'grown') return { machines: change.machines };
  if (change.kind === 'resolved') {
    return change.tellAtS > change.atS ? { because: change.because, tellAt: toIso(change.tellAtS) } : { because: change.because };
  }
  return change.kind === 'opened' ? { machines: change.alert.members.size } : {};
}

type Row = ReturnType<typeof toAlertRow>;

function toAlertRow(alert: SiteAlert, evidence: unknown, because: string | null, isRenewed: boolean) {
  return {
    id: alert.id,
    rule: alert.rule,
    severity: SEVERITIES.indexOf(alert.severity),
    scope: alert.scope,
    key: alert.scopeKey,
    evidence,
    occurrences: alert.occurrences,
    opened: toIso(alert.openedAtS),
    resolved: alert.resolvedAtS === null ? null : toIso(alert.resolvedAtS),
    because,
    renewed: isRenewed,
  };
}

async function writeAlerts(tx: TenantClient, tenantId: string, siteId: string, rows: readonly Row[]): Promise<void> {
  const given = Prisma.sql`jsonb_to_recordset(${toRows(rows)}) AS x(id uuid, rule text, severity smallint, scope text, key text, evidence jsonb, occurrences integer,
    opened timestamptz, resolved timestamptz, because text, renewed boolean)`;
  // Known ones before new ones, for the same reason as the order of the rows. What is told anew begins anew: nobody has seen it yet.
  await tx.$executeRaw`
    UPDATE alerts a SET severity = x.severity, occurrences = x.occurrences, resolved_at = x.resolved, resolution = x.because,
      acknowledged_at = CASE WHEN x.renewed THEN NULL ELSE a.acknowledged_at END,
      acknowledged_by = CASE WHEN x.renewed THEN NULL ELSE a.acknowledged_by END,
      snoozed_until = CASE WHEN x.resolved IS NULL AND NOT x.renewed THEN a.snoozed_until END
    FROM ${given} WHERE a.id = x.id`;
  await tx.$executeRaw`
    INSERT INTO alerts (tenant_id, site_id, id, rule, severity, scope, scope_key, evidence, occurrences, opened_at, resolved_at, resolution)
    SELECT ${tenantId}::uuid, ${siteId}::uuid, x.id, x.rule, x.severity, x.scope, x.key, x.evidence, x.occurrences, x.opened, x.resolved, x.because
    FROM ${given} WHERE NOT EXISTS (SELECT FROM alerts a WHERE a.id = x.id)`;
}

async function writeMembers(tx: TenantClient, tenantId: string, joined: readonly MemberRow[], left: readonly LeftRow[]): Promise<void> {
  if (joined.length > 0) {
    await tx.$executeRaw`
      INSERT INTO alert_members (tenant_id, alert_id, machine_id, since_at, joined_at, openings_s, evidence)
      SELECT ${tenantId}::uuid, x.alert, x.machine, x.since, x.joined, x.openings, x.evidence
      FROM jsonb_to_recordset(${toRows(joined)}) AS x(alert uuid, machine uuid, since timestamptz, joined timestamptz, openings integer[], evidence jsonb)
      WHERE EXISTS (SELECT FROM machines m WHERE m.id = x.machine)
      ON CONFLICT (alert_id, machine_id) DO UPDATE SET since_at = excluded.since_at, joined_at = excluded.joined_at, left_at = NULL, left_because = NULL,
        openings_s = excluded.openings_s, evidence = excluded.evidence`;
  }
  if (left.length > 0) {
    await tx.$executeRaw`
      UPDATE alert_members m SET left_at = x.at, left_because = x.because
      FROM jsonb_to_recordset(${toRows(left)}) AS x(alert uuid, machine uuid, at timestamptz, because text)
      WHERE m.alert_id = x.alert AND m.machine_id = x.machine`;
  }
}

export async function saveMemories(
  tx: TenantClient,
  tenantId: string,
  ids: ReadonlyMap<number, string>,
  memories: Iterable<[number, Memory]>,
): Promise<void> {
  const rows = [...memories].flatMap(([number, memory]) => {
    const machine = ids.get(number);
    return machine === undefined || memory.windowAtS === null ? [] : [{ machine, memory }];
  });
  if (rows.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO alert_baselines (tenant_id, machine_id, memory)
    SELECT ${tenantId}::uuid, m.id, x.memory FROM jsonb_to_recordset(${toRows(rows)}) AS x(machine uuid, memory jsonb) JOIN machines m ON m.id = x.machine
    ORDER BY m.id
    ON CONFLICT (tenant_id, machine_id) DO UPDATE SET memory = excluded.memory, saved_at = now()`;
}
