/** Shedding's part of the exports of curtailment.wasm. Only engine/host sees them. */

type Constant = { readonly value: number };

export type ShedExports = {
  memory: { buffer: ArrayBuffer };
  MAX_SHED_MACHINES: Constant;
  MAX_SHED_OPTIONS: Constant;
  SHED_SCALAR_COUNT: Constant;
  SHED_STARTS_PTR: Constant;
  SHED_UNITS_PTR: Constant;
  SHED_COST_PTR: Constant;
  SHED_CHOICE_PTR: Constant;
  SHED_SCALARS_PTR: Constant;
  solveShed(machineCount: number, targetUnits: number, ceilingUnits: number, workLimit: number): number;
};
