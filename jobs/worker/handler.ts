// Joins a contract to its processor and judges a job taken from the queue. No queue library in here.
import type { JobContext, JobDefinition, JobProcessor } from '#jobs/contracts/queue.ts';

export type Handler = { job: JobDefinition; process: (payload: unknown, context: JobContext) => Promise<void> };

/** Thrown for a job that no retry can help: unknown name, or a payload that does not fit its contract. */
export class HopelessJob extends Error {
  override readonly name = 'HopelessJob';
}

/** Ties the processor's payload to the contract's; the payload is parsed again because a queue outlives a deployment. */
export function handling<Payload>(job: JobDefinition<Payload>, process: JobProcessor<Payload>): Handler {
  return {
    job: job as JobDefinition,
    process: async (payload, context) => {
      const parsed = job.payload.safeParse(payload);
      if (!parsed.success) {
        const fields = parsed.error.issues.map((issue) => `${issue.path.join('.') || 'payload'}: ${issue.message}`);
        throw new HopelessJob(`the payload of ${job.name} does not fit its contract (${fields.join('; ')})`);
      }
      await process(parsed.data, context);
    },
  };
}

/** The handler of a job by its name. Throws HopelessJob for a name that this version does not know. */
export function getHandler(handlers: readonly Handler[], name: string): Handler {
  const handler = handlers.find(({ job }) => job.name === name);
  if (!handler) throw new HopelessJob(`no processor for ${name} in this version`);
  return handler;
}
