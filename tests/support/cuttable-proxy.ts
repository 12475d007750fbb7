/** A line to a server that a test can cut: what restarts of PostgreSQL and Redis look like from the other end. */
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export type CuttableProxy = {
  port: number;
  /** Ends every connection; new ones are ended at once. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
};

export async function startCuttableProxy(target: { host: string; port: number }): Promise<CuttableProxy> {
  const sockets = new Set<Socket>();
  let isCut = false;
  const server = createServer((inner) => {
    if (isCut) {
      inner.on('error', () => undefined);
      inner.resetAndDestroy();
      return;
    }
    const outer = connect(target);
    for (const [one, other] of [
      [inner, outer],
      [outer, inner],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy());
      one.on('close', () => {
        sockets.delete(one);
        other.destroy();
      });
      one.pipe(other);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const end = () => {
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    cut() {
      isCut = true;
      end();
    },
    mend() {
      isCut = false;
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        end();
      }),
  };
}

/** The same URL through the proxy. */
export function throughProxy(url: string, { port }: CuttableProxy): string {
  const moved = new URL(url);
  moved.hostname = '127.0.0.1';
  moved.port = String(port);
  return moved.toString();
}

export const targetOf = (url: string): { host: string; port: number } => ({ host: new URL(url).hostname, port: Number(new URL(url).port) });
