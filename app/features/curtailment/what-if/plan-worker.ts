/**
 * Plans in the visitor's browser, off the page's thread. Holds the last answer whole, so that only what is shown crosses over; files are written here too. A run
 * cannot be interrupted from inside: the page ends the worker.
 */
import { loadCurtailment } from '#app/platform/engine-in-browser.ts';
import type { PlanProblem, PlanResult } from '#engine';
import { toPlanCsv } from './plan-csv.ts';
import type { FromWorker, ToWorker } from './plan-messages.ts';
import { toView } from './plan-view.ts';

/** Progress is for eyes. */
const PROGRESS_MS = 100;

let last: { problem: PlanProblem; result: PlanResult } | null = null;

function tell(message: FromWorker): void {
  postMessage(message);
}

async function plan({ id, problem, normal, options }: Extract<ToWorker, { kind: 'plan' }>): Promise<void> {
  const curtailment = await loadCurtailment();
  const startedMs = performance.now();
  let toldMs = startedMs;
  const result = curtailment.planCurtailment(problem, options, {
    onProgress(progress) {
      if (performance.now() - toldMs < PROGRESS_MS) return;
      toldMs = performance.now();
      tell({ kind: 'progress', id, progress });
    },
  });
  const elapsedMs = performance.now() - startedMs;
  last = { problem, result };
  tell({ kind: 'answer', id, view: toView(result, { curtailment, problem, normal, elapsedMs }) });
}

/** The file that `npm run plan:check` takes. */
function writeJson(): string | null {
  return last === null ? null : JSON.stringify({ problem: last.problem, answer: last.result });
}

async function handle(message: ToWorker): Promise<void> {
  try {
    if (message.kind === 'plan') await plan(message);
    else if (message.kind === 'json') tell({ kind: 'file', text: writeJson() });
    else {
      const answer = last !== null && 'machines' in last.result ? last.result : null;
      tell({ kind: 'file', text: last === null || answer === null ? null : toPlanCsv(last.problem, answer, message.titles) });
    }
  } catch (error) {
    tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
  }
}

addEventListener('message', (event: MessageEvent<ToWorker>) => void handle(event.data));
loadCurtailment().then(
  () => tell({ kind: 'ready' }),
  (error: unknown) => tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
);
