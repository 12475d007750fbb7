/** The thread that computes forecasts: one at a time, each until it is done, out of budget or cancelled. Started by forecast-desk.server.ts and by nobody else. */
import { parentPort } from 'node:worker_threads';
import type { ThreadReply, ThreadTask } from '#app/platform/thread-desk.server.ts';
import { doForecastWork, type ForecastResult, type ForecastWork, WorkStopped } from './forecast-work.ts';

if (parentPort === null) throw new Error('forecast-thread is started as a thread');
const port = parentPort;
const send = (reply: ThreadReply<ForecastResult>) => port.postMessage(reply);

port.on('message', ({ number, work, budgetMs, cancel }: ThreadTask<ForecastWork>) => {
  const endsAtMs = performance.now() + budgetMs;
  const checkpoint = () => {
    if (Atomics.load(cancel, 0) !== 0 || performance.now() > endsAtMs) throw new WorkStopped('stopped');
  };
  try {
    const result = doForecastWork(work, checkpoint, (done, total) => send({ number, kind: 'progress', done, total }));
    send({ number, kind: 'ok', result });
  } catch (error) {
    send({ number, kind: 'failed', reason: error instanceof Error ? (error.stack ?? error.message) : String(error) });
  }
});
