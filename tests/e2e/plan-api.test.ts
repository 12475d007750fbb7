// Plans as a caller sees them: over HTTP, against the running build. Every answer is given to the independent checker, and small ones are compared with every plan there is.
import { describe, expect, it } from 'vitest';
import { ProblemSchema } from '#app/features/api/economics/roi-answer.ts';
import { type PlanAnswerJson, PlanAnswerSchema } from '#app/features/curtailment/plan-answer.ts';
import { PLAN_EXAMPLE } from '#app/features/curtailment/plan-example.ts';
import { type InstanceShape, makeInstance } from '#engine/bench/plan-instances.ts';
import { checkPlanFile } from '#engine/checker/index.ts';
import { getTestOrigin } from '../support/chromium.ts';

/** As the API takes it: the example's own type knows each length. */
const RACK = PLAN_EXAMPLE.machines[0]!;
const PATH = '/api/v1/curtailment/plan';

function send(body: string, { lng = 'en', signal }: { lng?: string; signal?: AbortSignal } = {}): Promise<Response> {
  return fetch(`${getTestOrigin()}${PATH}?lng=${lng}`, {
    method: 'POST',
    body,
    headers: { 'Content-Type': 'application/json' },
    signal: signal ?? null,
  });
}

/** The answer, proven by the checker. */
async function plan(problem: object, options: object = {}): Promise<PlanAnswerJson> {
  const response = await send(JSON.stringify({ ...problem, options }));
  const text = await response.text();
  expect(response.status, text.slice(0, 500)).toBe(200);
  expect(response.headers.get('Cache-Control')).toBe('no-store');
  const answer = PlanAnswerSchema.parse(JSON.parse(text));
  const check = checkPlanFile({ problem, answer });
  if (check.kind === 'unreadable') throw new Error(check.sentence);
  expect(check.verdict.findings).toEqual([]);
  return answer;
}

async function refuse(body: unknown, lng = 'en') {
  const response = await send(typeof body === 'string' ? body : JSON.stringify(body), { lng });
  const text = await response.text();
  expect(response.status, text.slice(0, 500)).toBe(400);
  return ProblemSchema.parse(JSON.parse(text));
}

/** Worth of the best of all plans of the example's one rack: every unit's mode in every interval. */
function bestByHand(): number {
  const { interval, priceUsdPerMwh, hashpriceUsdPerThDay, sites } = PLAN_EXAMPLE;
  const modes = [{ powerW: 0, hashrateThs: 0 }, ...RACK.modes];
  const perDay = (interval.minutes / 1440) * hashpriceUsdPerThDay;
  let sequences: number[][] = [[]];
  for (let t = 0; t < interval.count; t++) sequences = sequences.flatMap((sequence) => modes.map((_, mode) => [...sequence, mode]));
  const worths = sequences.map((sequence) => {
    let usd = 0;
    sequence.forEach((mode, t) => {
      const { powerW, hashrateThs } = modes[mode]!;
      usd += hashrateThs * perDay - (powerW / 1e6) * (interval.minutes / 60) * priceUsdPerMwh[t]!;
      const isStart = t > 0 && mode > 0 && sequence[t - 1] === 0;
      if (isStart) usd -= RACK.restartUsd + hashrateThs * (RACK.bootMinutes / 1440) * hashpriceUsdPerThDay;
    });
    return usd;
  });
  const powers = sequences.map((sequence) => sequence.map((mode) => modes[mode]!.powerW));
  const capW = sites[0]!.capKw[1]! * 1000;
  let best = Number.NEGATIVE_INFINITY;
  for (let a = 0; a < sequences.length; a++) {
    for (let b = a; b < sequences.length; b++) {
      for (let c = b; c < sequences.length; c++) {
        if (powers[a]![1]! + powers[b]![1]! + powers[c]![1]! <= capW) best = Math.max(best, worths[a]! + worths[b]! + worths[c]!);
      }
    }
  }
  return best;
}

