/**
 * Units a field may be in, and the values that are usual in each. The usual values only serve to tell units apart when a file does not
 * name them; what is valid is decided by `engine/units/fields.ts`. Sources: SHA-256 machines from the S9 (13.5 TH/s, 1,323 W) to
 * hydro racks of 2026 (1,350 TH/s, 20 kW); industrial power 0.02 to 0.2 USD/kWh; the rest is our judgement (decision 0080).
 */
import type { NumberField } from './batch-field.ts';
import type { Unit } from './units.ts';

/** `usual`: interval, both ends included; `null`: only when the file names the unit. */
export type UnitOption = { unit: Unit; usual: readonly [number, number] | null };

const MONEY: readonly UnitOption[] = [
  { unit: 'USD', usual: [100, 60_000] },
  { unit: 'CNY', usual: [300, 400_000] },
  { unit: 'USD/TH', usual: [0.5, 90] },
  { unit: 'CNY/TH', usual: null },
  { unit: 'kUSD', usual: null },
  { unit: '10kUSD', usual: null },
  { unit: '10kCNY', usual: null },
];
const MONEY_PER_MONTH: readonly UnitOption[] = [
  { unit: 'USD/month', usual: [0.5, 1000] },
  { unit: 'CNY/month', usual: [5, 7000] },
  { unit: 'USD/day', usual: null },
  { unit: 'CNY/day', usual: null },
  { unit: 'USD/year', usual: null },
  { unit: 'CNY/year', usual: null },
];
const POWER_PRICE: readonly UnitOption[] = [
  { unit: 'USD/kWh', usual: [0.005, 0.19] },
  { unit: 'CNY/kWh', usual: [0.12, 1.5] },
  { unit: 'USc/kWh', usual: [1.6, 19] },
  { unit: 'USD/MWh', usual: [12, 190] },
  { unit: 'CNf/kWh', usual: [12, 150] },
  { unit: 'CNY/MWh', usual: [120, 1500] },
];

export const FIELD_UNITS: Record<NumberField, readonly UnitOption[]> = {
  hashrateThs: [
    { unit: 'TH/s', usual: [2.5, 2000] },
    { unit: 'GH/s', usual: [2500, 2e6] },
    { unit: 'PH/s', usual: [0.004, 2] },
    { unit: 'MH/s', usual: [2.5e6, 2e9] },
    { unit: 'H/s', usual: [2.5e12, 2e15] },
    { unit: 'EH/s', usual: null },
  ],
  powerW: [
    { unit: 'W', usual: [60, 30_000] },
    { unit: 'kW', usual: [0.06, 30] },
    { unit: 'MW', usual: null },
  ],
  efficiencyJPerTh: [
    { unit: 'J/TH', usual: [7, 200] },
    { unit: 'J/GH', usual: [0.007, 0.2] },
  ],
  count: [{ unit: 'machines', usual: [1, 1e6] }],
  powerUsdPerKwh: POWER_PRICE,
  clientPowerUsdPerKwh: POWER_PRICE,
  capexUsd: MONEY,
  hostCapexUsd: MONEY,
  residualUsd: MONEY,
  hostingFeeUsdPerMonth: MONEY_PER_MONTH,
  maintenanceUsdPerMonth: MONEY_PER_MONTH,
  hashrateDecayRatioPerMonth: [
    { unit: '%/month', usual: [0.05, 10] },
    { unit: 'ratio/month', usual: [0.0001, 0.03] },
    { unit: '%/year of hash rate', usual: null },
  ],
  poolFeeRatio: [
    { unit: '%', usual: [0.1, 10] },
    { unit: 'ratio', usual: [0.0005, 0.06] },
  ],
  uptimeRatio: [
    { unit: '%', usual: [40, 100] },
    { unit: 'ratio', usual: [0.4, 1] },
  ],
  heldRatio: [
    { unit: '%', usual: [1.01, 100] },
    { unit: 'ratio', usual: [0.01, 1] },
  ],
  discountRatioPerYear: [
    { unit: '%/year', usual: [1, 60] },
    { unit: 'ratio/year', usual: [0.01, 0.6] },
  ],
  pue: [{ unit: 'factor', usual: [1, 2] }],
};

export function unitsOf(field: NumberField): Unit[] {
  return FIELD_UNITS[field].map(({ unit }) => unit);
}
