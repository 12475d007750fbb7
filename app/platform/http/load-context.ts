// What the Express layer tells every loader, action and the renderer about the request it received.

export type RequestContext = {
  cspNonce: string;
  /** Address the product calls itself by in links that others keep; `null`: none that could be trusted. */
  publicOrigin: string | null;
  /** The reader's connection is https. */
  secure: boolean;
};

declare module '@remix-run/node' {
  interface AppLoadContext extends RequestContext {}
}
