// Random strings that are worth what they open: session cookies, links in messages, personal API tokens. Whoever reads our storage finds only
// their hashes. A plain hash is enough, since 256 random bits cannot be guessed.
import { createHash, randomBytes } from 'node:crypto';

const TOKEN_BYTES = 32;

/** 43 characters of base64url. */
export function createOpaqueToken(): string {
  return randomBytes(TOKEN_BYTES).toString('base64url');
}

/** SHA-256 as 64 hexadecimal digits: what is stored and looked up. */
export function hashOpaqueToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
