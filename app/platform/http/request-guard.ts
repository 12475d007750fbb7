// Requests that are refused before any route sees them: bodies no route takes, methods nobody speaks, addresses that cannot
// be an address of ours. Pure. What a single route takes (its own body limit, its own methods) the route says itself.
import type refusals from '../../../locales/en/refusals.json';
import { type HostRules, isAllowedHost } from './allowed-host.ts';

/** The largest body any route takes (POST /api/v1/curtailment/shed). Bodies without a declared length are counted by their route. */
export const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** The route that takes the largest files (POST /api/v1/batches): 50 MB and what a form puts around them. */
export const MAX_UPLOAD_BYTES = 51_000_000;
const UPLOAD_PATH = '/api/v1/batches';

/** What a route takes at the most. */
export function maxBodyBytes(url: string): number {
  return url.split('?', 1)[0] === UPLOAD_PATH ? MAX_UPLOAD_BYTES : MAX_BODY_BYTES;
}

/** Longer than any set of inputs in an address, shorter than what proxies cut. */
export const MAX_URL_CHARACTERS = 8_192;

const MAX_SHOWN_HOST = 100;

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

/** Why a request is refused before a route sees it; its words are in locales/<language>/refusals.json under `text`. */
export type Refusal = {
  status: 400 | 401 | 403 | 405 | 413 | 414 | 421 | 429 | 500 | 503;
  text: Exclude<keyof typeof refusals, 'home'>;
  values: Record<string, string | number>;
  headers: Record<string, string>;
};

export type RequestLine = {
  method: string;
  /** As sent: path and parameters, percent-encoded. */
  url: string;
  /** The `Host` header, and what a trusted proxy says the host was. */
  hosts: readonly (string | undefined)[];
  contentLength: string | undefined;
  hostRules: HostRules;
};

/** Asked by whatever watches over the process, under whatever address it knows; their answers say nothing that a name could bend. */
const HEALTH_PATHS = new Set(['/healthz', '/readyz']);

/** Name or address with an optional port, and nothing that would move the end of the host inside an address. */
function isHost(host: string | undefined): boolean {
  return host !== undefined && /^[^\s/\\?#@]+$/.test(host) && URL.canParse(`http://${host}/`);
}

function isReadableUrl(url: string): boolean {
  const path = url.split('?', 1)[0] ?? '';
  // `//host` and `/\host` are other sites to a browser; a control character or broken encoding is never a page of ours.
  if (!path.startsWith('/') || /^\/[/\\]/.test(path)) return false;
  try {
    const decoded = decodeURIComponent(path);
    return [...decoded].every((character) => character >= ' ' && character !== '\x7f');
  } catch {
    return false;
  }
}

/** Why a request is refused outright; `null` when a route may see it. */
export function findRefusal({ method, url, hosts, contentLength, hostRules }: RequestLine): Refusal | null {
  if (!METHODS.includes(method)) {
    return { status: 405, text: 'methodNotAllowed', values: { method }, headers: { Allow: METHODS.join(', ') } };
  }
  if (url.length > MAX_URL_CHARACTERS) {
    return { status: 414, text: 'addressTooLong', values: { characters: url.length, max: MAX_URL_CHARACTERS }, headers: {} };
  }
  if (!hosts.every(isHost) || !isReadableUrl(url)) {
    return { status: 400, text: 'badAddress', values: {}, headers: {} };
  }
  const unknown = hosts.find((host) => host !== undefined && !isAllowedHost(host, hostRules));
  if (unknown !== undefined && !HEALTH_PATHS.has(url.split('?', 1)[0] ?? '')) {
    return { status: 421, text: 'unknownHost', values: { host: unknown.slice(0, MAX_SHOWN_HOST) }, headers: {} };
  }
  const max = maxBodyBytes(url);
  if (contentLength !== undefined && Number(contentLength) > max) {
    return { status: 413, text: 'bodyTooLarge', values: { bytes: contentLength, max }, headers: {} };
  }
  return null;
}
