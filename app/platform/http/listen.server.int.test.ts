import { once } from 'node:events';
import type { RequestListener, ServerResponse } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { describe, expect, it } from 'vitest';
import { close, createHttpServer, listen } from './listen.server.ts';

const answerAtOnce: RequestListener = (_request, response) => {
  response.end('here');
};

async function findFreePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

describe('listen', () => {
  it('answers on 127.0.0.1 and, where the machine has it, on ::1 with the same port', async () => {
    const port = await findFreePort();
    const result = await listen(() => createHttpServer(answerAtOnce), undefined, port);
    try {
      expect(result.kind).toBe('listening');
      if (result.kind !== 'listening') return;
      expect(result.urls[0]).toBe(`http://127.0.0.1:${port}`);
      expect([...result.urls.slice(1), ...result.unavailable]).toHaveLength(1);
      for (const url of result.urls) expect(await (await fetch(url)).text()).toBe('here');
    } finally {
      await Promise.all(result.servers.map((server) => close(server, 0)));
    }
  });

  it('listens on the one address it is given', async () => {
    const result = await listen(() => createHttpServer(answerAtOnce), '127.0.0.1', await findFreePort());
    expect(result.servers).toHaveLength(1);
    await Promise.all(result.servers.map((server) => close(server, 0)));
  });

  it('fails as a whole when another program holds the port, and leaves nothing open', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const result = await listen(() => createHttpServer(answerAtOnce), undefined, port);
    expect(result).toMatchObject({ kind: 'failed', code: 'EADDRINUSE', address: '127.0.0.1', port, servers: [] });
    other.close();
  });
});

describe('close', () => {
  it('lets a running answer finish and takes no new request', async () => {
    let held: ServerResponse | undefined;
    const { servers } = await listen(
      () =>
        createHttpServer((_request, response) => {
          held = response;
        }),
      '127.0.0.1',
      await findFreePort(),
    );
    const [server] = servers;
    if (!server) throw new Error('not listening');
    const { port } = server.address() as AddressInfo;
    const answer = fetch(`http://127.0.0.1:${port}`);
    await once(server, 'request');
    const closed = close(server, 30_000);
    await expect(fetch(`http://127.0.0.1:${port}`)).rejects.toThrow();
    held?.end('finished');
    expect(await (await answer).text()).toBe('finished');
    await closed;
  });

  it('cuts an answer that does not finish within the grace', async () => {
    const { servers } = await listen(() => createHttpServer(() => {}), '127.0.0.1', await findFreePort());
    const [server] = servers;
    if (!server) throw new Error('not listening');
    const { port } = server.address() as AddressInfo;
    const answer = fetch(`http://127.0.0.1:${port}`);
    await once(server, 'request');
    await Promise.all([close(server, 20), expect(answer).rejects.toThrow()]);
  });
});
