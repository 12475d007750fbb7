// Runs mail.send; everything it does is in app/platform/mail.
import { sendSealedMessage } from '#app/platform/mail/send-message.server.ts';
import type { MailSendPayload } from '#jobs/contracts/mail-send.ts';

export async function processMailSend(payload: MailSendPayload): Promise<void> {
  await sendSealedMessage(payload);
}
