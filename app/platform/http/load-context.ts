// What the Express layer tells every loader, action and the renderer about the request it received.
import type { Actor } from '../permissions/actor.ts';

export type RequestContext = {
  cspNonce: string;
  /** Address the product calls itself by in links that others keep; `null`: none that could be trusted. */
  publicOrigin: string | null;
  /** The reader's connection is https. */
  secure: boolean;
  /** Names this request in logs and audit events, and to the caller in `X-Request-Id`. */
  requestId: string;
  /** Where the request came from; a proxy's word counts in production only. */
  address: string;
  /** Who asks. Looked up once a request, on first use. */
  getActor: () => Promise<Actor>;
  /** For the field in every form. The first call of a browser sets the cookie that it is bound to, so only pages with a form call it. */
  getCsrfToken: () => string;
  isCsrfToken: (token: string) => boolean;
  /** Names the browser that was shown a form before, whoever is signed in there; `null`: none was. Says nothing about the cookie it is made of. */
  browserId: string | null;
};

declare module '@remix-run/node' {
  interface AppLoadContext extends RequestContext {}
}
