// What one message tells. Channels are set up by people who see the whole workspace.
import { Prisma } from '#app/generated/prisma/client.ts';
import type { TenantClient } from '#app/platform/tenancy.server.ts';
import type { Evidence } from '../rules/checks.ts';
import { isRuleId, type RuleId, SEVERITIES, type Severity } from '../rules/rule-table.ts';
import type { AlertScope } from '../watch/common-cause.ts';

export type News = {
  alertId: string;
  kind: 'opened' | 'reopened' | 'grown' | 'raised' | 'resolved' | 'woken';
  at: string;
  rule: RuleId;
  severity: Severity;
  site: string;
  /** Of the site. */
  timeZone: string;
  scope: AlertScope;
  subject: string;
  machines: number;
  evidence: Evidence;
};

type Row = Omit<News, 'rule' | 'severity' | 'at'> & { rule: string; severity: number; at: Date };

/** An end waits for as long as the alert may go on: condition on event `e`. */
export const IS_DUE = Prisma.sql`e.is_news AND (NOT e.detail ? 'tellAt' OR (e.detail->>'tellAt')::timestamptz <= now())`;

/** The gravest first. */
export async function readNews(tx: TenantClient, messageId: string): Promise<News[]> {
  const rows = await tx.$queryRaw<Row[]>`
    SELECT a.id AS "alertId", e.kind, e.at, a.rule, a.severity::int4, s.name AS site, s.time_zone AS "timeZone", a.scope, a.evidence,
      coalesce(CASE a.scope WHEN 'machine' THEN coalesce(m.serial, '#' || m.number) WHEN 'site' THEN s.name ELSE p.name END, a.scope_key) AS subject,
      (SELECT count(*)::int4 FROM alert_members am WHERE am.alert_id = a.id AND (am.left_at IS NULL OR a.resolved_at IS NOT NULL)) AS machines
    FROM alert_deliveries d JOIN alert_events e ON e.id = d.event_id JOIN alerts a ON a.id = e.alert_id JOIN sites s ON s.id = a.site_id
    LEFT JOIN site_places p ON p.id::text = a.scope_key AND p.site_id = a.site_id
    LEFT JOIN machines m ON a.scope = 'machine' AND m.tenant_id = a.tenant_id AND m.number::text = a.scope_key
    WHERE d.message_id = ${messageId}::uuid ORDER BY a.severity, e.id`;
  return rows.flatMap(({ rule, severity, at, ...row }) =>
    isRuleId(rule) ? [{ ...row, rule, severity: SEVERITIES[severity] ?? 'P3', at: at.toISOString() }] : [],
  );
}
