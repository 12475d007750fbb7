/**
 * Where plans are asked for on the server: a queue before one thread, so that a plan of seconds holds up nobody but other plans. The queue is bounded, a caller who goes away is
 * taken out of it or cancelled, and a thread that does not answer is replaced.
 */
import type { Worker } from 'node:worker_threads';
import { processSingleton } from '#app/platform/process-singleton.server.ts';
import { startThread } from '#app/platform/thread.server.ts';
import type { PlanProblem, PlanProblemError } from '#engine';
import type { UsedPlanOptions } from './plan-answer.ts';
import type { PlanReply, PlanTask } from './plan-thread.server.ts';

/** Plans that wait behind the one being computed. */
const MAX_WAITING = 12;
/** Beyond its own budget a plan may take this long to be read, started and written; then the thread is taken for dead. */
const GRACE_MS = 20_000;

export type PlanOutcome =
  | { kind: 'ok'; answer: string }
  | { kind: 'invalid'; errors: PlanProblemError[] }
  | { kind: 'busy'; retryAfterS: number }
  | { kind: 'cancelled' };

type Waiting = PlanTask & { settle: (outcome: PlanOutcome) => void; fail: (error: Error) => void };

export type PlanDesk = {
  /** Resolves when the plan is computed or cannot be; rejects on a defect. `signal`: the caller is gone. */
  compute(problem: PlanProblem, options: UsedPlanOptions, signal: AbortSignal): Promise<PlanOutcome>;
  close(): Promise<void>;
};

/** `startWorker`: gives a fresh thread that speaks PlanTask and PlanReply. */
export function createPlanDesk(startWorker: () => Worker, { maxWaiting = MAX_WAITING, graceMs = GRACE_MS } = {}): PlanDesk {
  const queue: Waiting[] = [];
  let current: Waiting | null = null;
  let thread: Worker | null = null;
  let deadline: NodeJS.Timeout | undefined;
  let taskCount = 0;

  function finish(): Waiting | null {
    clearTimeout(deadline);
    const done = current;
    current = null;
    return done;
  }

  function replaceThread(error: Error): void {
    const lost = thread;
    thread = null;
    void lost?.terminate();
    finish()?.fail(error);
    next();
  }

  function ensureThread(): Worker {
    if (thread !== null) return thread;
    const started = startWorker();
    // A thread that waits for work must not keep the process alive.
    started.unref();
    started.on('message', (reply: PlanReply) => {
      if (reply.number !== current?.number) return;
      const done = finish();
      if (reply.kind === 'failed') done?.fail(new Error(reply.reason));
      else done?.settle(reply.kind === 'ok' ? { kind: 'ok', answer: reply.answer } : { kind: 'invalid', errors: reply.errors });
      next();
    });
    started.on('error', (error) => {
      if (started === thread) replaceThread(error);
    });
    started.on('exit', (code) => {
      if (started === thread) replaceThread(new Error(`the plan thread ended with ${code}`));
    });
    thread = started;
    return started;
  }

  function next(): void {
    const waiting = current === null ? queue.shift() : undefined;
    if (waiting === undefined) return;
    current = waiting;
    const { number, problem, options, cancel } = waiting;
    deadline = setTimeout(() => replaceThread(new Error('the plan thread did not answer in time')), options.timeBudgetMs + graceMs);
    try {
      ensureThread().postMessage({ number, problem, options, cancel } satisfies PlanTask);
    } catch (error) {
      replaceThread(error instanceof Error ? error : new Error(String(error)));
    }
  }

  function retryAfterS(): number {
    const budgets = [...queue, ...(current === null ? [] : [current])].reduce((sum, { options }) => sum + options.timeBudgetMs, 0);
    return Math.max(1, Math.ceil(budgets / 1000));
  }

  return {
    compute(problem, options, signal) {
      if (signal.aborted) return Promise.resolve({ kind: 'cancelled' });
      if (queue.length >= maxWaiting) return Promise.resolve({ kind: 'busy', retryAfterS: retryAfterS() });
      return new Promise((resolve, reject) => {
        const task: Waiting = {
          number: ++taskCount,
          problem,
          options,
          cancel: new Uint8Array(new SharedArrayBuffer(1)),
          settle: (outcome) => {
            signal.removeEventListener('abort', leave);
            resolve(outcome);
          },
          fail: (error) => {
            signal.removeEventListener('abort', leave);
            reject(error);
          },
        };
        function leave(): void {
          const place = queue.indexOf(task);
          if (place < 0) {
            Atomics.store(task.cancel, 0, 1);
            return;
          }
          queue.splice(place, 1);
          task.settle({ kind: 'cancelled' });
        }
        signal.addEventListener('abort', leave);
        queue.push(task);
        next();
      });
    },
    async close() {
      for (const { settle } of queue.splice(0)) settle({ kind: 'cancelled' });
      const ending = thread;
      thread = null;
      finish()?.settle({ kind: 'cancelled' });
      await ending?.terminate();
    },
  };
}

export function getPlanDesk(): PlanDesk {
  return processSingleton('plan-desk', () =>
    createPlanDesk(() => startThread('plan-thread', new URL('./plan-thread.server.ts', import.meta.url))),
  );
}
