// Calls a webhook with one message: signed, to a judged address only, tried again by the queue while the far end may still come to itself.
import { type Db, getDb } from '#app/platform/db.server.ts';
import { getEnv } from '#app/platform/env.server.ts';
import type { GuardOptions } from '#app/platform/network/guarded-fetch.server.ts';
import { unsealText } from '#app/platform/sealed-text.server.ts';
import { WEBHOOK_ATTEMPTS } from '#jobs/contracts/alert-webhook.ts';
import { finishMessage } from './notify-workspace.server.ts';
import { readNews } from './read-news.server.ts';
import { sayOutcome, sendSigned } from './send-signed.server.ts';

export type WebhookDeps = { db: Db; sealingSecret: string; guard: GuardOptions; nowMs: () => number };

export function callWebhook(tenantId: string, messageId: string, attempt: number): Promise<void> {
  const { SESSION_SECRET, OUTBOUND_PRIVATE_NETWORKS } = getEnv();
  const deps = { db: getDb(), sealingSecret: SESSION_SECRET, guard: { privateNetworks: OUTBOUND_PRIVATE_NETWORKS }, nowMs: Date.now };
  return callWebhookWith(deps, tenantId, messageId, attempt);
}

type Channel = { id: string; target: string; sealedSecret: string };

/** Throws while another attempt may help. What cannot be helped, and the last attempt, are written down as the outcome. */
export async function callWebhookWith(deps: WebhookDeps, tenantId: string, messageId: string, attempt: number): Promise<void> {
  const { db, sealingSecret, guard, nowMs } = deps;
  const asked = await db.$withTenant(tenantId, async (tx) => {
    const [channel] = await tx.$queryRaw<Channel[]>`
      SELECT DISTINCT c.id, c.target, c.sealed_secret AS "sealedSecret" FROM alert_deliveries d JOIN alert_channels c ON c.id = d.channel_id
      WHERE d.message_id = ${messageId}::uuid AND d.finished_at IS NULL AND c.is_enabled AND c.kind = 'webhook'`;
    return channel === undefined ? null : { channel, news: await readNews(tx, messageId) };
  });
  // Delivered by an attempt that died afterwards, or switched off meanwhile.
  if (asked === null) return;
  const { id, target: url, sealedSecret } = asked.channel;
  const secret = unsealText(sealingSecret, 'webhook', sealedSecret, id);
  const answer = await sendSigned({ url, secret, messageId, body: { id: messageId, alerts: asked.news }, nowMs: nowMs() }, guard);
  const outcome = sayOutcome(answer);
  const mayHelp =
    answer.kind === 'failed' || (answer.kind === 'answered' && (answer.status >= 500 || answer.status === 429 || answer.status === 408));
  if (mayHelp && attempt < WEBHOOK_ATTEMPTS) throw new Error(`webhook of channel ${id}: ${outcome}`);
  await finishMessage(db, tenantId, messageId, outcome);
}
