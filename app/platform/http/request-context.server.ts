// Makes what loaders, actions and the renderer know of a request, from what Express received.
import { randomUUID } from 'node:crypto';
import type { Request, Response } from 'express';
import type { Actor } from '../permissions/actor.ts';
import { computeBrowserId, createCsrfToken, createSeed, findSeed, isCsrfToken, serializeSeed } from './csrf.server.ts';
import type { RequestContext } from './load-context.ts';
import { findPublicOrigin } from './public-origin.ts';
import { createNonce } from './security.server.ts';

export type ContextOptions = {
  publicOrigin: string | undefined;
  csrfKey: Buffer;
  /** Value of the session cookie; empty without one. */
  findSessionToken: (cookieHeader: string | null) => string | null;
  findActor: (request: Request, context: RequestContext) => Promise<Actor>;
};

/** `host`: as the reader's browser sees it, settled before. */
export function createRequestContext(
  request: Request,
  response: Response,
  host: string | undefined,
  { publicOrigin, csrfKey, findSessionToken, findActor }: ContextOptions,
): RequestContext {
  const { secure } = request;
  const cookies = request.headers.cookie ?? null;
  const session = findSessionToken(cookies) ?? '';
  const sentSeed = findSeed(cookies, secure);
  let seed = sentSeed;
  let actor: Promise<Actor> | null = null;
  const context: RequestContext = {
    cspNonce: createNonce(),
    publicOrigin: findPublicOrigin(publicOrigin, { protocol: request.protocol, host }),
    secure,
    requestId: randomUUID(),
    address: request.ip ?? 'unknown',
    getActor() {
      actor ??= findActor(request, context);
      return actor;
    },
    getCsrfToken() {
      if (seed === null) {
        seed = createSeed();
        response.append('Set-Cookie', serializeSeed(seed, secure));
      }
      return createCsrfToken(csrfKey, { seed, session });
    },
    // A seed that was made for this answer was not there when the form was sent.
    browserId: sentSeed === null ? null : computeBrowserId(csrfKey, sentSeed),
    isCsrfToken: (token) => sentSeed !== null && isCsrfToken(csrfKey, { seed: sentSeed, session }, token),
  };
  return context;
}
