/** What the page and its worker say to each other. */
import type { PlanOptions, PlanProblem, PlanProgress } from '#engine';
import type { CsvTitles } from './plan-csv.ts';
import type { View } from './plan-view.ts';

export type ToWorker =
  | { kind: 'plan'; id: number; problem: PlanProblem; normal: readonly number[]; options: PlanOptions }
  /** Asks for a file of the last answer given. */
  | { kind: 'json' }
  | { kind: 'csv'; titles: CsvTitles };

export type FromWorker =
  | { kind: 'ready' }
  | { kind: 'failed'; message: string }
  | { kind: 'progress'; id: number; progress: PlanProgress }
  | { kind: 'answer'; id: number; view: View }
  /** `null`: there is no answer to write. */
  | { kind: 'file'; text: string | null };
