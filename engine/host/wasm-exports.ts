/** The raw exports of the two modules, as engine/assembly/index.ts and engine/assembly/curtailment.ts write them. Only engine/host sees them. */

import type { FlexibleExports } from './flexible/exports.ts';
import type { PlanExports } from './plan/plan-exports.ts';
import type { RiskExports } from './risk/exports.ts';
import type { ShedExports } from './shed/exports.ts';

type Constant = { readonly value: number };

export type CurtailmentExports = PlanExports &
  ShedExports & {
    ABI_VERSION: Constant;
    ENGINE_VERSION: Constant;
    USES_SIMD: Constant;
  };

export type WasmExports = RiskExports &
  FlexibleExports & {
    memory: { buffer: ArrayBuffer };
    ABI_VERSION: Constant;
    ENGINE_VERSION: Constant;
    USES_SIMD: Constant;
    TILE_ROWS: Constant;
    MAX_MONTHS: Constant;
    MAX_AXIS: Constant;
    MAX_SWINGS: Constant;
    MAX_EVENTS: Constant;
    NETWORK_FIELD_COUNT: Constant;
    MACHINE_FIELD_COUNT: Constant;
    MACHINE_CHECKED_COUNT: Constant;
    RESULT_COUNT: Constant;
    MONTH_COLUMN_COUNT: Constant;
    SWING_MACHINE_OFFSET: Constant;
    WITH_IRR: Constant;
    WITH_FLEET: Constant;
    ROW_STATUS_PTR: Constant;
    NETWORK_PTR: Constant;
    MACHINES_PTR: Constant;
    RESULTS_PTR: Constant;
    RANGES_PTR: Constant;
    PATH_BTC_PER_THS_PTR: Constant;
    PATH_USD_PER_THS_PTR: Constant;
    PATH_MEAN_PRICE_PTR: Constant;
    PATH_SCALARS_PTR: Constant;
    EVENTS_PTR: Constant;
    MONTHS_PTR: Constant;
    FLEET_NET_USD_PTR: Constant;
    FLEET_SCALARS_PTR: Constant;
    AXIS_X_PTR: Constant;
    AXIS_Y_PTR: Constant;
    BASE_MACHINE_PTR: Constant;
    SWING_FIELD_PTR: Constant;
    SWING_VALUE_PTR: Constant;
    SWING_NPV_USD_PTR: Constant;
    runPath(): number;
    pathEventCount(): number;
    /** 1 or 0 */
    pathNeverArrives(): number;
    checkRows(rowCount: number): number;
    projectTile(rowCount: number, options: number): number;
    todayTile(rowCount: number): number;
    writeMonths(row: number): void;
    projectHost(hostPowerUsdPerKwh: number, hostCapexUsd: number): void;
    clearFleet(): void;
    summariseFleet(capexUsd: number, months: number): void;
    priceByPowerGrid(columns: number, rows: number): number;
    priceByDifficultyGrid(columns: number, rows: number): number;
    tornado(swingCount: number): number;
    subsidyBtc(height: number): number;
    retarget(difficulty: number, epochDurationS: number): number;
    exp(x: number): number;
    expm1(x: number): number;
    log(x: number): number;
    log1p(x: number): number;
    pow(x: number, y: number): number;
  };
