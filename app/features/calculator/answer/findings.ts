/**
 * What the figures say, as facts without words: each title of the page states one of these. `say-finding.ts` puts them into the
 * reader's language. Pure.
 */

import type { HeatGrid } from '#app/features/calculator/sensitivity/compute-sensitivity.ts';
import type { ProjectionSummary, TornadoField } from '#engine';
import type { Answer, ComparedAnswer } from './compute-answer.ts';

export type Headline =
  | { kind: 'paysBack'; month: number }
  | { kind: 'paysBackBeforeHalving'; month: number; gapMonths: number }
  | { kind: 'paysBackAroundHalving'; month: number }
  | { kind: 'paysBackAfterHalving'; month: number; gapMonths: number }
  | { kind: 'paysBackThenLoses'; month: number; horizonMonths: number }
  | { kind: 'neverPaysBack'; horizonMonths: number }
  | { kind: 'losesToday'; lossUsdPerDay: number; horizonMonths: number }
  | { kind: 'offFromStart' }
  | { kind: 'earnsAtNoPrice' }
  /** No price to pay back, and nothing comes in either. */
  | { kind: 'earnsNothing' };

/** Today's net as seen from the page's side, USD/day for all machines. */
export function netUsdPerDayOf(answer: Answer): number {
  return answer.view === 'host' && answer.hosting !== null ? answer.hosting.host.today.netUsdPerDay : answer.today.netUsdPerDay;
}

/** The price of the machines, or of the host's part of the site, per machine. USD. */
export function capexUsdOf(answer: Answer): number {
  return answer.view === 'host' && answer.hosting !== null ? answer.hosting.host.capexUsd : answer.inputs.capexUsd;
}

/** The month in which the money is back, 1..N: 21.9 months is in month 22, 21.0 in month 21. */
export function toMonth(months: number): number {
  return Math.max(1, Math.ceil(months));
}

export function findHeadline(answer: Answer): Headline {
  const { paybackMonths, profitUsd, shutdownMonth } = answer.projection;
  const { horizonMonths } = answer.inputs;
  const netUsdPerDay = netUsdPerDayOf(answer);
  // Without a price there is nothing to pay back; that alone does not mean that anything is earned.
  if (shutdownMonth === 1 && (paybackMonths === null || (paybackMonths === 0 && profitUsd <= 0))) return { kind: 'offFromStart' };
  if (paybackMonths === null) {
    if (netUsdPerDay < 0) return { kind: 'losesToday', lossUsdPerDay: -netUsdPerDay, horizonMonths };
    return { kind: 'neverPaysBack', horizonMonths };
  }
  if (paybackMonths === 0) return { kind: profitUsd > 0 ? 'earnsAtNoPrice' : 'earnsNothing' };
  const month = toMonth(paybackMonths);
  if (profitUsd < 0) return { kind: 'paysBackThenLoses', month, horizonMonths };
  if (answer.halvingMonths === null) return { kind: 'paysBack', month };
  const gapMonths = Math.floor(Math.abs(answer.halvingMonths - paybackMonths));
  if (gapMonths === 0) return { kind: 'paysBackAroundHalving', month };
  return paybackMonths < answer.halvingMonths
    ? { kind: 'paysBackBeforeHalving', month, gapMonths }
    : { kind: 'paysBackAfterHalving', month, gapMonths };
}

export type SwitchOff =
  | { kind: 'never' }
  /** Off in that month and in every one after it. */
  | { kind: 'from'; month: number }
  /** Off in some months, the first of them `month`. */
  | { kind: 'sometimes'; month: number; offMonths: number }
  /** The person wants it to run at a loss. */
  | { kind: 'runsOn' };

/** True in a month in which nothing is mined, or sold, because the machine stands still. */
export function isOffMonth(answer: Answer, monthIndex: number): boolean {
  const month = answer.projection.months[monthIndex];
  const { shutdownMonth } = answer.projection;
  if (month === undefined || shutdownMonth === null || month.month < shutdownMonth) return false;
  if (answer.view !== 'host') return month.minedBtc === 0;
  // The host mines nothing in any month: a month without power sold brings the hosting fees only.
  return month.revenueUsd <= answer.inputs.hostingFeeUsdPerMonth * answer.inputs.count;
}

