// Answers refused requests, and failures that no page could report, outside of Remix: problem+json (RFC 9457) for programs,
// two plain sentences in both languages for people.
import type { Request, Response } from 'express';
import type { Refusal } from './request-guard.ts';

/** Unread bodies up to here are read and dropped, so that an ordinary client gets to see the answer; larger ones are cut off. */
const MAX_DRAINED_BYTES = 64 * 1024 * 1024;

export function refuse(request: Request, response: Response, { status, title, detail, detailZh, headers }: Refusal): void {
  if (Number(request.headers['content-length'] ?? 0) > MAX_DRAINED_BYTES) response.set('Connection', 'close');
  response.status(status).set({ 'Cache-Control': 'no-store', ...headers });
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (isRead && request.headers.accept?.includes('text/html')) {
    response.type('text/plain').send(`${title}. ${detail}\n${detailZh}\n`);
    return;
  }
  response.type('application/problem+json').send(JSON.stringify({ type: 'about:blank', title, status, detail, errors: [] }));
}
