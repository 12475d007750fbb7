/** The plan's part of the module's exports, as engine/assembly/index.ts writes them. Only engine/host sees them. */

type Constant = { readonly value: number };

export type PlanExports = {
  memory: { buffer: ArrayBuffer };
  HEAD_PTR: Constant;
  PAIRS_PTR: Constant;
  BLOCKS_PTR: Constant;
  LOCKS_PTR: Constant;
  PRICE_PTR: Constant;
  HASHPRICE_PTR: Constant;
  CAP_PTR: Constant;
  PENALTY_PTR: Constant;
  RAMP_PTR: Constant;
  FLOOR_PTR: Constant;
  TERMS_PTR: Constant;
  ROW_KIND_PTR: Constant;
  ROW_OWNER_PTR: Constant;
  ROW_INTERVAL_PTR: Constant;
  ROW_LIMIT_PTR: Constant;
  ROW_UPPER_PTR: Constant;
  ROW_SCALE_PTR: Constant;
  ROW_BEST_PTR: Constant;
  ROW_SLOPE_PTR: Constant;
  SUM_PTR: Constant;
  PLAN_PTR: Constant;
  MAX_INTERVALS: Constant;
  MAX_PAIRS: Constant;
  MAX_BLOCKS: Constant;
  MAX_SITE_CELLS: Constant;
  MAX_CLIENTS: Constant;
  MAX_ROWS: Constant;
  MAX_CELLS: Constant;
  MAX_LOCK_CELLS: Constant;
  PAIR_FIELDS: Constant;
  BLOCK_FIELDS: Constant;
  startBundle(fromBlock: number, toBlock: number): number;
  stepBundle(): number;
  setStepLength(share: number): void;
  bundleUsd(): number;
  evaluateBest(fromBlock: number, toBlock: number, valueField: number): number;
};
