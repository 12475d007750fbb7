// The messages of a demonstration, which nobody has received.
import { getEnv } from '#app/platform/env.server.ts';
import { listOutbox } from '#app/platform/mail/outbox.server.ts';
import { hasDevMail } from './visit.server.ts';

/** Production has no such page: there are other people's messages in the folder. */
export async function readDevMailPage() {
  if (!hasDevMail()) throw new Response(null, { status: 404 });
  const messages = await listOutbox(getEnv().MAIL_OUTBOX_DIR);
  return { messages: messages.map(({ id, to, subject, text, sentAtMs, language }) => ({ id, to, subject, text, sentAtMs, language })) };
}
