import { describe, expect, it } from 'vitest';
import type { PlanMultipliers, PlanProblem } from '#engine';
import type { FromWorker, ToWorker } from './plan-messages.ts';
import type { PlanView, View } from './plan-view.ts';
import { createPlanner, type Job, type PlanWorker } from './planner.ts';

/** Stands in for a worker: notes what it is asked, answers when told to. */
class FakeWorker implements PlanWorker {
  readonly asked: ToWorker[] = [];
  isEnded = false;
  #listener: (message: FromWorker) => void = () => undefined;
  post(message: ToWorker): void {
    this.asked.push(message);
  }
  listen(listener: (message: FromWorker) => void): void {
    this.#listener = listener;
  }
  end(): void {
    this.isEnded = true;
  }
  say(message: FromWorker): void {
    this.#listener(message);
  }
  answer(view: View): void {
    const last = this.asked.findLast((message) => message.kind === 'plan');
    if (last?.kind === 'plan') this.say({ kind: 'answer', id: last.id, view });
  }
}

const MULTIPLIERS: PlanMultipliers = { cap: [[1]], rampUp: [[0]], rampDown: [[0]], client: [], takeOrPay: 0, peak: [0] };

function aPlan(gapUsd: number, status: PlanView['status'] = 'bounded'): PlanView {
  return { kind: 'plan', status, valueUsd: 100, gapUsd, multipliers: MULTIPLIERS } as PlanView;
}

type NamedJob = Job & { name: string };
const job = (name: string): NamedJob => ({ name, problem: { name } as unknown as PlanProblem, normal: [] });

function setUp() {
  const workers: FakeWorker[] = [];
  const answers: string[] = [];
  const log = { failed: 0, progress: [] as boolean[] };
  const planner = createPlanner<NamedJob>(
    () => {
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    },
    {
      onAnswer: ({ name }, view) => answers.push(`${name} ${view.kind === 'plan' ? view.gapUsd : view.kind}`),
      onProgress: (progress) => log.progress.push(progress !== null),
      onFailed: () => {
        log.failed += 1;
      },
    },
  );
  const planned = (worker: FakeWorker | undefined) =>
    worker?.asked.flatMap((message) => (message.kind === 'plan' ? [(message.problem as unknown as { name: string }).name] : [])) ?? [];
  return { workers, answers, log, planner, planned };
}

describe('createPlanner', () => {
  it('plans the newest inputs when many come while it is busy, and none between', () => {
    const { workers, answers, planner, planned } = setUp();
    for (const name of ['a', 'b', 'c', 'd']) planner.plan(job(name));
    workers[0]?.answer(aPlan(0, 'certified'));
    workers[0]?.answer(aPlan(0, 'certified'));
    expect(planned(workers[0])).toEqual(['a', 'd']);
    expect(answers).toEqual(['a 0', 'd 0']);
  });

  it('starts from the multipliers of the plan before', () => {
    const { workers, planner } = setUp();
    planner.plan(job('a'));
    workers[0]?.answer(aPlan(0, 'certified'));
    planner.plan(job('b'));
    expect(workers[0]?.asked.map((message) => message.kind === 'plan' && message.options.warm)).toEqual([undefined, MULTIPLIERS]);
  });

  it('betters a plan that is not certified, in a second worker, and keeps the better one', () => {
    const { workers, answers, planner } = setUp();
    planner.plan(job('a'));
    workers[0]?.answer(aPlan(0.5));
    workers[1]?.answer(aPlan(0.2));
    expect(answers).toEqual(['a 0.5', 'a 0.2']);
    planner.plan(job('b'));
    expect(workers[1]?.isEnded).toBe(true);
    expect(workers[0]?.isEnded).toBe(false);
  });

  it('keeps the plan in hand when more time found nothing better, or is cut short', () => {
    const { workers, answers, planner, log } = setUp();
    planner.plan(job('a'));
    workers[0]?.answer(aPlan(0.5));
    workers[1]?.answer(aPlan(0.6));
    planner.plan(job('b'));
    workers[0]?.answer(aPlan(0.4));
    planner.stop();
    expect(answers).toEqual(['a 0.5', 'b 0.4']);
    expect(workers.map(({ isEnded }) => isEnded)).toEqual([false, true, true]);
    expect(log.progress.at(-1)).toBe(false);
  });

  it('says nothing of a first search without a result, and says that it was stopped when it was', () => {
    const { workers, answers, planner } = setUp();
    planner.plan(job('a'));
    workers[0]?.answer({ kind: 'unknown', boundUsd: null, elapsedMs: 1 });
    expect(answers).toEqual([]);
    planner.stop();
    expect(answers).toEqual(['a cancelled']);
    planner.plan(job('b'));
    workers[0]?.answer({ kind: 'unknown', boundUsd: null, elapsedMs: 1 });
    workers[2]?.answer({ kind: 'unknown', boundUsd: 5, elapsedMs: 5000 });
    expect(answers).toEqual(['a cancelled', 'b unknown']);
  });

  it('takes files from the worker that holds the plan shown', async () => {
    const { workers, planner } = setUp();
    expect(await planner.writeFile({ kind: 'json' })).toBeNull();
    planner.plan(job('a'));
    workers[0]?.answer(aPlan(0.5));
    workers[1]?.answer(aPlan(0.2));
    const file = planner.writeFile({ kind: 'json' });
    workers[1]?.say({ kind: 'file', text: '{}' });
    expect(await file).toBe('{}');
    const lost = planner.writeFile({ kind: 'json' });
    planner.end();
    expect(await lost).toBeNull();
  });

  it('tells of a worker that failed and starts another one with the next inputs', () => {
    const { workers, answers, planner, log } = setUp();
    planner.plan(job('a'));
    workers[0]?.say({ kind: 'failed', message: 'no engine' });
    expect(log.failed).toBe(1);
    planner.plan(job('b'));
    workers[1]?.answer(aPlan(0, 'certified'));
    expect(answers).toEqual(['b 0']);
  });
});
