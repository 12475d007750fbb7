/**
 * Which other prices, power prices and difficulties the heat maps show around the person's own, and how far the tornado moves each
 * input. Our choices (decision 0040): steps people say aloud, the own value always on the axis, every value inside its valid range.
 */
import type { RoiInputs, TornadoField, TornadoSwing } from '#engine';
import { FIELDS, findFieldError } from '#engine/units/fields.ts';

/** Steps on each side of the own value: nine columns, nine rows, one finger wide on a phone when every other column is left out. */
const STEPS_EACH_SIDE = 4;
/** A step is at most this share of the own value, so that four steps down stay above zero. */
const STEP_SHARE = 1 / 7;
/** Step of power prices when the own price is zero or below. USD/kWh. */
const SMALL_POWER_STEP_USD_PER_KWH = 0.005;

/** Greatest of 1, 2, 2.5, 5 times a power of ten that is not above `limit` > 0. */
export function findRoundStep(limit: number): number {
  const decade = 10 ** Math.floor(Math.log10(limit));
  const factor = [5, 2.5, 2, 1].find((candidate) => candidate * decade <= limit) ?? 1;
  return factor * decade;
}

/** Own value and four round steps to each side; those outside the field's range are left out. Ascending. */
function stepAround(field: 'priceUsdPerBtc' | 'powerUsdPerKwh', own: number, step: number): number[] {
  const axis: number[] = [];
  for (let k = -STEPS_EACH_SIDE; k <= STEPS_EACH_SIDE; k++) {
    const value = k === 0 ? own : own + k * step;
    if (findFieldError(field, value) === null) axis.push(value);
  }
  return axis;
}

export function choosePriceAxis(priceUsdPerBtc: number): number[] {
  return stepAround('priceUsdPerBtc', priceUsdPerBtc, findRoundStep(priceUsdPerBtc * STEP_SHARE));
}

/** Steps are round in the currency that is shown; `moneyPerUsd` > 0 is what one USD is in it. */
export function choosePowerAxis(powerUsdPerKwh: number, moneyPerUsd: number): number[] {
  const limitUsd = powerUsdPerKwh > 0 ? powerUsdPerKwh * STEP_SHARE : SMALL_POWER_STEP_USD_PER_KWH;
  return stepAround('powerUsdPerKwh', powerUsdPerKwh, findRoundStep(limitUsd * moneyPerUsd) / moneyPerUsd);
}

/** Difficulty moves by shares: falls are rarer and smaller than rises. Ratio to the own value. */
export const DIFFICULTY_RATIOS = [0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.75] as const;

export function chooseDifficultyAxis(difficulty: number): number[] {
  return DIFFICULTY_RATIOS.map((ratio) => (ratio === 1 ? difficulty : difficulty * ratio)).filter(
    (value) => findFieldError('difficulty', value) === null,
  );
}

/** How far an input moves: `share` of its own value, or by `points` of its unit. */
type Reach = { field: TornadoField; kind: 'share' | 'points'; low: number; high: number };

/** What a year can plausibly bring. Ours; shown beside each bar. */
const REACHES: readonly Reach[] = [
  { field: 'priceUsdPerBtc', kind: 'share', low: -0.2, high: 0.2 },
  { field: 'priceGrowthRatioPerMonth', kind: 'points', low: -0.01, high: 0.01 },
  { field: 'networkGrowthRatioPerMonth', kind: 'points', low: -0.01, high: 0.01 },
  { field: 'powerUsdPerKwh', kind: 'share', low: -0.2, high: 0.2 },
  { field: 'capexUsd', kind: 'share', low: -0.2, high: 0.2 },
  { field: 'uptimeRatio', kind: 'points', low: -0.05, high: 0.02 },
  { field: 'hashrateDecayRatioPerMonth', kind: 'points', low: -0.002, high: 0.003 },
  { field: 'poolFeeRatio', kind: 'points', low: -0.01, high: 0.01 },
];

function clamp(field: TornadoField, value: number): number {
  const { min, max } = FIELDS[field];
  return Math.min(Math.max(value, min), max);
}

/** One swing an input; an input that cannot move (a share of zero) is left out. */
export function chooseTornadoSwings(inputs: RoiInputs): TornadoSwing[] {
  const swings: TornadoSwing[] = [];
  for (const { field, kind, low, high } of REACHES) {
    const own = inputs[field];
    const scale = kind === 'share' ? Math.abs(own) : 1;
    const swing = { field, low: clamp(field, own + low * scale), high: clamp(field, own + high * scale) };
    const isValid = findFieldError(field, swing.low) === null && findFieldError(field, swing.high) === null;
    if (isValid && swing.low < swing.high) swings.push(swing);
  }
  return swings;
}
