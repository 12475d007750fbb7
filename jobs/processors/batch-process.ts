// Runs batch.process; everything it does is in app/features/batch/stored.
import { giveUpBatch } from '#app/features/batch/stored/batch-store.server.ts';
import { processStoredBatch } from '#app/features/batch/stored/process-batch.server.ts';
import { type BatchProcessPayload, batchProcess } from '#jobs/contracts/batch-process.ts';
import type { JobContext } from '#jobs/contracts/queue.ts';

export async function processBatch(payload: BatchProcessPayload, { attempt, signal }: JobContext): Promise<void> {
  try {
    await processStoredBatch(payload, signal);
  } catch (error) {
    // A worker that was told to stop is no failure of the list.
    if (attempt >= batchProcess.attempts && !signal.aborted) await giveUpBatch(payload, new Date());
    throw error;
  }
}
