// The only way to call an address that a user gave us (decision 0073). The name is resolved once, every address behind it is judged, and the
// connection is made to one of the judged addresses: a name that changes its mind between the check and the call changes nothing. Redirects
// are answers, not instructions.
import { lookup as lookupHost } from 'node:dns/promises';
import { type IncomingHttpHeaders, type IncomingMessage, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP } from 'node:net';
import { createAddressRule } from './special-addresses.ts';

/** Longest answer that is read unless the caller waits for more; a webhook's answer is a word. */
const MAX_ANSWER_BYTES = 64 * 1024;
const DEFAULT_TIMEOUT_MS = 10_000;

export type GuardedRequest = {
  url: string;
  method?: 'GET' | 'POST';
  headers?: Record<string, string>;
  body?: string;
  timeoutMs?: number;
  maxBytes?: number;
};

/**
 * `url`: it is no https address, or one with a user name or the port of another service, or plain http to a public address. `address`: some address behind the name is not public.
 * `redirect`: it wanted to send us elsewhere. `too-long`: more came back than `maxBytes`, 64 kB unless set.
 */
export type GuardedAnswer =
  | { kind: 'answered'; status: number; headers: IncomingHttpHeaders; body: string }
  | { kind: 'refused'; because: 'url' | 'address' | 'redirect' | 'too-long' }
  | { kind: 'failed'; because: 'name' | 'connection' | 'timeout' };

export type GuardOptions = {
  /** Private networks the operator has opened, as CIDR. Plain http leads into them only. */
  privateNetworks: readonly string[];
  /** All addresses of a name; replaced in tests. */
  resolve?: (host: string) => Promise<string[]>;
};

async function resolveAll(host: string): Promise<string[]> {
  return (await lookupHost(host, { all: true, verbatim: true })).map(({ address }) => address);
}

/** Never throws. Nothing of the caller's cookies, proxies or environment goes along. */
export async function fetchGuarded(
  request: GuardedRequest,
  { privateNetworks, resolve = resolveAll }: GuardOptions,
): Promise<GuardedAnswer> {
  const url = readUrl(request.url, privateNetworks.length > 0);
  if (url === null) return { kind: 'refused', because: 'url' };
  const host = url.hostname.replace(/^\[|\]$/g, '');
  let addresses: string[];
  try {
    addresses = isIP(host) === 0 ? await resolve(host) : [host];
  } catch {
    return { kind: 'failed', because: 'name' };
  }
  const isAllowed = createAddressRule(privateNetworks);
  const isPublic = createAddressRule([]);
  const [pinned] = addresses;
  if (pinned === undefined) return { kind: 'failed', because: 'name' };
  // One bad address among good ones is how a check by sampling is passed.
  if (!addresses.every(isAllowed)) return { kind: 'refused', because: 'address' };
  // An opened network says nothing about the way through the public one: there what is sent could be read.
  if (url.protocol === 'http:' && addresses.some(isPublic)) return { kind: 'refused', because: 'url' };
  return send(url, pinned, request);
}

/** Below are mail, name and login servers, which take a request for commands; above, whatever an operator has chosen. */
const FIRST_FREE_PORT = 1_024;

function readUrl(text: string, allowsHttp: boolean): URL | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  const isKnownScheme = url.protocol === 'https:' || (allowsHttp && url.protocol === 'http:');
  const isKnownPort = url.port === '' || url.port === '80' || url.port === '443' || Number(url.port) >= FIRST_FREE_PORT;
  return isKnownScheme && isKnownPort && url.username === '' && url.password === '' ? url : null;
}

function send(
  url: URL,
  address: string,
  { method = 'POST', headers = {}, body, timeoutMs = DEFAULT_TIMEOUT_MS, maxBytes = MAX_ANSWER_BYTES }: GuardedRequest,
): Promise<GuardedAnswer> {
  const start = url.protocol === 'https:' ? requestHttps : requestHttp;
  return new Promise((settle) => {
    const signal = AbortSignal.timeout(timeoutMs);
    const outgoing = start(url, {
      method,
      headers,
      signal,
      // A connection of its own: one kept from another call might lead to an address judged by other rules.
      agent: false,
      // Name and certificate stay those of the URL; only where it connects is fixed.
      lookup: (_host, options, done) => {
        const family = isIP(address);
        if (options.all) done(null, [{ address, family }]);
        else done(null, address, family);
      },
    });
    outgoing.on(
      'response',
      (answer) => void readAnswer(answer, maxBytes).then((read) => settle(read.kind === 'failed' && signal.aborted ? TIMED_OUT : read)),
    );
    outgoing.on('error', () => settle({ kind: 'failed', because: signal.aborted ? 'timeout' : 'connection' }));
    outgoing.end(body);
  });
}

const TIMED_OUT: GuardedAnswer = { kind: 'failed', because: 'timeout' };
/** An answer to a conditional request; it sends nobody elsewhere. */
const NOT_MODIFIED = 304;

async function readAnswer(answer: IncomingMessage, maxBytes: number): Promise<GuardedAnswer> {
  const status = answer.statusCode ?? 0;
  if (status >= 300 && status < 400 && status !== NOT_MODIFIED) {
    answer.destroy();
    return { kind: 'refused', because: 'redirect' };
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > maxBytes) return { kind: 'refused', because: 'too-long' };
      chunks.push(chunk);
    }
  } catch {
    return { kind: 'failed', because: 'connection' };
  }
  return { kind: 'answered', status, headers: answer.headers, body: Buffer.concat(chunks).toString('utf8') };
}
