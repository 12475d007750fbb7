/** The engine's one door: everyone imports `#engine` and nothing behind it. */
export type { FieldError, FieldName, PayoutModel } from '../units/fields.ts';
export type { BatchRun } from './batch.ts';
export type { ColumnsOptions, ColumnsRun, MachineColumns, MonthColumns, ResultColumns } from './columns.ts';
export { NOT_FINITE_STATUS } from './columns.ts';
export type { Curtailment } from './curtailment.ts';
export type { ColumnsTile, Engine } from './engine.ts';
export type * from './flexible/types.ts';
export { instantiateCurtailment, instantiateEngine, supportsSimd } from './instantiate.ts';
export type { MachineColumn, ResultColumn } from './memory-map.ts';
export type { LatticeProblem } from './plan/lattice.ts';
export type * from './plan/problem.ts';
export type { PlanCallbacks } from './plan/search.ts';
export type * from './risk/types.ts';
export { DEFAULT_STATE_BUDGET } from './shed/shed.ts';
export type * from './shed/types.ts';
export type * from './types.ts';
