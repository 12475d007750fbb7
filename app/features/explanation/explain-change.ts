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
  netUsdPerDay: ({ today }: RoiResult) => today.netUsdPerDay,
  paybackMonths: ({ projection }: RoiResult) => projection.paybackMonths,
  profitUsd: ({ projection }: RoiResult) => projection.profitUsd,
  roiRatio: ({ projection }: RoiResult) => projection.roiRatio,
} as const satisfies Record<string, (result: RoiResult) => number | null>;
export type ExplainedFigure = keyof typeof EXPLAINED_FIGURES;
export const EXPLAINED_FIGURE_NAMES = Object.keys(EXPLAINED_FIGURES) as ExplainedFigure[];

export type Contribution = {
  group: ExplainedGroup;
  /** In the figure's unit. */
  change: number;
};

export type FigureChange =
  | { kind: 'ok'; valueThen: number; valueNow: number; change: number; contributions: Contribution[] }
  /** The figure does not exist then, now or (with both given) half way between them: a payback that is not reached, ROI without a price paid. */
  | { kind: 'unknown'; valueThen: number | null; valueNow: number | null };

export type Explanation =
  | {
      kind: 'ok';
      /** Inputs of each group that differ. */
      changed: Record<ExplainedGroup, (keyof RoiInputs)[]>;
      figures: Record<ExplainedFigure, FigureChange>;
    }
  | Invalid;

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

/** Shapley value of each group. `values`: the figure of every mixture, by the bits of its groups. */
function share(values: readonly number[]): Contribution[] {
  const count = EXPLAINED_GROUPS.length;
  return EXPLAINED_GROUPS.map((group, bit) => {
    let change = 0;
    for (let others = 0; others < 1 << count; others += 1) {
      if ((others >> bit) & 1) continue;
      const before = countBits(others);
      const weight = (factorial(before) * factorial(count - before - 1)) / factorial(count);
      change += weight * (values[others | (1 << bit)]! - values[others]!);
    }
    return { group, change };
  });
}

function explainFigure(values: readonly (number | null)[]): FigureChange {
  const [valueThen, valueNow] = [values[0] ?? null, values.at(-1) ?? null];
  const known = values.filter((value) => value !== null);
  if (valueThen === null || valueNow === null || known.length < values.length) return { kind: 'unknown', valueThen, valueNow };
  return { kind: 'ok', valueThen, valueNow, change: valueNow - valueThen, contributions: share(known) };
}

/** All figures at once, from 32 projections. Refuses what the engine refuses, in any mixture. */
export function explainChange(then: RoiInputs, now: RoiInputs, engine: Pick<Engine, 'project'>): Explanation {
  const results: RoiResult[] = [];
  for (let chosen = 0; chosen < 1 << EXPLAINED_GROUPS.length; chosen += 1) {
    const result = engine.project(mix(then, now, chosen));
    if (result.kind === 'invalid') return result;
    results.push(result);
  }
  const listChanged = (group: ExplainedGroup) => NAMES.filter((name) => GROUP_OF[name] === group && then[name] !== now[name]);
  const changed = Object.fromEntries(EXPLAINED_GROUPS.map((group) => [group, listChanged(group)]));
  const figures = EXPLAINED_FIGURE_NAMES.map((figure) => [figure, explainFigure(results.map(EXPLAINED_FIGURES[figure]))]);
  return {
    kind: 'ok',
    changed: changed as Record<ExplainedGroup, (keyof RoiInputs)[]>,
    figures: Object.fromEntries(figures) as Record<ExplainedFigure, FigureChange>,
  };
}
