// One signed call of a webhook, to a judged address only.
import { fetchGuarded, type GuardedAnswer, type GuardOptions } from '#app/platform/network/guarded-fetch.server.ts';
import { MESSAGE_HEADER, SIGNATURE_HEADER, signWebhook, TIMESTAMP_HEADER } from './sign-webhook.ts';

export type SignedCall = { url: string; secret: string; messageId: string; body: object; nowMs: number };

export function sendSigned({ url, secret, messageId, body, nowMs }: SignedCall, guard: GuardOptions): Promise<GuardedAnswer> {
  const text = JSON.stringify(body);
  const timestampS = Math.floor(nowMs / 1000);
  const headers = {
    'Content-Type': 'application/json',
    [TIMESTAMP_HEADER]: String(timestampS),
    [MESSAGE_HEADER]: messageId,
    [SIGNATURE_HEADER]: signWebhook(secret, timestampS, text),
  };
  return fetchGuarded({ url, method: 'POST', headers, body: text }, guard);
}

/** As it is kept: `delivered`, `answered: 500`, `failed: timeout`, `refused: address`. */
export function sayOutcome(answer: GuardedAnswer): string {
  if (answer.kind !== 'answered') return `${answer.kind}: ${answer.because}`;
  return answer.status >= 200 && answer.status < 300 ? 'delivered' : `answered: ${answer.status}`;
}
