import { createServer } from 'node:net';
import { afterEach, expect, it } from 'vitest';
import { assertPortFree, findFreePort } from './ports.mjs';

const servers = [];
function occupy(port, host) {
  return new Promise((resolve) => {
    const server = createServer();
    servers.push(server);
    server.listen({ port, host }, resolve);
  });
}
afterEach(() => Promise.all(servers.splice(0).map((server) => new Promise((resolve) => server.close(resolve)))));

it('accepts a free port', async () => {
  await assertPortFree(await findFreePort(), null, 'npm start');
});

it('names the taken port and how to choose another one', async () => {
  const port = await findFreePort();
  await occupy(port, '127.0.0.1');
  await expect(assertPortFree(port, null, 'npm start')).rejects.toThrow(
    `Port ${port} is taken by another program: choose another one, for example PORT=${port + 1} npm start`,
  );
});

it('notices a program that listens on every address', async () => {
  const port = await findFreePort();
  await occupy(port, '0.0.0.0');
  await expect(assertPortFree(port, null, 'npm start')).rejects.toThrow('is taken');
});