export function findSwitchOff(answer: Answer): SwitchOff {
  if (!answer.inputs.shutdownWhenUnprofitable) return { kind: 'runsOn' };
  const { months, shutdownMonth } = answer.projection;
  if (shutdownMonth === null) return { kind: 'never' };
  const offMonths = months.filter((_, index) => isOffMonth(answer, index)).length;
  return offMonths === months.length - shutdownMonth + 1
    ? { kind: 'from', month: shutdownMonth }
    : { kind: 'sometimes', month: shutdownMonth, offMonths };
}

export type CashFinding =
  | { kind: 'turnsThenFlat'; month: number }
  | { kind: 'turnsAndEnds'; month: number; profitUsd: number }
  | { kind: 'turnsThenLoses'; month: number; profitUsd: number }
  | { kind: 'staysBelow'; profitUsd: number; horizonMonths: number }
  | { kind: 'neverBelow'; profitUsd: number }
  | { kind: 'noFlow' };

/** After a halving "almost nothing": under this share of what had come in before it. Ours. */
const ALMOST_NOTHING_RATIO = 0.05;

export function findCashFinding(answer: Answer): CashFinding {
  const { paybackMonths, profitUsd, months } = answer.projection;
  const { halvingMonths } = answer;
  if (paybackMonths === null) return { kind: 'staysBelow', profitUsd, horizonMonths: months.length };
  if (paybackMonths === 0) return profitUsd > 0 ? { kind: 'neverBelow', profitUsd } : { kind: 'noFlow' };
  const month = toMonth(paybackMonths);
  if (profitUsd < 0) return { kind: 'turnsThenLoses', month, profitUsd };
  const atHalving = halvingMonths === null ? undefined : months[toMonth(halvingMonths) - 1];
  if (atHalving !== undefined && atHalving.month >= month && atHalving.month < months.length) {
    const earnedBefore = atHalving.cumulativeUsd + capexUsdOf(answer) * answer.inputs.count;
    if (profitUsd - atHalving.cumulativeUsd < ALMOST_NOTHING_RATIO * earnedBefore) return { kind: 'turnsThenFlat', month };
  }
  return { kind: 'turnsAndEnds', month, profitUsd };
}

/** Where a row of a grid crosses zero, by the straight line between its neighbours; `null` when it does not. */
function findZero(columns: readonly number[], values: readonly number[]): number | null {
  for (let index = 1; index < columns.length; index++) {
    const before = values[index - 1]!;
    const after = values[index]!;
    if (before >= 0 && after < 0) {
      const from = columns[index - 1]!;
      return from + (before / (before - after)) * (columns[index]! - from);
    }
  }
  return null;
}

function rowOf(grid: HeatGrid, row: number): number[] {
  return grid.npvUsd.slice(row * grid.columns.length, (row + 1) * grid.columns.length);
}

export type PowerFinding =
  | { kind: 'needsPowerBelow'; priceUsdPerBtc: number; powerUsdPerKwh: number }
  | { kind: 'paysAtAll'; priceUsdPerBtc: number; powerUsdPerKwh: number }
  | { kind: 'paysAtNone'; priceUsdPerBtc: number; powerUsdPerKwh: number };

/** How dear power may be one step below today's price: the question a falling market asks. */
export function findPowerFinding(grid: HeatGrid, ownPriceUsdPerBtc: number): PowerFinding {
  const own = grid.pricesUsdPerBtc.indexOf(ownPriceUsdPerBtc);
  const row = Math.max(0, own - 1);
  const priceUsdPerBtc = grid.pricesUsdPerBtc[row]!;
  const values = rowOf(grid, row);
  const zero = findZero(grid.columns, values);
  if (zero !== null) return { kind: 'needsPowerBelow', priceUsdPerBtc, powerUsdPerKwh: zero };
  return values[0]! >= 0
    ? { kind: 'paysAtAll', priceUsdPerBtc, powerUsdPerKwh: grid.columns.at(-1)! }
    : { kind: 'paysAtNone', priceUsdPerBtc, powerUsdPerKwh: grid.columns[0]! };
}

