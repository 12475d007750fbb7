/**
 * One question and its answer over one TCP connection. The only file of this room that opens a socket; it knows framing, limits and
 * time-outs and nothing of what the bytes mean. What arrived is kept in every outcome.
 */
import { setMaxListeners } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { MachineAddress } from '../reading.ts';
import { encodeRequest, type Framing, LENGTH_PREFIX_BYTES, type ReadingCommand } from './reading-commands.ts';

export type ExchangeLimits = {
  /** Until the connection stands. A lost SYN is sent again after 1 s. */
  connectMs: number;
  /** Between two pieces of the answer, and until the first one. */
  idleMs: number;
  /** From the call to the end. */
  totalMs: number;
  /** Of the answer. The largest known (`stats` of a Whatsminer of 2018) has 67 kB. */
  maxBytes: number;
};

/**
 * `complete` is by framing: up to the NUL, to the end of the announced length, or to the peer's end; `body` is what lies between NUL and prefix.
 * `cut` is every other end after the connection stood: idle or total time-out (`isLate`), reset, or an end inside the announced length.
 * `bytes` is what came, framing included.
 */
export type Exchange =
  | { kind: 'complete'; bytes: Uint8Array; body: Uint8Array }
  | { kind: 'cut'; detail: string; isLate: boolean; bytes: Uint8Array }
  | { kind: 'too-long'; detail: string; bytes: Uint8Array }
  | { kind: 'unreachable'; detail: string };

/** Asks and waits. Rejects only when `signal` is aborted, with its reason. The connection is closed when the promise settles. */
export function exchange(
  address: MachineAddress,
  commands: readonly ReadingCommand[],
  framing: Framing,
  limits: ExchangeLimits,
  signal: AbortSignal,
): Promise<Exchange> {
  return new Promise((resolve, reject) => {
    signal.throwIfAborted();
    const request = encodeRequest(commands, framing);
    const collected = createCollector(framing, limits.maxBytes);
    let isConnected = false;
    // The writing half stays open until the answer is here: firmwares exist that drop the answer when the asker half-closes.
    const socket: Socket = connect({ host: address.host, port: address.port, noDelay: true });
    const total = setTimeout(() => stop(`no complete answer within ${limits.totalMs} ms`, true), limits.totalMs);
    let idle = setTimeout(() => stop(`no connection within ${limits.connectMs} ms`, true), limits.connectMs);

    const settle = (outcome: Exchange | null) => {
      clearTimeout(total);
      clearTimeout(idle);
      signal.removeEventListener('abort', onAbort);
      // A destroyed socket may still report an error of the kernel, and nobody else listens.
      socket.removeAllListeners().on('error', () => {});
      socket.destroy();
      if (outcome === null) reject(signal.reason);
      else resolve(outcome);
    };
    const stop = (detail: string, isLate: boolean) =>
      settle(isConnected ? { kind: 'cut', detail, isLate, bytes: collected.bytes() } : { kind: 'unreachable', detail });
    const waitForMore = () => {
      clearTimeout(idle);
      idle = setTimeout(() => stop(`nothing came for ${limits.idleMs} ms`, true), limits.idleMs);
    };
    const onAbort = () => settle(null);

    // One signal stops as many exchanges as the caller likes; Node 20 would warn of a leak at the eleventh.
    setMaxListeners(0, signal);
    signal.addEventListener('abort', onAbort, { once: true });
    socket.on('connect', () => {
      isConnected = true;
      socket.write(request);
      waitForMore();
    });
    socket.on('data', (chunk) => {
      const outcome = collected.add(chunk);
      if (outcome === null) waitForMore();
      else settle(outcome);
    });
    socket.on('end', () => settle(collected.end()));
    socket.on('error', (error: NodeJS.ErrnoException) => stop(describeError(error), false));
  });
}

function describeError(error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case 'ECONNREFUSED':
      return 'connection refused';
    case 'ECONNRESET':
      return 'connection reset';
    case 'EHOSTUNREACH':
    case 'ENETUNREACH':
      return 'no route to the machine';
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return 'no address is known for this name';
    default:
      return error.code ?? error.message;
  }
}

/** Gathers pieces until framing says that the answer is whole. */
function createCollector(framing: Framing, maxBytes: number) {
  const chunks: Uint8Array[] = [];
  let length = 0;
  /** NULs before the answer: padding, or left over from an answer before. They end nothing. */
  let padding = 0;
  /** Length of the framed answer with its prefix, once it is known. */
  let expected: number | null = null;
  const all = (): Uint8Array => Buffer.concat(chunks);

  const addText = (chunk: Uint8Array): Exchange | null => {
    let from = 0;
    if (length === padding) while (chunk[from] === 0) from += 1;
    padding += from;
    const nul = chunk.indexOf(0, from);
    const end = nul === -1 ? chunk.length : nul + 1;
    chunks.push(chunk.subarray(0, end));
    length += end;
    if (nul === -1) return null;
    const bytes = all();
    return { kind: 'complete', bytes, body: bytes.subarray(padding, -1) };
  };

  const addPrefixed = (chunk: Uint8Array): Exchange | null => {
    chunks.push(chunk);
    length += chunk.length;
    if (expected === null && length >= LENGTH_PREFIX_BYTES) expected = LENGTH_PREFIX_BYTES + Buffer.concat(chunks).readUInt32LE(0);
    if (expected === null) return null;
    if (expected > maxBytes) return { kind: 'too-long', detail: `announces ${expected} bytes, more than ${maxBytes}`, bytes: all() };
    if (length < expected) return null;
    const bytes = all();
    return { kind: 'complete', bytes, body: bytes.subarray(LENGTH_PREFIX_BYTES, expected) };
  };

  return {
    bytes: all,
    add(chunk: Uint8Array): Exchange | null {
      if (length + chunk.length > maxBytes) {
        chunks.push(chunk.subarray(0, maxBytes - length));
        return { kind: 'too-long', detail: `longer than ${maxBytes} bytes`, bytes: all() };
      }
      return framing === 'length-prefixed' ? addPrefixed(chunk) : addText(chunk);
    },
    end(): Exchange {
      const bytes = all();
      if (bytes.length === padding) return { kind: 'cut', detail: 'closed without an answer', isLate: false, bytes };
      if (framing === 'text') return { kind: 'complete', bytes, body: bytes.subarray(padding) };
      return { kind: 'cut', detail: 'closed before the announced end', isLate: false, bytes };
    },
  };
}
