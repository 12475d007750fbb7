import { describe, expect, it } from 'vitest';
import { anAnswer, aProjection } from '#app/features/calculator/fixtures.ts';
import type { ComparedAnswer } from './compute-answer.ts';
import {
  findCashFinding,
  findComparisonFinding,
  findDifficultyFinding,
  findHeadline,
  findPowerFinding,
  findSwitchOff,
} from './findings.ts';

function headlineOf(paybackMonths: number | null, halvingMonths: number | null, changes = {}) {
  return findHeadline(anAnswer({ halvingMonths, projection: aProjection(300, [150, 140, 130, 120], { paybackMonths, ...changes }) }));
}

describe('findHeadline', () => {
  it('names the month in which the money is back, and its distance to the halving', () => {
    expect(headlineOf(21.9, null)).toEqual({ kind: 'paysBack', month: 22 });
    // 28.4 - 21.9 = 6.5: six whole months
    expect(headlineOf(21.9, 28.4)).toEqual({ kind: 'paysBackBeforeHalving', month: 22, gapMonths: 6 });
    expect(headlineOf(21.9, 21.2)).toEqual({ kind: 'paysBackAroundHalving', month: 22 });
    expect(headlineOf(30, 21.2)).toEqual({ kind: 'paysBackAfterHalving', month: 30, gapMonths: 8 });
    expect(headlineOf(0.2, null)).toEqual({ kind: 'paysBack', month: 1 });
  });

  it('says plainly that the money never comes back', () => {
    expect(headlineOf(null, 28.4)).toEqual({ kind: 'neverPaysBack', horizonMonths: 4 });
    expect(headlineOf(null, 28.4, { shutdownMonth: 1 })).toEqual({ kind: 'offFromStart' });
    const answer = anAnswer({ projection: aProjection(300, [-1, -1, -1, -1]) });
    answer.today.netUsdPerDay = -0.25;
    expect(findHeadline(answer)).toEqual({ kind: 'losesToday', lossUsdPerDay: 0.25, horizonMonths: 4 });
  });

  it('does not hide a loss behind an early payback', () => {
    expect(headlineOf(2.1, null, { profitUsd: -50 })).toEqual({ kind: 'paysBackThenLoses', month: 3, horizonMonths: 4 });
  });

  it('has nothing to pay back when the machine cost nothing', () => {
    expect(headlineOf(0, 28.4, { profitUsd: 12 })).toEqual({ kind: 'earnsAtNoPrice' });
  });

  it('does not call it earning when a free machine stands still or brings nothing', () => {
    expect(headlineOf(0, 28.4, { profitUsd: 0, shutdownMonth: 1 })).toEqual({ kind: 'offFromStart' });
    expect(headlineOf(0, 28.4, { profitUsd: 0 })).toEqual({ kind: 'earnsNothing' });
  });
});

describe('findSwitchOff', () => {
  const off = { minedBtc: 0, revenueUsd: 0, powerUsd: 0, fixedUsd: 0, netUsd: 0, cumulativeUsd: 0 };

  it('tells a machine that stays off from one that comes back', () => {
    const projection = aProjection(300, [150, 140, 130, 120], { shutdownMonth: 3 });
    projection.months[2] = { ...off, month: 3 };
    expect(findSwitchOff(anAnswer({ projection }))).toEqual({ kind: 'sometimes', month: 3, offMonths: 1 });
    projection.months[3] = { ...off, month: 4 };
    expect(findSwitchOff(anAnswer({ projection }))).toEqual({ kind: 'from', month: 3 });
  });

  it('knows never and not wanted', () => {
    expect(findSwitchOff(anAnswer())).toEqual({ kind: 'never' });
    const answer = anAnswer();
    answer.inputs.shutdownWhenUnprofitable = false;
    expect(findSwitchOff(answer)).toEqual({ kind: 'runsOn' });
  });
});

