/** The requests and answers of alerts as zod schemas, for the OpenAPI document (decision 0096). */
import { z } from 'zod';
import { AlertActSchema } from '#app/features/alerts/read/alert-view.ts';
import { RULE_IDS, SEVERITIES } from '#app/features/alerts/rules/rule-table.ts';
import { CHANNEL_KINDS, ChannelChangeSchema, NewChannelSchema } from '#app/features/alerts/settings/channel-fields.ts';
import { SCOPES } from '#app/features/alerts/watch/common-cause.ts';
import { RESOLUTIONS } from '#app/features/alerts/watch/site-alert.ts';

const id = z.uuid();
const count = z.int().min(0);
const time = z.string().nullable();
const text = z.string().nullable();
const named = z.strictObject({ id, name: z.string() });
const figure = z.union([z.number(), z.string()]).nullable();
const evidence = z.strictObject({ seen: figure.optional(), limit: figure.optional() });
const numbers = z.record(z.string(), z.number());
const scope = z.enum(['machine', ...SCOPES]);

/** The body of a change, before it is held to the ranges of its rule. */
const RuleChangeSchema = z.strictObject({
  isEnabled: z.boolean().optional(),
  severity: z.enum(SEVERITIES).optional(),
  numbers: numbers.optional(),
  poolHosts: z.array(z.string()).optional(),
});

const AlertSchema = z.strictObject({
  id,
  site: named.extend({ timeZone: z.string() }),
  rule: z.enum(RULE_IDS),
  severity: z.enum(SEVERITIES),
  scope,
  subject: text,
  machineId: id.nullable(),
  machines: count,
  machinesEver: count,
  evidence,
  occurrences: count,
  openedAt: z.string(),
  resolvedAt: time,
  resolution: z.enum(RESOLUTIONS).nullable(),
  acknowledgedAt: time,
  snoozedUntil: time,
  assignee: named.nullable().optional(),
});

const RuleSchema = z.strictObject({
  rule: z.enum(RULE_IDS),
  isEnabled: z.boolean(),
  severity: z.enum(SEVERITIES),
  numbers,
  poolHosts: z.array(z.string()),
  isInHistory: z.boolean(),
  ofWorkspace: RuleChangeSchema.nullable(),
  ofSite: RuleChangeSchema.nullable(),
});

const channel = {
  id,
  kind: z.enum(CHANNEL_KINDS),
  name: z.string(),
  target: z.string(),
  siteId: id.nullable(),
  language: z.string(),
  leastSeverity: z.enum(SEVERITIES),
  messagesPerHour: count,
  isEnabled: z.boolean(),
  createdAt: z.string(),
  lastOutcome: text,
};

export const AlertRulePutSchema = z.strictObject({
  rule: z.enum(RULE_IDS),
  siteId: id.nullable().optional(),
  change: z.record(z.string(), z.unknown()),
});

export const ALERT_REQUESTS = {
  AlertAct: AlertActSchema,
  AlertRulePut: z.strictObject({ rule: z.enum(RULE_IDS), siteId: id.nullable().optional(), change: RuleChangeSchema }),
  AlertRuleTest: z.strictObject({
    rule: z.enum(RULE_IDS),
    siteId: id,
    hours: z.int().min(1).max(48).optional(),
    change: RuleChangeSchema.optional(),
  }),
  NewAlertChannel: NewChannelSchema,
  AlertChannelChange: ChannelChangeSchema,
};

export const ALERT_ANSWERS = {
  Alert: AlertSchema,
  Alerts: z.strictObject({ alerts: z.array(AlertSchema), next: text, open: z.record(z.string(), count) }),
  AlertDetail: z.strictObject({
    alert: AlertSchema,
    members: z.array(z.strictObject({ id, number: count, serial: text, sinceAt: z.string(), leftAt: time, evidence })),
    events: z.array(
      z.strictObject({
        id: z.string(),
        at: z.string(),
        kind: z.string(),
        user: named.nullable(),
        detail: z.record(z.string(), z.unknown()),
      }),
    ),
    mayWrite: z.boolean(),
  }),
  AlertRule: RuleSchema,
  AlertRules: z.strictObject({ rules: z.array(RuleSchema) }),
  AlertRuleTestAnswer: z.strictObject({
    rule: z.enum(RULE_IDS),
    fromAt: z.string(),
    toAt: z.string(),
    machines: count,
    machinesTested: count,
    samples: count,
    alerts: count,
    named: z.array(
      z.strictObject({ scope, severity: z.enum(SEVERITIES), machines: z.array(count), openedAt: z.string(), resolvedAt: time }),
    ),
  }),
  AlertChannel: z.strictObject(channel),
  NewAlertChannelAnswer: z.strictObject({ ...channel, secret: text }),
  AlertChannels: z.strictObject({ channels: z.array(z.strictObject(channel)) }),
};
