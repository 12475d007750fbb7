import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fetchGuarded, type GuardedRequest } from './guarded-fetch.server.ts';

let server: Server;
let port: number;
/** Nobody listens there any more. */
let closedPort: number;
let seen: { host: string | undefined; body: string }[] = [];

beforeAll(async () => {
  server = createServer(answer).listen(0, '127.0.0.1');
  await once(server, 'listening');
  ({ port } = server.address() as AddressInfo);
  const gone = createServer().listen(0, '127.0.0.1');
  await once(gone, 'listening');
  closedPort = (gone.address() as AddressInfo).port;
  gone.close();
  await once(gone, 'close');
});
afterAll(() => {
  server?.closeAllConnections();
  server?.close();
});
beforeEach(() => {
  seen = [];
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  let body = '';
  for await (const chunk of request) body += chunk;
  seen.push({ host: request.headers.host, body });
  if (request.url === '/moved') response.writeHead(302, { Location: 'http://169.254.169.254/latest/meta-data' }).end();
  else if (request.url === '/long') response.end('a'.repeat(70_000));
  else if (request.url !== '/silent') response.end('taken');
}

const LOOPBACK_OPEN = ['127.0.0.0/8'];

/** A name server that says what the test wants, one list a question. */
function answering(...answers: string[][]) {
  let asked = 0;
  const resolve = async () => {
    asked += 1;
    return answers[Math.min(asked, answers.length) - 1] ?? [];
  };
  return { resolve, count: () => asked };
}

const ask = (request: GuardedRequest, addresses: string[], privateNetworks = LOOPBACK_OPEN) =>
  fetchGuarded(request, { privateNetworks, resolve: answering(addresses).resolve });

describe('fetchGuarded', () => {
  it('calls a name at the address that was judged, under its own name', async () => {
    const url = `http://hooks.example:${port}/`;
    expect(await ask({ url, body: '{"a":1}' }, ['127.0.0.1'])).toMatchObject({ kind: 'answered', status: 200, body: 'taken' });
    expect(seen).toEqual([{ host: `hooks.example:${port}`, body: '{"a":1}' }]);
  });

  it('asks for the address of a name once: a second answer that leads inside is never followed', async () => {
    const names = answering(['127.0.0.1'], ['10.0.0.1']);
    await fetchGuarded({ url: `http://rebinding.example:${port}/` }, { privateNetworks: LOOPBACK_OPEN, resolve: names.resolve });
    expect(names.count()).toBe(1);
    expect(seen).toHaveLength(1);
  });

  it('refuses names and addresses inside, and a name of which one address of several is inside', async () => {
    const refused = { kind: 'refused', because: 'address' };
    expect(await ask({ url: 'https://inside.example/' }, ['10.0.0.1'], [])).toEqual(refused);
    expect(await ask({ url: 'https://mixed.example/' }, ['1.1.1.1', '169.254.169.254'], [])).toEqual(refused);
    for (const host of ['127.0.0.1', '[::1]', '0.0.0.0', '[::ffff:127.0.0.1]', '2130706433', '0x7f.1', '0177.0.0.1', '127.1']) {
      expect(await ask({ url: `https://${host}:${port}/` }, [], []), host).toEqual(refused);
    }
    expect(seen).toEqual([]);
  });

  it('refuses schemes, user names and plain http to the public', async () => {
    for (const url of [
      'ftp://x.example/',
      'file:///etc/passwd',
      'gopher://x',
      'https://user:pw@x.example/',
      'http://x.example/',
      'https://x.example:25/',
      'https://x.example:22/',
      'x',
      '//x',
    ]) {
      expect(await ask({ url }, ['1.1.1.1'], []), url).toEqual({ kind: 'refused', because: 'url' });
    }
  });

  it('sends plain http into opened networks only, not through the public one', async () => {
    expect(await ask({ url: 'http://x.example/' }, ['1.1.1.1'])).toEqual({ kind: 'refused', because: 'url' });
    expect(await ask({ url: 'http://mixed.example/' }, ['127.0.0.1', '1.1.1.1'])).toEqual({ kind: 'refused', because: 'url' });
  });

  it('does not follow a redirect', async () => {
    expect(await ask({ url: `http://hooks.example:${port}/moved` }, ['127.0.0.1'])).toEqual({ kind: 'refused', because: 'redirect' });
    expect(seen).toHaveLength(1);
  });

  it('stops reading an answer that is too long', async () => {
    expect(await ask({ url: `http://hooks.example:${port}/long` }, ['127.0.0.1'])).toEqual({ kind: 'refused', because: 'too-long' });
  });

  it('tells silence, a closed door and a name without an address apart', async () => {
    expect(await ask({ url: `http://hooks.example:${port}/silent`, timeoutMs: 50 }, ['127.0.0.1'])).toEqual({
      kind: 'failed',
      because: 'timeout',
    });
    expect(await ask({ url: `http://hooks.example:${closedPort}/` }, ['127.0.0.1'])).toEqual({ kind: 'failed', because: 'connection' });
    expect(await ask({ url: 'https://nowhere.example/' }, [])).toEqual({ kind: 'failed', because: 'name' });
    const failing = { privateNetworks: [], resolve: () => Promise.reject(new Error('SERVFAIL')) };
    expect(await fetchGuarded({ url: 'https://nowhere.example/' }, failing)).toEqual({ kind: 'failed', because: 'name' });
  });
});