describe('findCashFinding', () => {
  it('sees that almost nothing is added after the halving', () => {
    const projection = aProjection(300, [200, 200, 2, 2], { paybackMonths: 1.5 });
    expect(findCashFinding(anAnswer({ projection, halvingMonths: 1.9 }))).toEqual({ kind: 'turnsThenFlat', month: 2 });
  });

  it('sees that nothing flows at all', () => {
    const projection = aProjection(0, [0, 0, 0, 0], { paybackMonths: 0, profitUsd: 0 });
    expect(findCashFinding(anAnswer({ projection }))).toEqual({ kind: 'noFlow' });
  });

  it('sees where it ends otherwise', () => {
    expect(findCashFinding(anAnswer())).toEqual({ kind: 'turnsAndEnds', month: 3, profitUsd: 240 });
    const projection = aProjection(300, [10, 10, 10, 10]);
    expect(findCashFinding(anAnswer({ projection }))).toEqual({ kind: 'staysBelow', profitUsd: -260, horizonMonths: 4 });
  });
});

describe('findings of the heat maps', () => {
  const grid = { pricesUsdPerBtc: [70_000, 80_000], columns: [0.04, 0.05, 0.06], npvUsd: [100, 50, -50, 200, 150, 50] };

  it('finds the power price that still pays one step below the price', () => {
    // 50 -> -50 between 0.05 and 0.06: zero at 0.055
    expect(findPowerFinding(grid, 80_000)).toEqual({
      kind: 'needsPowerBelow',
      priceUsdPerBtc: 70_000,
      powerUsdPerKwh: expect.closeTo(0.055, 12),
    });
  });

  it('finds by how much the difficulty may rise', () => {
    const byDifficulty = { pricesUsdPerBtc: [80_000], columns: [90, 100, 110], npvUsd: [300, 100, -100] };
    expect(findDifficultyFinding(byDifficulty, 80_000, 100)).toEqual({ kind: 'holdsUntil', changeRatio: expect.closeTo(0.05, 12) });
    expect(findDifficultyFinding({ ...byDifficulty, npvUsd: [1, -1, -3] }, 80_000, 100)).toEqual({
      kind: 'needsFall',
      changeRatio: expect.closeTo(-0.05, 12),
    });
    expect(findDifficultyFinding({ ...byDifficulty, npvUsd: [-1, -2, -3] }, 80_000, 100)).toMatchObject({ kind: 'failsThroughout' });
  });
});

describe('findComparisonFinding', () => {
  const first = { name: 'A', summary: aProjection(300, [200, 200], { roiRatio: 0.33, npvUsd: 100 }) };
  function other(name: string, roiRatio: number, npvUsd: number): ComparedAnswer {
    return {
      machine: { field: 'vs1', name, hashrateThs: 1, powerW: 1, listed: null, capexUsd: 1, priceOrigin: 'typed' },
      netUsdPerDay: 1,
      breakEvenPowerUsdPerKwh: 1,
      summary: aProjection(1, [1], { roiRatio, npvUsd }),
    };
  }

  it('names the best return and the greatest worth apart when they differ', () => {
    expect(findComparisonFinding(first, [other('B', 0.6, 80)], 0.1)).toEqual({ kind: 'twoWinners', bestReturn: 'B', bestWorth: 'A' });
    expect(findComparisonFinding(first, [other('B', 0.6, 180)], 0.1)).toEqual({ kind: 'oneWinner', name: 'B' });
  });

  it('says that none earns its money when none does', () => {
    const loser = { name: 'A', summary: aProjection(300, [1], { npvUsd: -10 }) };
    expect(findComparisonFinding(loser, [other('B', -0.1, -5)], 0.1)).toEqual({
      kind: 'noneEarns',
      leastLoss: 'B',
      discountRatioPerYear: 0.1,
    });
    expect(findComparisonFinding(first, [], 0.1)).toEqual({ kind: 'alone' });
  });
});
