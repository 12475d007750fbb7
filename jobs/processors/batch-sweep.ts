// Runs batch.sweep; everything it does is in the batch room.
import { removeDeadFiles } from '#app/features/batch/stored/batch-store.server.ts';

import type { BatchSweepPayload } from '#jobs/contracts/batch-sweep.ts';

export async function processBatchSweep(_payload: BatchSweepPayload): Promise<void> {
  await removeDeadFiles();
}
