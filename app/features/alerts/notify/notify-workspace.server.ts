// Gives what is new to the channels of a workspace: notes for each channel what concerns it, cuts messages from that within the budget, and puts them on their way.
import { randomUUID } from 'node:crypto';
import { Prisma } from '#app/generated/prisma/client.ts';
import { type Db, getDb } from '#app/platform/db.server.ts';
import { getEnv } from '#app/platform/env.server.ts';
import { LANGUAGES, type Language } from '#app/platform/i18n/languages.ts';
import type { Letter } from '#app/platform/mail/message.ts';
import { enqueueLetter } from '#app/platform/mail/send-message.server.ts';
import type { TenantClient } from '#app/platform/tenancy.server.ts';
import { writeAlertLetter } from './alert-letter.server.ts';
import { orderWebhook } from './order-notices.server.ts';
import { planMessages } from './plan-messages.ts';
import { IS_DUE, readNews } from './read-news.server.ts';

/** Events of one go; the next sweep takes the rest. */
const MAX_EVENTS = 1_000;
const TIMEOUT_MS = 30_000;

export type NotifyDeps = {
  db: Db;
  /** PUBLIC_ORIGIN. */
  origin: string | undefined;
  sendLetter: (letter: Letter) => Promise<void>;
  orderWebhook: (tenantId: string, messageId: string) => Promise<void>;
};

export function notifyWorkspace(tenantId: string): Promise<void> {
  return notifyWorkspaceWith({ db: getDb(), origin: getEnv().PUBLIC_ORIGIN, sendLetter: enqueueLetter, orderWebhook }, tenantId);
}

type Message = { messageId: string; kind: string; target: string; language: string };

export async function notifyWorkspaceWith(deps: NotifyDeps, tenantId: string): Promise<void> {
  const webhooks = await deps.db.$withTenant(
    tenantId,
    async (tx) => {
      await lockChannels(tx);
      await noteNews(tx, tenantId);
      return cutMessages(tx);
    },
    { timeoutMs: TIMEOUT_MS },
  );
  for (const messageId of webhooks) await deps.orderWebhook(tenantId, messageId);
  await sendLetters(deps, tenantId);
}

/** Two that notify the same workspace do it one after the other, or the budget would be spent twice. */
const lockChannels = (tx: TenantClient) => tx.$queryRaw`SELECT id FROM alert_channels ORDER BY id FOR UPDATE`;

/** A snoozed alert is not told; its end is. */
async function noteNews(tx: TenantClient, tenantId: string): Promise<void> {
  await tx.$executeRaw`
    WITH news AS (
      SELECT e.id, e.kind, a.site_id, a.severity, a.snoozed_until FROM alert_events e JOIN alerts a ON a.id = e.alert_id WHERE ${IS_DUE} ORDER BY e.id LIMIT ${MAX_EVENTS}
    ), told AS (UPDATE alert_events e SET is_news = false FROM news WHERE e.id = news.id)
    INSERT INTO alert_deliveries (tenant_id, channel_id, event_id)
    SELECT ${tenantId}::uuid, c.id, news.id FROM news JOIN alert_channels c ON c.is_enabled AND news.severity <= c.least_severity AND (c.site_id IS NULL OR c.site_id = news.site_id)
    WHERE news.snoozed_until IS NULL OR news.snoozed_until < now()
    ON CONFLICT (channel_id, event_id) DO NOTHING`;
}

type WaitingRow = {
  channelId: string;
  kind: string;
  perHour: number;
  sent: number;
  delivery: string;
  severity: number;
  at: Date;
  isEnd: boolean;
};

/** Gives the ids of new webhook messages. */
async function cutMessages(tx: TenantClient): Promise<string[]> {
  const rows = await tx.$queryRaw<WaitingRow[]>`
    SELECT c.id AS "channelId", c.kind, c.messages_per_hour AS "perHour", d.id AS delivery, a.severity::int4, e.at, e.kind = 'resolved' AS "isEnd",
      (SELECT count(DISTINCT s.message_id)::int4 FROM alert_deliveries s WHERE s.channel_id = c.id AND s.sent_at > now() - interval '1 hour') AS sent
    FROM alert_deliveries d JOIN alert_channels c ON c.id = d.channel_id JOIN alert_events e ON e.id = d.event_id JOIN alerts a ON a.id = e.alert_id
    WHERE d.message_id IS NULL AND d.finished_at IS NULL AND c.is_enabled ORDER BY d.channel_id, e.id`;
  const byChannel = new Map<string, WaitingRow[]>();
  for (const row of rows) {
    const waiting = byChannel.get(row.channelId);
    if (waiting === undefined) byChannel.set(row.channelId, [row]);
    else waiting.push(row);
  }
  const webhooks: string[] = [];
  for (const waiting of byChannel.values()) {
    const [first] = waiting;
    if (first === undefined) continue;
    const planned = planMessages(
      waiting.map(({ delivery, severity, at, isEnd }) => ({ delivery, severity, atMs: at.getTime(), isEnd })),
      first.perHour - first.sent,
    );
    for (const deliveries of planned) {
      const messageId = randomUUID();
      await tx.$executeRaw`UPDATE alert_deliveries SET message_id = ${messageId}::uuid, sent_at = now() WHERE id = ANY(${deliveries}::uuid[])`;
      if (first.kind === 'webhook') webhooks.push(messageId);
    }
  }
  return webhooks;
}

/** The gravest first. Also those that a crash left behind between the commit and the queue: a letter twice is better than none. */
async function sendLetters({ db, origin, sendLetter }: NotifyDeps, tenantId: string): Promise<void> {
  const messages = await db.$withTenant(
    tenantId,
    (tx) => tx.$queryRaw<Message[]>`
      SELECT d.message_id AS "messageId", c.kind, c.target, c.language
      FROM alert_deliveries d JOIN alert_channels c ON c.id = d.channel_id JOIN alert_events e ON e.id = d.event_id JOIN alerts a ON a.id = e.alert_id
      WHERE d.message_id IS NOT NULL AND d.finished_at IS NULL AND c.kind = 'email'
      GROUP BY d.message_id, c.id ORDER BY min(a.severity), min(e.id)`,
  );
  for (const { messageId, target, language } of messages) {
    const news = await db.$withTenant(tenantId, (tx) => readNews(tx, messageId));
    if (news.length > 0) await sendLetter(writeAlertLetter(target, toLanguage(language), news, origin));
    await finishMessage(db, tenantId, messageId, 'delivered');
  }
}

/** The database checks that it is one of these. */
const toLanguage = (text: string): Language => LANGUAGES.find((one) => one === text) ?? 'en';

export async function finishMessage(db: Db, tenantId: string, messageId: string, outcome: string): Promise<void> {
  await db.$withTenant(tenantId, (tx) =>
    tx.$executeRaw(Prisma.sql`UPDATE alert_deliveries SET finished_at = now(), outcome = ${outcome} WHERE message_id = ${messageId}::uuid`),
  );
}
