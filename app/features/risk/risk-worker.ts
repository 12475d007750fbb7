/** Simulates in a thread of its own, so that the page answers its inputs while 10,000 paths run. One request at a time; see risk-runner.ts. */
import { loadEngine } from '#app/platform/engine-in-browser.ts';
import type { RiskRequest } from './risk-runner.ts';

const scope = self as unknown as {
  addEventListener: (type: 'message', listener: (event: MessageEvent<RiskRequest>) => void) => void;
  postMessage: (message: unknown) => void;
};

scope.addEventListener('message', ({ data }) => {
  loadEngine().then(
    (engine) => scope.postMessage({ kind: 'done', result: engine.risk(data.inputs, data.options) }),
    (error: unknown) => scope.postMessage({ kind: 'failed', reason: String(error) }),
  );
});
