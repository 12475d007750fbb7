/**
 * One careful request for a small JSON document from the outside world: time limit over the whole exchange, size limit on what is
 * read, content type checked, no redirect to another origin. The only file of this folder that opens a connection.
 */
import type { Trouble } from './source.ts';

export type FetchedJson = { kind: 'json'; body: unknown } | Trouble;
export type FetchOptions = {
  signal?: AbortSignal;
  headers?: Readonly<Record<string, string>>;
  /** Sent as JSON in a POST; without it the request is a GET. */
  post?: unknown;
  /** Sent as a form in a POST: secrets that must not stand in an address. */
  form?: Readonly<Record<string, string>>;
};
export type FetchJson = (url: string, options?: FetchOptions) => Promise<FetchedJson>;

export type FetchLimits = {
  /** From the first byte sent to the last byte read. */
  timeoutMs: number;
  maxBytes: number;
};

/** The largest documented reply (hash rate of three days) has about 1 kB; a source that sends more is not sending that. */
const DEFAULT_LIMITS: FetchLimits = { timeoutMs: 8_000, maxBytes: 256 * 1024 };

const MAX_REDIRECTS = 3;
const JSON_BODY = { 'content-type': 'application/json' };
/** Longest pause that a source may ask for: one that says "in a year" is asked again tomorrow. */
const MAX_RETRY_AFTER_MS = 86_400_000;
const JSON_TYPE = /^application\/(?:[\w.+-]+\+)?json\b/i;

const noAnswer = (reason: string): Trouble => ({ kind: 'no-answer', reason });
const garbled = (reason: string): Trouble => ({ kind: 'garbled', reason });

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === 'TimeoutError') return 'no complete answer in time';
  // undici says "fetch failed" and keeps what happened in the cause.
  const cause = error.cause instanceof Error ? error.cause : error;
  return cause.message || error.name;
}

async function readLimited(response: Response, maxBytes: number): Promise<Uint8Array | null> {
  if (response.body === null) return new Uint8Array();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    bytes += chunk.byteLength;
    // Leaving the loop cancels the stream, so the rest is never read.
    if (bytes > maxBytes) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function toBody({ post, form }: FetchOptions): Pick<RequestInit, 'method' | 'body'> {
  if (form !== undefined) return { method: 'POST', body: new URLSearchParams(form) };
  return post === undefined ? {} : { method: 'POST', body: JSON.stringify(post) };
}

/** Follows redirects only inside the origin that was asked for: a source that moves house is a decision for people. */
async function requestFollowing(url: string, options: FetchOptions, signal: AbortSignal): Promise<Response | Trouble> {
  let target = new URL(url);
  for (let hop = 0; hop <= MAX_REDIRECTS; hop++) {
    const response = await fetch(target, {
      redirect: 'manual',
      signal,
      headers: {
        ...options.headers,
        accept: 'application/json',
        'user-agent': 'HashInsight',
        ...(options.post === undefined ? {} : JSON_BODY),
      },
      ...toBody(options),
    });
    if (response.status < 300 || response.status > 399) return response;
    await response.body?.cancel();
    const location = response.headers.get('location');
    if (location === null || !URL.canParse(location, target)) return garbled(`HTTP ${response.status} without a usable location`);
    const next = new URL(location, target);
    if (next.origin !== target.origin) return { kind: 'refused', reason: `redirected to another host: ${next.host}` };
    target = next;
  }
  return garbled(`more than ${MAX_REDIRECTS} redirects`);
}

/** `Retry-After`: seconds or a date. */
function readRetryAfterMs(response: Response): number | undefined {
  const text = response.headers.get('retry-after')?.trim();
  if (!text) return undefined;
  const ms = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - Date.now();
  return Number.isFinite(ms) && ms > 0 ? Math.min(ms, MAX_RETRY_AFTER_MS) : undefined;
}

async function fetchOnce(url: string, limits: FetchLimits, options: FetchOptions, signal: AbortSignal): Promise<FetchedJson> {
  const response = await requestFollowing(url, options, signal);
  if (!(response instanceof Response)) return response;
  if (!response.ok) {
    await response.body?.cancel();
    const retryAfterMs = readRetryAfterMs(response);
    return { ...noAnswer(`HTTP ${response.status}`), ...(retryAfterMs === undefined ? {} : { retryAfterMs }) };
  }
  const contentType = response.headers.get('content-type') ?? '';
  if (!JSON_TYPE.test(contentType)) {
    await response.body?.cancel();
    return garbled(`content type "${contentType.slice(0, 60)}" is not JSON`);
  }
  const bytes = await readLimited(response, limits.maxBytes);
  if (bytes === null) return garbled(`longer than ${limits.maxBytes} bytes`);
  try {
    return { kind: 'json', body: JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) };
  } catch (error) {
    return garbled(`not JSON: ${reasonOf(error).slice(0, 120)}`);
  }
}

/** A fetcher with its limits. It never throws: whatever the other side does is one of the answers of FetchedJson. */
export function createFetchJson(limits: FetchLimits = DEFAULT_LIMITS): FetchJson {
  return async (url, options = {}) => {
    const { signal } = options;
    const timeout = AbortSignal.timeout(limits.timeoutMs);
    try {
      return await fetchOnce(url, limits, options, signal === undefined ? timeout : AbortSignal.any([timeout, signal]));
    } catch (error) {
      return noAnswer(reasonOf(error));
    }
  };
}
