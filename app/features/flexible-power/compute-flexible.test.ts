import { beforeAll, describe, expect, it } from 'vitest';
import type { Engine, RoiInputs } from '#engine';
import { loadBuild } from '#engine/vectors/built-engines.ts';
import { listVectorCases } from '#engine/vectors/cases.ts';
import { computeFlexible, type FlexibleRequest } from './compute-flexible.ts';
import { findFlexibleFinding, findMostOff, toYearly } from './flexible-finding.ts';

let engine: Engine;
beforeAll(async () => {
  engine = await loadBuild('simd');
});

const INPUTS: RoiInputs = { ...listVectorCases()[0]!.input, horizonMonths: 24, clientPowerUsdPerKwh: null };

/** Cheap all day, and `dearUsdPerKwh` from 18 to 20 o'clock. */
function aRequest(dearUsdPerKwh: number, changes: Partial<FlexibleRequest> = {}): FlexibleRequest {
  return {
    inputs: INPUTS,
    startMs: Date.UTC(2026, 0, 1),
    usdPerKwh: Array.from({ length: 24 }, (_, hour) => (hour === 18 || hour === 19 ? dearUsdPerKwh : 0.02)),
    adderUsdPerKwh: 0,
    restart: { restartUsd: 0, bootMinutes: 0 },
    ...changes,
  };
}

function compute(request: FlexibleRequest) {
  const answer = computeFlexible(engine, request);
  if (answer === null) throw new Error('a good request was refused');
  return answer;
}

describe('a machine that follows hourly prices', () => {
  it('stops in the two dear hours of every day and starts once a day', () => {
    const answer = compute(aRequest(3));
    const yearly = toYearly(answer);
    expect(yearly.hoursOff).toBeCloseTo((2 / 24) * 8766, 6);
    expect(yearly.starts).toBeCloseTo(365.25, 6);
    expect(yearly.offRatio).toBeCloseTo(2 / 24, 6);
    expect(answer.flexible.powerUsdPerKwh).toBeCloseTo(0.02, 12);
    expect(answer.meanUsdPerKwh).toBeCloseTo((22 * 0.02 + 2 * 3) / 24, 12);
    expect(findFlexibleFinding(answer)).toEqual({ kind: 'worth', valueUsd: answer.valueUsd, horizonMonths: 24 });
    expect(answer.valueUsd).toBeGreaterThan(0);
    expect(findMostOff(answer.months)).toMatchObject({ kind: 'most', month: 1 });
  });

  it('never stops where no hour is dear, and is then the machine that is always on', () => {
    const answer = compute(aRequest(0.02));
    expect(findFlexibleFinding(answer)).toEqual({ kind: 'neverStops' });
    expect(findMostOff(answer.months)).toEqual({ kind: 'never' });
    expect(answer.valueUsd).toBe(0);
    expect(answer.flexible).toEqual(answer.alwaysOn);
  });

  it('never runs where every hour costs more than it brings', () => {
    const answer = compute(aRequest(3, { adderUsdPerKwh: 5 }));
    expect(findFlexibleFinding(answer)).toMatchObject({ kind: 'neverRuns' });
    expect(answer.flexible.powerUsdPerKwh).toBeNull();
  });

  it('is refused for a list that is no whole days', () => {
    expect(computeFlexible(engine, aRequest(3, { usdPerKwh: [0.1] }))).toBeNull();
  });
});
