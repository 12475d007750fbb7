/** Simulates the whole batch in a thread of its own, so that neither the page nor the list's own thread waits. */
import { loadEngine } from '#app/platform/engine-in-browser.ts';
import type { FleetRiskInputs, FleetRiskResult, RiskInvalid, RiskOptions } from '#engine';

export type FleetRiskRequest = { inputs: FleetRiskInputs; options: RiskOptions };
export type FleetRiskReply = { kind: 'done'; result: FleetRiskResult | RiskInvalid } | { kind: 'failed'; reason: string };

const scope = self as unknown as {
  addEventListener: (type: 'message', listener: (event: MessageEvent<FleetRiskRequest>) => void) => void;
  postMessage: (message: FleetRiskReply) => void;
};

scope.addEventListener('message', ({ data }) => {
  loadEngine().then(
    (engine) => scope.postMessage({ kind: 'done', result: engine.riskOfFleet(data.inputs, data.options) }),
    (error: unknown) => scope.postMessage({ kind: 'failed', reason: String(error) }),
  );
});
