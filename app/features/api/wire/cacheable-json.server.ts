/** Answers of the GET routes: JSON with an ETag (RFC 9110, 8.8.3), so that asking again for the same costs a few bytes. */
import { createHash } from 'node:crypto';

export type CacheOptions = {
  /** Seconds a cache may answer by itself. */
  maxAgeS: number;
  /** Request headers on which the text depends. */
  varyOn?: readonly string[];
};

/** `304` without a body when the caller already holds this text. */
export function toCacheableJson(request: Request, value: unknown, { maxAgeS, varyOn = [] }: CacheOptions): Response {
  const text = JSON.stringify(value);
  // Weak: a proxy or our own compression may change the bytes, never the meaning.
  const etag = `W/"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"`;
  const headers = new Headers({ 'Content-Type': 'application/json', 'Cache-Control': `public, max-age=${maxAgeS}`, ETag: etag });
  for (const name of varyOn) headers.append('Vary', name);
  const known = (request.headers.get('If-None-Match') ?? '').split(',').map((tag) => tag.trim());
  if (known.includes(etag) || known.includes('*')) return new Response(null, { status: 304, headers });
  return new Response(text, { headers });
}
