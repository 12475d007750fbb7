/**
 * The page's side of planning: the newest inputs win, an answer is shown as soon as it is there, and one that is not certified is improved by a second worker that
 * can be ended at any moment without losing what the first one found. Knows workers only by their messages, so that a test can stand in for them.
 */
import type { PlanMultipliers, PlanProblem, PlanProgress } from '#engine';
import { LIVE_OPTIONS, patientOptions } from './plan-budget.ts';
import type { FromWorker, ToWorker } from './plan-messages.ts';
import type { View } from './plan-view.ts';

export type PlanWorker = {
  post(message: ToWorker): void;
  /** Called once; `failed` also when the worker itself cannot be started. */
  listen(listener: (message: FromWorker) => void): void;
  end(): void;
};

export type Job = { problem: PlanProblem; normal: readonly number[] };

export type PlannerEvents<J extends Job> = {
  onAnswer: (job: J, view: View) => void;
  /** `null`: nothing is being improved any more. */
  onProgress: (progress: PlanProgress | null) => void;
  onFailed: () => void;
};

export type Planner<J extends Job> = {
  plan(job: J): void;
  /** Ends the improvement; the answer in hand stays. */
  stop(): void;
  /** A file of the answer shown; null when there is none. */
  writeFile(message: Extract<ToWorker, { kind: 'json' | 'csv' }>): Promise<string | null>;
  end(): void;
};

type Shown = { worker: PlanWorker; valueUsd: number; gapUsd: number; multipliers: PlanMultipliers };

export function createPlanner<J extends Job>(
  startWorker: () => PlanWorker,
  { onAnswer, onProgress, onFailed }: PlannerEvents<J>,
): Planner<J> {
  let id = 0;
  let live: PlanWorker | null = null;
  let isBusy = false;
  /** What the live worker is planning, and what it has to plan next. */
  let current: J | null = null;
  let waiting: J | null = null;
  let improver: PlanWorker | null = null;
  let shown: Shown | null = null;
  const files = new Map<PlanWorker, ((text: string | null) => void)[]>();

  function answerFile(worker: PlanWorker, text: string | null): void {
    files.get(worker)?.shift()?.(text);
  }

  function endWorker(worker: PlanWorker): void {
    worker.end();
    for (const resolve of files.get(worker) ?? []) resolve(null);
    files.delete(worker);
  }

  function endImprover(): void {
    if (improver === null) return;
    endWorker(improver);
    improver = null;
    onProgress(null);
  }

  function improve(job: J, { valueUsd, gapUsd, multipliers }: Shown): void {
    const worker = startWorker();
    improver = worker;
    const ownId = id;
    worker.listen((message) => {
      if (worker !== improver) {
        if (message.kind === 'file') answerFile(worker, message.text);
        return;
      }
      if (message.kind === 'progress') onProgress(message.progress);
      if (message.kind === 'file') answerFile(worker, message.text);
      if (message.kind === 'failed') endImprover();
      if (message.kind !== 'answer' || message.id !== ownId) return;
      onProgress(null);
      if (message.view.kind === 'plan' && message.view.gapUsd < gapUsd) {
        // It stays: files of this answer are written where the answer is.
        const { view } = message;
        shown = { worker, valueUsd: view.valueUsd, gapUsd: view.gapUsd, multipliers: view.multipliers };
        onAnswer(job, message.view);
      } else endImprover();
    });
    const options = { ...patientOptions(valueUsd), warm: multipliers };
    worker.post({ kind: 'plan', id, problem: job.problem, normal: job.normal, options });
  }

  function send(job: J): void {
    const worker = live ?? startLive();
    isBusy = true;
    id += 1;
    current = job;
    const options = { ...LIVE_OPTIONS, ...(shown ? { warm: shown.multipliers } : {}) };
    worker.post({ kind: 'plan', id, problem: job.problem, normal: job.normal, options });
  }

  function startLive(): PlanWorker {
    const worker = startWorker();
    live = worker;
    worker.listen((message) => {
      if (message.kind === 'file') answerFile(worker, message.text);
      if (message.kind === 'failed') {
        isBusy = false;
        onFailed();
      }
      if (message.kind !== 'answer' || message.id !== id || current === null) return;
      isBusy = false;
      const job = current;
      const { view } = message;
      shown = view.kind === 'plan' ? { worker, valueUsd: view.valueUsd, gapUsd: view.gapUsd, multipliers: view.multipliers } : null;
      onAnswer(job, view);
      const next = waiting;
      waiting = null;
      if (next) send(next);
      else if (view.kind === 'plan' && view.status === 'bounded' && shown) improve(job, shown);
    });
    return worker;
  }

  return {
    plan(job) {
      endImprover();
      if (isBusy) waiting = job;
      else send(job);
    },
    stop: endImprover,
    writeFile(message) {
      const worker = shown?.worker ?? live;
      if (worker === null) return Promise.resolve(null);
      return new Promise((resolve) => {
        files.set(worker, [...(files.get(worker) ?? []), resolve]);
        worker.post(message);
      });
    },
    end() {
      endImprover();
      if (live) endWorker(live);
      live = null;
    },
  };
}
