// Alerts for reading: pages of what fits a filter, and one with its machines and history. A reader who is limited sees alerts of his own machines, and of these alerts
// his own machines only.

import { whereVisible } from '#app/features/sites/machines/machine-rows.server.ts';
import { type Caller, type Scoped, type SitesDeps, withScope } from '#app/features/sites/scope.server.ts';
import { Prisma } from '#app/generated/prisma/client.ts';
import { can } from '#app/platform/permissions/can.ts';
import type { Evidence } from '../rules/checks.ts';
import { isRuleId, type RuleId, SEVERITIES } from '../rules/rule-table.ts';
import type { AlertScope } from '../watch/common-cause.ts';
import type { Resolution } from '../watch/site-alert.ts';
import type { AlertCursor, AlertDetail, AlertEventView, AlertFilter, AlertMemberView, AlertView } from './alert-view.ts';
import { writeCursor } from './alert-view.ts';
import { toShownEvidence } from './shown-evidence.ts';

const MAX_MEMBERS = 500;
const MAX_EVENTS = 500;

export type AlertList = {
  alerts: AlertView[];
  /** `cursor` of the page behind this one; null: it was the last. */
  next: string | null;
  /** Open alerts of everything that the reader sees, by severity. */
  open: Record<string, number>;
};

type Row = {
  id: string;
  siteId: string;
  siteName: string;
  timeZone: string;
  rule: string;
  severity: number;
  scope: AlertScope;
  scopeKey: string;
  placeName: string | null;
  machineId: string | null;
  machineName: string | null;
  machines: number;
  machinesEver: number;
  evidence: Evidence;
  occurrences: number;
  openedAt: Date;
  resolvedAt: Date | null;
  resolution: Resolution | null;
  acknowledgedAt: Date | null;
  snoozedUntil: Date | null;
  assigneeId: string | null;
  assigneeName: string | null;
};

/** Members of alert `a` that the reader sees. */
const ownMembers = (scoped: Scoped) =>
  Prisma.sql`FROM alert_members am JOIN machines m ON m.id = am.machine_id WHERE am.alert_id = a.id AND ${whereVisible(scoped)}`;

/** Alerts that the reader sees, as a condition on `a`. */
export function whereAlertVisible(scoped: Scoped): Prisma.Sql {
  const { tenantId, siteIds, clientIds } = scoped;
  if (siteIds === null && clientIds === null) return Prisma.sql`a.tenant_id = ${tenantId}::uuid`;
  return Prisma.sql`a.tenant_id = ${tenantId}::uuid AND EXISTS (SELECT ${ownMembers(scoped)})`;
}

export function selectAlerts(scoped: Scoped, where: Prisma.Sql, tail: Prisma.Sql): Promise<Row[]> {
  return scoped.tx.$queryRaw<Row[]>`
    SELECT a.id, a.site_id AS "siteId", s.name AS "siteName", s.time_zone AS "timeZone", a.rule, a.severity::int4, a.scope, a.scope_key AS "scopeKey", p.name AS "placeName",
      one.id AS "machineId", coalesce(one.serial, '#' || one.number) AS "machineName", c.now AS machines, c.ever AS "machinesEver",
      coalesce(first.evidence, a.evidence) AS evidence, a.occurrences, a.opened_at AS "openedAt", a.resolved_at AS "resolvedAt", a.resolution,
      a.acknowledged_at AS "acknowledgedAt", a.snoozed_until AS "snoozedUntil", a.assignee_id AS "assigneeId", u.name AS "assigneeName"
    FROM alerts a JOIN sites s ON s.id = a.site_id
    LEFT JOIN site_places p ON a.scope IN ('building', 'container', 'rack') AND p.id::text = a.scope_key AND p.site_id = a.site_id
    LEFT JOIN machines one ON a.scope = 'machine' AND one.tenant_id = a.tenant_id AND one.number::text = a.scope_key
    LEFT JOIN users u ON u.id = a.assignee_id
    CROSS JOIN LATERAL (SELECT count(*) FILTER (WHERE am.left_at IS NULL)::int4 AS now, count(*)::int4 AS ever ${ownMembers(scoped)}) c
    LEFT JOIN LATERAL (SELECT am.evidence ${ownMembers(scoped)} ORDER BY am.joined_at, am.machine_id LIMIT 1) first ON true
    WHERE ${where} ${tail}`;
}

export function toView(row: Row, seesHost: boolean): AlertView[] {
  const { siteId, siteName, timeZone, rule, severity, scopeKey, placeName, machineName, assigneeId, assigneeName, ...rest } = row;
  if (!isRuleId(rule)) return [];
  const subject = {
    machine: machineName,
    site: siteName,
    subnet: seesHost ? scopeKey : null,
    building: placeName,
    container: placeName,
    rack: placeName,
  };
  return [
    {
      ...rest,
      rule: rule satisfies RuleId,
      evidence: toShownEvidence(rule, row.evidence, seesHost),
      site: { id: siteId, name: siteName, timeZone },
      severity: SEVERITIES[severity] ?? 'P3',
      subject: subject[row.scope],
      openedAt: row.openedAt.toISOString(),
      resolvedAt: row.resolvedAt?.toISOString() ?? null,
      acknowledgedAt: row.acknowledgedAt?.toISOString() ?? null,
      snoozedUntil: row.snoozedUntil?.toISOString() ?? null,
      ...(seesHost ? { assignee: assigneeId === null ? null : { id: assigneeId, name: assigneeName ?? '' } } : {}),
    },
  ];
}

