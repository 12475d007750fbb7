/**
 * Which value counts when several sources say one. The price is a median of the fresh ones that agree; every other figure comes from the first source of its chain
 * that is fresh and fits. Pure: the clock is an argument. What was passed over, and why, is part of the answer.
 */
import type { PriceQuote } from '#engine/units/quotes.ts';
import type { ChosenFigure } from '../snapshot.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** Central banks fix no rate from Friday to Monday, and over Easter until Tuesday. */
const RATE_AGE_MS = 5 * DAY_MS;

/** Older than this a value is not taken any more: the last chosen one stays and its age is shown. */
export const MAX_AGE_MS: Readonly<Record<ChosenFigure, number>> = {
  priceUsdPerBtc: 3 * MINUTE_MS,
  height: HOUR_MS,
  epochElapsedS: HOUR_MS,
  difficulty: HOUR_MS,
  networkHashrateThs: 6 * HOUR_MS,
  feesBtcPerBlock: 6 * HOUR_MS,
  cnyPerUsd: RATE_AGE_MS,
  eurPerUsd: RATE_AGE_MS,
  gbpPerUsd: RATE_AGE_MS,
  cadPerUsd: RATE_AGE_MS,
  audPerUsd: RATE_AGE_MS,
};

/** `quote`: of a price. */
export type SourceReading = { source: string; sourceUrl: string; value: number; observedAtMs: number; quote?: PriceQuote };
/**
 * Why a source does not count. `stale`: too old. `unread`: it never gave the figure. `outlier`: far from the others, which agree. `disputed`: it and others disagree, and nobody knows who is
 * right. `unconfirmed`: far from the last price, and too few say so. `behind`: a later source of the chain gave a newer value, so this one fell silent. `other-epoch`: read before the epoch of the
 * height began. `implausible`: it contradicts what else is known. `ahead`: dated in the future.
 */
export const PASSED_OVER_REASONS = [
  'stale',
  'outlier',
  'unread',
  'disputed',
  'unconfirmed',
  'behind',
  'other-epoch',
  'implausible',
  'ahead',
] as const;
export type PassedOverReason = (typeof PASSED_OVER_REASONS)[number];
export type PassedOver = { source: string; reason: PassedOverReason; value: number | null };

/**
 * How a figure was chosen. `median`: the middle of two or more prices that agree. `single`: one price only, which nobody confirms. `disputed`: what is said now is not believed, so the last
 * price stays, with its own time; nothing is used. `chain`: the `step`-th (from 1) of `steps` sources, the ones before it being in `passedOver`.
 */
export type FigureBasis =
  | { kind: 'median' | 'single' | 'disputed'; used: { source: string; value: number; quote?: PriceQuote }[]; passedOver: PassedOver[] }
  | { kind: 'chain'; step: number; steps: number; passedOver: PassedOver[] };

export type Choice = { value: number; source: string; sourceUrl: string | null; observedAtMs: number; basis: FigureBasis };

/** What counted until now: `null` when nothing ever did. */
export type LastChoice = Pick<Choice, 'value' | 'source' | 'sourceUrl' | 'observedAtMs'>;

/** Why a reading of the chain is not believed beside what else is known; `null`: it is. */
export type Doubt = (reading: SourceReading) => 'other-epoch' | 'implausible' | null;

export type ChooseContext = { nowMs: number; last: LastChoice | null; doubt?: Doubt };

/**
 * All sources of a chain are asked at the same time: one whose reading is further behind the newest of the others did not answer any more, and the others may know better by now. A rate is dated
 * to its day by one source and to the second by the other, so it has no such limit.
 */
const MAX_BEHIND_MS: Readonly<Partial<Record<ChosenFigure, number>>> = {
  height: 10 * MINUTE_MS,
  epochElapsedS: 10 * MINUTE_MS,
  difficulty: 10 * MINUTE_MS,
  networkHashrateThs: HOUR_MS,
  feesBtcPerBlock: HOUR_MS,
};

/** Clocks differ by seconds; a value dated further ahead was stored when ours or theirs was wrong. */
const MAX_AHEAD_MS = 2 * MINUTE_MS;

