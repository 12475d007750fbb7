// Messages leave in two steps: the web process seals one and puts it on a queue, the worker opens it and hands it to the mail server. A page answers as
// fast whether a message was sent or not (an address that exists must not be told by the clock), and a mail server that restarts costs nothing.
import { randomUUID } from 'node:crypto';
import { createTransport } from 'nodemailer';
import { type MailSendPayload, mailSend } from '#jobs/contracts/mail-send.ts';
import { type Env, getEnv } from '../env.server.ts';
import { getLog } from '../log.server.ts';
import { processSingleton } from '../process-singleton.server.ts';
import { Queues } from '../queues.server.ts';
import { createQueueConnection } from '../redis.server.ts';
import { sealText, unsealText } from '../sealed-text.server.ts';
import { type Letter, type Message, MessageSchema, renderMessage } from './message.ts';
import { writeToOutbox } from './outbox.server.ts';

const SMTP_TIMEOUT_MS = 20_000;

export type SendLetter = (letter: Letter) => Promise<void>;

/** Resolves when the message is on the queue. `id`: a UUID that names the letter; enqueued again under the same name, it is sent once. */
export async function enqueueLetter(letter: Letter, id: string = randomUUID()): Promise<void> {
  const sealed = sealText(getEnv().SESSION_SECRET, 'mail', JSON.stringify(renderMessage(letter)), id);
  await getMailQueues().enqueue(mailSend, { id, sealed });
}

function getMailQueues(): Queues {
  return processSingleton('mail-queues', () => new Queues(createQueueConnection()));
}

/** The worker's half. Throws when the mail server refuses; the queue tries again. */
export async function sendSealedMessage({ id, sealed }: MailSendPayload): Promise<void> {
  const env = getEnv();
  const message = MessageSchema.parse(JSON.parse(unsealText(env.SESSION_SECRET, 'mail', sealed, id)));
  await deliver(env, id, message, Date.now());
}

/** To the mail server of the configuration, else to the outbox folder. */
export async function deliver(
  env: Pick<Env, 'MAIL_SMTP_URL' | 'MAIL_FROM' | 'MAIL_OUTBOX_DIR'>,
  id: string,
  message: Message,
  nowMs: number,
): Promise<void> {
  if (env.MAIL_SMTP_URL === undefined) {
    await writeToOutbox(env.MAIL_OUTBOX_DIR, { ...message, id, sentAtMs: nowMs });
    getLog().warn('mail.kept', { id, reason: 'MAIL_SMTP_URL is not set; the message is in the outbox folder' });
    return;
  }
  const transport = createTransport({
    url: env.MAIL_SMTP_URL,
    connectionTimeout: SMTP_TIMEOUT_MS,
    greetingTimeout: SMTP_TIMEOUT_MS,
    socketTimeout: SMTP_TIMEOUT_MS,
    // A message is words of ours: it may fetch no file and no address.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  const { to, subject, text, html } = message;
  await transport.sendMail({ from: env.MAIL_FROM, to: { name: '', address: to }, subject, text, html, messageId: `<${id}@hashinsight>` });
}
