import type { Socket } from 'node:net';
import { isWholeRequest } from './answer.ts';

/** How one request is served. */
export type Service =
  | { kind: 'reply'; text: string; delayMs: number }
  /** The first half, and then the connection is cut. */
  | { kind: 'half'; text: string; delayMs: number }
  /** Nothing, and the connection stays. */
  | { kind: 'silence' }
  /** The connection is cut at once. */
  | { kind: 'cut' };

const MOST_REQUEST_CHARACTERS = 8192;
/** Firmware closes connections that bring nothing; ours does, so that none stays for good. */
const IDLE_MS = 120_000;

/** One connection: one request, one reply, closed by the machine, as cgminer does. `serve` decides when the request is whole. */
export function serveConnection(socket: Socket, serve: (request: string) => Service): void {
  let text = '';
  let isServed = false;
  let timer: NodeJS.Timeout | undefined;
  const answer = () => {
    isServed = true;
    const service = serve(text);
    if (service.kind === 'silence') return;
    if (service.kind === 'cut') {
      socket.destroy();
      return;
    }
    timer = setTimeout(() => {
      if (service.kind === 'reply') socket.end(service.text, 'latin1');
      else socket.write(service.text.slice(0, Math.floor(service.text.length / 2)), 'latin1', () => socket.destroy());
    }, service.delayMs);
  };
  socket.setEncoding('latin1');
  socket.setNoDelay(true);
  socket.setTimeout(IDLE_MS, () => socket.destroy());
  // The caller may go away at any time; that is no trouble of the machine's.
  socket.on('error', () => socket.destroy());
  socket.on('close', () => clearTimeout(timer));
  socket.on('data', (chunk: string) => {
    if (isServed) return;
    text += chunk;
    if (text.length > MOST_REQUEST_CHARACTERS || isWholeRequest(text)) answer();
  });
  socket.on('end', () => {
    if (isServed) return;
    if (text === '') socket.end();
    else answer();
  });
}