/** Why the age of a reading alone keeps it from counting; `null`: it is fresh. */
function findStaleness(figure: ChosenFigure, { observedAtMs }: SourceReading, nowMs: number): 'stale' | 'ahead' | null {
  const ageMs = nowMs - observedAtMs;
  if (ageMs < -MAX_AHEAD_MS) return 'ahead';
  return ageMs <= MAX_AGE_MS[figure] ? null : 'stale';
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Makes the median absolute deviation comparable with a standard deviation of normal errors. */
const MAD_SCALE = 1.4826;
const MAX_DEVIATIONS = 3;
/** Exchanges that trade normally differ by a few hundredths of a percent; a deviation of so little is never an outlier. */
const LEAST_OUTLIER_RATIO = 0.005;

/** Exchanges within this of each other agree; further apart, one of them is wrong or their markets are cut off from each other. Of the median. */
const MAX_SPREAD_RATIO = 0.02;
/** So many sources that agree are believed whatever the last price was. */
const ENOUGH_TO_JUMP = 3;
/** Fewer are not believed when they are further than this from a last price of the last day: no day of the last years moved the price so far. */
const MAX_UNCONFIRMED_JUMP_RATIO = 0.25;

/**
 * The consensus price. A price further than three scaled median absolute deviations from the median, and further than 0.5 %, is an outlier; the rest give the median when they lie within 2 % of
 * each other, and, being fewer than three, within 25 % of the `last` price of at most a day ago. Otherwise the last price stays with its own time, marked `disputed`. `null`: no price is fresh, or
 * they disagree and there is no last one. `chain` names the sources that count, in order.
 */
export function choosePrice(
  chain: readonly string[],
  readings: readonly SourceReading[],
  nowMs: number,
  last: LastChoice | null,
): Choice | null {
  const figure = 'priceUsdPerBtc';
  // In the order of the chain: the same prices give the same words, in whatever order they were stored.
  const known = chain.flatMap((source) => readings.find((reading) => reading.source === source) ?? []);
  const fresh = known.filter((reading) => findStaleness(figure, reading, nowMs) === null);
  if (fresh.length === 0) return null;
  const middle = median(fresh.map(({ value }) => value));
  const scale = MAD_SCALE * median(fresh.map(({ value }) => Math.abs(value - middle)));
  const tolerance = Math.max(MAX_DEVIATIONS * scale, LEAST_OUTLIER_RATIO * middle);
  const used = fresh.length < 3 ? fresh : fresh.filter(({ value }) => Math.abs(value - middle) <= tolerance);
  const value = median(used.map((reading) => reading.value));
  const doubt = findDoubt(used, value, nowMs, last);
  const passedOver = chain.flatMap((source): PassedOver[] => {
    const reading = known.find((candidate) => candidate.source === source);
    if (reading === undefined) return [{ source, reason: 'unread', value: null }];
    const reason = used.includes(reading) ? doubt : (findStaleness(figure, reading, nowMs) ?? 'outlier');
    return reason === null ? [] : [{ source, reason, value: reading.value }];
  });
  if (doubt !== null) return last === null ? null : { ...last, basis: { kind: 'disputed', used: [], passedOver } };
  const [first] = used;
  return {
    value,
    source: used.map(({ source }) => source).join(', '),
    sourceUrl: used.length === 1 && first !== undefined ? first.sourceUrl : null,
    // As old as the oldest price in it.
    observedAtMs: Math.min(...used.map(({ observedAtMs }) => observedAtMs)),
    basis: { kind: used.length === 1 ? 'single' : 'median', used: used.map(toUsed), passedOver },
  };
}

const toUsed = ({ source, value, quote }: SourceReading) => ({ source, value, ...(quote === undefined ? {} : { quote }) });

/** Why prices that are no outliers are not believed all the same; `null`: they are. */
function findDoubt(
  used: readonly SourceReading[],
  value: number,
  nowMs: number,
  last: LastChoice | null,
): 'disputed' | 'unconfirmed' | null {
  const prices = used.map((reading) => reading.value);
  if (Math.max(...prices) - Math.min(...prices) > MAX_SPREAD_RATIO * value) return 'disputed';
  if (used.length >= ENOUGH_TO_JUMP || last === null || Math.abs(nowMs - last.observedAtMs) > DAY_MS) return null;
  return Math.abs(value / last.value - 1) > MAX_UNCONFIRMED_JUMP_RATIO ? 'unconfirmed' : null;
}

/** The first reading in the order of `chain` that is fresh, not behind the others, and not in doubt; `null`: none is. */
export function chooseByChain(
  figure: ChosenFigure,
  chain: readonly string[],
  readings: readonly SourceReading[],
  { nowMs, doubt = () => null }: Omit<ChooseContext, 'last'>,
): Choice | null {
  const findFault = (reading: SourceReading) => findStaleness(figure, reading, nowMs) ?? doubt(reading);
  const believed = readings.filter((reading) => chain.includes(reading.source) && findFault(reading) === null);
  const newestMs = Math.max(...believed.map(({ observedAtMs }) => observedAtMs));
  const maxBehindMs = MAX_BEHIND_MS[figure] ?? Number.POSITIVE_INFINITY;
  const passedOver: PassedOver[] = [];
  for (const [index, source] of chain.entries()) {
    const reading = readings.find((candidate) => candidate.source === source);
    if (reading === undefined) {
      passedOver.push({ source, reason: 'unread', value: null });
      continue;
    }
    const { value, sourceUrl, observedAtMs } = reading;
    const reason = findFault(reading) ?? (newestMs - observedAtMs > maxBehindMs ? 'behind' : null);
    if (reason === null) {
      return { value, source, sourceUrl, observedAtMs, basis: { kind: 'chain', step: index + 1, steps: chain.length, passedOver } };
    }
    passedOver.push({ source, reason, value });
  }
  return null;
}

export function chooseFigure(
  figure: ChosenFigure,
  chain: readonly string[],
  readings: readonly SourceReading[],
  context: ChooseContext,
): Choice | null {
  return figure === 'priceUsdPerBtc'
    ? choosePrice(chain, readings, context.nowMs, context.last)
    : chooseByChain(figure, chain, readings, context);
}
