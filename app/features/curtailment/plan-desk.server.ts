/** Where plans are asked for on the server: a bounded queue before one thread of this process. */
import type { Worker } from 'node:worker_threads';
import { processSingleton } from '#app/platform/process-singleton.server.ts';
import { startThread } from '#app/platform/thread.server.ts';
import { createThreadDesk, type DeskOutcome } from '#app/platform/thread-desk.server.ts';
import type { PlanProblem } from '#engine';
import type { UsedPlanOptions } from './plan-answer.ts';
import type { PlanResult, PlanWork } from './plan-thread.server.ts';

/** Plans that wait behind the one being computed. */
const MAX_WAITING = 12;
/** Beyond its own budget a plan may take this long to be read, started and written; then the thread is taken for dead. */
const GRACE_MS = 20_000;

export type PlanOutcome = PlanResult | Exclude<DeskOutcome<never>, { kind: 'ok' }>;

export type PlanDesk = {
  /** Resolves when the plan is computed or cannot be; rejects on a defect. `signal`: the caller is gone. */
  compute(problem: PlanProblem, options: UsedPlanOptions, signal: AbortSignal): Promise<PlanOutcome>;
  close(): Promise<void>;
};

/** `startWorker`: gives a fresh thread of plan-thread.server.ts. */
export function createPlanDesk(startWorker: () => Worker, { maxWaiting = MAX_WAITING, graceMs = GRACE_MS } = {}): PlanDesk {
  const desk = createThreadDesk<PlanWork, PlanResult>(startWorker, { maxWaiting, graceMs });
  return {
    async compute(problem, options, signal) {
      const outcome = await desk.ask({ problem, options }, { budgetMs: options.timeBudgetMs, signal });
      return outcome.kind === 'ok' ? outcome.result : outcome;
    },
    close: desk.close,
  };
}

export function getPlanDesk(): PlanDesk {
  return processSingleton('plan-desk', () =>
    createPlanDesk(() => startThread('plan-thread', new URL('./plan-thread.server.ts', import.meta.url))),
  );
}
