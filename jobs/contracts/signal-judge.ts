// Look at every watched signal on the newest closed candle of a day and tell who asked. Idempotent: a change is told once.
import { z } from 'zod';
import { defineJob } from './queue.ts';

export const signalJudge = defineJob({
  name: 'signal.judge',
  queue: 'market',
  payload: z.strictObject({}),
  // The next run is the retry.
  attempts: 1,
  backoffMs: 1_000,
  deduplicationKey: () => 'signal.judge',
});

export type SignalJudgePayload = z.infer<typeof signalJudge.payload>;