describe('POST /api/v1/curtailment/plan', () => {
  it('finds the best of all plans of the example, and proves how far from the best it can be', async () => {
    const answer = await plan(PLAN_EXAMPLE);
    // The lattice rounds a price by less than a millionth of it.
    expect(answer.valueUsd).toBeCloseTo(bestByHand(), 5);
    expect(answer.boundUsd).toBeGreaterThanOrEqual(answer.valueUsd!);
    expect(answer.machines.map(({ id, unit }) => [id, unit])).toEqual([
      ['rack-1', 0],
      ['rack-1', 1],
      ['rack-1', 2],
    ]);
    expect(answer.loadKw?.[2]).toBe(0);
    expect(answer.shadowPrices?.cap.map(({ site, interval }) => [site, interval])).toEqual([['hall', 1]]);
    expect(answer.options).toEqual({ gapTarget: 1e-5, timeBudgetMs: 5000, iterations: 400 });
  });

  it.each<{ name: string; shape: Omit<InstanceShape, 'seed'>; minutes?: number }>([
    { name: 'caps and modes', shape: { machines: 300, intervals: 96, states: 3 } },
    { name: 'a day of 23 hours', shape: { machines: 200, intervals: 23, states: 2 }, minutes: 60 },
    { name: 'a day of 100 quarter-hours', shape: { machines: 200, intervals: 100, states: 3 }, minutes: 15 },
    {
      name: 'floors, take-or-pay and minimum times',
      shape: { machines: 200, intervals: 24, states: 3, clients: 3, takeOrPay: true, minUpIntervals: 3, minDownIntervals: 2 },
    },
    { name: 'a demand charge', shape: { machines: 150, intervals: 24, states: 2, demandChargeUsdPerKw: 4 } },
  ])('gives a plan with $name that the checker proves', async ({ shape, minutes }) => {
    const made = makeInstance({ ...shape, seed: 11 });
    const problem = minutes === undefined ? made : { ...made, interval: { ...made.interval, minutes } };
    const answer = await plan(problem, { timeBudgetMs: 1500 });
    expect(answer.gapRatio).toBeLessThan(1e-2);
    expect(answer.gapRatio).toBeCloseTo(answer.gapUsd! / Math.max(1, Math.abs(answer.valueUsd!)), 12);
    expect(answer.loadKw).toHaveLength(shape.intervals);
  });

  it('gives the same answer to the same request', async () => {
    const problem = makeInstance({ machines: 120, intervals: 24, states: 3, seed: 5 });
    const options = { iterations: 120, gapTarget: 0 };
    expect(await plan(problem, options)).toEqual(await plan(problem, options));
  });

  it('takes 20,000 machines', async () => {
    const answer = await plan(makeInstance({ machines: 20_000, intervals: 24, states: 3, seed: 1 }));
    expect(answer.machines).toHaveLength(20_000);
    expect(answer.gapRatio).toBeLessThan(1e-4);
  });

  it('proves that there is no plan, and says what would make one possible', async () => {
    const locked = {
      ...PLAN_EXAMPLE,
      machines: [{ ...RACK, locks: [{ kind: 'on', from: 0, to: 4 }] }],
      sites: [{ id: 'hall', capKw: [null, 5, null, null] }],
    };
    const answer = await plan(locked);
    expect(answer).toMatchObject({ status: 'infeasible', valueUsd: null, machines: [] });
    expect(answer.certificate).toMatchObject({
      kind: 'rows',
      intervals: [{ site: 'hall', interval: 1 }],
      relaxation: { caps: [{ site: 'hall', interval: 1, raiseW: 1600 }] },
    });
  });

  it('answers other requests while it computes', async () => {
    const long = plan(makeInstance({ machines: 60, intervals: 96, states: 3, seed: 3 }), {
      gapTarget: 0,
      iterations: 100_000,
      timeBudgetMs: 2000,
    });
    let answered = 0;
    const others = (async () => {
      for (let turn = 0; turn < 10; turn++) {
        if ((await fetch(`${getTestOrigin()}/healthz`)).ok) answered += 1;
      }
      return 'others' as const;
    })();
    expect(await Promise.race([long.then(() => 'plan' as const), others])).toBe('others');
    expect(answered).toBe(10);
    expect((await long).status).toBe('bounded');
  });

  it('goes on serving after a caller has hung up', async () => {
    const caller = new AbortController();
    const problem = makeInstance({ machines: 60, intervals: 96, states: 3, seed: 4 });
    const sent = send(JSON.stringify({ ...problem, options: { gapTarget: 0, iterations: 100_000 } }), { signal: caller.signal });
    await fetch(`${getTestOrigin()}/healthz`);
    caller.abort();
    await expect(sent).rejects.toThrow();
    expect((await plan(PLAN_EXAMPLE)).machines).toHaveLength(3);
  });

  it('names field, value and range of what is wrong, in the language of the caller', async () => {
    const { errors } = await refuse({ ...PLAN_EXAMPLE, priceUsdPerMwh: [40, 1e9, 400, 35] });
    expect(errors).toEqual([
      { field: 'priceUsdPerMwh[1]', value: 1e9, message: 'Must be from -10000 to 10000 USD/MWh.', min: -1e4, max: 1e4 },
    ]);
    const chinese = await refuse({ ...PLAN_EXAMPLE, priceUsdPerMwh: [40] }, 'zh');
    expect(chinese.errors[0]).toMatchObject({ field: 'priceUsdPerMwh', message: '必须有 4 个值，每个时段一个。' });
    const twice = await refuse({ ...PLAN_EXAMPLE, machines: [RACK, RACK] });
    expect(twice.errors[0]).toMatchObject({ field: 'machines[1].id', value: 'rack-1', message: 'Another entry has the same id.' });
    expect((await refuse({ ...PLAN_EXAMPLE, options: { timeBudgetMs: 60_000 } })).errors[0]).toMatchObject({
      field: 'options.timeBudgetMs',
      max: 5000,
    });
    expect((await refuse('{"interval":')).errors).toHaveLength(1);
  });

  it('refuses money beyond what is exact', async () => {
    const modes = [{ name: 'x', powerW: 1e6, hashrateThs: 1e6 }];
    const { errors } = await refuse({ ...PLAN_EXAMPLE, hashpriceUsdPerThDay: 1000, machines: [{ ...RACK, modes }] });
    expect(errors[0]?.message).toContain('4,503 USD');
  });
});
