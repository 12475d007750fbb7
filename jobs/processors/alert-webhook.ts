// Runs alert.webhook; everything it does is in the alerts room.
import { callWebhook } from '#app/features/alerts/notify/call-webhook.server.ts';
import type { AlertWebhookPayload } from '#jobs/contracts/alert-webhook.ts';
import type { JobContext } from '#jobs/contracts/queue.ts';

export async function processAlertWebhook({ tenantId, messageId }: AlertWebhookPayload, { attempt }: JobContext): Promise<void> {
  await callWebhook(tenantId, messageId, attempt);
}
