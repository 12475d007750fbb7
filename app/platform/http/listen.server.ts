// Opening and closing the sockets of the web process: both loopback addresses unless told otherwise, time-outs against
// clients that hold connections open, and an end that lets running answers finish.
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { maxBodyBytes } from './request-guard.ts';

/** Request line and headers together; more is answered with 431 by Node. */
const MAX_HEADER_BYTES = 16 * 1024;
const HEADERS_TIMEOUT_MS = 10_000;
/** An 8 MB body over a slow line of 0.6 Mbit/s still arrives. */
const REQUEST_TIMEOUT_MS = 120_000;
/** Longer than the idle time of usual reverse proxies (60 s), so that the proxy closes first. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000;

const LOOPBACK_ADDRESSES = ['127.0.0.1', '::1'];

export function createHttpServer(listener: RequestListener): Server {
  const server = createServer({ maxHeaderSize: MAX_HEADER_BYTES, keepAliveTimeout: KEEP_ALIVE_TIMEOUT_MS }, listener);
  server.headersTimeout = HEADERS_TIMEOUT_MS;
  server.requestTimeout = REQUEST_TIMEOUT_MS;
  // A client that asks before it sends (`Expect: 100-continue`) is refused before it has sent.
  server.on('checkContinue', (request, response) => {
    if (Number(request.headers['content-length'] ?? 0) <= maxBodyBytes(request.url ?? '')) response.writeContinue();
    else response.setHeader('Connection', 'close');
    listener(request, response);
  });
  return server;
}

export type ListenResult =
  | { kind: 'listening'; urls: string[]; unavailable: string[] }
  | { kind: 'failed'; address: string; port: number; code: string };

function listenOn(server: Server, host: string, port: number): Promise<string | null> {
  return new Promise((resolve) => {
    const onError = (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message);
    server.once('error', onError);
    server.listen({ host, port, ipv6Only: host === '::1' }, () => {
      server.off('error', onError);
      resolve(null);
    });
  });
}

function toUrl(server: Server): string {
  const { address, family, port } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

/**
 * Listens on `host`, or on 127.0.0.1 and ::1 when it is undefined. A machine without IPv6 goes on with IPv4 and says so;
 * a taken port on either address is a failure, since `localhost` would then reach another program.
 */
export async function listen(create: () => Server, host: string | undefined, port: number): Promise<ListenResult & { servers: Server[] }> {
  const servers: Server[] = [];
  const unavailable: string[] = [];
  let boundPort = port;
  for (const address of host === undefined ? LOOPBACK_ADDRESSES : [host]) {
    const server = create();
    const code = await listenOn(server, address, boundPort);
    if (code === null) {
      servers.push(server);
      boundPort = (server.address() as AddressInfo).port;
    } else if (host === undefined && address === '::1' && (code === 'EADDRNOTAVAIL' || code === 'EAFNOSUPPORT')) {
      unavailable.push(address);
    } else {
      await Promise.all(servers.map((open) => close(open, 0)));
      return { kind: 'failed', address, port: boundPort, code, servers: [] };
    }
  }
  return { kind: 'listening', urls: servers.map(toUrl), unavailable, servers };
}

/** How often connections that have become idle are closed while the process ends. */
const IDLE_SWEEP_MS = 50;

/** Stops accepting, lets running answers finish for `graceMs`, then cuts what is left. */
export function close(server: Server, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    // A connection whose answer has just ended is kept for a next request, which will not come: only sweeping closes it.
    const sweep = setInterval(() => server.closeIdleConnections(), IDLE_SWEEP_MS);
    const cut = setTimeout(() => server.closeAllConnections(), graceMs);
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(cut);
      resolve();
    });
  });
}
