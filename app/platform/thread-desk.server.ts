/**
 * A queue before one thread: work of seconds holds up nobody but other work of its kind. The queue is bounded, a caller who goes away is taken out of it or cancelled, and a thread that does not answer is replaced.
 */
import type { Worker } from 'node:worker_threads';

/** What the desk sends to its thread. `cancel`: one byte of shared memory; anything but 0 asks to stop. `budgetMs`: the thread ends its work by itself after this. */
export type ThreadTask<Work> = { number: number; work: Work; budgetMs: number; cancel: Uint8Array<SharedArrayBuffer> };

/** What the thread answers: any number of `progress`, then one of the others. */
export type ThreadReply<Result> =
  | { number: number; kind: 'progress'; done: number; total: number }
  | { number: number; kind: 'ok'; result: Result }
  | { number: number; kind: 'failed'; reason: string };

export type DeskOutcome<Result> = { kind: 'ok'; result: Result } | { kind: 'busy'; retryAfterS: number } | { kind: 'cancelled' };

export type AskOptions = {
  budgetMs: number;
  signal: AbortSignal;
  onProgress?: (done: number, total: number) => void;
  /** Who asks; no one caller takes more than `MAX_PER_CALLER` places, running and waiting. Left out: not counted. */
  caller?: string;
};

/** One under way and one that waits: whoever asks for more leaves no room to others. */
const MAX_PER_CALLER = 2;

export type ThreadDesk<Work, Result> = {
  /** Resolves when the work is done or cannot be; rejects on a defect. `signal`: the caller is gone. */
  ask(work: Work, options: AskOptions): Promise<DeskOutcome<Result>>;
  close(): Promise<void>;
};

type Waiting<Work, Result> = ThreadTask<Work> & {
  caller: string | undefined;
  onProgress: AskOptions['onProgress'];
  settle: (outcome: DeskOutcome<Result>) => void;
  fail: (error: Error) => void;
};

/** `startWorker`: gives a fresh thread that speaks ThreadTask and ThreadReply. `graceMs`: beyond its budget, then the thread is taken for dead. */
export function createThreadDesk<Work, Result>(
  startWorker: () => Worker,
  { maxWaiting, graceMs }: { maxWaiting: number; graceMs: number },
): ThreadDesk<Work, Result> {
  const queue: Waiting<Work, Result>[] = [];
  let current: Waiting<Work, Result> | null = null;
  let thread: Worker | null = null;
  let deadline: NodeJS.Timeout | undefined;
  let taskCount = 0;

  function finish(): Waiting<Work, Result> | null {
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

  function onReply(reply: ThreadReply<Result>): void {
    if (reply.number !== current?.number) return;
    if (reply.kind === 'progress') {
      current.onProgress?.(reply.done, reply.total);
      return;
    }
    const done = finish();
    if (reply.kind === 'failed') done?.fail(new Error(reply.reason));
    else done?.settle({ kind: 'ok', result: reply.result });
    next();
  }

  function ensureThread(): Worker {
    if (thread !== null) return thread;
    const started = startWorker();
    // A thread that waits for work must not keep the process alive.
    started.unref();
    started.on('message', onReply);
    started.on('error', (error) => {
      if (started === thread) replaceThread(error);
    });
    started.on('exit', (code) => {
      if (started === thread) replaceThread(new Error(`the thread ended with ${code}`));
    });
    thread = started;
    return started;
  }

  function next(): void {
    const waiting = current === null ? queue.shift() : undefined;
    if (waiting === undefined) return;
    current = waiting;
    const { number, work, budgetMs, cancel } = waiting;
    deadline = setTimeout(() => replaceThread(new Error('the thread did not answer in time')), budgetMs + graceMs);
    try {
      ensureThread().postMessage({ number, work, budgetMs, cancel } satisfies ThreadTask<Work>);
    } catch (error) {
      replaceThread(error instanceof Error ? error : new Error(String(error)));
    }
  }

  function retryAfterS(): number {
    const budgetsMs = [...queue, ...(current === null ? [] : [current])].reduce((sum, { budgetMs }) => sum + budgetMs, 0);
    return Math.max(1, Math.ceil(budgetsMs / 1000));
  }

  return {
    ask(work, { budgetMs, signal, onProgress, caller }) {
      if (signal.aborted) return Promise.resolve({ kind: 'cancelled' });
      const isGreedy = caller !== undefined && [current, ...queue].filter((task) => task?.caller === caller).length >= MAX_PER_CALLER;
      if (queue.length >= maxWaiting || isGreedy) return Promise.resolve({ kind: 'busy', retryAfterS: retryAfterS() });
      return new Promise((resolve, reject) => {
        const task: Waiting<Work, Result> = {
          number: ++taskCount,
          caller,
          work,
          budgetMs,
          cancel: new Uint8Array(new SharedArrayBuffer(1)),
          onProgress,
          settle: (outcome) => {
            signal.removeEventListener('abort', leave);
            // Work that was told to stop may still end with an answer; nobody is there to read it.
            resolve(signal.aborted ? { kind: 'cancelled' } : outcome);
          },
          fail: (error) => {
            signal.removeEventListener('abort', leave);
            if (signal.aborted) resolve({ kind: 'cancelled' });
            else reject(error);
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
