// Hand one message to the mail server. Not idempotent at the far end: a worker that dies between sending and saying so sends it twice.
import { z } from 'zod';
import { defineJob } from './queue.ts';

export const mailSend = defineJob({
  name: 'mail.send',
  queue: 'mail',
  payload: z.strictObject({
    /** Names the message; the sealed text opens for this id only. */
    id: z.uuid(),
    /** The message as JSON, sealed: messages carry links that open accounts, and a queue is looked at by many. */
    sealed: z.string().max(200_000),
  }),
  // 10 s, 20 s, 40 s, 80 s, 160 s between them: a mail server may restart meanwhile.
  attempts: 6,
  backoffMs: 10_000,
  deduplicationKey: null,
  // Whoever is not sure whether a letter was enqueued may enqueue it again under its name.
  jobId: ({ id }) => id,
});

export type MailSendPayload = z.infer<typeof mailSend.payload>;
