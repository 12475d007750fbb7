import { beforeAll, describe, expect, it } from 'vitest';
import { loadCurtailment } from '../../vectors/built-engines.ts';
import { createRandom } from '../../vectors/random-inputs.ts';
import type { Curtailment, PlanMachine, PlanProblem } from '../index.ts';

let curtailment: Curtailment;

beforeAll(async () => {
  curtailment = await loadCurtailment('simd');
});

function aProblem(count: number, machines: PlanMachine[], more: Partial<PlanProblem> = {}): PlanProblem {
  return {
    interval: { startAt: '2026-01-15T00:00:00Z', minutes: 5, count, timeZone: 'UTC' },
    priceUsdPerMwh: Array.from({ length: count }, (_, t) => 50 + 40 * (t % 2)),
    hashpriceUsdPerThDay: 0.045,
    machines,
    ...more,
  };
}

const aMachine = (index: number, more: Partial<PlanMachine> = {}): PlanMachine => ({
  id: `m${index}`,
  modes: [{ name: 'normal', powerW: 3000, hashrateThs: 150 }],
  ...more,
});

describe('a problem without room in the arena', () => {
  it('is refused for its rows, instead of writing over its neighbours', () => {
    const sites = Array.from({ length: 60 }, (_, index) => ({ id: `s${index}`, capKw: new Array<number>(288).fill(1) }));
    const machines = sites.map(({ id }, index) => aMachine(index, { site: id }));
    expect(curtailment.planCurtailment(aProblem(288, machines, { sites }))).toMatchObject({
      status: 'invalid',
      errors: [{ path: 'sites', code: 'too_many' }],
    });
  });

  it('is refused for its sets of minimum times and of locks', () => {
    const times = Array.from({ length: 4200 }, (_, index) =>
      aMachine(index, { minUpIntervals: 1 + (index % 70), minDownIntervals: 1 + Math.floor(index / 70) }),
    );
    const locks = Array.from({ length: 7200 }, (_, index) =>
      aMachine(index, { locks: [{ kind: 'off', from: index % 100, to: 101 + Math.floor(index / 100) }] }),
    );
    for (const machines of [times, locks]) {
      expect(curtailment.planCurtailment(aProblem(288, machines))).toMatchObject({
        status: 'invalid',
        errors: [{ path: 'machines', code: 'too_many' }],
      });
    }
  });

  it('is planned where fifteen sites are capped every five minutes', () => {
    const sites = Array.from({ length: 15 }, (_, index) => ({ id: `s${index}`, capKw: new Array<number>(288).fill(4) }));
    const machines = sites.map(({ id }, index) => aMachine(index, { site: id, count: 2 }));
    expect(curtailment.planCurtailment(aProblem(288, machines, { sites }), { iterations: 20 })).toHaveProperty('exact');
  });
});

describe('a demand charge about as high as what a kilowatt earns in a day', () => {
  it.each([0, 0.8])('is in the bound, with floors at a share of %d', (floor) => {
    const random = createRandom(1);
    const whole = (low: number, high: number) => low + Math.floor(random() * (high - low + 1));
    const machines = Array.from({ length: 1000 }, (_, index) => {
      const normal = { name: 'normal', powerW: whole(2800, 3600), hashrateThs: whole(100, 200) };
      const low = { name: 'low', powerW: 2000, hashrateThs: whole(70, 100) };
      return aMachine(index, { client: `c${index % 10}`, modes: [normal, low], restartUsd: 0.1, bootMinutes: 6 });
    });
    const problem = aProblem(24, machines, {
      interval: { startAt: '2026-01-15T00:00:00Z', minutes: 60, count: 24, timeZone: 'UTC' },
      priceUsdPerMwh: Array.from({ length: 24 }, (_, t) => Math.round(50 + 40 * Math.sin((t / 24) * 9))),
      sites: [{ id: 's', capKw: Array.from({ length: 24 }, (_, t) => (t > 8 && t < 16 ? 1920 : null)) }],
      clients: Array.from({ length: 10 }, (_, index) => ({ id: `c${index}`, minMachineIntervals: 2400 * floor })),
      demandCharge: { usdPerKw: 0.5, peakSoFarKw: 0 },
    });
    const answer = curtailment.planCurtailment(problem, { iterations: 200 });
    expect(answer).toHaveProperty('exact');
    expect('gapRatio' in answer ? answer.gapRatio : null).toBeLessThan(0.06);
  });
});
