// Shedding as a caller sees it: over HTTP, against the running build. Every plan is recounted from the request, and small ones are compared with every plan there is.
import { describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { ProblemSchema } from '#app/features/api/economics/roi-answer.ts';
import { ShedAnswerSchema } from '#app/features/curtailment/shed-answer.ts';
import { SHED_EXAMPLE } from '#app/features/curtailment/shed-example.ts';
import type { ShedRequest } from '#app/features/curtailment/shed-request.ts';
import { getTestOrigin } from '../support/chromium.ts';

type Answer = z.infer<typeof ShedAnswerSchema>;

const PATH = '/api/v1/curtailment/shed';
const MODES = [
  { powerW: 0, profitUsdPerHour: 0 },
  { powerW: 2000, profitUsdPerHour: 0.08 },
  { powerW: 3200, profitUsdPerHour: 0.1 },
];

function send(body: string, headers: Record<string, string> = {}, path = PATH): Promise<Response> {
  return fetch(`${getTestOrigin()}${path}`, { method: 'POST', body, headers: { 'Content-Type': 'application/json', ...headers } });
}

async function shed(request: object): Promise<Answer> {
  const response = await send(JSON.stringify(request));
  const text = await response.text();
  expect(response.status, text.slice(0, 500)).toBe(200);
  expect(response.headers.get('Cache-Control')).toBe('no-store');
  return ShedAnswerSchema.parse(JSON.parse(text));
}

async function refuse(body: string, status = 400, headers: Record<string, string> = {}): Promise<z.infer<typeof ProblemSchema>> {
  const response = await send(body, headers);
  const text = await response.text();
  expect(response.status, text.slice(0, 500)).toBe(status);
  expect(response.headers.get('Content-Type')).toContain('application/problem+json');
  return ProblemSchema.parse(JSON.parse(text));
}

type Counted = { shedW: number; lostUsd: number };

function count({ machines, durationHours }: ShedRequest, modes: readonly (number | null)[]): Counted {
  return machines.reduce(
    (sum, machine, index) => {
      const from = machine.modes[machine.current]!;
      const to = machine.modes[modes[index]!]!;
      const restart = from.powerW > 0 && to.powerW === 0 ? (machine.restartUsd ?? 0) : 0;
      return {
        shedW: sum.shedW + from.powerW - to.powerW,
        lostUsd: sum.lostUsd + (from.profitUsdPerHour - to.profitUsdPerHour) * durationHours + restart,
      };
    },
    { shedW: 0, lostUsd: 0 },
  );
}

function fleet(count_: number): ShedRequest['machines'] {
  return Array.from({ length: count_ }, (_, index) => ({
    id: `m-${index}`,
    client: `c-${index % 7}`,
    tier: 1 + (index % 3),
    restartUsd: 0.1,
    current: 2,
    modes: MODES.map(({ powerW, profitUsdPerHour }, mode) => ({
      powerW: mode === 0 ? 0 : powerW + ((index * 37) % 900),
      profitUsdPerHour: mode === 0 ? 0 : profitUsdPerHour + (((index * 53) % 97) - 40) / 1000,
    })),
  }));
}

describe('POST /api/v1/curtailment/shed', () => {
  it('answers the example of the description, which can be checked by hand', async () => {
    const answer = await shed(SHED_EXAMPLE);
    // A-2 loses money: stopping it gains 2 h x 0.02. A-1 on low gives 1,330 W for 2 h x 0.03: 4,580 W in all.
    expect(answer).toMatchObject({ status: 'optimal', shedW: 4580, gapUsd: 0, policyPriceUsd: 0, maximumShedW: 6750 });
    expect(answer.lostUsd).toBeCloseTo(0.02, 12);
    expect(answer.machines.map(({ id, mode, reason }) => [id, mode, reason.code])).toEqual([
      ['A-1', 1, 'lowered'],
      ['A-2', 0, 'stopped'],
      ['B-1', 1, 'locked'],
    ]);
    expect(answer.machines[1]?.reason).toMatchObject({ lostUsdPerHour: -0.02 });
    expect(answer.blockers).toEqual([{ because: 'locked', machines: 1, blockedW: 3250 }]);
    expect(answer.inputs).toEqual({ targetW: 4000, durationHours: 2, strategy: 'least-profit' });
  });

  it('is exactly the best of all plans of small fleets', async () => {
    const machines = fleet(7);
    const plans = machines.reduce<number[][]>((all) => all.flatMap((plan) => [0, 1, 2].map((mode) => [...plan, mode])), [[]]);
    for (const targetW of [0, 1500, 5000, 9000, 12_345, 20_000]) {
      const request: ShedRequest = { targetW, durationHours: 1.5, machines };
      const answer = await shed(request);
      const reaching = plans.map((plan) => count(request, plan)).filter((plan) => plan.shedW >= targetW);
      const own = count(
        request,
        answer.machines.map(({ mode }) => mode),
      );
      expect(answer.status).toBe('optimal');
      expect(own.shedW).toBe(answer.shedW);
      expect(answer.lostUsd).toBeCloseTo(own.lostUsd, 9);
      expect(answer.lostUsd).toBeCloseTo(Math.min(...reaching.map(({ lostUsd }) => lostUsd)), 9);
    }
  });

  it.each([
    'performance-priority',
    'customer-priority',
    'fair-distribution',
  ] as const)('keeps %s whatever the order of machines', async (strategy) => {
    const request: ShedRequest = { targetW: 200_000, durationHours: 1, strategy, machines: fleet(200) };
    const [answer, least, reversed] = [
      await shed(request),
      await shed({ ...request, strategy: 'least-profit' }),
      await shed({ ...request, machines: [...request.machines].reverse() }),
    ];
    const own = count(
      request,
      answer.machines.map(({ mode }) => mode),
    );
    expect(own.shedW).toBe(answer.shedW);
    expect(own.shedW).toBeGreaterThanOrEqual(200_000);
    expect(answer.policyPriceUsd).toBeCloseTo((answer.lostUsd ?? 0) - (least.lostUsd ?? 0), 9);
    expect(answer.policyPriceUsd).toBeGreaterThan(0);
    expect([...reversed.machines].reverse()).toEqual(answer.machines);
  });

  it('keeps rules of one’s own', async () => {
    const machines = fleet(60);
    const custom = { tiers: [2, 3], weights: [{ client: 'c-1', weight: 5 }], minimumOnlineRatio: 0.9 };
    const answer = await shed({ targetW: 50_000, durationHours: 1, strategy: 'custom', custom, machines });
    const stopped = answer.machines.filter(({ mode }) => mode === 0);
    expect(stopped.length).toBeLessThanOrEqual(6);
    answer.machines.forEach(({ mode, reason }, index) => {
      if (machines[index]?.tier === 1) expect([mode, reason.code]).toEqual([2, 'not-eligible']);
    });
  });

  it('says the most that can be reached when the target cannot', async () => {
    const answer = await shed({ ...SHED_EXAMPLE, targetW: 6751 });
    expect(answer).toMatchObject({
      status: 'infeasible',
      shedW: null,
      lostUsd: null,
      boundUsd: null,
      gapUsd: null,
      policyPriceUsd: null,
      maximumShedW: 6750,
    });
    expect(answer.machines.map(({ mode }) => mode)).toEqual([null, null, null]);
    expect((await shed({ ...SHED_EXAMPLE, targetW: 6750 })).shedW).toBe(6750);
    expect(await shed({ targetW: 1, durationHours: 1, machines: [] })).toMatchObject({ status: 'infeasible', maximumShedW: 0 });
  });

  it('answers 20,000 machines well within five seconds', async () => {
    const from = performance.now();
    const request: ShedRequest = { targetW: 20_000_000, durationHours: 1, machines: fleet(20_000) };
    const answer = await shed(request);
    expect(performance.now() - from).toBeLessThan(5000);
    expect(answer.machines).toHaveLength(20_000);
    expect(
      count(
        request,
        answer.machines.map(({ mode }) => mode),
      ).shedW,
    ).toBe(answer.shedW);
  });

  it('refuses what is not a shed problem, with every fault by its path', async () => {
    const [machine] = SHED_EXAMPLE.machines;
    const body = {
      targetW: '4 MW',
      durationHours: 0,
      machines: [{ ...machine, current: 9, modes: [{ powerW: -1, profitUsdPerHour: null }] }],
      x: 1,
    };
    const problem = await refuse(JSON.stringify(body));
    expect(problem.errors.map(({ field }) => field)).toEqual([
      'targetW',
      'durationHours',
      'x',
      'machines[0].current',
      'machines[0].modes[0].powerW',
      'machines[0].modes[0].profitUsdPerHour',
    ]);
    expect(problem.errors[4]).toMatchObject({ value: -1, min: 0, max: 1e10 });
    const twice = await refuse(JSON.stringify({ ...SHED_EXAMPLE, machines: [machine, { ...machine, current: 2 }] }));
    expect(twice.errors.map(({ field }) => field)).toEqual(['machines[1].id']);
    const noMode = await refuse(JSON.stringify({ ...SHED_EXAMPLE, machines: [{ ...machine, current: 3 }] }));
    expect(noMode.errors).toMatchObject([{ field: 'machines[0].current', min: 0, max: 2 }]);
    const notANumber = await refuse('{"targetW": 1, "durationHours": 1, "machines": [{"modes": [{"powerW": NaN}]}]}');
    expect(notANumber.errors).toMatchObject([{ field: 'machines[0].modes[0].powerW', value: 'NaN', min: 0, max: 1e10 }]);
  });

  it('speaks Chinese, takes POST only, and reads up to 16 MB', async () => {
    expect((await refuse('{}', 400, { 'Accept-Language': 'zh-CN' })).errors[0]?.message).toContain('必填');
    const got = await fetch(`${getTestOrigin()}${PATH}`);
    expect([got.status, got.headers.get('Allow')]).toEqual([405, 'POST']);
    await got.text();
    const padded = `${JSON.stringify(SHED_EXAMPLE)}${' '.repeat(15_000_000)}`;
    expect((await send(padded)).status).toBe(200);
    await refuse(`${JSON.stringify(SHED_EXAMPLE)}${' '.repeat(17_000_000)}`, 413);
    const unknown = await send(JSON.stringify(SHED_EXAMPLE), {}, `${PATH}?months=1`);
    expect(unknown.status).toBe(400);
    await unknown.text();
  });
});
