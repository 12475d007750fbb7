/**
 * Ports: the one the person chose, and free ones for the services that only we talk to.
 */
import { createServer } from 'node:net';
import { UserError } from './say.mjs';

const DEFAULT_WEB_PORT = 3000;
/** What the web server listens on when HOST is not set. */
const LOOPBACK_HOSTS = ['127.0.0.1', '::1'];
/** This machine has no such address (no IPv6, for one): nothing can be taken there. */
const NO_SUCH_ADDRESS = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL', 'EPROTONOSUPPORT']);

/** PORT as typed: [1, 65535], 3000 when empty or not set. */
export function parsePort(text) {
  if (text === undefined || text.trim() === '') return DEFAULT_WEB_PORT;
  const port = /^\d{1,5}$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (port >= 1 && port <= 65_535) return port;
  throw new UserError(`PORT must be a whole number from 1 to 65535, not "${text}": for example PORT=3001 npm start`);
}

/** Stops with one line when the web port is taken or not allowed. `host` null means both loopback addresses. */
export async function assertPortFree(port, host, command) {
  for (const address of host ? [host] : LOOPBACK_HOSTS) {
    const code = await tryToListen(port, address);
    if (code === null || (!host && NO_SUCH_ADDRESS.has(code))) continue;
    if (code === 'EADDRINUSE') {
      throw new UserError(`Port ${port} is taken by another program: choose another one, for example PORT=${nextPort(port)} ${command}`);
    }
    if (code === 'EACCES') {
      throw new UserError(`Port ${port} is not allowed for this user: choose one above 1023, for example PORT=3000 ${command}`);
    }
    throw new UserError(`Cannot listen on ${address} port ${port} (${code}): check HOST and PORT.`);
  }
}

/** A port that is free on both loopback addresses now. Somebody may take it a moment later: callers try again then. */
export async function findFreePort() {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const port = await listenOnAnyPort();
    const code = await tryToListen(port, '::1');
    if (code === null || NO_SUCH_ADDRESS.has(code)) return port;
  }
  throw new UserError('No free port was found on 127.0.0.1 and ::1.');
}

function nextPort(port) {
  return port < 65_535 ? port + 1 : DEFAULT_WEB_PORT;
}

/** Null when it worked, else the error's code. */
function tryToListen(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve(error.code));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(null)));
  });
}

function listenOnAnyPort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen({ port: 0, host: '127.0.0.1' }, () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** What to type into a browser. Servers that listen on every address answer at localhost too. */
export function originFor(port, host) {
  const isEverywhere = !host || host === '0.0.0.0' || host === '::';
  const name = isEverywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `http://${name}:${port}`;
}
