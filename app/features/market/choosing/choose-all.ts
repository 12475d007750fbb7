/**
 * All figures of one moment, chosen together: a difficulty belongs to the epoch of the height, a hash rate to the difficulty. Pure: the clock is an argument.
 */

import { TARGET_EPOCH_S } from '#engine/units/constants.ts';
import { isHashrateOfDifficulty } from '#engine/units/network.ts';
import { RATE_FIGURES } from '#engine/units/quotes.ts';
import { SHIPPED_SNAPSHOT } from '../shipped-snapshot.ts';
import type { ChosenFigure } from '../snapshot.ts';
import { type Choice, chooseFigure, type Doubt, type LastChoice, type SourceReading } from './choose-figure.ts';

export type Said = {
  /** Names of the sources of a figure, in the order in which they are believed. */
  chain: (figure: ChosenFigure) => readonly string[];
  /** The last reading of each source. */
  readings: (figure: ChosenFigure) => readonly SourceReading[];
  /** What counted until now. */
  last: (figure: ChosenFigure) => LastChoice | null;
};

export type Choices = Partial<Record<ChosenFigure, Choice>>;

/** Figures that are asked for in two requests at the same moment are so far apart at most. */
const SAME_MOMENT_MS = 60_000;
/** Consensus lets a retarget change the difficulty by so much at most. */
const MAX_RETARGET_FACTOR = 4;

/** Every figure that can be chosen now; one that is absent keeps what counted until now. */
export function chooseAll({ chain, readings, last }: Said, nowMs: number): Choices {
  const choose = (figure: ChosenFigure, doubt?: Doubt) =>
    chooseFigure(figure, chain(figure), readings(figure), { nowMs, last: last(figure), doubt }) ?? undefined;
  const height = choose('height');
  const epochElapsedS = choose('epochElapsedS');
  const beganAtMs = findEpochStartMs(height, epochElapsedS);
  const difficulty = choose('difficulty', doubtDifficulty(last('difficulty'), beganAtMs));
  const knownDifficulty = difficulty ?? last('difficulty');
  // Without a difficulty of the height's epoch the height of before stays with the difficulty of before: they are a pair.
  const isPair = beganAtMs === null || knownDifficulty === null || !isOfEarlierEpoch(knownDifficulty, beganAtMs);
  return {
    ...(isPair ? { height, epochElapsedS } : {}),
    difficulty,
    networkHashrateThs: choose('networkHashrateThs', doubtHashrate(knownDifficulty?.value ?? SHIPPED_SNAPSHOT.difficulty.value)),
    feesBtcPerBlock: choose('feesBtcPerBlock'),
    cnyPerUsd: choose('cnyPerUsd'),
    priceUsdPerBtc: choose('priceUsdPerBtc'),
    ...Object.fromEntries(RATE_FIGURES.map((rate) => [rate, choose(rate)])),
  };
}

/** When the epoch of the height began; `null` when its age is not known at the instant of the height. */
function findEpochStartMs(height: Choice | undefined, elapsedS: Choice | undefined): number | null {
  if (height === undefined || elapsedS === undefined || height.observedAtMs !== elapsedS.observedAtMs) return null;
  return height.observedAtMs - elapsedS.value * 1000;
}

const isOfEarlierEpoch = ({ observedAtMs }: Pick<Choice, 'observedAtMs'>, beganAtMs: number) => observedAtMs < beganAtMs - SAME_MOMENT_MS;

/** Not the difficulty of an epoch before, and none that retargets could not have led to since the `last` one. */
function doubtDifficulty(last: LastChoice | null, beganAtMs: number | null): Doubt {
  return (reading) => {
    if (beganAtMs !== null && isOfEarlierEpoch(reading, beganAtMs)) return 'other-epoch';
    if (last === null) return null;
    // One retarget may have come at any time; more need two weeks each.
    const retargets = 1 + Math.max(0, reading.observedAtMs - last.observedAtMs) / (TARGET_EPOCH_S * 1000);
    return Math.abs(Math.log(reading.value / last.value)) > retargets * Math.log(MAX_RETARGET_FACTOR) ? 'implausible' : null;
  };
}

function doubtHashrate(difficulty: number | null): Doubt {
  return ({ value }) => (difficulty === null || isHashrateOfDifficulty(value, difficulty) ? null : 'implausible');
}
