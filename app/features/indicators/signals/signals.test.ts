import { describe, expect, it } from 'vitest';
import { aWalk, slice, toColumns } from '../indicators.fixture.ts';
import { INDICATOR_NAMES } from '../registry.ts';
import { readShippedDays } from '../stored-history.server.ts';
import { describeSignals } from './describe-signals.ts';
import { evaluateSignal, HORIZONS_DAYS } from './evaluate-signal.ts';
import { findCrossingsDown, findCrossingsUp } from './signal.ts';
import { SIGNALS } from './signals.ts';
import { findWilsonInterval } from './wilson.ts';

const LENGTH = 1500;
const WALK = aWalk(LENGTH, 11);
const daysOf = (found: Float64Array) => Array.from(found, (value, day) => (value === 1 ? day : -1)).filter((day) => day >= 0);
const theSignal = (name: string) => SIGNALS.find((signal) => signal.name === name)!;

describe('crossings', () => {
  it('are the day on which a line comes to the other side, a touch before it included', () => {
    const line = Float64Array.from([Number.NaN, 1, 3, 2, 4, 1]);
    expect([...findCrossingsUp(line, 2)]).toEqual([Number.NaN, Number.NaN, 1, 0, 1, 0]);
    expect([...findCrossingsDown(line, 2)]).toEqual([Number.NaN, Number.NaN, 0, 0, 0, 1]);
  });

  it('are unknown where either line is', () => {
    const other = Float64Array.from([0, Number.NaN, 0, 0]);
    expect([...findCrossingsUp(Float64Array.from([-1, 1, 1, 1]), other)]).toEqual([Number.NaN, Number.NaN, Number.NaN, 0]);
  });
});

describe.each(SIGNALS.map((signal): [string, (typeof SIGNALS)[number]] => [signal.name, signal]))('%s', (_, signal) => {
  it('is found on a day from that day and the days before it alone', () => {
    const whole = signal.find(WALK, LENGTH);
    for (const end of [400, 777, 1203]) {
      expect([...signal.find(slice(WALK, 0, end), end)]).toEqual([...whole.subarray(0, end)]);
    }
  });

  it('belongs to an indicator of the registry', () => {
    expect(INDICATOR_NAMES).toContain(signal.indicator);
    expect(SIGNALS.filter(({ name }) => name === signal.name)).toHaveLength(1);
  });
});

describe('named days', () => {
  it('golden-cross and death-cross: where the average of 50 days crosses that of 200', () => {
    // 250 days at 100, then 110: the average of 50 rises above that of 200 on the first of them; back at 90 from day 600 on it falls below on the first day on which its loss is larger.
    const close = Array.from({ length: 800 }, (_value, day) => (day < 250 ? 100 : day < 600 ? 110 : 90));
    const columns = toColumns({ close });
    expect(daysOf(theSignal('golden-cross').find(columns, 800))).toEqual([250]);
    expect(daysOf(theSignal('death-cross').find(columns, 800))).toEqual([600]);
  });

  it('puell-low: once a coin is worth half of what it was over the year', () => {
    const close = Array.from({ length: 500 }, (_value, day) => (day < 400 ? 100 : 40));
    const columns = toColumns({ close, subsidyBtc: new Array(500).fill(3.125) });
    expect(daysOf(theSignal('puell-low').find(columns, 500))).toEqual([400]);
  });

  it('hashprice-low: the first lowest day of a year, not each one after it', () => {
    const close = Array.from({ length: 600 }, (_value, day) => (day < 400 ? 100 : 100 - (day - 400) / 10));
    const columns = toColumns({ close, difficulty: new Array(600).fill(1e14), subsidyBtc: new Array(600).fill(3.125) });
    // On level days none is low: the first that is lower is.
    expect(daysOf(theSignal('hashprice-low').find(columns, 600))).toEqual([401]);
  });
});

describe('a history on which nothing moves', () => {
  it.each([87_508.83, 0.1, 1 / 3])('has no day of any signal, however its sums are rounded (%s)', (value) => {
    const flat = toColumns({
      close: new Array(800).fill(value),
      difficulty: new Array(800).fill(1e14 + value),
      subsidyBtc: new Array(800).fill(3.125),
    });
    for (const signal of SIGNALS) expect(daysOf(signal.find(flat, 800)), signal.name).toEqual([]);
  });
});

