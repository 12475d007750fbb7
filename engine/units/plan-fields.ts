/** Every number a plan problem may carry: unit, valid range, default; read by the engine's own check, the API's schema and its OpenAPI document. */
import { type FieldRange, range } from './fields.ts';

/** Units of one problem, counts expanded. */
export const MAX_PLAN_UNITS = 100_000;
/** Hashing modes of a machine; one of hash rate 0 may stand beside them. */
export const MAX_PLAN_MODES = 4;

/** Of the envelope: `count` and `minutes` are those of `interval`. */
export const PLAN_FIELDS = {
  minutes: range('min', 1, 1440, { integer: true }),
  count: range('1', 1, 768, { integer: true }),
  priceUsdPerMwh: range('USD/MWh', -1e4, 1e4),
  hashpriceUsdPerThDay: range('USD/TH/day', 0, 1e3),
  capKw: range('kW', 0, 1e9),
  capPenaltyUsdPerKwh: range('USD/kWh', 0, 1e3),
  rampKw: range('kW', 0, 1e9),
  minMachineIntervals: range('1', 0, 1e9, { integer: true }),
  minKwh: range('kWh', 0, 1e10),
  usdPerMissingKwh: range('USD/kWh', 0, 1e3),
  usdPerKw: range('USD/kW', 0, 1e3),
  peakSoFarKw: range('kW', 0, 1e9),
} as const satisfies Record<string, FieldRange>;

/** Of one machine. */
export const PLAN_MACHINE_FIELDS = {
  count: range('machines', 1, MAX_PLAN_UNITS, { integer: true, default: 1 }),
  powerW: range('W', 0, 1e6),
  hashrateThs: range('TH/s', 0, 1e6),
  restartUsd: range('USD', 0, 1e3, { default: 0 }),
  bootMinutes: range('min', 0, 1440, { default: 0 }),
  minUpIntervals: range('1', 1, 1e4, { integer: true, default: 1 }),
  minDownIntervals: range('1', 1, 1e4, { integer: true, default: 1 }),
  maxStarts: range('1', 0, 1e4, { integer: true }),
  initialMode: range('1', 0, MAX_PLAN_MODES, { integer: true }),
  initialAgeIntervals: range('1', 0, 1e9, { integer: true }),
  from: range('1', 0, PLAN_FIELDS.count.max, { integer: true }),
  to: range('1', 0, PLAN_FIELDS.count.max, { integer: true }),
} as const satisfies Record<string, FieldRange>;

/** Largest gap / max(1 USD, |value|) of a plan that is called certified. */
export const DEFAULT_GAP_TARGET = 1e-5;
/** Of `options`. */
export const PLAN_OPTION_FIELDS = {
  gapTarget: range('ratio', 0, 1, { default: DEFAULT_GAP_TARGET }),
  timeBudgetMs: range('ms', 1, 5000, { default: 5000 }),
  iterations: range('1', 1, 100_000, { integer: true }),
} as const satisfies Record<string, FieldRange>;
