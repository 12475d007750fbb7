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

type Shown = { valueUsd: number; gapUsd: number; multipliers: PlanMultipliers };

const NO_PROGRESS: PlanProgress = { iteration: 0, valueUsd: null, boundUsd: null, gapRatio: null };

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
  /** The improver has not answered yet. `hasPlan`: there is a plan on the screen that it tries to better. */
  let trying: { job: J; hasPlan: boolean } | null = null;
  /** The plan shown, to start the next one from; null when what is shown is no plan. */
  let shown: Shown | null = null;
  /** The worker that holds the answer shown. */
  let holder: PlanWorker | null = null;
  const files = new Map<PlanWorker, ((text: string | null) => void)[]>();

  function answerFile(worker: PlanWorker, text: string | null): void {
    files.get(worker)?.shift()?.(text);
  }

  function endWorker(worker: PlanWorker): void {
    worker.end();
    if (worker === holder) holder = null;
    for (const resolve of files.get(worker) ?? []) resolve(null);
    files.delete(worker);
  }

  function endImprover(): void {
    if (improver === null) return;
    endWorker(improver);
    improver = null;
    if (trying !== null) onProgress(null);
    trying = null;
  }

  /** Ends what the improver is doing. Without a plan in hand it is said that there is none. */
  function giveUp(kind: 'unknown' | 'cancelled'): void {
    if (trying === null) return;
    const { job, hasPlan } = trying;
    endImprover();
    if (!hasPlan) onAnswer(job, { kind, boundUsd: null, elapsedMs: null });
  }

  /** Takes more time for the job: from a plan in hand, or to find one or the proof that there is none. */
  function tryHarder(job: J, from: Shown | null): void {
    const worker = startWorker();
    improver = worker;
    trying = { job, hasPlan: from !== null };
    const ownId = id;
    worker.listen((message) => {
      if (message.kind === 'file') answerFile(worker, message.text);
      if (worker !== improver) return;
      if (message.kind === 'progress') onProgress(message.progress);
      if (message.kind === 'failed') giveUp('unknown');
      if (message.kind !== 'answer' || message.id !== ownId) return;
      onProgress(null);
      trying = null;
      const { view } = message;
      if (from !== null && (view.kind !== 'plan' || view.gapUsd >= from.gapUsd)) {
        endImprover();
        return;
      }
      // It stays: files of this answer are written where the answer is.
      shown = view.kind === 'plan' ? { valueUsd: view.valueUsd, gapUsd: view.gapUsd, multipliers: view.multipliers } : null;
      holder = worker;
      onAnswer(job, view);
    });
    onProgress(NO_PROGRESS);
    const options = from === null ? patientOptions(0) : { ...patientOptions(from.valueUsd), warm: from.multipliers };
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
        // The next inputs start another one.
        endWorker(worker);
        live = null;
        waiting = null;
        isBusy = false;
        onFailed();
      }
      if (message.kind !== 'answer' || message.id !== id || current === null) return;
      isBusy = false;
      const job = current;
      const { view } = message;
      const next = waiting;
      waiting = null;
      if (view.kind !== 'unknown') {
        shown = view.kind === 'plan' ? { valueUsd: view.valueUsd, gapUsd: view.gapUsd, multipliers: view.multipliers } : null;
        holder = worker;
        onAnswer(job, view);
      }
      if (next) send(next);
      // Without a plan nothing is said yet: with more time there is one, or the proof that there is none.
      else if (view.kind === 'unknown') tryHarder(job, null);
      else if (view.kind === 'plan' && view.status === 'bounded') tryHarder(job, shown);
    });
    return worker;
  }

  return {
    plan(job) {
      endImprover();
      if (isBusy) waiting = job;
      else send(job);
    },
    stop: () => giveUp('cancelled'),
    writeFile(message) {
      const worker = holder;
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
