// Secrets that the product must be able to read again (second factors, signing keys, queued messages): sealed with AES-256-GCM under a key derived from
// SESSION_SECRET. What only has to be recognised is hashed instead (opaque-token.server.ts).
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';

const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** One key each: what was sealed for one purpose cannot be opened for another. */
export type SealPurpose = 'second-factor' | 'signing-key' | 'mail' | 'webhook';

/** Thrown when a text was not sealed with this secret for this purpose, or was changed since. */
export class UnsealError extends Error {
  override readonly name = 'UnsealError';
}

function deriveKey(secret: string, purpose: SealPurpose): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `hashinsight/${purpose}`, KEY_BYTES));
}

/** Base64url of IV, ciphertext and tag. `boundTo` is authenticated, not stored: the text opens for the same row only. */
export function sealText(secret: string, purpose: SealPurpose, text: string, boundTo: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', deriveKey(secret, purpose), iv).setAAD(Buffer.from(boundTo));
  return Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]).toString('base64url');
}

/** Throws UnsealError. */
export function unsealText(secret: string, purpose: SealPurpose, sealed: string, boundTo: string): string {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < IV_BYTES + TAG_BYTES) throw new UnsealError(`sealed text for ${purpose} is too short`);
  const decipher = createDecipheriv('aes-256-gcm', deriveKey(secret, purpose), bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES })
    .setAAD(Buffer.from(boundTo))
    .setAuthTag(bytes.subarray(-TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]).toString('utf8');
  } catch (cause) {
    throw new UnsealError(`sealed text for ${purpose} cannot be opened`, { cause });
  }
}
