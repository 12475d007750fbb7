/** The thread that computes plans: one at a time, each until it is done, out of budget or cancelled. Started by plan-desk.server.ts and by nobody else. */
import { parentPort } from 'node:worker_threads';
import { getCurtailment } from '#app/platform/engine.server.ts';
import type { PlanProblem, PlanProblemError } from '#engine';
import { toPlanAnswer, type UsedPlanOptions } from './plan-answer.ts';

export type PlanTask = {
  number: number;
  problem: PlanProblem;
  options: UsedPlanOptions;
  /** One byte of shared memory; anything but 0 asks to stop. */
  cancel: Uint8Array<SharedArrayBuffer>;
};

/** `answer`: a PlanAnswerJson as JSON text, because writing megabytes of it is work too. */
export type PlanReply =
  | { number: number; kind: 'ok'; answer: string }
  | { number: number; kind: 'invalid'; errors: PlanProblemError[] }
  | { number: number; kind: 'failed'; reason: string };

async function compute({ number, problem, options, cancel }: PlanTask): Promise<PlanReply> {
  try {
    const curtailment = await getCurtailment();
    const result = curtailment.planCurtailment(problem, options, { isCancelled: () => Atomics.load(cancel, 0) !== 0 });
    if (result.status === 'invalid') return { number, kind: 'invalid', errors: result.errors };
    return { number, kind: 'ok', answer: JSON.stringify(toPlanAnswer(result, options)) };
  } catch (error) {
    return { number, kind: 'failed', reason: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
}

if (parentPort === null) throw new Error('plan-thread is started as a thread');
const port = parentPort;
port.on('message', async (task: PlanTask) => port.postMessage(await compute(task)));