describe('evaluateSignal', () => {
  const close = Float64Array.from([10, 11, 12, 9, 8, 10, 11]);

  it('counts hits beside what happened anyway, on days whose horizon has passed', () => {
    const found = Float64Array.from([Number.NaN, 1, 0, 0, 1, 0, 1]);
    const outcome = evaluateSignal(found, close, 'rise', 1);
    // Days 1..5 count: rises after 1 (12), 4 (10), 5 (11); falls after 2 and 3. Signals on 1 and 4; that of day 6 is open.
    expect(outcome).toMatchObject({ settled: 2, hits: 2, hitRatio: 1, apart: 2, baseDays: 5, baseRatio: 0.6 });
    // √(12/11 · 10/8) - 1
    expect(outcome.typicalChangeRatio).toBeCloseTo(Math.sqrt((12 / 11) * (10 / 8)) - 1, 12);
    expect(evaluateSignal(found, close, 'fall', 1)).toMatchObject({ hits: 0, hitRatio: 0, baseRatio: 0.4 });
  });

  it('takes occurrences less than a horizon apart as one where it says how sure it is', () => {
    const found = Float64Array.from([1, 1, 1, 1, 0, 0, 0]);
    const outcome = evaluateSignal(found, close, 'rise', 3);
    expect(outcome).toMatchObject({ settled: 4, apart: 2 });
    expect(outcome.interval).toEqual(findWilsonInterval(outcome.hitRatio!, 2));
  });

  it('says nothing where nothing has happened', () => {
    const never = evaluateSignal(new Float64Array(7), close, 'rise', 1);
    expect(never).toMatchObject({ settled: 0, hitRatio: null, interval: null, typicalChangeRatio: null, baseDays: 6 });
    expect(evaluateSignal(new Float64Array(7), close, 'rise', 7)).toMatchObject({ baseDays: 0, baseRatio: null });
  });
});

describe('findWilsonInterval', () => {
  it('agrees with worked examples', () => {
    // 8 of 10 and 0 of 10 (Brown, Cai and DasGupta 2001 give the formula; figures by hand)
    const eight = findWilsonInterval(0.8, 10);
    expect(eight.low).toBeCloseTo(0.4902, 4);
    expect(eight.high).toBeCloseTo(0.9433, 4);
    expect(findWilsonInterval(0, 10)).toEqual({ low: 0, high: expect.closeTo(0.2775, 4) });
  });
});

describe('signals over the stored history', () => {
  it('measures every one of which the history has the figures, and says of the others what is missing', () => {
    const signals = describeSignals(readShippedDays());
    expect(signals.map(({ name }) => name)).toEqual(SIGNALS.map(({ name }) => name));
    for (const signal of signals) {
      if (signal.kind === 'not-stored') {
        expect([signal.name, signal.columns]).toEqual([expect.stringMatching(/^supertrend-/), ['high', 'low']]);
        continue;
      }
      expect(signal.outcomes.map(({ horizonDays }) => horizonDays)).toEqual([...HORIZONS_DAYS]);
      expect(signal.occurrences.length, signal.name).toBeGreaterThan(0);
      for (const { settled, hitRatio, interval, baseDays } of signal.outcomes) {
        expect(settled).toBeLessThanOrEqual(signal.occurrences.length);
        expect(baseDays).toBeGreaterThan(4000);
        expect(interval!.low <= hitRatio! && hitRatio! <= interval!.high).toBe(true);
      }
    }
  });

  it('finds well-known days', () => {
    const daysOfSignal = (name: string) => {
      const signal = describeSignals(readShippedDays()).find((one) => one.name === name)!;
      return signal.kind === 'measured' ? signal.occurrences.map(({ at }) => at.slice(0, 10)) : [];
    };
    // Death crosses of 2018 and 2022, golden crosses of 2019 and 2023, give or take the day a source closes.
    const near = (name: string, day: string) =>
      daysOfSignal(name).some((found) => Math.abs(Date.parse(found) - Date.parse(day)) <= 3 * 86_400_000);
    expect(near('death-cross', '2018-03-30')).toBe(true);
    expect(near('death-cross', '2022-01-14')).toBe(true);
    expect(near('golden-cross', '2019-04-23')).toBe(true);
    expect(near('golden-cross', '2023-02-06')).toBe(true);
  });

  it('says the same of a day when later days are not known yet', () => {
    const history = readShippedDays();
    const end = 4000;
    const cut = {
      ...history,
      length: end,
      columns: {
        close: history.columns.close.subarray(0, end),
        difficulty: history.columns.difficulty.subarray(0, end),
        subsidyBtc: history.columns.subsidyBtc.subarray(0, end),
      },
    };
    const lastDay = new Date(history.startAtMs + (end - 1) * history.stepMs).toISOString();
    const early = describeSignals(cut);
    for (const [i, signal] of describeSignals(history).entries()) {
      const before = early[i]!;
      if (signal.kind !== 'measured' || before.kind !== 'measured') continue;
      expect(before.occurrences.map(({ at }) => at)).toEqual(signal.occurrences.map(({ at }) => at).filter((at) => at <= lastDay));
    }
  });
});
