// Runs batch.process; everything it does is in app/features/batch/stored.
import { processStoredBatch } from '#app/features/batch/stored/process-batch.server.ts';
import type { BatchProcessPayload } from '#jobs/contracts/batch-process.ts';
import type { JobContext } from '#jobs/contracts/queue.ts';

export async function processBatch(payload: BatchProcessPayload, { signal }: JobContext): Promise<void> {
  await processStoredBatch(payload, signal);
}
