import { describe, expect, it } from 'vitest';
import { readDifficultyByEpoch } from '#app/features/market/history/read-history.server.ts';
import { readShippedEpochs } from '#app/features/risk/shipped-motion.server.ts';
import { HORIZONS_DAYS } from '../backtest/forecaster.ts';
import { backtestDifficulty, forecastsAt, type KnownEpochs, toKnownEpochs } from './difficulty-backtest.ts';
import { forecastDifficulty } from './forecast-difficulty.ts';
import { estimateGrowth, type Growth } from './growth.ts';
import { countIntervals, forecastNextRetarget, retarget } from './next-retarget.ts';
import { createRandom } from './random.ts';

const GROWTH: Growth = { mean: 0, variance: 0.0016, changes: 52 };
const FIRST = 927_360;
const inEpoch = (found: number, elapsedS: number) => ({ difficulty: 1e14, height: FIRST + found, elapsedS });
const goOn = () => undefined;

describe('the retarget', () => {
  it('is that of consensus: 1,209,600 s over 2,015 intervals, clamped at a factor of four', () => {
    expect(retarget(1e14, 1_209_600)).toBe(1e14);
    expect(retarget(1e14, 604_800)).toBe(2e14);
    expect(retarget(1e14, 1)).toBe(4e14);
    expect(retarget(1e14, 1e9)).toBe(0.25e14);
  });

  it('counts intervals between the blocks of the epoch, one fewer than blocks', () => {
    expect([FIRST, FIRST + 1, FIRST + 2, FIRST + 2015].map(countIntervals)).toEqual([0, 0, 1, 2014]);
  });

  it('has an interval that narrows as the epoch fills, and closes at its end', () => {
    const widths = [1, 400, 1000, 1600, 2000, 2015].map((found) => {
      const { difficulty } = forecastNextRetarget(inEpoch(found, (found - 1) * 600), GROWTH);
      return difficulty[4]! / difficulty[0]! - 1;
    });
    for (let i = 1; i < widths.length; i += 1) expect(widths[i]).toBeLessThan(widths[i - 1]!);
    expect(widths[0]).toBeGreaterThan(0.15);
    expect(widths.at(-1)).toBeLessThan(0.003);
  });

  it('follows the arrivals: ten per cent faster blocks end in ten per cent more difficulty', () => {
    const { difficulty, blocksLeft, height } = forecastNextRetarget(inEpoch(1900, 1899 * 540), GROWTH);
    expect(difficulty[2]! / 1e14).toBeCloseTo(1 / 0.9, 2);
    expect({ blocksLeft, height }).toEqual({ blocksLeft: 116, height: FIRST + 2016 });
    // 116 blocks of which one begins the next epoch, at 540 s
    expect(forecastNextRetarget(inEpoch(1900, 1899 * 540), GROWTH).remainingS[2]! / (116 * 540)).toBeCloseTo(1, 1);
  });

  it('has a median that repeated epochs of the same process fall below half of the time', () => {
    const random = createRandom(5);
    let below = 0;
    let inside = 0;
    for (let run = 0; run < 400; run += 1) {
      const rate = Math.exp(Math.sqrt(GROWTH.variance + 1 / 2015) * random.normal()) / 600;
      const early = random.gamma(700) / rate;
      const { difficulty } = forecastNextRetarget(inEpoch(701, early), GROWTH);
      const came = retarget(1e14, early + random.gamma(2015 - 700) / rate);
      below += Number(came <= difficulty[2]!);
      inside += Number(came >= difficulty[0]! && came <= difficulty[4]!);
    }
    // Four deviations of 400 tosses: 40 at a half, 17.4 at 0.95.
    expect(Math.abs(below - 200)).toBeLessThan(40);
    expect(Math.abs(inside - 380)).toBeLessThan(17.4);
  });
});

describe('growth', () => {
  it('takes the luck of two epochs out of the spread', () => {
    const flat = Array.from({ length: 53 }, (_, i) => 1e14 * Math.exp(0.01 * i));
    expect(estimateGrowth(flat)!.mean).toBeCloseTo(0.01, 12);
    expect(estimateGrowth(flat)!.variance).toBeCloseTo(0, 12);
    const jumpy = Array.from({ length: 53 }, (_, i) => 1e14 * (i % 2 === 0 ? 1 : 1.1));
    const { variance } = estimateGrowth(jumpy)!;
    // Of which the change of the means shows two thirds.
    expect(variance).toBeCloseTo(1.5 * ((52 / 51) * Math.log(1.1) ** 2 - 2 / 2015), 6);
    expect(estimateGrowth([1, 2])).toBeNull();
  });
});

