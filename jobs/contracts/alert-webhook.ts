// Call one webhook with one message. The far end may get it twice and tells by the id of the message.
import { z } from 'zod';
import { defineJob } from './queue.ts';

export const alertWebhook = defineJob({
  name: 'alert.webhook',
  queue: 'alerts',
  payload: z.strictObject({ tenantId: z.uuid(), messageId: z.uuid() }),
  // 10 s, 20 s, 40 s ... 21 min between them: about three quarters of an hour in all.
  attempts: 9,
  backoffMs: 10_000,
  deduplicationKey: null,
});

export type AlertWebhookPayload = z.infer<typeof alertWebhook.payload>;
export const WEBHOOK_ATTEMPTS = alertWebhook.attempts;
