/** What the use cases of stored lists run on in a web process. */
import { getDb } from '#app/platform/db.server.ts';
import type { RequestContext } from '#app/platform/http/load-context.ts';
import { processSingleton } from '#app/platform/process-singleton.server.ts';
import { Queues } from '#app/platform/queues.server.ts';
import { createQueueConnection } from '#app/platform/redis.server.ts';
import { batchProcess } from '#jobs/contracts/batch-process.ts';
import type { Caller, StoreDeps } from './batch-store.server.ts';

export function getBatchDeps(): StoreDeps {
  const queues = processSingleton('batch-queues', () => new Queues(createQueueConnection()));
  return { db: getDb(), enqueue: (job) => queues.enqueue(batchProcess, job), now: () => new Date() };
}

export async function toBatchCaller({
  address,
  requestId,
  getActor,
}: Pick<RequestContext, 'address' | 'requestId' | 'getActor'>): Promise<Caller> {
  return { actor: await getActor(), origin: { address, requestId } };
}
