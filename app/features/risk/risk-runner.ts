/** The page's end of the simulation thread: one request under way, the newest one waiting, older ones dropped. Browser only. */
import type { RiskInvalid, RiskOptions, RiskResult, RoiInputs } from '#engine';

export type RiskRequest = { inputs: RoiInputs; options: RiskOptions };
export type RiskReply = { kind: 'done'; result: RiskResult | RiskInvalid } | { kind: 'failed'; reason: string };

/** A thread that answers one request at a time; a test gives the runner another. */
export type RiskThread = { send: (request: RiskRequest) => void; stop: () => void };
export type OpenThread = (onReply: (reply: RiskReply) => void, onBroken: (reason: string) => void) => RiskThread;

export type RiskRunner = {
  /** Computes the request unless a newer one comes before its turn. */
  run: (request: RiskRequest) => void;
  stop: () => void;
};

export function openRiskThread(onReply: (reply: RiskReply) => void, onBroken: (reason: string) => void): RiskThread {
  const worker = new Worker(new URL('./risk-worker.ts', import.meta.url), { type: 'module' });
  worker.onmessage = (event: MessageEvent<RiskReply>) => onReply(event.data);
  worker.onerror = ({ message }) => onBroken(message);
  return { send: (request) => worker.postMessage(request), stop: () => worker.terminate() };
}

/** `onReply` gets the request that the reply belongs to. A thread that breaks is replaced at the next request. */
export function createRiskRunner(openThread: OpenThread, onReply: (request: RiskRequest, reply: RiskReply) => void): RiskRunner {
  let thread: RiskThread | null = null;
  let running: RiskRequest | null = null;
  let waiting: RiskRequest | null = null;

  function finish(reply: RiskReply): void {
    const done = running;
    running = null;
    if (done !== null) onReply(done, reply);
    const next = waiting;
    waiting = null;
    if (next !== null) start(next);
  }

  function start(request: RiskRequest): void {
    running = request;
    try {
      thread ??= openThread(finish, (reason) => {
        thread?.stop();
        thread = null;
        finish({ kind: 'failed', reason });
      });
    } catch (error) {
      finish({ kind: 'failed', reason: String(error) });
      return;
    }
    thread.send(request);
  }

  return {
    run(request) {
      if (running === null) start(request);
      else waiting = request;
    },
    stop() {
      thread?.stop();
      thread = null;
      running = null;
      waiting = null;
    },
  };
}
