/** Figures of indicators as a miner reads them. */
import type { Format } from '#app/ui/format.ts';
import { TH_PER_PH } from '#engine/units/constants.ts';
import type { OutputUnit } from '../indicator.ts';

/** Below this a price is written with its cents. */
const CENTS_BELOW = 1000;

/** A figure with its unit. */
export function sayFigure(value: number | null, unit: OutputUnit, format: Format): string {
  switch (unit) {
    case 'price':
    case 'USD/BTC':
      return format.usd(value, value !== null && Math.abs(value) < CENTS_BELOW ? 2 : 0);
    case 'USD/TH/day':
      return `${format.usd(value === null ? null : value * TH_PER_PH)}/PH/d`;
    case 'TH/s':
      return format.hashrate(value, 2);
    case 'ratio':
      return format.percent(value);
    case '%':
      return format.percent(value === null ? null : value / 100);
    default:
      return value !== null && Math.abs(value) >= 1e9 ? format.difficulty(value) : format.number(value, 2);
  }
}

/** Thousands, and so on up to the T in which difficulty is counted. */
const STEPS = ['', 'k', 'M', 'G', 'T'] as const;

/** Short enough for an axis: 500, 20 k, 150 T. */
function sayStepped(value: number, format: Format): string {
  let scaled = value;
  let step = 0;
  for (; Math.abs(scaled) >= 1000 && step < STEPS.length - 1; step++) scaled /= 1000;
  const text = format.number(scaled, Number.isInteger(scaled) ? 0 : Math.abs(scaled) < 1 ? 2 : 1);
  return step === 0 ? text : `${text} ${STEPS[step]}`;
}

/** Dollars on an axis, with as many decimals as a small amount needs. */
function sayDollars(valueUsd: number, format: Format): string {
  if (valueUsd === 0 || Math.abs(valueUsd) >= 10) return format.shortMoney(valueUsd, 'USD');
  return format.usd(valueUsd, Math.max(0, Math.ceil(-Math.log10(Math.abs(valueUsd)) - 1e-9)));
}

/** Short enough for an axis. */
export function sayTick(value: number, unit: OutputUnit, format: Format): string {
  if (unit === 'price' || unit === 'USD/BTC') return sayDollars(value, format);
  if (unit === 'USD/TH/day') return sayDollars(value * TH_PER_PH, format);
  if (unit === 'ratio') return format.percent(value, 0);
  if (unit === '%') return format.percent(value / 100, 0);
  if (unit === 'TH/s') return format.hashrate(value, 1);
  return sayStepped(value, format);
}
