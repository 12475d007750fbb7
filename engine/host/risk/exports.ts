/** The risk family's raw exports, as engine/assembly/index.ts writes them. Only engine/host sees them. */

type Constant = { readonly value: number };

export type RiskExports = {
  MAX_PATHS: Constant;
  MAX_FLEET_ROWS: Constant;
  RISK_FIELD_COUNT: Constant;
  RISK_SCALAR_COUNT: Constant;
  FLEET_FIELD_COUNT: Constant;
  RISK_INPUTS_PTR: Constant;
  PATHS_USD_PER_THS_PTR: Constant;
  PATHS_BTC_PER_THS_PTR: Constant;
  PATHS_EXIT_PRICE_PTR: Constant;
  OUTCOME_NPV_USD_PTR: Constant;
  OUTCOME_PROFIT_USD_PTR: Constant;
  OUTCOME_PAYBACK_MONTHS_PTR: Constant;
  OUTCOME_SHUTDOWN_MONTH_PTR: Constant;
  SUMMARY_PTR: Constant;
  RISK_SCALARS_PTR: Constant;
  FAN_PTR: Constant;
  OFF_RATIO_PTR: Constant;
  FLEET_ROWS_PTR: Constant;
  PHILOX_WORDS_PTR: Constant;
  NORMALS_PTR: Constant;
  simulatePaths(): number;
  evaluateMachine(): number;
  evaluateFleet(rowCount: number, capexUsd: number, discountRatioPerYear: number): number;
  summariseOutcomes(): void;
  philox(counter0: number, counter1: number, counter2: number, counter3: number, key0: number, key1: number): void;
  drawNormals(firstPair: number, month: number, key0: number, key1: number): void;
  growthRatio(y: number): number;
  timeRatio(y: number): number;
};
