// Puts the telling of a workspace's news on the queue.
import { processSingleton } from '#app/platform/process-singleton.server.ts';
import { Queues } from '#app/platform/queues.server.ts';
import { createQueueConnection } from '#app/platform/redis.server.ts';
import { alertNotify } from '#jobs/contracts/alert-notify.ts';
import { alertWebhook } from '#jobs/contracts/alert-webhook.ts';

export type OrderNotices = (tenantId: string) => Promise<void>;

const getQueues = () => processSingleton('alert-queues', () => new Queues(createQueueConnection()));

export const orderNotices: OrderNotices = (tenantId) => getQueues().enqueue(alertNotify, { tenantId });

export const orderWebhook = (tenantId: string, messageId: string): Promise<void> =>
  getQueues().enqueue(alertWebhook, { tenantId, messageId });
