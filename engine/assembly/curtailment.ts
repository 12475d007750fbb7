/**
 * The exports of curtailment.wasm: plans and shedding. A module of its own, because a plan of 100,000 machines needs 30 times the memory of everything else and only
 * those who plan should pay for it. See engine/ABI.md.
 */
export { ABI_VERSION, ENGINE_VERSION, USES_SIMD } from './layout';
export {
  HEAD_PTR,
  PAIRS_PTR,
  BLOCKS_PTR,
  LOCKS_PTR,
  PRICE_PTR,
  HASHPRICE_PTR,
  CAP_PTR,
  PENALTY_PTR,
  RAMP_PTR,
  FLOOR_PTR,
  TERMS_PTR,
  ROW_KIND_PTR,
  ROW_OWNER_PTR,
  ROW_INTERVAL_PTR,
  ROW_LIMIT_PTR,
  ROW_UPPER_PTR,
  ROW_SCALE_PTR,
  ROW_BEST_PTR,
  ROW_SLOPE_PTR,
  SUM_PTR,
  PLAN_PTR,
  BEST_PLAN_PTR,
  PLAN_LOAD_PTR,
  PLAN_TOTAL_PTR,
  PLAN_CLIENT_PTR,
  MAX_INTERVALS,
  MAX_PAIRS,
  MAX_BLOCKS,
  MAX_SITE_CELLS,
  MAX_CLIENTS,
  MAX_ROWS,
  MAX_CELLS,
  MAX_LOCK_CELLS,
  PAIR_FIELDS,
  BLOCK_FIELDS,
} from './plan/layout';
export { startBundle, stepBundle, setStepLength, bundleUsd, evaluateBest, evaluateAround, setBestRates, searchPeak } from './plan/bundle';
export { choosePlan, listUndecided, listAll, repairSweep, repairClients, repairRamps, fillSweep, totalExcess, totalShortage, totalRampExcess, planMoney, keepPlan, recallPlan, setPlainRates } from './plan/primal';
export { forgetMoney, recallMoney, shrinkWeights } from './plan/certificate';
export { startPolish, polishPairs, startTriples, polishTriples } from './plan/polish';
export { condense } from './plan/condensed';
export { listAlternatives } from './plan/alternatives';
export { gatherFleet, gatherSome } from './plan/ensemble-units';
export { startEnsemble, searchEnsemble, ensembleLeftBehind } from './plan/ensemble';
export { startTree, holdUnits, searchTree } from './plan/tree';
export { searchWork } from './plan/work';
export {
  MAX_SHED_MACHINES,
  MAX_SHED_OPTIONS,
  SHED_SCALAR_COUNT,
  SHED_STARTS_PTR,
  SHED_UNITS_PTR,
  SHED_COST_PTR,
  SHED_CHOICE_PTR,
  SHED_SCALARS_PTR,
} from './shed/layout';
export { solveShed } from './shed/solve';
