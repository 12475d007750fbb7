/** What a client may read of a pool's address. Pure. */

const PRIVATE_NAMES = /(?:^|\.)(?:local|lan|internal|intranet|home|corp)$/i;
const NUMBERS = /^(?:[\d.]+|\[[\da-f:.]+\])$/i;

/**
 * The name of the pool's server as the world knows it. Null where the address is a number or a name of the site's own network: that is a proxy of the host, and
 * addresses of the host are not a client's to see.
 */
export function toPublicPool(url: string): string | null {
  const host = url
    .replace(/^[a-z0-9+]+:\/\//i, '')
    .replace(/[/?#].*$/, '')
    .replace(/^[^@]*@/, '')
    .replace(/:\d+$/, '');
  return host.includes('.') && !NUMBERS.test(host) && !PRIVATE_NAMES.test(host) ? host.toLowerCase() : null;
}
