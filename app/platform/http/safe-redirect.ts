// The only way to follow an address that came with a request ("and then go back to ..."). Pure.

/** Stands in for our own host; nothing that keeps it can lead elsewhere. */
const HERE = 'http://here.invalid';
const CONTROL_OR_SPACE = /[\s\p{Cc}\\]/u;

/**
 * `target` when it is a path of this site, else `fallback`. What browsers would read as another site (`//host`, `/\host`, schemes,
 * control characters that they drop) is no path of ours.
 */
export function toSafePath(target: string | null | undefined, fallback: string): string {
  if (typeof target !== 'string' || !target.startsWith('/') || CONTROL_OR_SPACE.test(target)) return fallback;
  if (!URL.canParse(target, HERE)) return fallback;
  const url = new URL(target, HERE);
  return url.origin === HERE && !url.pathname.startsWith('//') ? `${url.pathname}${url.search}${url.hash}` : fallback;
}
