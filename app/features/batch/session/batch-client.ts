/** The page's end of the worker: calls the session as if it were here. Browser only. */
import type { CallName, FromWorker, SessionCalls, ToWorker } from './batch-messages.ts';
import type { Progress } from './batch-session.ts';

export type BatchClient = {
  call<Name extends CallName>(name: Name, ...args: Parameters<SessionCalls[Name]>): Promise<Awaited<ReturnType<SessionCalls[Name]>>>;
  end: () => void;
};

/** A thread; a test gives the client another. */
export type BatchThread = { post: (message: ToWorker) => void; end: () => void };
export type OpenBatchThread = (onMessage: (message: FromWorker) => void, onBroken: (reason: string) => void) => BatchThread;

export const openBatchThread: OpenBatchThread = (onMessage, onBroken) => {
  const worker = new Worker(new URL('./batch-worker.ts', import.meta.url), { type: 'module' });
  worker.onmessage = (event: MessageEvent<FromWorker>) => onMessage(event.data);
  worker.onerror = ({ message }) => onBroken(message);
  return { post: (message) => worker.postMessage(message), end: () => worker.terminate() };
};

type Waiting = { resolve: (value: never) => void; reject: (error: Error) => void };

/** A thread that breaks fails every call that waits for it; what it held is lost, and the page says so. */
export function createBatchClient(openThread: OpenBatchThread, onProgress: (progress: Progress) => void): BatchClient {
  const waiting = new Map<number, Waiting>();
  let lastId = 0;
  const failAll = (reason: string) => {
    for (const { reject } of waiting.values()) reject(new Error(reason));
    waiting.clear();
  };
  const thread = openThread((message) => {
    if (message.kind === 'progress') {
      onProgress(message.progress);
      return;
    }
    const caller = waiting.get(message.id);
    waiting.delete(message.id);
    if (message.kind === 'answer') caller?.resolve(message.value as never);
    else caller?.reject(new Error(message.reason));
  }, failAll);
  return {
    call: (name, ...args) =>
      new Promise((resolve, reject) => {
        const id = ++lastId;
        waiting.set(id, { resolve: resolve as Waiting['resolve'], reject });
        thread.post({ id, name, args } as unknown as ToWorker);
      }),
    end() {
      thread.end();
      waiting.clear();
    },
  };
}
