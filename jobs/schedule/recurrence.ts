// What a line of the schedule says. The table itself is schedule.ts.
import type { JobDefinition } from '#jobs/contracts/queue.ts';

export type Recurrence<Payload = unknown> = {
  job: JobDefinition<Payload>;
  payload: Payload;
  /** Time between two runs, > 0; null = switched off. */
  everyMs: number | null;
  /** Also runs once when a worker starts, so that a fresh installation need not wait for the first interval. */
  runsAtStart: boolean;
};

/** Declares a line; ties the payload's type to the job's. */
export function recurring<Payload>(recurrence: Recurrence<Payload>): Recurrence {
  return recurrence as Recurrence;
}
