// Requests that are refused before any route sees them: bodies no route takes, methods nobody speaks, addresses that cannot
// be an address of ours. Pure. What a single route takes (its own body limit, its own methods) the route says itself.

/** The largest body any route takes (POST /api/v1/curtailment/shed). Bodies without a declared length are counted by their route. */
export const MAX_BODY_BYTES = 16 * 1024 * 1024;

/** Longer than any set of inputs in an address, shorter than what proxies cut. */
export const MAX_URL_CHARACTERS = 8_192;

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

export type Refusal = {
  status: 400 | 405 | 413 | 414;
  title: string;
  detail: string;
  detailZh: string;
  headers: Record<string, string>;
};

export type RequestLine = {
  method: string;
  /** As sent: path and parameters, percent-encoded. */
  url: string;
  /** The `Host` header, and what a trusted proxy says the host was. */
  hosts: readonly (string | undefined)[];
  contentLength: string | undefined;
};

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
export function findRefusal({ method, url, hosts, contentLength }: RequestLine): Refusal | null {
  if (!METHODS.includes(method)) {
    return {
      status: 405,
      title: 'Method not allowed',
      detail: `Nothing here answers ${method}.`,
      detailZh: `不支持 ${method} 方法。`,
      headers: { Allow: METHODS.join(', ') },
    };
  }
  if (url.length > MAX_URL_CHARACTERS) {
    return {
      status: 414,
      title: 'Address too long',
      detail: `The address has ${url.length} characters; at most ${MAX_URL_CHARACTERS} are read.`,
      detailZh: `网址有 ${url.length} 个字符，最多 ${MAX_URL_CHARACTERS} 个。`,
      headers: {},
    };
  }
  if (!hosts.every(isHost) || !isReadableUrl(url)) {
    return { status: 400, title: 'Bad request', detail: 'The address cannot be read.', detailZh: '网址无法识别。', headers: {} };
  }
  if (contentLength !== undefined && Number(contentLength) > MAX_BODY_BYTES) {
    return {
      status: 413,
      title: 'Content too large',
      detail: `The body has ${contentLength} bytes; at most ${MAX_BODY_BYTES} are taken.`,
      detailZh: `请求正文有 ${contentLength} 字节，最多 ${MAX_BODY_BYTES} 字节。`,
      headers: {},
    };
  }
  return null;
}
