// The token in every form (decision 0073): proves that whoever sends the form has read a page of ours. Signed, bound to the browser by a
// cookie and to the sign-in by the session, so that it is worth nothing in another browser and nothing after signing in or out.
import { createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';

const SEED_BYTES = 16;
const MAC_BYTES = 32;
const SEED = /^[\w-]{22}$/;

/** Over https the prefix keeps sub-domains from planting a seed of their own. */
export function toSeedCookieName(secure: boolean): string {
  return secure ? '__Host-csrf' : 'csrf';
}

export function deriveCsrfKey(sessionSecret: string): Buffer {
  return Buffer.from(hkdfSync('sha256', sessionSecret, '', 'hashinsight/csrf', MAC_BYTES));
}

/** What of a browser a token is bound to. `session`: the session cookie's value, empty without one. */
export type CsrfBinding = { seed: string; session: string };

function computeMac(key: Buffer, { seed, session }: CsrfBinding): Buffer {
  return createHmac('sha256', key).update(`${seed}.${session}`).digest();
}

/** A name for the browser that holds the seed, for what must be finished where it was begun. */
export function computeBrowserId(key: Buffer, seed: string): string {
  return createHmac('sha256', key).update(`browser.${seed}`).digest('base64url');
}

/** A different text each time for the same binding: compression cannot be used to guess it piece by piece (BREACH). */
export function createCsrfToken(key: Buffer, binding: CsrfBinding): string {
  const mask = randomBytes(MAC_BYTES);
  return Buffer.concat([mask, xor(mask, computeMac(key, binding))]).toString('base64url');
}

export function isCsrfToken(key: Buffer, binding: CsrfBinding, token: string): boolean {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== 2 * MAC_BYTES) return false;
  return timingSafeEqual(xor(bytes.subarray(0, MAC_BYTES), bytes.subarray(MAC_BYTES)), computeMac(key, binding));
}

function xor(a: Uint8Array, b: Uint8Array): Buffer {
  return Buffer.from(a.map((byte, index) => byte ^ (b[index] ?? 0)));
}

/** Null: none, or none of our making. */
export function findSeed(cookieHeader: string | null, secure: boolean): string | null {
  const name = toSeedCookieName(secure);
  for (const pair of (cookieHeader ?? '').split(';')) {
    const [key, value = ''] = pair.trim().split('=');
    if (key === name && SEED.test(value)) return value;
  }
  return null;
}

export function createSeed(): string {
  return randomBytes(SEED_BYTES).toString('base64url');
}

/** Ends with the browser. Lax, so that a form still works after following a link from a message. */
export function serializeSeed(seed: string, secure: boolean): string {
  return `${toSeedCookieName(secure)}=${seed}; Path=/; HttpOnly; SameSite=Lax${secure ? '; Secure' : ''}`;
}
