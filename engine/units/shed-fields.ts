/** Every number a shed problem may carry: unit, valid range, default; read by the engine's facade, the API's schema and its OpenAPI document. */
import { range } from './fields.ts';

/** Machines of one problem. */
export const MAX_SHED_MACHINES = 20_000;
/** Modes of one machine, off included. */
export const MAX_SHED_MODES = 8;

const MAX_POWER_W = 1e10;
const MAX_MONEY_USD = 1e10;

export const SHED_FIELDS = {
  targetW: range('W', 0, MAX_POWER_W * MAX_SHED_MACHINES),
  durationHours: range('h', 0, 8784, { minExclusive: true }),
  powerW: range('W', 0, MAX_POWER_W),
  profitUsdPerHour: range('USD/h', -MAX_MONEY_USD, MAX_MONEY_USD),
  restartUsd: range('USD', 0, MAX_MONEY_USD, { default: 0 }),
  current: range('1', 0, MAX_SHED_MODES - 1, { integer: true }),
  /** The lower the number, the longer the customer keeps its power. */
  tier: range('1', 0, 1000, { integer: true }),
  /** The higher, the longer the machine keeps its power. */
  score: range('1', -1e9, 1e9),
  weight: range('1', 0, 1000),
  minimumOnlineRatio: range('ratio', 0, 1, { default: 0 }),
} as const;

export type ShedFieldName = keyof typeof SHED_FIELDS;

export const SHED_STRATEGIES = ['least-profit', 'performance-priority', 'customer-priority', 'fair-distribution', 'custom'] as const;
export type ShedStrategy = (typeof SHED_STRATEGIES)[number];
