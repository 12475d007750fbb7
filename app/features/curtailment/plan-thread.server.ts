/** The thread that computes plans: one at a time, each until it is done, out of budget or cancelled. Started by plan-desk.server.ts and by nobody else. */
import { parentPort } from 'node:worker_threads';
import { getCurtailment } from '#app/platform/engine.server.ts';
import type { ThreadReply, ThreadTask } from '#app/platform/thread-desk.server.ts';
import type { PlanProblem, PlanProblemError } from '#engine';
import { toPlanAnswer, type UsedPlanOptions } from './plan-answer.ts';

export type PlanWork = { problem: PlanProblem; options: UsedPlanOptions };

/** `answer`: a PlanAnswerJson as JSON text, because writing megabytes of it is work too. */
export type PlanResult = { kind: 'ok'; answer: string } | { kind: 'invalid'; errors: PlanProblemError[] };

async function compute({ number, work: { problem, options }, cancel }: ThreadTask<PlanWork>): Promise<ThreadReply<PlanResult>> {
  try {
    const curtailment = await getCurtailment();
    const plan = curtailment.planCurtailment(problem, options, { isCancelled: () => Atomics.load(cancel, 0) !== 0 });
    const result: PlanResult =
      plan.status === 'invalid'
        ? { kind: 'invalid', errors: plan.errors }
        : { kind: 'ok', answer: JSON.stringify(toPlanAnswer(plan, options)) };
    return { number, kind: 'ok', result };
  } catch (error) {
    return { number, kind: 'failed', reason: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

if (parentPort === null) throw new Error('plan-thread is started as a thread');
const port = parentPort;
port.on('message', async (task: ThreadTask<PlanWork>) => port.postMessage(await compute(task)));
