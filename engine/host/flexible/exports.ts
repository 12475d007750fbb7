/** The flexible family's raw exports, as engine/assembly/index.ts writes them. Only engine/host sees them. */

type Constant = { readonly value: number };

export type FlexibleExports = {
  YEAR_PARTS: Constant;
  MAX_PART_HOURS: Constant;
  FLEXIBLE_RESULT_COUNT: Constant;
  FLEXIBLE_MONTH_COLUMN_COUNT: Constant;
  HOUR_PRICES_PTR: Constant;
  RESTART_USD_PTR: Constant;
  BOOT_HOURS_PTR: Constant;
  FLEXIBLE_RESULTS_PTR: Constant;
  FLEXIBLE_MONTHS_PTR: Constant;
  projectFlexible(rowCount: number, firstPart: number, partHours: number): number;
};
