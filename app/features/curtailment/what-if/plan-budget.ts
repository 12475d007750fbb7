/** How long a plan of this page may take, by who asks. */
import type { PlanOptions } from '#engine';

/** While the inputs move, and for the first HTML: most fleets are certified long before. */
export const LIVE_OPTIONS: PlanOptions = { gapTarget: 1e-5, iterations: 40, timeBudgetMs: 250 };

/** On the server, when the first budget gave neither a plan nor the proof that there is none. */
export const PROOF_OPTIONS: PlanOptions = { gapTarget: 1e-3, iterations: 600, timeBudgetMs: 600 };

/** The longest a better plan is looked for, s. */
export const PATIENCE_S = 5;

/** When the inputs rest and the live answer is not certified yet. Nobody sees less than half a cent. `valueUsd`: of the live answer. */
export function patientOptions(valueUsd: number): PlanOptions {
  return { gapTarget: Math.max(1e-5, 0.005 / Math.max(1, Math.abs(valueUsd))), iterations: 4000, timeBudgetMs: PATIENCE_S * 1000 };
}
