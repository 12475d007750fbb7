// Runs signal.judge; everything it does is in the room of watches.
import { judgeWatches } from '#app/features/signal-watches/judge-watches.server.ts';
import type { JobContext } from '#jobs/contracts/queue.ts';
import type { SignalJudgePayload } from '#jobs/contracts/signal-judge.ts';

export async function processSignalJudge(_payload: SignalJudgePayload, { signal }: JobContext): Promise<void> {
  await judgeWatches(signal);
}
