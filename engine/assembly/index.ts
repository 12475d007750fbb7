/** The exports of the module: functions by name, memory regions as constant pointers. See engine/ABI.md. */
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
