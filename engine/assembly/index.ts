/** The exports of engine.wasm: functions by name, memory regions as constant pointers. See engine/ABI.md. */
export {
  ABI_VERSION,
  ENGINE_VERSION,
  USES_SIMD,
  TILE_ROWS,
  MAX_MONTHS,
  MAX_EVENTS,
  MAX_AXIS,
  MAX_SWINGS,
  NETWORK_FIELD_COUNT,
  MACHINE_FIELD_COUNT,
  MACHINE_CHECKED_COUNT,
  RESULT_COUNT,
  MONTH_COLUMN_COUNT,
  SWING_MACHINE_OFFSET,
  ROW_STATUS_PTR,
  NETWORK_PTR,
  MACHINES_PTR,
  RESULTS_PTR,
  RANGES_PTR,
  PATH_BTC_PER_THS_PTR,
  PATH_USD_PER_THS_PTR,
  PATH_MEAN_PRICE_PTR,
  PATH_SCALARS_PTR,
  EVENTS_PTR,
  MONTHS_PTR,
  FLEET_NET_USD_PTR,
  FLEET_SCALARS_PTR,
  AXIS_X_PTR,
  AXIS_Y_PTR,
  BASE_MACHINE_PTR,
  SWING_FIELD_PTR,
  SWING_VALUE_PTR,
  SWING_NPV_USD_PTR,
} from './layout';
export { checkNetwork, checkRows } from './check';
export { runPath, pathEventCount, pathNeverArrives, subsidyBtc, retarget } from './path';
export { WITH_IRR, WITH_FLEET, projectTile, clearFleet, summariseFleet } from './cashflow';
export { todayTile } from './today';
export { writeMonths, projectHost } from './months';
export { priceByPowerGrid, priceByDifficultyGrid, tornado } from './sensitivity';
export { exp, expm1, log, log1p, pow } from './math';
export {
  MAX_PATHS,
  MAX_FLEET_ROWS,
  RISK_FIELD_COUNT,
  RISK_SCALAR_COUNT,
  FLEET_FIELD_COUNT,
  RISK_INPUTS_PTR,
  PATHS_USD_PER_THS_PTR,
  PATHS_BTC_PER_THS_PTR,
  PATHS_EXIT_PRICE_PTR,
  OUTCOME_NPV_USD_PTR,
  OUTCOME_PROFIT_USD_PTR,
  OUTCOME_PAYBACK_MONTHS_PTR,
  OUTCOME_SHUTDOWN_MONTH_PTR,
  SUMMARY_PTR,
  RISK_SCALARS_PTR,
  FAN_PTR,
  OFF_RATIO_PTR,
  FLEET_ROWS_PTR,
} from './risk/layout';
export { simulatePaths } from './risk/paths';
export { evaluateMachine } from './risk/machine';
export { evaluateFleet } from './risk/fleet';
export { summariseOutcomes } from './risk/quantiles';
export { PHILOX_WORDS_PTR, philox } from './risk/philox';
export { NORMALS_PTR, drawNormals } from './risk/normals';
export { growthRatio, timeRatio } from './risk/ratios';
export {
  YEAR_PARTS,
  MAX_PART_HOURS,
  FLEXIBLE_RESULT_COUNT,
  FLEXIBLE_MONTH_COLUMN_COUNT,
  HOUR_PRICES_PTR,
  RESTART_USD_PTR,
  BOOT_HOURS_PTR,
  FLEXIBLE_RESULTS_PTR,
  FLEXIBLE_MONTHS_PTR,
} from './flexible/layout';
export { projectFlexible } from './flexible/money';
