/**
 * Units that files use, and how each becomes the canonical one (DOMAIN section 1). The one place of this room that multiplies by 1000 or
 * by an exchange rate.
 */

const DAYS_PER_MONTH = 30.4375;
const MONTHS_PER_YEAR = 12;
/** 1 万 */
const MYRIAD = 10_000;

export type Dimension =
  | 'hashrate'
  | 'power'
  | 'efficiency'
  | 'count'
  | 'powerPrice'
  | 'money'
  | 'moneyPerMonth'
  | 'share'
  | 'sharePerMonth'
  | 'sharePerYear'
  | 'factor';

type Linear = {
  dimension: Dimension;
  /** Canonical units in one of this; a divisor where that keeps 2 % the double 0.02. */
  times?: number;
  over?: number;
  /** Yuan: the factor needs the rate as well. */
  isCny?: true;
  /** A price for one TH/s: times the machine's hash rate. */
  perThs?: true;
  /** A loss in a year: the loss in a month that adds up to it. */
  compound?: true;
};

export const UNITS = {
  'TH/s': { dimension: 'hashrate' },
  'H/s': { dimension: 'hashrate', over: 1e12 },
  'MH/s': { dimension: 'hashrate', over: 1e6 },
  'GH/s': { dimension: 'hashrate', over: 1e3 },
  'PH/s': { dimension: 'hashrate', times: 1e3 },
  'EH/s': { dimension: 'hashrate', times: 1e6 },
  W: { dimension: 'power' },
  kW: { dimension: 'power', times: 1e3 },
  MW: { dimension: 'power', times: 1e6 },
  'J/TH': { dimension: 'efficiency' },
  'J/GH': { dimension: 'efficiency', times: 1e3 },
  machines: { dimension: 'count' },
  'USD/kWh': { dimension: 'powerPrice' },
  'USc/kWh': { dimension: 'powerPrice', over: 100 },
  'USD/MWh': { dimension: 'powerPrice', over: 1e3 },
  'CNY/kWh': { dimension: 'powerPrice', isCny: true },
  'CNf/kWh': { dimension: 'powerPrice', over: 100, isCny: true },
  'CNY/MWh': { dimension: 'powerPrice', over: 1e3, isCny: true },
  USD: { dimension: 'money' },
  kUSD: { dimension: 'money', times: 1e3 },
  '10kUSD': { dimension: 'money', times: MYRIAD },
  CNY: { dimension: 'money', isCny: true },
  '10kCNY': { dimension: 'money', times: MYRIAD, isCny: true },
  'USD/TH': { dimension: 'money', perThs: true },
  'CNY/TH': { dimension: 'money', isCny: true, perThs: true },
  'USD/month': { dimension: 'moneyPerMonth' },
  'USD/day': { dimension: 'moneyPerMonth', times: DAYS_PER_MONTH },
  'USD/year': { dimension: 'moneyPerMonth', over: MONTHS_PER_YEAR },
  'CNY/month': { dimension: 'moneyPerMonth', isCny: true },
  'CNY/day': { dimension: 'moneyPerMonth', times: DAYS_PER_MONTH, isCny: true },
  'CNY/year': { dimension: 'moneyPerMonth', over: MONTHS_PER_YEAR, isCny: true },
  '%': { dimension: 'share', over: 100 },
  ratio: { dimension: 'share' },
  '%/month': { dimension: 'sharePerMonth', over: 100 },
  'ratio/month': { dimension: 'sharePerMonth' },
  '%/year': { dimension: 'sharePerYear', over: 100 },
  'ratio/year': { dimension: 'sharePerYear' },
  '%/year of hash rate': { dimension: 'sharePerMonth', over: 100, compound: true },
  factor: { dimension: 'factor' },
} as const satisfies Record<string, Linear>;

export type Unit = keyof typeof UNITS;
export const UNIT_NAMES = Object.keys(UNITS) as Unit[];

export function dimensionOf(unit: Unit): Dimension {
  return UNITS[unit].dimension;
}

export function needsCnyRate(unit: Unit): boolean {
  return 'isCny' in UNITS[unit];
}

export function needsHashrate(unit: Unit): boolean {
  return 'perThs' in UNITS[unit];
}

export type Conversion = {
  /** Yuan for one dollar, > 0; `null`: not known. */
  cnyPerUsd: number | null;
  /** Hash rate of the row's machine; `null`: not known. */
  hashrateThs: number | null;
};

/** The value in the canonical unit; `null` when the rate or the hash rate it needs is not known. */
export function toCanonical(unit: Unit, value: number, { cnyPerUsd, hashrateThs }: Conversion): number | null {
  const { times = 1, over = 1, isCny, perThs, compound }: Linear = UNITS[unit];
  if (isCny === true && cnyPerUsd === null) return null;
  if (perThs === true && hashrateThs === null) return null;
  const plain = (value * times) / (over * (isCny === true ? cnyPerUsd! : 1));
  if (compound === true) return 1 - (1 - plain) ** (1 / MONTHS_PER_YEAR);
  return perThs === true ? plain * hashrateThs! : plain;
}
