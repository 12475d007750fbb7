// The desk with its real thread and the real engine.
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { startThread } from '#app/platform/thread.server.ts';
import { makeInstance } from '#engine/bench/plan-instances.ts';
import { PlanAnswerSchema, type UsedPlanOptions } from './plan-answer.ts';
import { createPlanDesk, type PlanDesk } from './plan-desk.server.ts';
import { PLAN_EXAMPLE } from './plan-example.ts';

const OPTIONS: UsedPlanOptions = { gapTarget: 1e-5, timeBudgetMs: 5000, iterations: 400 };
/** Has no end of its own: the gap can hardly become 0 here. */
const LONG = makeInstance({ machines: 40, intervals: 96, states: 3, seed: 2 });
const ENDLESS: UsedPlanOptions = { gapTarget: 0, timeBudgetMs: 5000, iterations: 100_000 };

let desk: PlanDesk | null = null;

function openDesk(limits: { maxWaiting?: number; graceMs?: number } = {}, start = startRealThread): PlanDesk {
  desk = createPlanDesk(start, limits);
  return desk;
}

function startRealThread(): Worker {
  return startThread('plan-thread', new URL('./plan-thread.server.ts', import.meta.url));
}

function never(): AbortSignal {
  return new AbortController().signal;
}

afterEach(async () => {
  await desk?.close();
  desk = null;
});

describe('plan desk', () => {
  it('computes plans in a thread, one after another', async () => {
    const { compute } = openDesk();
    const outcomes = await Promise.all([1, 2, 3].map(() => compute(PLAN_EXAMPLE, OPTIONS, never())));
    for (const outcome of outcomes) {
      if (outcome.kind !== 'ok') throw new Error(outcome.kind);
      expect(PlanAnswerSchema.parse(JSON.parse(outcome.answer)).machines).toHaveLength(3);
    }
  });

  it('hands on what the engine refuses', async () => {
    const machines = [PLAN_EXAMPLE.machines[0]!, PLAN_EXAMPLE.machines[0]!];
    const outcome = await openDesk().compute({ ...PLAN_EXAMPLE, machines }, OPTIONS, never());
    expect(outcome).toMatchObject({ kind: 'invalid', errors: [{ path: 'machines[1].id', code: 'duplicate' }] });
  });

  it('cancels the plan of a caller who goes away, and serves the next', async () => {
    const { compute } = openDesk();
    const caller = new AbortController();
    const long = compute(LONG, ENDLESS, caller.signal);
    const next = compute(PLAN_EXAMPLE, OPTIONS, never());
    const gone = new AbortController();
    const waiting = compute(PLAN_EXAMPLE, OPTIONS, gone.signal);
    gone.abort();
    expect(await waiting).toEqual({ kind: 'cancelled' });
    caller.abort();
    expect(await long).toEqual({ kind: 'cancelled' });
    expect((await next).kind).toBe('ok');
  });

  it('refuses more than its queue holds, and says when to come again', async () => {
    const { compute } = openDesk({ maxWaiting: 1 });
    const callers = [0, 1].map(() => new AbortController());
    const plans = callers.map(({ signal }) => compute(LONG, ENDLESS, signal));
    expect(await compute(PLAN_EXAMPLE, OPTIONS, never())).toEqual({ kind: 'busy', retryAfterS: 10 });
    for (const caller of callers) caller.abort();
    await Promise.all(plans);
  });

  it('replaces a thread that dies, and one that does not answer', async () => {
    let started = 0;
    const dead = () => new Worker('process.exit(3)', { eval: true });
    const mute = () => new Worker("require('node:worker_threads').parentPort.on('message', () => {})", { eval: true });
    const { compute } = openDesk({ graceMs: 50 }, () => [dead, mute, startRealThread][started++]!());
    await expect(compute(PLAN_EXAMPLE, { ...OPTIONS, timeBudgetMs: 5000 }, never())).rejects.toThrow('the thread ended with 3');
    await expect(compute(PLAN_EXAMPLE, { ...OPTIONS, timeBudgetMs: 1 }, never())).rejects.toThrow('did not answer in time');
    const outcome = await compute(PLAN_EXAMPLE, OPTIONS, never());
    expect(outcome.kind).toBe('ok');
  });
});
