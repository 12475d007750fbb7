/**
 * A market source for tests: a real HTTP server on loopback that answers with what it is told, well or badly. It can keep silent,
 * cut off in the middle, send the wrong type, too much, or a redirect.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type FakeReply =
  | { kind: 'json'; body: unknown; status?: number; contentType?: string }
  | { kind: 'text'; body: string; status?: number; contentType?: string; headers?: Readonly<Record<string, string>> }
  /** JSON by the method that a JSON-RPC request names in its body. */
  | { kind: 'rpc'; bodies: Readonly<Record<string, unknown>> }
  /** Accepts the request and never answers. */
  | { kind: 'silent' }
  /** Announces a body, sends half of it and closes the connection. */
  | { kind: 'cut-off'; body: unknown }
  /** Sends the first half of the body and then nothing, leaving the connection open. */
  | { kind: 'stuck'; body: unknown }
  /** JSON of at least this many bytes. */
  | { kind: 'huge'; bytes: number }
  | { kind: 'redirect'; location: string };

export type FakeMarketServer = {
  url: string;
  /** What the path answers from now on; paths without a reply answer 404. The query is not part of the path. */
  answer(path: string, reply: FakeReply): void;
  /** Paths asked for so far, with their query, in order. */
  requests: string[];
  close(): Promise<void>;
};

const toJson = (body: unknown): FakeReply | undefined => (body === undefined ? undefined : { kind: 'json', body });

async function readMethod(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return String((JSON.parse(Buffer.concat(chunks).toString()) as { method?: unknown }).method);
}

function send(request: IncomingMessage, response: ServerResponse, reply: FakeReply | undefined): void {
  if (reply === undefined) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('not found');
    return;
  }
  const json = { 'content-type': 'application/json; charset=utf-8' };
  switch (reply.kind) {
    case 'json':
      response
        .writeHead(reply.status ?? 200, { 'content-type': reply.contentType ?? json['content-type'] })
        .end(JSON.stringify(reply.body));
      return;
    case 'text':
      response
        .writeHead(reply.status ?? 200, { 'content-type': reply.contentType ?? json['content-type'], ...reply.headers })
        .end(reply.body);
      return;
    case 'rpc':
      void readMethod(request).then((method) => send(request, response, toJson(reply.bodies[method])));
      return;
    case 'silent':
      return;
    case 'cut-off':
    case 'stuck': {
      const text = JSON.stringify(reply.body);
      response.writeHead(200, { ...json, 'content-length': text.length });
      response.write(text.slice(0, Math.floor(text.length / 2)), () => {
        if (reply.kind === 'cut-off') response.destroy();
      });
      return;
    }
    case 'huge':
      response.writeHead(200, json).end(`["${'x'.repeat(reply.bytes)}"]`);
      return;
    case 'redirect':
      response.writeHead(302, { location: reply.location }).end();
  }
}

export async function startFakeMarketServer(): Promise<FakeMarketServer> {
  const replies = new Map<string, FakeReply>();
  const requests: string[] = [];
  const server = createServer((request, response) => {
    const target = request.url ?? '/';
    requests.push(target);
    send(request, response, replies.get(target.split('?')[0] ?? target));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    answer: (path, reply) => void replies.set(path, reply),
    requests,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        // Silent and stuck requests would keep the server open for ever.
        server.closeAllConnections();
      }),
  };
}
