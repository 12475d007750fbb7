/** How long a plan of this page may take, by who asks. */
import type { PlanOptions } from '#engine';

/** While the inputs move, and for the first HTML: most fleets are certified long before. */
export const LIVE_OPTIONS: PlanOptions = { gapTarget: 1e-5, iterations: 40, timeBudgetMs: 250 };

/** When the inputs rest and the live answer is not certified yet. */
export const PATIENT_OPTIONS: PlanOptions = { gapTarget: 1e-5, iterations: 4000, timeBudgetMs: 6000 };
