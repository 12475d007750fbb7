// An alert as its reader may see it, and what a list of them can be asked for. Pure.

import { z } from 'zod';
import { toNumberSchema } from '#app/platform/number-schema.ts';
import { isStorable } from '#app/platform/storable-text.ts';
import { range } from '#engine/units/fields.ts';
import type { Evidence } from '../rules/checks.ts';
import { RULE_IDS, type RuleId, SEVERITIES, type Severity } from '../rules/rule-table.ts';
import type { AlertScope } from '../watch/common-cause.ts';
import type { Resolution } from '../watch/site-alert.ts';

export const MAX_PAGE_ALERTS = 200;
export const DEFAULT_PAGE_ALERTS = 50;
export const MAX_COMMENT_LENGTH = 2_000;
/** A month at most: longer is switching the rule off. 0 ends it. */
export const ACT_RANGES = { snoozeMinutes: range('min', 0, 43_200, { integer: true }) };

export const ALERT_STATUSES = ['open', 'resolved', 'all'] as const;
export type AlertStatus = (typeof ALERT_STATUSES)[number];

/** Without a filter: what is open. */
export const AlertFilterSchema = z.strictObject({
  status: z.enum(ALERT_STATUSES).default('open'),
  severity: z.array(z.enum(SEVERITIES)).max(SEVERITIES.length).optional(),
  rule: z.array(z.enum(RULE_IDS)).max(RULE_IDS.length).optional(),
  siteId: z.uuid().optional(),
  machineId: z.uuid().optional(),
});
export type AlertFilter = z.infer<typeof AlertFilterSchema>;

/** Place behind which a page begins: as the page before gave it. */
export type AlertCursor = { openedAt: string; id: string };

type Named = { id: string; name: string };

export type AlertView = {
  id: string;
  /** Times of an alert are told in the zone of its site. */
  site: Named & { timeZone: string };
  rule: RuleId;
  severity: Severity;
  scope: AlertScope;
  /** Serial or number of the machine, name of the place or site, network. Null: not the reader's to see, or gone. */
  subject: string | null;
  /** Of one machine: its id. */
  machineId: string | null;
  /** Machines in it now, of those that the reader sees. */
  machines: number;
  /** Machines that were in it at some time. */
  machinesEver: number;
  evidence: Evidence;
  occurrences: number;
  openedAt: string;
  resolvedAt: string | null;
  resolution: Resolution | null;
  acknowledgedAt: string | null;
  snoozedUntil: string | null;
  /** Absent for whoever sees nothing of the host. */
  assignee?: Named | null;
};

export type AlertMemberView = {
  id: string;
  number: number;
  serial: string | null;
  sinceAt: string;
  leftAt: string | null;
  evidence: Evidence;
};
export type AlertEventView = { id: string; at: string; kind: string; user: Named | null; detail: Record<string, unknown> };
export type AlertDetail = { alert: AlertView; members: AlertMemberView[]; events: AlertEventView[]; mayWrite: boolean };

/** What a person does about an alert, all of it at once or one at a time. */
export const AlertActSchema = z.strictObject({
  acknowledged: z.boolean().optional(),
  /** From now; 0 wakes it. */
  snoozeMinutes: toNumberSchema(ACT_RANGES.snoozeMinutes).optional(),
  assigneeId: z.uuid().nullable().optional(),
  comment: z.string().trim().min(1).max(MAX_COMMENT_LENGTH).refine(isStorable).optional(),
});
export type AlertAct = z.infer<typeof AlertActSchema>;

export const writeCursor = ({ openedAt, id }: AlertCursor): string => `${Date.parse(openedAt)}.${id}`;

/** Null: no page ends like this. */
export function readCursor(text: string): AlertCursor | null {
  const match = /^(\d{1,14})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(text);
  if (match?.[1] === undefined || match[2] === undefined) return null;
  return { openedAt: new Date(Number(match[1])).toISOString(), id: match[2] };
}
