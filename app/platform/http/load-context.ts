// What the Express layer tells every loader, action and the renderer about the request it received.

export type RequestContext = {
  cspNonce: string;
  /** Scheme, host and port as the reader's browser sees them. */
  origin: string;
  /** The reader's connection is https. */
  secure: boolean;
};

declare module '@remix-run/node' {
  interface AppLoadContext extends RequestContext {}
}
