/**
 * What changed since a saved scenario, and how much of the change each kind of input is to blame for: the Shapley values over six groups of inputs (Shapley 1953). Every group is moved from then to now in every order of
 * the six, and its contribution is the mean of what moving it changed; so no order is preferred, a group that did not change contributes exactly 0, and the contributions add up to the whole. 32 projections, 64 where
 * the exchange rate moved, some milliseconds. Pure; the engine is an argument.
 */
import type { Engine, Invalid, RoiInputs, RoiResult } from '#engine';

/**
 * `difficulty` is the state of the network; `machine` is everything that is not in one of the others: the machine, its price and its terms. `exchangeRate` is yuan for a dollar: it moves what amounts typed in yuan are worth
 * in dollars, and what dollars are worth in yuan.
 */
export const EXPLAINED_GROUPS = ['price', 'difficulty', 'fees', 'powerPrice', 'machine', 'exchangeRate'] as const;
export type ExplainedGroup = (typeof EXPLAINED_GROUPS)[number];
type InputGroup = Exclude<ExplainedGroup, 'exchangeRate'>;

const GROUP_OF: Readonly<Record<keyof RoiInputs, InputGroup>> = {
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

/** Inputs that a form in yuan holds in yuan. A coin is quoted in dollars whatever the currency. */
const MONEY_INPUTS: readonly (keyof RoiInputs)[] = [
  'powerUsdPerKwh',
  'clientPowerUsdPerKwh',
  'hostingFeeUsdPerMonth',
  'maintenanceUsdPerMonth',
  'capexUsd',
  'residualUsd',
  'hostCapexUsd',
];

/** The rates of both moments, and on which side amounts were typed in yuan: those keep their yuan when the rate moves, others their dollars. */
export type ExchangeRates = { thenCnyPerUsd: number; nowCnyPerUsd: number; thenInYuan: boolean; nowInYuan: boolean };

/** Figures of a result that can be explained. */
export const EXPLAINED_FIGURES = {
  npvUsd: ({ projection }: RoiResult) => projection.npvUsd,
  netUsdPerDay: ({ today }: RoiResult) => today.netUsdPerDay,
  paybackMonths: ({ projection }: RoiResult) => projection.paybackMonths,
  profitUsd: ({ projection }: RoiResult) => projection.profitUsd,
  roiRatio: ({ projection }: RoiResult) => projection.roiRatio,
} as const satisfies Record<string, (result: RoiResult) => number | null>;
export type ExplainedFigure = keyof typeof EXPLAINED_FIGURES;
/** Figures that are amounts of money: in yuan they carry the rate themselves. */
export const MONEY_FIGURES: readonly ExplainedFigure[] = ['npvUsd', 'netUsdPerDay', 'profitUsd'];
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

export type ExplainedInput = keyof RoiInputs | 'cnyPerUsd';

export type Explanation =
  | {
      kind: 'ok';
      /** Inputs of each group that differ, in the money they are held in. */
      changed: Record<ExplainedGroup, ExplainedInput[]>;
      /** Amounts in USD. */
      figures: Record<ExplainedFigure, FigureChange>;
      /** Amounts in yuan, each at the rate of its moment; null: no rates were given. */
      figuresInYuan: Record<ExplainedFigure, FigureChange> | null;
    }
  | Invalid;

/** Two amounts typed alike differ by what dividing by one rate and multiplying by it again leaves. */
const SAME_AMOUNT = 1e-12;

const isOneAmount = (one: number, other: number) => Math.abs(one - other) <= SAME_AMOUNT * Math.max(Math.abs(one), Math.abs(other));

type Sides = { then: RoiInputs; now: RoiInputs; rates: ExchangeRates | null };

/** An amount held in yuan then and now, and the same number of yuan. */
function isSameInYuan({ then, now, rates }: Sides, name: keyof RoiInputs): boolean {
  if (rates === null || !rates.thenInYuan || !rates.nowInYuan || !MONEY_INPUTS.includes(name)) return false;
  const [before, after] = [then[name], now[name]];
  if (typeof before !== 'number' || typeof after !== 'number') return false;
  return isOneAmount(before * rates.thenCnyPerUsd, after * rates.nowCnyPerUsd);
}

/** Amounts typed in two currencies are compared in dollars, each at the rate of its moment. */
function isChanged(sides: Sides, name: keyof RoiInputs): boolean {
  return sides.then[name] !== sides.now[name] && !isSameInYuan(sides, name);
}

const RATE_BIT = 1 << EXPLAINED_GROUPS.indexOf('exchangeRate');
const isChosen = (chosen: number, group: ExplainedGroup) => ((chosen >> EXPLAINED_GROUPS.indexOf(group)) & 1) === 1;

function mixOne(sides: Sides, name: keyof RoiInputs, chosen: number): RoiInputs[keyof RoiInputs] {
  const { then, now, rates } = sides;
  const isRateOfNow = isChosen(chosen, 'exchangeRate');
  // The number of yuan is one and the same: the rate alone says how many dollars.
  if (isSameInYuan(sides, name)) return (isRateOfNow ? now : then)[name];
  const isNow = isChosen(chosen, GROUP_OF[name]);
  const value = (isNow ? now : then)[name];
  const isInYuan = rates !== null && (isNow ? rates.nowInYuan : rates.thenInYuan) && MONEY_INPUTS.includes(name);
  if (!isInYuan || typeof value !== 'number' || isNow === isRateOfNow) return value;
  const { thenCnyPerUsd, nowCnyPerUsd } = rates;
  return isNow ? (value * nowCnyPerUsd) / thenCnyPerUsd : (value * thenCnyPerUsd) / nowCnyPerUsd;
}

/** The inputs of then, with those of the chosen groups as they are now. `chosen`: a bit a group, in the order of EXPLAINED_GROUPS. */
function mix(sides: Sides, chosen: number): RoiInputs {
  return Object.fromEntries(NAMES.map((name) => [name, mixOne(sides, name, chosen)])) as RoiInputs;
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

/**
 * All figures at once, from 32 projections, 64 where a rate moved. Refuses what the engine refuses, in any mixture. `rates`: where amounts are in yuan then or now; null: the exchange rate plays no part.
 */
export function explainChange(
  then: RoiInputs,
  now: RoiInputs,
  engine: Pick<Engine, 'project'>,
  rates: ExchangeRates | null = null,
): Explanation {
  const sides: Sides = { then, now, rates };
  const isRateMoved = rates !== null && rates.thenCnyPerUsd !== rates.nowCnyPerUsd;
  const results: RoiResult[] = [];
  for (let chosen = 0; chosen < 1 << EXPLAINED_GROUPS.length; chosen += 1) {
    const isAsBefore = !isRateMoved && chosen >= RATE_BIT;
    const result = isAsBefore ? results[chosen - RATE_BIT]! : engine.project(mix(sides, chosen));
    if (result.kind === 'invalid') return result;
    results.push(result);
  }
  const listChanged = (group: ExplainedGroup): ExplainedInput[] =>
    group === 'exchangeRate'
      ? isRateMoved
        ? ['cnyPerUsd']
        : []
      : NAMES.filter((name) => GROUP_OF[name] === group && isChanged(sides, name));
  const changed = Object.fromEntries(EXPLAINED_GROUPS.map((group) => [group, listChanged(group)]));
  const explainAll = (rateAt: (figure: ExplainedFigure, chosen: number) => number) => {
    const figures = EXPLAINED_FIGURE_NAMES.map((figure) => {
      const values = results.map((result, chosen) => {
        const value = EXPLAINED_FIGURES[figure](result);
        return value === null ? null : value * rateAt(figure, chosen);
      });
      return [figure, explainFigure(values)];
    });
    return Object.fromEntries(figures) as Record<ExplainedFigure, FigureChange>;
  };
  return {
    kind: 'ok',
    changed: changed as Record<ExplainedGroup, ExplainedInput[]>,
    figures: explainAll(() => 1),
    figuresInYuan:
      rates === null
        ? null
        : explainAll((figure, chosen) =>
            MONEY_FIGURES.includes(figure) ? (isChosen(chosen, 'exchangeRate') ? rates.nowCnyPerUsd : rates.thenCnyPerUsd) : 1,
          ),
  };
}
