/** How a webhook proves that it is ours: HMAC-SHA256 over the time and the body, under the channel's secret. Node's crypto, no network. */
import { createHmac, timingSafeEqual } from 'node:crypto';

export const SIGNATURE_HEADER = 'X-HashInsight-Signature';
export const TIMESTAMP_HEADER = 'X-HashInsight-Timestamp';
export const MESSAGE_HEADER = 'X-HashInsight-Message';

/** `sha256=` and 64 hexadecimal digits over `timestampS`, a full stop and the body as it is sent. */
export function signWebhook(secret: string, timestampS: number, body: string): string {
  return `sha256=${createHmac('sha256', secret).update(`${timestampS}.${body}`).digest('hex')}`;
}

/** What a receiver does, too; it should also refuse times that are minutes away from its own. */
export function isSignedBy(secret: string, timestampS: number, body: string, signature: string): boolean {
  const expected = Buffer.from(signWebhook(secret, timestampS, body));
  const given = Buffer.from(signature);
  return expected.length === given.length && timingSafeEqual(expected, given);
}