export type DifficultyFinding =
  | { kind: 'holdsUntil'; changeRatio: number }
  | { kind: 'needsFall'; changeRatio: number }
  | { kind: 'holdsThroughout'; changeRatio: number }
  | { kind: 'failsThroughout'; changeRatio: number };

/** By how much the difficulty may differ today before the NPV changes sign, at today's price. Ratios: +0.1 is 10 % more. */
export function findDifficultyFinding(grid: HeatGrid, ownPriceUsdPerBtc: number, ownDifficulty: number): DifficultyFinding {
  const values = rowOf(grid, grid.pricesUsdPerBtc.indexOf(ownPriceUsdPerBtc));
  const zero = findZero(grid.columns, values);
  const change = (difficulty: number) => difficulty / ownDifficulty - 1;
  if (zero !== null) {
    const changeRatio = change(zero);
    return changeRatio >= 0 ? { kind: 'holdsUntil', changeRatio } : { kind: 'needsFall', changeRatio };
  }
  return values[0]! >= 0
    ? { kind: 'holdsThroughout', changeRatio: change(grid.columns.at(-1)!) }
    : { kind: 'failsThroughout', changeRatio: change(grid.columns[0]!) };
}

export type TornadoFinding = { kind: 'ranked'; most: TornadoField; least: TornadoField };

/** `bars` sorted widest first, at least one. */
export function findTornadoFinding(bars: readonly { field: TornadoField }[]): TornadoFinding | null {
  const most = bars[0];
  const least = bars.at(-1);
  return most === undefined || least === undefined ? null : { kind: 'ranked', most: most.field, least: least.field };
}

export type ComparisonFinding =
  | { kind: 'alone' }
  | { kind: 'oneWinner'; name: string }
  | { kind: 'twoWinners'; bestReturn: string; bestWorth: string }
  | { kind: 'noneEarns'; leastLoss: string; discountRatioPerYear: number };

type Candidate = { name: string; summary: ProjectionSummary };

function findBest(candidates: readonly Candidate[], measure: (summary: ProjectionSummary) => number | null): Candidate | null {
  let best: Candidate | null = null;
  for (const candidate of candidates) {
    const value = measure(candidate.summary);
    if (value !== null && (best === null || value > (measure(best.summary) ?? Number.NEGATIVE_INFINITY))) best = candidate;
  }
  return best;
}

/** `first`: the machine asked about, seen by the machine's owner. */
export function findComparisonFinding(
  first: Candidate,
  compared: readonly ComparedAnswer[],
  discountRatioPerYear: number,
): ComparisonFinding {
  if (compared.length === 0) return { kind: 'alone' };
  const candidates = [first, ...compared.map(({ machine, summary }) => ({ name: machine.name, summary }))];
  const worth = findBest(candidates, (summary) => summary.npvUsd)!;
  if (worth.summary.npvUsd < 0) return { kind: 'noneEarns', leastLoss: worth.name, discountRatioPerYear };
  const earning = findBest(candidates, (summary) => summary.roiRatio) ?? worth;
  return earning.name === worth.name
    ? { kind: 'oneWinner', name: worth.name }
    : { kind: 'twoWinners', bestReturn: earning.name, bestWorth: worth.name };
}

export type HostingFinding =
  | { kind: 'clientPaysBack'; tariffUsdPerKwh: number; month: number }
  | { kind: 'clientNever'; tariffUsdPerKwh: number; horizonMonths: number }
  | { kind: 'clientOffFromStart'; tariffUsdPerKwh: number };

export function findHostingFinding(answer: Answer): HostingFinding | null {
  if (answer.hosting === null) return null;
  const { clientPowerUsdPerKwh: tariffUsdPerKwh, client } = answer.hosting;
  const { paybackMonths, shutdownMonth } = client.summary;
  if (shutdownMonth === 1) return { kind: 'clientOffFromStart', tariffUsdPerKwh };
  if (paybackMonths === null) return { kind: 'clientNever', tariffUsdPerKwh, horizonMonths: answer.inputs.horizonMonths };
  return { kind: 'clientPaysBack', tariffUsdPerKwh, month: toMonth(paybackMonths) };
}
