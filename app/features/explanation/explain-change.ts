/**
 * What changed since a saved scenario, and how much of the change each kind of input is to blame for: the Shapley values over five groups of inputs (Shapley 1953). Every group is moved from then to now in every order of
 * the five, and its contribution is the mean of what moving it changed; so no order is preferred, a group that did not change contributes exactly 0, and the contributions add up to the whole. 32 projections, some
 * milliseconds. Pure; the engine is an argument.
 */
import type { Engine, Invalid, RoiInputs, RoiResult } from '#engine';

/** `difficulty` is the state of the network; `machine` is everything that is not in one of the others: the machine, its price and its terms. */
export const EXPLAINED_GROUPS = ['price', 'difficulty', 'fees', 'powerPrice', 'machine'] as const;
export type ExplainedGroup = (typeof EXPLAINED_GROUPS)[number];

const GROUP_OF: Readonly<Record<keyof RoiInputs, ExplainedGroup>> = {
  priceUsdPerBtc: 'price',
  priceGrowthRatioPerMonth: 'price',
  height: 'difficulty',
  difficulty: 'difficulty',
  epochElapsedS: 'difficulty',
  networkHashrateThs: 'difficulty',
  networkGrowthRatioPerMonth: 'difficulty',
  feesBtcPerBlock: 'fees',
  powerUsdPerKwh: 'powerPrice',
  clientPowerUsdPerKwh: 'powerPrice',
  horizonMonths: 'machine',
  payoutModel: 'machine',
  hashrateThs: 'machine',
  powerW: 'machine',
  count: 'machine',
  poolFeeRatio: 'machine',
  uptimeRatio: 'machine',
  pue: 'machine',
  hashrateDecayRatioPerMonth: 'machine',
  hostingFeeUsdPerMonth: 'machine',
  maintenanceUsdPerMonth: 'machine',
  capexUsd: 'machine',
  residualUsd: 'machine',
  heldRatio: 'machine',
  discountRatioPerYear: 'machine',
  shutdownWhenUnprofitable: 'machine',
  hostCapexUsd: 'machine',
};
const NAMES = Object.keys(GROUP_OF) as (keyof RoiInputs)[];

/** Figures of a result that can be explained. */
export const EXPLAINED_FIGURES = {
  npvUsd: ({ projection }: RoiResult) => projection.npvUsd,
  profitUsd: ({ projection }: RoiResult) => projection.profitUsd,
  roiRatio: ({ projection }: RoiResult) => projection.roiRatio,
  netUsdPerDay: ({ today }: RoiResult) => today.netUsdPerDay,
} as const satisfies Record<string, (result: RoiResult) => number | null>;
export type ExplainedFigure = keyof typeof EXPLAINED_FIGURES;

export type Contribution = {
  group: ExplainedGroup;
  /** In the figure's unit. */
  change: number;
  /** Inputs of the group that differ. */
  changed: (keyof RoiInputs)[];
};

export type Explanation =
  | { kind: 'ok'; figure: ExplainedFigure; valueThen: number; valueNow: number; total: number; contributions: Contribution[] }
  | Invalid
  /** Then, now or half way between them the figure does not exist (ROI without a price paid). */
  | { kind: 'unknown'; figure: ExplainedFigure };

/** The inputs of then, with those of the chosen groups as they are now. `chosen`: a bit a group, in the order of EXPLAINED_GROUPS. */
function mix(then: RoiInputs, now: RoiInputs, chosen: number): RoiInputs {
  const entries = NAMES.map((name) => [name, ((chosen >> EXPLAINED_GROUPS.indexOf(GROUP_OF[name])) & 1 ? now : then)[name]]);
  return Object.fromEntries(entries) as RoiInputs;
}

function factorial(value: number): number {
  return value <= 1 ? 1 : value * factorial(value - 1);
}

function countBits(bits: number): number {
  let count = 0;
  for (let rest = bits; rest > 0; rest >>= 1) count += rest & 1;
  return count;
}

/** Refuses what the engine refuses, in any mixture. */
export function explainChange(then: RoiInputs, now: RoiInputs, figure: ExplainedFigure, engine: Pick<Engine, 'project'>): Explanation {
  const count = EXPLAINED_GROUPS.length;
  const values: number[] = [];
  for (let chosen = 0; chosen < 1 << count; chosen += 1) {
    const result = engine.project(mix(then, now, chosen));
    if (result.kind === 'invalid') return result;
    const value = EXPLAINED_FIGURES[figure](result);
    if (value === null) return { kind: 'unknown', figure };
    values.push(value);
  }
  const contributions = EXPLAINED_GROUPS.map((group, bit): Contribution => {
    let change = 0;
    for (let others = 0; others < 1 << count; others += 1) {
      if ((others >> bit) & 1) continue;
      const before = countBits(others);
      const weight = (factorial(before) * factorial(count - before - 1)) / factorial(count);
      change += weight * (values[others | (1 << bit)]! - values[others]!);
    }
    return { group, change, changed: NAMES.filter((name) => GROUP_OF[name] === group && then[name] !== now[name]) };
  });
  const [first, last] = [values[0]!, values.at(-1)!];
  return { kind: 'ok', figure, valueThen: first, valueNow: last, total: last - first, contributions };
}