function whereFits({ status, severity, rule, siteId, machineId }: AlertFilter): Prisma.Sql[] {
  const conditions: Prisma.Sql[] = [];
  if (status === 'open') conditions.push(Prisma.sql`a.resolved_at IS NULL`);
  if (status === 'resolved') conditions.push(Prisma.sql`a.resolved_at IS NOT NULL`);
  if (severity !== undefined && severity.length > 0) {
    conditions.push(Prisma.sql`a.severity = ANY(${severity.map((one) => SEVERITIES.indexOf(one))}::int2[])`);
  }
  if (rule !== undefined && rule.length > 0) conditions.push(Prisma.sql`a.rule = ANY(${rule}::text[])`);
  if (siteId !== undefined) conditions.push(Prisma.sql`a.site_id = ${siteId}::uuid`);
  if (machineId !== undefined) {
    conditions.push(Prisma.sql`EXISTS (SELECT FROM alert_members x WHERE x.alert_id = a.id AND x.machine_id = ${machineId}::uuid)`);
  }
  return conditions;
}

/** The newest first. */
export function listAlerts(
  deps: SitesDeps,
  caller: Caller,
  filter: AlertFilter,
  page: { after: AlertCursor | null; limit: number },
): Promise<AlertList> {
  return withScope(deps, caller, 'alerts.read', async (scoped) => {
    const visible = whereAlertVisible(scoped);
    const conditions = [visible, ...whereFits(filter)];
    if (page.after !== null) {
      conditions.push(Prisma.sql`(a.opened_at, a.id) < (${page.after.openedAt}::timestamptz, ${page.after.id}::uuid)`);
    }
    const tail = Prisma.sql`ORDER BY a.opened_at DESC, a.id DESC LIMIT ${page.limit + 1}`;
    const rows = await selectAlerts(scoped, Prisma.join(conditions, ' AND '), tail);
    const counts = await scoped.tx.$queryRaw<{ severity: number; alerts: number }[]>`
      SELECT a.severity::int4, count(*)::int4 AS alerts FROM alerts a WHERE ${visible} AND a.resolved_at IS NULL GROUP BY 1`;
    const alerts = rows.slice(0, page.limit).flatMap((row) => toView(row, scoped.seesHost));
    const last = alerts.at(-1);
    return {
      alerts,
      next: rows.length > page.limit && last !== undefined ? writeCursor(last) : null,
      open: Object.fromEntries(SEVERITIES.map((name, place) => [name, counts.find(({ severity }) => severity === place)?.alerts ?? 0])),
    };
  });
}

/** Null: there is none that the reader may see. */
export async function readAlert(scoped: Scoped, id: string): Promise<AlertView | null> {
  const rows = await selectAlerts(scoped, Prisma.sql`${whereAlertVisible(scoped)} AND a.id = ${id}::uuid`, Prisma.empty);
  return rows.flatMap((row) => toView(row, scoped.seesHost))[0] ?? null;
}

export function findAlert(deps: SitesDeps, caller: Caller, id: string): Promise<AlertDetail | null> {
  return withScope(deps, caller, 'alerts.read', async (scoped) => {
    const alert = await readAlert(scoped, id);
    if (alert === null) return null;
    const { tx, seesHost, grants } = scoped;
    const members = await tx.$queryRaw<(Omit<AlertMemberView, 'sinceAt' | 'leftAt'> & { sinceAt: Date; leftAt: Date | null })[]>`
      SELECT m.id, m.number, m.serial, am.since_at AS "sinceAt", am.left_at AS "leftAt", am.evidence
      FROM alert_members am JOIN machines m ON m.id = am.machine_id
      WHERE am.alert_id = ${id}::uuid AND ${whereVisible(scoped)} ORDER BY am.left_at NULLS FIRST, m.number LIMIT ${MAX_MEMBERS}`;
    return {
      alert,
      members: members.map((member) => ({
        ...member,
        evidence: toShownEvidence(alert.rule, member.evidence, seesHost),
        sinceAt: member.sinceAt.toISOString(),
        leftAt: member.leftAt?.toISOString() ?? null,
      })),
      events: await readEvents(scoped, id),
      mayWrite: seesHost && can(caller.actor, 'alerts.write', { siteId: alert.site.id }, grants),
    };
  });
}

/** What people wrote and who does what is the host's; a client reads what happened to his machines. */
const HOST_KINDS = ['acknowledged', 'snoozed', 'woken', 'assigned', 'commented'];

async function readEvents({ tx, seesHost }: Scoped, id: string): Promise<AlertEventView[]> {
  const hidden = seesHost ? [] : HOST_KINDS;
  const rows = await tx.$queryRaw<
    { id: bigint; at: Date; kind: string; userId: string | null; userName: string | null; detail: Record<string, unknown> }[]
  >`
    SELECT e.id, e.at, e.kind, e.user_id AS "userId", u.name AS "userName", e.detail FROM alert_events e LEFT JOIN users u ON u.id = e.user_id
    WHERE e.alert_id = ${id}::uuid AND e.kind <> ALL(${hidden}::text[]) ORDER BY e.id DESC LIMIT ${MAX_EVENTS}`;
  return rows.map(({ id: number, at, kind, userId, userName, detail }) => ({
    id: String(number),
    at: at.toISOString(),
    kind,
    user: userId === null ? null : { id: userId, name: userName ?? '' },
    // How many machines of others are in it is not told either.
    detail: seesHost ? detail : {},
  }));
}