describe('difficulty some days ahead', () => {
  it('is certain while no retarget can fall before the day, and the retarget of closed form after it', () => {
    const state = inEpoch(1000, 999 * 600);
    const [day, week, month] = forecastDifficulty(state, GROWTH, [1, 8, 16]);
    expect(new Set(day!.map((log) => Math.exp(log).toFixed(0)))).toEqual(new Set([(1e14).toFixed(0)]));
    const next = forecastNextRetarget(state, GROWTH).difficulty.map(Math.log);
    // Day 8 is after the 7.05 days that are left but for the slowest; day 16 before the retarget after it.
    expect(week![2]).toBeCloseTo(next[2]!, 2);
    month!.forEach((log, i) => {
      expect(log).toBeCloseTo(next[i]!, 2);
    });
  });

  it('is the same at every call, and wider the further ahead', () => {
    const state = inEpoch(1, 0);
    const first = forecastDifficulty(state, GROWTH, [30, 90]);
    expect(forecastDifficulty(state, GROWTH, [30, 90])).toEqual(first);
    expect(first[1]![4]! - first[1]![0]!).toBeGreaterThan(first[0]![4]! - first[0]![0]!);
  });

  it('grows as the hash rate does', () => {
    const [quarter] = forecastDifficulty(inEpoch(1, 0), { mean: 0.02, variance: 0.0004, changes: 52 }, [90]);
    // 90 days hold six retargets of 2 %.
    expect(quarter![2]! - Math.log(1e14)).toBeGreaterThan(0.1);
    expect(quarter![2]! - Math.log(1e14)).toBeLessThan(0.15);
  });
});

describe('the back-test of the difficulty', () => {
  const random = createRandom(9);
  const startsMs: number[] = [Date.UTC(2015, 0, 1)];
  const difficulties: number[] = [1e11];
  for (let epoch = 1; epoch < 75; epoch += 1) {
    const change = 0.03 + 0.03 * random.normal();
    startsMs.push(startsMs[epoch - 1]! + 1_209_600_000 / Math.exp(change));
    difficulties.push(difficulties[epoch - 1]! * Math.exp(change));
  }
  const all: KnownEpochs = { startsMs, difficulties };

  it('uses the retarget model of a network that grows, at every horizon', () => {
    const told: number[] = [];
    const { rows } = backtestDifficulty(all, goOn, (done) => told.push(done));
    expect(rows.filter(({ isUsed }) => isUsed).map(({ horizonDays, model }) => [horizonDays, model])).toEqual(
      HORIZONS_DAYS.map((days) => [days, 'retarget']),
    );
    // At the start of an epoch everybody knows the next week.
    expect(rows.filter(({ horizonDays }) => horizonDays <= 7).map(({ pinballLoss }) => pinballLoss)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(told.length).toBe(rows[0]!.origins);
  });

  it('holds of the shipped history about what its intervals promise, at every horizon that has an interval', { timeout: 120_000 }, () => {
    const { values } = readDifficultyByEpoch();
    const { rows } = backtestDifficulty(toKnownEpochs(readShippedEpochs(), values[values.length - 1]!), goOn, goOn);
    const own = rows.filter(({ model, horizonDays }) => model === 'retarget' && horizonDays >= 30);
    expect(own.map(({ origins }) => origins)).toEqual([260, 260]);
    // Neighbouring outcomes overlap: of some 40 independent ones at 90 days 6 points are one standard error of the inner share.
    for (const { coverage80, coverage95 } of own) {
      expect(Math.abs(coverage80 - 0.8)).toBeLessThan(0.08);
      expect(Math.abs(coverage95 - 0.95)).toBeLessThan(0.025);
    }
    // What is in use over 90 days holds at least what it promises inside, not three in four.
    expect(own[1]!.coverage80).toBeGreaterThanOrEqual(0.8);
  });

  it('forecasts the same whatever came after the origin', () => {
    const origin = 60;
    const changed = {
      startsMs: startsMs.map((at, i) => (i <= origin ? at : at + 5e8)),
      difficulties: difficulties.map((value, i) => (i <= origin ? value : value * 7)),
    };
    expect(forecastsAt(changed, origin)).toEqual(forecastsAt(all, origin));
    expect(forecastsAt(changed, origin + 1)).not.toEqual(forecastsAt(all, origin + 1));
  });
});
