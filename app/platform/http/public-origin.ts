/**
 * Under which address the product may call itself in links that others keep: canonical and hreflang links, the example of the
 * developers' page. A Host header is the sender's word; repeated into a page that a cache keeps, it would send readers and search
 * engines elsewhere. Pure.
 */

/** This machine, as a host name without a port. */
export const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])$/;

/**
 * The configured address, whatever the request says. Without one the request's own, but only on this machine; else `null`: no link
 * names the product's address then.
 */
export function findPublicOrigin(configured: string | undefined, asked: { protocol: string; host: string | undefined }): string | null {
  if (configured !== undefined) return configured;
  const address = `${asked.protocol}://${asked.host}`;
  if (asked.host === undefined || !URL.canParse(address)) return null;
  const { hostname, origin } = new URL(address);
  return LOOPBACK.test(hostname) ? origin : null;
}
