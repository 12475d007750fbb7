/**
 * Which other prices, power prices and difficulties the heat maps show around the person's own, and how far the tornado moves each
 * input. Our choices (decision 0040): steps people say aloud, the own value always on the axis, every value inside its valid range.
 */
import type { RoiInputs, TornadoField, TornadoSwing } from '#engine';
import { FIELDS, findFieldError } from '#engine/units/fields.ts';

/** A step is at most this share of the own value, so that the axis stays above zero. */
const STEP_SHARE = 1 / 7;
/** Step of power prices when the own price is zero or below. USD/kWh. */
const SMALL_POWER_STEP_USD_PER_KWH = 0.005;

/** Greatest of 1, 2, 2.5, 5 times a power of ten that is not above `limit` > 0. */
export function findRoundStep(limit: number): number {
  const decade = 10 ** Math.floor(Math.log10(limit));
  const factor = [5, 2.5, 2, 1].find((candidate) => candidate * decade <= limit) ?? 1;
  return factor * decade;
}

type AxisShape = {
  /** Values on the axis. */
  length: number;
  /** The axis moves on by this many steps at once, so that it stands still while the own value moves inside of it. */
  stride: number;
  /** Index of the own value just after the axis has moved on. */
  firstOwn: number;
};

/** Ten columns: on a phone every other one is left out, five remain wherever the own one is. */
const COLUMNS: AxisShape = { length: 10, stride: 4, firstOwn: 3 };
const ROWS: AxisShape = { length: 9, stride: 3, firstOwn: 3 };

/**
 * Multiples of `step`, ascending, with the own value in place of the nearest one; those outside the field's range are left out. The
 * same axis for neighbouring own values: sliding moves the outline over the map, not the map under the outline.
 */
function stepAround(field: 'priceUsdPerBtc' | 'powerUsdPerKwh', own: number, step: number, shape: AxisShape): number[] {
  const nearest = Math.round(own / step);
  const first = Math.floor(nearest / shape.stride) * shape.stride - shape.firstOwn;
  const axis: number[] = [];
  for (let k = first; k < first + shape.length; k++) {
    const value = k === nearest ? own : k * step;
    if (findFieldError(field, value) === null) axis.push(value);
  }
  return axis;
}

export function choosePriceAxis(priceUsdPerBtc: number): number[] {
  return stepAround('priceUsdPerBtc', priceUsdPerBtc, findRoundStep(priceUsdPerBtc * STEP_SHARE), ROWS);
}

/** Steps are round in the currency that is shown; `moneyPerUsd` > 0 is what one USD is in it. */
export function choosePowerAxis(powerUsdPerKwh: number, moneyPerUsd: number): number[] {
  const limitUsd = powerUsdPerKwh > 0 ? powerUsdPerKwh * STEP_SHARE : SMALL_POWER_STEP_USD_PER_KWH;
  return stepAround('powerUsdPerKwh', powerUsdPerKwh, findRoundStep(limitUsd * moneyPerUsd) / moneyPerUsd, COLUMNS);
}

/** Difficulty moves by shares: falls are rarer and smaller than rises. Ratio to the own value. */
export const DIFFICULTY_RATIOS = [0.8, 0.9, 1, 1.1, 1.2, 1.3, 1.4, 1.5, 1.75, 2] as const;

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
